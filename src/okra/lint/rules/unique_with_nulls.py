"""OKR350: a unique key with an optional column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        optional = {column.name for column in table.columns if column.nullable}
        for index in table.indexes:
            empty = [name for name in index.columns if name in optional]
            if not index.unique or len(index.parts) == 1 or not empty or not index.nulls_distinct:
                continue
            if index.where is not None:
                continue
            listed = ", ".join(index.columns)
            yield SchemaHit(
                name=sight.name(table.name),
                message=f"unique `{index.name}` of `{table.name}` lets in equal rows where `{empty[0]}` is NULL",
                help=_help(sight.provider, listed),
            )


def _help(provider: str, listed: str) -> str:
    if provider == "postgres":
        return "make the field required, or `nulls: NOT_DISTINCT` (PostgreSQL 15 and newer)"
    return f"make the field required; NULL is never equal to NULL, so ({listed}) is not checked for such rows"


RULE = Rule(
    code="OKR350",
    name="unique-with-nulls",
    title="rows with NULL in a unique key may be equal",
    text="""\
NULL is equal to nothing, also not to NULL: a unique key over (user, deletedAt) lets in any number of rows with the same user
and no deletedAt. Of a single optional column that is usually meant, and nothing is said.""",
    example="""\
model Member {
  id: ID!
  userId: ID!
  teamId: ID
  @unique(fields: [userId, teamId])
}""",
    safe="""\
model Member {
  id: ID!
  userId: ID!
  teamId: ID!
  @unique(fields: [userId, teamId])
}""",
    schema=check,
)
