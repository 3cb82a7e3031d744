"""OKR347: a name that only works in quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions.keywords import RESERVED as MYSQL_WORDS
from okra.dialects.postgres.expressions.keywords import RESERVED as POSTGRES_WORDS
from okra.dialects.sqlite.expressions.keywords import RESERVED as SQLITE_WORDS
from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


# Source: pg_get_keywords() of PostgreSQL 15 and 18, category T: a function's name, but not a column's.
_NO_COLUMNS = frozenset(
    """
    authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join
    left like natural notnull outer overlaps right similar tablesample verbose
    """.split()  # noqa: SIM905 - a word list reads best as words
)
# Words that neither MySQL 8 (manual, "Keywords", without an R) nor MariaDB (tried) keeps from being a column's name.
_FREE = frozenset(
    ["GENERAL", "IGNORE_SERVER_IDS", "MASTER_HEARTBEAT_PERIOD", "POSITION", "SLOW", "VECTOR"]
)
_WORDS = {
    "postgres": frozenset(word.upper() for word in POSTGRES_WORDS | _NO_COLUMNS),
    "mysql": MYSQL_WORDS - _FREE,
    "sqlite": SQLITE_WORDS,
}


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    words = _WORDS[sight.provider]
    for table in sight.tables():
        if table.name.upper() in words:
            yield _hit(sight.name(table.name), "table", table.name, "@table")
        for column in table.columns:
            if column.name.upper() in words:
                name = sight.name(table.name, (column.name,))
                yield _hit(name, "column", f"{table.name}.{column.name}", "@column")


def _hit(name: str, kind: str, written: str, directive: str) -> SchemaHit:
    word = written.rpartition(".")[2]
    return SchemaHit(
        name=name,
        message=f"{kind} `{written}` has a name that SQL uses itself",
        help=f"OKRA quotes `{word}`; whoever writes SQL by hand has to as well. `{directive}(name: …)` gives it another one",
    )


RULE = Rule(
    code="OKR347",
    name="reserved-word",
    title="a name is a word of SQL and must always be quoted",
    text="""\
OKRA quotes such names. Whoever writes SQL by hand, in hooks, reports or an old library, gets a syntax error, or worse: `user`
without quotes is a function in PostgreSQL, and gives the name of who is connected.""",
    example="""\
model Item {
  id: ID!
  order: Int!
}""",
    safe="""\
model Item {
  id: ID!
  order: Int! @column(name: "place")
}""",
    schema=check,
)
