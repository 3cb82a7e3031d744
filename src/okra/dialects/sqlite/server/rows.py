"""Rows for SQLite: how values are kept, and the SQL that merges rows into a table."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.rows import Unstorable, fill_by_insert, insert_absent, json_element
from okra.dialects.sqlite.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session, Value
    from okra.dialects.rows import Plain, Rows
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Column, LogicalType, Table

_MOST_PARAMETERS = 900  # older libraries take 999
_KEPT_DIGITS = 15


def begin(session: MigrationSession) -> None:
    """Open a transaction for rows, in which foreign keys count."""
    session.execute("PRAGMA foreign_keys = ON")
    session.execute("BEGIN IMMEDIATE")
    session.execute("PRAGMA defer_foreign_keys = OFF")


def settle(session: MigrationSession) -> None:
    """Nothing: the commit checks what a seed may have told to wait."""
    del session


def path(table: str) -> str:
    return quote(table)


def as_text(column: str) -> str:
    return column


def stored(value: Plain, kind: LogicalType, native: str) -> Value:
    """Moments as OKRA's own default `now` writes them, lists as JSON."""
    match value:
        case bool():
            return int(value)
        case tuple():
            items = [json_element(item, stored(item, kind, native)) for item in value]
            return json.dumps(items, ensure_ascii=False, separators=(",", ":"))
        case datetime():
            return f"{value.isoformat(timespec=_fraction(value.microsecond))}Z"
        case time():
            return value.isoformat(timespec=_fraction(value.microsecond))
        case date():
            return value.isoformat()
        case Decimal():
            return _exact(value) if native == "numeric" else format(value, "f")
        case str():
            return str(value)
        case _:
            return value


def _exact(value: Decimal) -> str:
    """A number that NUMERIC affinity keeps as it is: a whole one of 64 bits, or one of 15 digits.

    Source  SQLite documentation, "Datatypes In SQLite", 3
    """
    text = format(value, "f")
    whole = value == value.to_integral_value() and -(1 << 63) <= value < 1 << 63
    digits = len(text.lstrip("-0.").replace(".", "").rstrip("0"))
    if not whole and digits > _KEPT_DIGITS:
        raise Unstorable(
            f"takes {_KEPT_DIGITS} digits in all, as SQLite keeps no more, and the value has {digits}"
        )
    return text


def _fraction(microsecond: int) -> str:
    return "microseconds" if microsecond % 1000 else "milliseconds"


def fill(session: Session, staged: str, columns: Sequence[Column], rows: Rows) -> None:
    fill_by_insert(session, staged, columns, rows, quote=quote, most=_MOST_PARAMETERS)


def update(
    table: str, staged: str, key: Sequence[str], columns: Sequence[Column]
) -> tuple[str, ...]:
    """An index for the values first: they are looked up by the key, once for each column."""
    keys = ", ".join(map(quote, key))
    same = " AND ".join(f"s.{quote(name)} = t.{quote(name)}" for name in key)
    outer = " AND ".join(f"s.{quote(name)} = {path(table)}.{quote(name)}" for name in key)
    differs = " OR ".join(
        f"t.{quote(each.name)} IS NOT s.{quote(each.name)} COLLATE BINARY" for each in columns
    )
    values = ", ".join(
        f"{quote(each.name)} = (SELECT s.{quote(each.name)} FROM {staged} AS s WHERE {outer})"
        for each in columns
    )
    found = ", ".join(f"t.{quote(name)}" for name in key)
    rows = f"{staged} AS s CROSS JOIN {path(table)} AS t ON {same}"
    changed = f"SELECT {found} FROM {rows} WHERE {differs}"
    return (
        f"CREATE INDEX temp.{quote(f'{staged}_key')} ON {staged} ({keys})",
        f"UPDATE {path(table)} SET {values} WHERE ({keys}) IN ({changed})",
    )


def insert(table: str, staged: str, key: Sequence[str], columns: Sequence[Column]) -> str:
    return insert_absent(path(table), staged, key, columns, quote=quote)


def lasting(table: Table) -> str | None:
    """Nothing: every table is part of a transaction."""
    del table
    return None


def drop(staged: str) -> str:
    return f"DROP TABLE {staged}"


def count_on(session: Session, table: str, column: str) -> None:
    """Nothing: AUTOINCREMENT goes on behind the largest value that was ever there."""
    del session, table, column
