"""The proof builds what a migration touches and what that refers to, and finds SQL that does something else."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.errors import PlanError
from okra.language.define import parse_schema
from okra.migrations.draft import Draft, draft
from okra.migrations.prove import prove
from okra.relational.model import Database
from okra.source import Source

SQLITE = dialect("sqlite")
AUTHOR = "model Author { id: ID! books: [Book!]! }\n"
BOOK = """\
model Book {
  id: ID!
  author: Author! @relation(fields: [authorId], references: [id])
  authorId: ID!
}
"""


def drafted(before: str, after: str) -> Draft:
    models = [parse_schema([Source("models", text)]).definition for text in (before, after)]
    first = draft("sqlite", Database(), None, models[0])
    return draft("sqlite", first.after, models[0], models[1])


def proven(found: Draft, *, migration_sql: str | None = None) -> None:
    prove(
        SQLITE,
        found.before,
        found.after,
        found.changes,
        migration_sql=migration_sql or found.migration_sql("v"),
        rollback_sql=found.rollback_sql("v"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("model Author { id: ID! }", AUTHOR + BOOK),
        (AUTHOR + BOOK, "model Author { id: ID! }"),
        ("model Author { id: ID! }\nmodel Book { id: ID! }", AUTHOR + BOOK),
        (
            "model Writer { id: ID! }\nmodel Book { id: ID! }",
            (AUTHOR + BOOK).replace("model Author", 'model Author @renamed(from: "Writer")'),
        ),
    ],
    ids=["a new table", "a dropped table", "a new key", "a new key to a renamed table"],
)
def test_what_is_referred_to_on_one_side_only_is_there_on_both(before: str, after: str) -> None:
    found = drafted(before, after)

    assert found.changes
    proven(found)


def test_sql_that_leaves_something_undone_is_refused() -> None:
    found = drafted("model Author { id: ID! }", AUTHOR + BOOK)

    with pytest.raises(PlanError) as caught:
        proven(found, migration_sql="CREATE TABLE books (id TEXT)")

    assert caught.value.code == "OKR411"
