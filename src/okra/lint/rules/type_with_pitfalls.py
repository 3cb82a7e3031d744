"""OKR349: a type with a better one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


_SAY = {
    ("postgres", "json"): (
        "can't be compared with =, so DISTINCT and GROUP BY fail",
        "`JSON`, which is jsonb",
    ),
    ("postgres", "money"): ("means another sum on a server with another lc_monetary", "`Decimal`"),
    ("postgres", "time with time zone"): (
        "has an offset and no day, so it can't know summer time",
        "`Time` or `DateTime`",
    ),
    ("postgres", "character"): ("fills every value with spaces", "`String @length(max: …)`"),
    ("mysql", "timestamp"): ("ends on 19 January 2038", "`DateTime`, which is datetime"),
    ("mysql", "char"): ("drops the spaces at the end of every value", "`String @length(max: …)`"),
    ("mysql", "float"): ("keeps about seven digits", "`Float`, which is double, or `Decimal`"),
}


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        for column in table.columns:
            kind = str(column.type)
            said = _SAY.get((sight.provider, kind.partition("(")[0].strip()))
            if said is None or (kind.startswith("char(36") and sight.provider == "mysql"):
                continue
            why, better = said
            yield SchemaHit(
                name=sight.name(table.name, (column.name,)),
                message=f"`{table.name}.{column.name}`: `{kind}` {why}",
                help=f"use {better}",
            )


RULE = Rule(
    code="OKR349",
    name="type-with-pitfalls",
    title="a native type that surprises",
    text="""\
Some types of the servers do other things than their names say: PostgreSQL's json has no =, char(n) fills up with spaces,
money depends on a setting of the server; MySQL's timestamp ends in 2038, and its char drops spaces at the end.""",
    example="""\
model Page {
  id: ID!
  data: JSON! @db(postgres: "json", mysql: "json")
  seenAt: DateTime! @db(postgres: "timestamp", mysql: "timestamp")
}""",
    safe="""\
model Page {
  id: ID!
  data: JSON!
  seenAt: DateTime!
}""",
    providers=("mysql", "postgres"),
    schema=check,
)
