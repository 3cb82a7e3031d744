"""Rows for MySQL and MariaDB: how values are kept, and the SQL that merges rows into a table."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.mysql.quoting import quote
from okra.dialects.mysql.server.connecting import SQL_MODE
from okra.dialects.rows import fill_by_insert, insert_absent, json_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session, Value
    from okra.dialects.rows import Plain, Rows
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Column, LogicalType, Table

_MOST_PARAMETERS = (
    20_000  # the driver writes them into the text of the statement, which has a limit
)

# Source: MySQL 8.0 manual, "Storage Engines"; MariaDB Knowledge Base, "Aria Storage Engine"
_AT_ONCE = frozenset(
    {"myisam", "aria", "memory", "csv", "archive", "merge", "mrg_myisam", "blackhole"}
)
_TEXTS = ("char", "text", "enum", "set", "json")


def begin(session: MigrationSession) -> None:
    """Open a transaction for rows. A 0 in a counted column is a 0, and not the next number."""
    session.execute(f"SET SESSION sql_mode = '{SQL_MODE},NO_AUTO_VALUE_ON_ZERO'")
    session.begin()


def settle(session: MigrationSession) -> None:
    """Nothing: nothing waits for the end of a transaction here."""
    del session


def path(table: str) -> str:
    return quote(table)


def as_text(column: str) -> str:
    return column


def stored(value: Plain, kind: LogicalType, native: str) -> Value:
    """Moments without the offset, which MySQL does not keep; lists as JSON."""
    match value:
        case bool():
            return int(value)
        case tuple():
            items = [json_element(item, stored(item, kind, native)) for item in value]
            return json.dumps(items, ensure_ascii=False, separators=(",", ":"))
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case str():
            return str(value)
        case _:
            return value


def fill(session: Session, staged: str, columns: Sequence[Column], rows: Rows) -> None:
    fill_by_insert(session, staged, columns, rows, quote=quote, most=_MOST_PARAMETERS)


def update(
    table: str, staged: str, key: Sequence[str], columns: Sequence[Column]
) -> tuple[str, ...]:
    """The staged rows first, each finding its own by the key."""
    same = " AND ".join(f"t.{quote(name)} = s.{quote(name)}" for name in key)
    equal = " AND ".join(f"{_exact('t', each)} <=> {_exact('s', each)}" for each in columns)
    values = ", ".join(f"t.{quote(each.name)} = s.{quote(each.name)}" for each in columns)
    join = f"{staged} AS s STRAIGHT_JOIN {path(table)} AS t ON {same}"
    return (f"UPDATE {join} SET {values} WHERE NOT ({equal})",)


def _exact(alias: str, column: Column) -> str:
    """The value as it is: texts that differ in case alone are equal for most collations."""
    name = f"{alias}.{quote(column.name)}"
    is_text = any(word in str(column.type).partition("(")[0] for word in _TEXTS)
    return f"CAST({name} AS BINARY)" if is_text else name


def insert(table: str, staged: str, key: Sequence[str], columns: Sequence[Column]) -> str:
    return insert_absent(path(table), staged, key, columns, quote=quote)


def lasting(table: Table) -> str | None:
    """Its engine, if that undoes nothing."""
    engine = dict(option.split("=", 1) for option in table.options if "=" in option).get("engine")
    return engine if engine is not None and engine.lower() in _AT_ONCE else None


def drop(staged: str) -> str:
    return f"DROP TEMPORARY TABLE {staged}"


def count_on(session: Session, table: str, column: str) -> None:
    """Nothing: AUTO_INCREMENT goes on behind the largest value."""
    del session, table, column
