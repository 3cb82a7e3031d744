"""OKR340: a table without a primary key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        if table.primary_key is None:
            yield SchemaHit(
                name=sight.name(table.name),
                message=f"table `{table.name}` has no primary key",
                help="add `id: ID!`, or `@id(fields: […])`",
            )


RULE = Rule(
    code="OKR340",
    name="no-primary-key",
    title="a table has no primary key",
    text="""\
Rows without a key can't be told apart: nothing can refer to them, two equal ones can't be changed one by one, and
replication of changes in PostgreSQL refuses UPDATE and DELETE on the table. Batches and copies of tables need a key too.""",
    example="""\
model Log @keyless {
  message: String!
}""",
    safe="""\
model Log {
  id: BigInt! @id @default(autoincrement)
  message: String!
}""",
    schema=check,
)
