"""What rows get, on the way back, in required columns whose values are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.natives.types import UUID, affinity
from okra.dialects.sqlite.planning.certainty import (
    RANDOM_BYTES,
    RANDOM_TEXT,
    ROW_NUMBER,
    allowed_texts,
    satisfies,
)
from okra.dialects.sqlite.quoting import literal, quote
from okra.relational.model import LogicalKind
from okra.relational.uses import must_differ, used_columns

if TYPE_CHECKING:
    from okra.relational.model import Column, ForeignKey, LogicalType, Table

_BY_KIND = {
    LogicalKind.ID: UUID,
    LogicalKind.DATE_TIME: "'1970-01-01T00:00:00.000Z'",
    LogicalKind.DATE: "'1970-01-01'",
    LogicalKind.TIME: "'00:00:00.000'",
    LogicalKind.JSON: "'null'",
}


def placeholder(table: Table, column: Column, kind: LogicalType | None) -> str:
    """SQL for a value that `column` of `table` may hold; one that its checks allow, if there is one.

    A column that refers to another table gets that table's first key. One that must be unique gets the
    number of the row, or a random value.

    kind  what the column holds in the schema, if that is known
    """
    for key in table.foreign_keys:
        if column.name in key.columns:
            return _first_key(table, column, key)
    number = affinity(str(column.type)).is_number
    if must_differ(column, table):
        return _different(column, kind, number=number)
    candidates = [_usual(column, kind, number=number), "0", "1", "''", "'x'", "x''"]
    checks = [c for c in table.checks if used_columns(c.expression, table) == {column.name}]
    for check in checks:
        candidates += (literal(text) for text in allowed_texts(check, column.name)[:1])
    for candidate in candidates if checks else ():
        if all(satisfies(check, [(column, candidate)]) for check in checks):
            return candidate
    return candidates[0]


def _first_key(table: Table, column: Column, key: ForeignKey) -> str:
    """The key of the row itself, where the table refers to itself; else one of the other table's."""
    target = key.references[key.columns.index(column.name)]
    qualified = f"{quote(key.table)}.{quote(target)}"
    if key.table == table.name and target != column.name:
        return qualified
    names = ", ".join(f"{quote(key.table)}.{quote(name)}" for name in key.references)
    return f"(SELECT {qualified} FROM {quote(key.table)} ORDER BY {names} LIMIT 1)"


def _different(column: Column, kind: LogicalType | None, *, number: bool) -> str:
    if number:
        return ROW_NUMBER
    if kind is not None and kind.kind is LogicalKind.ID and not kind.list:
        return UUID
    return RANDOM_BYTES if "blob" in str(column.type) else RANDOM_TEXT


def _usual(column: Column, kind: LogicalType | None, *, number: bool) -> str:
    if kind is not None and kind.native is None:
        if kind.list:
            return "'[]'"
        if kind.kind in _BY_KIND:
            return _BY_KIND[kind.kind]
    if number:
        return "0"
    return "x''" if "blob" in str(column.type) else "''"
