"""What rows get, on the way back, in required columns whose values are gone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.guesses import enum_values
from okra.dialects.mysql.natives.typenames import INTEGERS, base_of
from okra.dialects.mysql.planning.evaluation import candidates, holds
from okra.dialects.mysql.planning.numbering import NUMBERED
from okra.dialects.mysql.quoting import literal, quote
from okra.relational.model import LogicalKind
from okra.relational.uses import must_differ, used_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Column, ForeignKey, LogicalType, Table

_UUID_LENGTH = 36
_LENGTH = re.compile(r"\((\d+)\)")
_NUMBERS = frozenset((*INTEGERS, "decimal", "float", "double"))
_USUAL = {
    "date": "'1970-01-01'",
    "datetime": "'1970-01-01 00:00:00'",
    "timestamp": "'1970-01-01 00:00:01'",
    "time": "'00:00:00'",
    "year": "1970",
    "bit": "b'0'",
    "json": "'null'",
    "uuid": "'00000000-0000-0000-0000-000000000000'",
    "inet4": "'0.0.0.0'",
    "inet6": "'::'",
    "geometry": "ST_GeomFromText('POINT(0 0)')",
    "point": "ST_GeomFromText('POINT(0 0)')",
    "linestring": "ST_GeomFromText('LINESTRING(0 0,1 1)')",
    "polygon": "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')",
    "multipoint": "ST_GeomFromText('MULTIPOINT(0 0)')",
    "multilinestring": "ST_GeomFromText('MULTILINESTRING((0 0,1 1))')",
    "multipolygon": "ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))')",
    "geometrycollection": "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(0 0))')",
}

_RANDOM_MOMENTS = {
    "date": "DATE_ADD('1970-01-01', INTERVAL FLOOR(RAND() * 100000) DAY)",
    "time": "SEC_TO_TIME(FLOOR(RAND() * 86400))",
    "datetime": "DATE_ADD('1970-01-01', INTERVAL FLOOR(RAND() * 4000000000) SECOND)",
    "timestamp": "FROM_UNIXTIME(1 + FLOOR(RAND() * 2000000000))",
    "year": "1901 + FLOOR(RAND() * 254)",
}


def placeholder(table: Table, column: Column, kind: LogicalType | None) -> str:
    """SQL for a value that `column` of `table` may hold, as it stands in an UPDATE of the table.

    A column that refers to another table gets that table's first key. One that must be unique gets the
    number of the row, or a random value; an enum has not enough of them, and gets its first.

    kind  what the column holds in the schema, if that is known
    """
    for key in table.foreign_keys:
        if column.name in key.columns:
            return _first_key(table, column, key)
    if must_differ(column, table) and base_of(str(column.type)) != "enum":
        return _different(table, column)
    usual = _usual(column, kind)
    checks = [
        c.expression for c in table.checks if used_columns(c.expression, table) == {column.name}
    ]
    return _allowed(checks, column, usual) if checks else usual


def _allowed(checks: Sequence[str], column: Column, usual: str) -> str:
    """The first value that all `checks` allow; the usual one where none is known to be."""
    number = base_of(str(column.type)) in _NUMBERS
    first: str | Decimal | None = None
    if number:
        first = Decimal(0)
    elif usual == "''":
        first = ""
    found = [] if first is None else [first]
    found += (value for text in checks for value in candidates(text))
    for value in found:
        fits = isinstance(value, Decimal) == number
        if fits and all(holds(text, column.name, value) for text in checks):
            return f"{value:f}" if isinstance(value, Decimal) else literal(value)
    return usual


def _first_key(table: Table, column: Column, key: ForeignKey) -> str:
    """The key of the row itself, where the table refers to itself; else one of the other table's."""
    target = key.references[key.columns.index(column.name)]
    if key.table == table.name and target != column.name:
        return quote(target)
    names = ", ".join(quote(name) for name in key.references)
    return f"(SELECT {quote(target)} FROM {quote(key.table)} ORDER BY {names} LIMIT 1)"


def _different(table: Table, column: Column) -> str:
    base = base_of(str(column.type))
    if base in _NUMBERS or base == "bit":
        return _row_number(table, column)
    if base.endswith(("binary", "blob")):
        return "UNHEX(MD5(UUID()))"
    if base in _RANDOM_MOMENTS:
        return _RANDOM_MOMENTS[base]
    size = _LENGTH.search(str(column.type))
    if base == "uuid" or size is None or int(size[1]) >= _UUID_LENGTH:
        return "UUID()"
    return f"LEFT(MD5(UUID()), {size[1]})"


def _row_number(table: Table, column: Column) -> str:
    """The number of the row in the order of the primary key; without one, in any order."""
    key = table.primary_key
    if key is None or column.name in key.columns:
        return NUMBERED
    names = ", ".join(quote(name) for name in key.columns)
    same = " AND ".join(
        f"`numbered`.{quote(name)} = {quote(table.name)}.{quote(name)}" for name in key.columns
    )
    return (
        f"(SELECT `okra_number` FROM (SELECT {names}, ROW_NUMBER() OVER (ORDER BY {names})"
        f" AS `okra_number` FROM {quote(table.name)}) AS `numbered` WHERE {same})"
    )


def _usual(column: Column, kind: LogicalType | None) -> str:
    base = base_of(str(column.type))
    if kind is not None and kind.native is None:
        if kind.list:
            return "'[]'"
        if kind.kind is LogicalKind.ID:
            return "UUID()"
    if base in _NUMBERS:
        return "0"
    if base == "enum":
        return literal(enum_values(str(column.type))[0])
    return _USUAL.get(base, "''")
