"""The proof builds only what matters, and says what is wrong."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.errors import PlanError
from okra.language.define import parse_schema
from okra.migrations import prove as proving
from okra.migrations.draft import Draft, draft
from okra.migrations.prove import prove
from okra.relational.model import Database
from okra.source import Source

SQLITE = dialect("sqlite")
BEFORE = """
model Team {
  id: Int! @id
  users: [User!]!
}
model User {
  id: Int! @id
  name: String!
  team: Team! @relation(fields: [teamId], references: [id])
  teamId: Int!
  posts: [Post!]!
}
model Post {
  id: Int! @id
  author: User! @relation(fields: [authorId], references: [id])
  authorId: Int!
}
model Other {
  id: Int! @id
}
"""


def drafted(before: str, after: str) -> Draft:
    old, new = (parse_schema([Source("a", text)]).definition for text in (before, after))
    first = draft("sqlite", Database(), None, old)
    return draft("sqlite", first.after, old, new)


def run(found: Draft, *, up: str | None = None, down: str | None = None) -> None:
    prove(
        SQLITE,
        found.before,
        found.after,
        found.changes,
        migration_sql=found.migration_sql("v") if up is None else up,
        rollback_sql=found.rollback_sql("v") if down is None else down,
    )


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("  name: String!", "  name: String", {"users", "teams"}),
        ("  posts: [Post!]!", "  posts: [Post!]!\n  age: Int", {"users", "teams"}),
        (
            "model User {",
            'model User @table(name: "people") {',
            {"users", "teams", "posts"},
        ),
        (
            "model Other {\n  id: Int! @id",
            "model Other {\n  id: Int! @id\n  x: Int",
            {"others"},
        ),
        ("  id: Int! @id\n  users", "  id: Int! @id\n  x: Int\n  users", {"teams"}),
    ],
)
def test_only_touched_tables_and_those_they_refer_to_are_built(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, touched: set[str]
) -> None:
    found = drafted(BEFORE, BEFORE.replace(old, new))
    built: list[set[str]] = []
    build = proving.build

    def watched(server, session, database: Database) -> None:
        built.append({table.name for table in database.tables})
        build(server, session, database)

    monkeypatch.setattr(proving, "build", watched)
    run(found)

    assert built == [touched]


def test_a_wrong_rollback_says_what_is_still_to_be_done() -> None:
    found = drafted(BEFORE, BEFORE.replace("  name: String!\n", "  name: String!\n  age: Int\n"))

    with pytest.raises(PlanError) as raised:
        run(found, down='ALTER TABLE "users" RENAME COLUMN "age" TO "years";')

    assert raised.value.render() == (
        "error[OKR411]: the proof failed: after rollback.sql the database is not what the schema says\n"
        "  --> rollback.sql\n"
        "  = help: what is still to be done:\n"
        "          - column users.years"
    )


def test_a_statement_that_is_refused_is_shown_with_its_place() -> None:
    found = drafted(BEFORE, BEFORE.replace("  name: String!\n", "  name: String!\n  age: Int\n"))

    with pytest.raises(PlanError) as raised:
        run(found, up='-- nothing\n\nALTER TABLE "users" DROP COLUMN "shoe";')

    assert raised.value.render() == (
        "error[OKR410]: the proof failed: statement 1 of migration.sql is refused: "
        'no such column: ""shoe""\n'
        "  --> migration.sql:3\n"
        "  = help: the statement is\n"
        '          ALTER TABLE "users" DROP COLUMN "shoe"'
    )


def test_a_migration_that_works_only_once_is_not_proven() -> None:
    found = drafted(BEFORE, BEFORE.replace("  name: String!\n", "  name: String!\n  age: Int\n"))
    up = found.migration_sql("v") + "CREATE TABLE _okra_left (x);\n"

    with pytest.raises(PlanError) as raised:
        run(found, up=up)

    assert raised.value.code == "OKR410"
    assert "_okra_left" in raised.value.message
