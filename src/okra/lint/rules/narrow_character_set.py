"""OKR353: a text that can't hold every character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        own = [item.partition("=")[2] for item in table.options if item.startswith("collation=")]
        for collation in own:
            if _is_narrow(collation):
                yield _hit(sight.name(table.name), f"`{table.name}`", collation)
        for column in table.columns:
            if column.collation and _is_narrow(column.collation):
                name = sight.name(table.name, (column.name,))
                yield _hit(name, f"`{table.name}.{column.name}`", column.collation)


def _is_narrow(collation: str) -> bool:
    return collation.lower().startswith(("latin1_", "utf8mb3_", "utf8_", "ascii_"))


def _hit(name: str, what: str, collation: str) -> SchemaHit:
    return SchemaHit(
        name=name,
        message=f"{what} with `{collation}` can't hold every character: an emoji is refused",
        help="use a collation of utf8mb4; what is there already is kept",
    )


RULE = Rule(
    code="OKR353",
    name="narrow-character-set",
    title="a character set that has no room for all characters",
    text="""\
latin1 has 256 characters, and utf8mb3 (which MySQL also calls utf8) those of three bytes: emoji and many names are refused in
strict mode (error 1366), and become question marks without it.""",
    example="""\
model User @table(collation: "latin1_swedish_ci") {
  id: ID!
  name: String!
}""",
    safe="""\
model User {
  id: ID!
  name: String!
}""",
    providers=("mysql",),
    schema=check,
)
