"""OKR341: nothing finds the rows that refer to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight
    from okra.relational.model import Index, Table


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for table in sight.tables():
        for key in table.foreign_keys:
            if not _is_indexed(table, key.columns):
                listed = ", ".join(key.columns)
                yield SchemaHit(
                    name=sight.name(table.name, key.columns),
                    message=f"no index of `{table.name}` begins with `{listed}`, which refers to `{key.table}`",
                    help=_help(sight, table.name, key.columns),
                )


def _help(sight: SchemaSight, table: str, columns: tuple[str, ...]) -> str:
    names = [sight.name(table, (column,)).rpartition(".")[2] for column in columns]
    return (
        "add `@index` to the field"
        if len(names) == 1
        else f"add `@index(fields: [{', '.join(names)}])`"
    )


def _is_indexed(table: Table, columns: tuple[str, ...]) -> bool:
    """Whether the columns, in any order, are the first ones of an index over all rows."""
    keys = [_leading(index) for index in table.indexes if index.where is None]
    if table.primary_key is not None:
        keys.append(table.primary_key.columns)
    return any({*key[: len(columns)]} == {*columns} for key in keys)


def _leading(index: Index) -> tuple[str, ...]:
    found = []
    for part in index.parts:
        if part.column is None:
            break
        found.append(part.column)
    return tuple(found)


RULE = Rule(
    code="OKR341",
    name="foreign-key-without-index",
    title="a foreign key has no index",
    text="""\
When a row that others refer to is deleted, or its key changes, the server looks for the rows that refer to it. Without
an index it reads their whole table, for each row. Joins over the relation do the same. MySQL and MariaDB make the index
by themselves.""",
    example="""\
model Post {
  id: ID!
  authorId: ID!
  author: User! @relation(fields: [authorId], references: [id])
}""",
    safe="""\
model Post {
  id: ID!
  authorId: ID! @index
  author: User! @relation(fields: [authorId], references: [id])
}""",
    providers=("postgres", "sqlite"),
    schema=check,
)
