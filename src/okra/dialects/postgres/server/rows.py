"""Rows for PostgreSQL: values as the text that the server reads, and the SQL that merges rows into a table."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from okra.dialects.postgres.natives.types import array_text
from okra.dialects.postgres.quoting import quote, quote_table
from okra.dialects.rows import NUMBER, insert_absent
from okra.relational.model import LogicalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session, Value
    from okra.dialects.postgres.server.session import PostgresSession
    from okra.dialects.rows import Plain, Rows
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Column, LogicalType, Table

# Types that the server can't compare: their texts are.
_INCOMPARABLE = ("json", "xml", "point", "polygon", "line", "path", "txid_snapshot")


def begin(session: MigrationSession) -> None:
    """Open a transaction for rows. Somebody's code may pause in it."""
    session.begin()
    session.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    session.execute("SET CONSTRAINTS ALL DEFERRED")


def settle(session: MigrationSession) -> None:
    """Check what was put off: at the commit nobody could tell any more what is wrong."""
    session.execute("SET CONSTRAINTS ALL IMMEDIATE")


def path(table: str) -> str:
    return quote_table(table)


def as_text(column: str) -> str:
    return f"{column}::text"


def stored(value: Plain, kind: LogicalType, native: str) -> Value:
    """The text that the server reads as the value, whatever its column's type is."""
    match value:
        case tuple():
            elements = [_element(item, kind, native) for item in value]
            return array_text(elements, LogicalKind.STRING)
        case bool():
            return "true" if value else "false"
        case bytes():
            return f"\\x{value.hex()}"
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _element(value: Plain, kind: LogicalType, native: str) -> bool | int | float | str:
    if isinstance(value, (bool, int, float)):
        return value
    return str(stored(value, kind, native))


def fill(session: Session, staged: str, columns: Sequence[Column], rows: Rows) -> None:
    names = ", ".join([NUMBER, *(quote(each.name) for each in columns)])
    cast("PostgresSession", session).copy(f"COPY {staged} ({names}) FROM STDIN", rows)


def update(
    table: str, staged: str, key: Sequence[str], columns: Sequence[Column]
) -> tuple[str, ...]:
    same = " AND ".join(f"t.{quote(name)} = s.{quote(name)}" for name in key)
    differs = " OR ".join(
        f"{_comparable('t', each)} IS DISTINCT FROM {_comparable('s', each)}" for each in columns
    )
    values = ", ".join(f"{quote(each.name)} = s.{quote(each.name)}" for each in columns)
    return (
        f"UPDATE {path(table)} AS t SET {values} FROM {staged} AS s WHERE {same} AND ({differs})",
    )


def _comparable(alias: str, column: Column) -> str:
    name = f"{alias}.{quote(column.name)}"
    kind = str(column.type).removesuffix("[]")
    return f"{name}::text" if kind in _INCOMPARABLE else name


def insert(table: str, staged: str, key: Sequence[str], columns: Sequence[Column]) -> str:
    """Numbers that the server would give are taken from the row."""
    override = " OVERRIDING SYSTEM VALUE" if any(each.identity for each in columns) else ""
    return insert_absent(path(table), staged, key, columns, quote=quote, override=override)


def lasting(table: Table) -> str | None:
    """Nothing: every table is part of a transaction."""
    del table
    return None


def drop(staged: str) -> str:
    return f"DROP TABLE {staged}"


def count_on(session: Session, table: str, column: str) -> None:
    """Never back: what was given out may stand elsewhere."""
    found = session.query("SELECT pg_catalog.pg_get_serial_sequence(?, ?)", (path(table), column))[
        0
    ][0]
    if not isinstance(found, str):
        return
    session.query(
        f"SELECT pg_catalog.setval(?::regclass, m.top) FROM"
        f" (SELECT max({quote(column)})::bigint AS top FROM {path(table)}) AS m, {found} AS q"
        " WHERE m.top >= q.last_value",
        (found,),
    )
