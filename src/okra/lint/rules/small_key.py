"""OKR343: a counted key of 32 bits or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


_LAST = {
    "tinyint": 127,
    "tinyint unsigned": 255,
    "smallint": 32_767,
    "smallint unsigned": 65_535,
    "mediumint": 8_388_607,
    "mediumint unsigned": 16_777_215,
    "int": 2_147_483_647,
    "integer": 2_147_483_647,
    "int unsigned": 4_294_967_295,
}


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        key = table.primary_key.columns if table.primary_key is not None else ()
        for column in table.columns:
            last = _LAST.get(str(column.type))
            if column.identity and last is not None and key == (column.name,):
                yield SchemaHit(
                    name=sight.name(table.name, key),
                    message=f"`{table.name}.{column.name}` is counted up to {last:,} and no further",
                    help="make it `BigInt!`; later that writes the whole table anew, and every table that refers to it",
                )


RULE = Rule(
    code="OKR343",
    name="small-key",
    title="a key that is counted up may run out of numbers",
    text="""\
Numbers that were handed out are used up, also by inserts that failed. At 2,147,483,647 (the type int) the next insert fails, and
changing the type then writes the whole table anew, and all that refer to it. Eight bytes never run out. SQLite always has them.""",
    example="""\
model Event {
  id: Int! @id @default(autoincrement)
}""",
    safe="""\
model Event {
  id: BigInt! @id @default(autoincrement)
}""",
    providers=("mysql", "postgres"),
    schema=check,
)
