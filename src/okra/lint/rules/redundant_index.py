"""OKR342: an index that another one makes needless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit
from okra.relational.model import IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight
    from okra.relational.model import Index, Table


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        for index in table.indexes:
            better = _better(index, table)
            if better is not None:
                yield SchemaHit(
                    name=sight.index_name(table.name, index),
                    message=f"index `{index.name}` of `{table.name}` does nothing that {better} does not",
                    help="take one of the two out: every write keeps both up to date",
                )


def _better(index: Index, table: Table) -> str | None:
    """What begins with the same columns, and is not itself made needless by `index`."""
    if index.unique and any(part.expression for part in index.parts):
        return None
    key = table.primary_key
    if key is not None and _begins(index, key.columns) and _is_plain(index):
        same = index.columns == key.columns
        if same or not index.unique:
            return "the primary key"
    for other in table.indexes:
        if other is not index and _covers(other, index, table):
            return f"`{other.name}`"
    return None


def _covers(other: Index, index: Index, table: Table) -> bool:
    alike = (other.method, other.where, other.nulls_distinct) == (
        index.method,
        index.where,
        index.nulls_distinct,
    )
    if not alike or other.parts[: len(index.parts)] != index.parts:
        return False
    if not {*index.include} <= {*other.include, *other.columns} or not other.visible:
        return False
    if index.unique and (len(other.parts) > len(index.parts) or not other.unique):
        return False
    equal = len(other.parts) == len(index.parts) and other.unique == index.unique
    places = [item.name for item in table.indexes]
    if equal and {*other.include} == {*index.include}:  # the first of two equal ones stays
        return places.index(other.name) < places.index(index.name)
    return _is_sorted(index)


def _begins(index: Index, columns: tuple[str, ...]) -> bool:
    return len(index.parts) > 0 and columns[: len(index.parts)] == index.columns


def _is_plain(index: Index) -> bool:
    parts_are = all(
        part == IndexPart(column=part.column) for part in index.parts if part.column is not None
    )
    plain = index.where is None and not index.include and _is_sorted(index)
    return parts_are and plain and len(index.columns) == len(index.parts)


def _is_sorted(index: Index) -> bool:
    """Whether queries may use the first parts of such an index alone."""
    return index.method in (None, "btree")


RULE = Rule(
    code="OKR342",
    name="redundant-index",
    title="another index does what this one does",
    text="""\
An index on (a) is needless where there is one on (a, b): queries use the first columns of an index just as well. A unique one
is only made needless by another on the same columns. Every insert keeps every index up to date, and each takes its room.""",
    example="""\
model Post {
  id: ID!
  authorId: ID! @index
  createdAt: DateTime!
  @index(fields: [authorId, createdAt])
}""",
    safe="""\
model Post {
  id: ID!
  authorId: ID!
  createdAt: DateTime!
  @index(fields: [authorId, createdAt])
}""",
    schema=check,
)
