"""What a query gives, held against what a test expects; and what tables hold, before and after."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from okra.dialects.rows import row_writer
from okra.seeding.values import Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.base import Dialect, Session
    from okra.relational.model import Database, Table

_SHOWN = 10


def matches(wanted: Sequence[Sequence[Any]], found: Sequence[Sequence[Any]]) -> bool:
    """Whether a query gave just these rows, in this order."""
    return len(wanted) == len(found) and all(
        len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))
        for one, other in zip(wanted, found, strict=True)
    )


def _same(wanted: Any, found: Any) -> bool:
    match wanted:
        case None:
            return found is None
        case bool():
            return shown(found) in (("true", "1") if wanted else ("false", "0"))
        case int() | float():
            return _number(wanted) is not None and _number(wanted) == _number(found)
        case dict() | list():
            return bool(_parsed(found) == json.loads(json.dumps(wanted)))
        case _:
            return found is not None and shown(found) == str(wanted)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(value.text if isinstance(value, Number) else str(value))
    except InvalidOperation:
        return None


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def shown(value: Any) -> str:
    """A value as a test writes it: bytes in hexadecimal digits, moments and times as ISO 8601 has them."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case bytes():
            return value.hex()
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case Decimal():
            return format(value, "f")
        case Number():
            return value.text
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=shown)
        case _:
            return str(value)


def _duration(value: timedelta) -> str:
    """The time of a day, as MySQL keeps it: any number of hours."""
    seconds = abs(value) // timedelta(seconds=1)
    fraction = abs(value) % timedelta(seconds=1) // timedelta(microseconds=1)
    sign = "-" if value < timedelta() else ""
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{fraction:06}" if fraction else text


def rows_text(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Rows as lines to be read."""
    if not rows:
        return ["no rows"]
    lines = [" | ".join(shown(value) for value in row) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append(f"and {len(rows) - _SHOWN} more")
    return lines


Contents = dict[str, list[tuple[Any, ...]]]
"""The rows of tables, by the names of these."""


def contents(session: Session, speaks: Dialect, database: Database) -> Contents:
    """What the tables of `database` hold, in the columns that only clients write."""
    path = row_writer(speaks.name).path
    found: Contents = {}
    for table in database.tables:
        names = ", ".join(speaks.quote(name) for name in compared(table))
        if names:
            rows = session.query(f"SELECT {names} FROM {path(table.name)}")
            found[table.name] = sorted(rows, key=repr)
    return found


def compared(table: Table) -> list[str]:
    """The columns that the database neither computes nor sets at each change."""
    return [
        column.name
        for column in table.columns
        if column.generated is None and not column.updated_at
    ]


def changed(database: Database, before: Contents, after: Contents) -> list[str]:
    """What is not as it was: `table` where rows are gone or new, else `table.column`."""
    found = []
    for table in database.tables:
        old, new = before.get(table.name, []), after.get(table.name, [])
        if old == new:
            continue
        if len(old) != len(new):
            found.append(table.name)
            continue
        names = compared(table)
        differing = [
            f"{table.name}.{name}"
            for at, name in enumerate(names)
            if _values(old, at) != _values(new, at)
        ]
        found += differing or [table.name]
    return found


def _values(rows: Sequence[tuple[Any, ...]], at: int) -> list[str]:
    return sorted(repr(row[at]) for row in rows)


def counts(found: Mapping[str, Sequence[object]]) -> dict[str, int]:
    """How many rows each table holds."""
    return {table: len(rows) for table, rows in found.items()}
