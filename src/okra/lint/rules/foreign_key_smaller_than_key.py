"""OKR344: rows that can never be referred to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


_BITS = {"smallint": 16, "integer": 32, "bigint": 64}


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    tables = {table.name: table for table in sight.database.tables}
    for table in sight.tables():
        for key in table.foreign_keys:
            parent = tables.get(key.table)
            for name, other in zip(key.columns, key.references, strict=True):
                one = table.column(name)
                two = parent.column(other) if parent is not None else None
                if one is None or two is None or not _is_smaller(str(one.type), str(two.type)):
                    continue
                yield SchemaHit(
                    name=sight.name(table.name, (name,)),
                    message=f"`{table.name}.{name}` (`{one.type}`) can't hold every value of `{key.table}.{other}` (`{two.type}`)",
                    help="give both the same type",
                )


def _is_smaller(one: str, two: str) -> bool:
    bits, needed = _BITS.get(one), _BITS.get(two)
    return bits is not None and needed is not None and bits < needed


RULE = Rule(
    code="OKR344",
    name="foreign-key-smaller-than-key",
    title="a foreign key can hold fewer values than the key it refers to",
    text="""\
PostgreSQL accepts an integer that refers to a bigint. From 2,147,483,648 on, no row can refer to a new one any more: the
insert fails with 22003. MySQL and MariaDB refuse such a key when it is made, and OKRA
before them.""",
    example="""\
model Post {
  id: ID!
  authorId: BigInt! @db(type: "integer")
  author: User! @relation(fields: [authorId], references: [id])
}""",
    safe="""\
model Post {
  id: ID!
  authorId: BigInt!
  author: User! @relation(fields: [authorId], references: [id])
}""",
    severity=Severity.ERROR,
    providers=("postgres",),
    schema=check,
)
