"""OKR352: a table that is not InnoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        engines = [item.partition("=")[2] for item in table.options if item.startswith("engine=")]
        for engine in engines:
            if engine.lower() in ("myisam", "memory", "aria", "csv", "archive", "merge"):
                yield SchemaHit(
                    name=sight.name(table.name),
                    message=f"`{table.name}` is kept by {engine}, which rolls nothing back and checks no foreign key",
                    help="take `engine:` out: InnoDB is the usual one",
                )


RULE = Rule(
    code="OKR352",
    name="engine-without-transactions",
    title="a table has an engine without transactions",
    text="""\
A ROLLBACK leaves what was written to such a table, a crash may break it, and foreign keys are accepted and not kept.""",
    example="""\
model Log @table(engine: "MyISAM") {
  id: ID!
}""",
    safe="""\
model Log {
  id: ID!
}""",
    providers=("mysql",),
    schema=check,
)
