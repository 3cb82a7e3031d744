"""Which tables are the join table of a relation between two lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.mapping import schema_of, unqualified
from okra.naming import (
    foreign_key_name,
    index_name,
    join_table_name,
    primary_key_name,
    shortened,
    snake_case,
)
from okra.raising.words import pascal, words_of
from okra.relational.model import Action, Column, ForeignKey, Index, IndexPart, LogicalType, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.raising.names import Names

_KEYS = 2


def join_of(table: Table, tables: Mapping[str, Table], names: Names) -> Table | None:
    """`table` with its keys in the order of its columns if it is what lowering makes, else None."""
    key = table.primary_key
    if len(table.foreign_keys) != _KEYS or key is None or not _is_bare(table):
        return None
    first, second = table.foreign_keys
    if key.columns != first.columns + second.columns:
        first, second = second, first
    columns = tuple(column.name for column in table.columns)
    if not columns == key.columns == first.columns + second.columns:
        return None
    bare = unqualified(table.name, names.habits.provider)
    index = Index(
        name=index_name(bare, second.columns),
        parts=tuple(IndexPart(column=name) for name in second.columns),
    )
    if key.name not in (None, primary_key_name(bare)):
        return None
    if table.indexes != (index,) or not _is_named_so(table, first, second, names):
        return None
    own = {column.name: column for column in table.columns}
    for each, prefix in zip((first, second), _prefixes(first, second, names), strict=True):
        target = tables.get(each.table)
        if target is None or not _leads(each, target, prefix, own):
            return None
    return replace(table, foreign_keys=(first, second))


def _is_bare(table: Table) -> bool:
    return not (table.checks or table.options or table.comment)


def _is_named_so(table: Table, first: ForeignKey, second: ForeignKey, names: Names) -> bool:
    """Whether a relation between the two models can have this table."""
    one, other = names.models.get(first.table), names.models.get(second.table)
    if one is None or other is None or one > other:
        return False
    bare = unqualified(table.name, names.habits.provider)
    if any(key.name not in (None, foreign_key_name(bare, key.columns)) for key in (first, second)):
        return False
    if schema_of(table.name, names.habits.provider) != schema_of(
        first.table, names.habits.provider
    ):
        return False
    named = pascal(words_of(bare))
    return bare in (join_table_name(None, one, other), join_table_name(named, one, other))


def _prefixes(first: ForeignKey, second: ForeignKey, names: Names) -> tuple[str, str]:
    if first.table == second.table:
        return "a", "b"
    return snake_case(names.models[first.table]), snake_case(names.models[second.table])


def _leads(key: ForeignKey, target: Table, prefix: str, own: Mapping[str, Column]) -> bool:
    """Whether `key` is what a join table has for `target`."""
    primary = target.primary_key
    if primary is None or key.references != primary.columns:
        return False
    if key.on_delete is not Action.CASCADE or key.on_update is not Action.CASCADE or key.deferrable:
        return False
    alone = len(primary.columns) == 1
    expected = tuple(
        shortened(f"{prefix}_id" if alone else f"{prefix}_{name}") for name in primary.columns
    )
    if key.columns != expected:
        return False
    return all(
        _is_copy(own[name], target.column(reference))
        for name, reference in zip(key.columns, key.references, strict=True)
    )


def _is_copy(column: Column, reference: Column | None) -> bool:
    """Whether the column has the type of the one that it refers to, and nothing more."""
    if reference is None or not isinstance(column.type, LogicalType):
        return False
    return column == Column(name=column.name, type=reference.type)
