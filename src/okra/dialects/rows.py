"""What a dialect knows about writing rows: its values, the SQL that merges rows into a table, its counters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime, time
    from decimal import Decimal

    from okra.dialects.base import Session, Value
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Column, LogicalType, Table


class Json(str):
    """The text of a JSON value."""

    __slots__ = ()


Plain: TypeAlias = (
    "bool | int | float | Decimal | str | bytes | datetime | date | time | tuple[Plain, ...]"
)
"""The value of a column before a dialect has seen it. Moments are in UTC, without saying so."""


class Unstorable(Exception):
    """The server would keep another value. The text says what it takes, and what the value is."""


Rows: TypeAlias = "Sequence[Sequence[Value]]"
Quote: TypeAlias = "Callable[[str], str]"

NUMBER = "okra_row"
"""The column of a staging table that says which row comes before which."""


class RowWriter(Protocol):
    """What a dialect's `server/rows.py` has. Rows are merged in two steps, from a temporary table.

    Names of tables are as in the model; `staged` is the name of the temporary table, in SQL.
    """

    def begin(self, session: MigrationSession) -> None:
        """Open a transaction for rows: foreign keys count, and those that may wait do."""
        ...

    def settle(self, session: MigrationSession) -> None:
        """Check what waited for the end of the transaction.

        Raises  DatabaseError
        """
        ...

    def path(self, table: str) -> str:
        """A table as it is named in SQL."""
        ...

    def stored(self, value: Plain, kind: LogicalType, native: str) -> Value:
        """What the driver is given for a value of a column whose type on the server is `native`.

        Raises  Unstorable
        """
        ...

    def as_text(self, column: str) -> str:
        """SQL for the value of a column, which is quoted already, as `stored` would give it."""
        ...

    def fill(
        self, session: MigrationSession, staged: str, columns: Sequence[Column], rows: Rows
    ) -> None:
        """Put rows into the temporary table: their numbers, then the values of `columns`."""
        ...

    def update(
        self, table: str, staged: str, key: Sequence[str], columns: Sequence[Column]
    ) -> tuple[str, ...]:
        """What changes the rows that are there, and differ in `columns`; the last statement counts them."""
        ...

    def insert(self, table: str, staged: str, key: Sequence[str], columns: Sequence[Column]) -> str:
        """What adds the rows that are not there, in their order."""
        ...

    def lasting(self, table: Table) -> str | None:
        """What keeps the table so that no transaction undoes its rows; None where one does."""
        ...

    def drop(self, staged: str) -> str:
        """What takes the temporary table away, and ends no transaction."""
        ...

    def count_on(self, session: Session, table: str, column: str) -> None:
        """Let the counter of a column go on behind the largest value that is there."""
        ...


def fill_by_insert(
    session: Session,
    staged: str,
    columns: Sequence[Column],
    rows: Rows,
    *,
    quote: Quote,
    most: int,
) -> None:
    """Put rows into the temporary table, many with each statement.

    most  how many parameters a statement may have
    """
    names = [NUMBER, *(quote(each.name) for each in columns)]
    height = max(1, most // len(names))
    line = f"({', '.join('?' * len(names))})"
    for start in range(0, len(rows), height):
        some = rows[start : start + height]
        session.execute(
            f"INSERT INTO {staged} ({', '.join(names)}) VALUES {', '.join([line] * len(some))}",
            [value for row in some for value in row],
        )


def insert_absent(
    path: str,
    staged: str,
    key: Sequence[str],
    columns: Sequence[Column],
    *,
    quote: Quote,
    override: str = "",
) -> str:
    """What adds the staged rows whose key the table has not; the same on every server.

    path      the table, as it is named in SQL
    override  what stands behind the names
    """
    same = " AND ".join(f"t.{quote(name)} = s.{quote(name)}" for name in key)
    names = ", ".join(quote(each.name) for each in columns)
    return (
        f"INSERT INTO {path} ({names}){override} SELECT {names} FROM {staged} AS s"
        f" WHERE NOT EXISTS (SELECT 1 FROM {path} AS t WHERE {same}) ORDER BY s.{NUMBER}"
    )


def json_element(value: Plain, stored: Value) -> Value | bool:
    """An element of a list that is kept as JSON: numbers and booleans are such, exact numbers are texts."""
    return value if isinstance(value, (bool, int, float)) else _text(stored)


def _text(stored: Value) -> Value:
    from base64 import b64encode

    return b64encode(stored).decode() if isinstance(stored, bytes) else stored


def row_writer(provider: str) -> RowWriter:
    """What `provider` knows about writing rows."""
    from okra.dialects import DIALECTS

    return cast("RowWriter", import_module(f"{DIALECTS[provider]}.server.rows"))
