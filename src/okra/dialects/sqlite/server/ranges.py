"""Running a statement in ranges of a key: how SQLite writes the key's values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.server.split import masked

if TYPE_CHECKING:
    from okra.relational.model import Column, Table

__all__ = ["hindrance", "literal_of", "masked"]


def hindrance(table: Table) -> str | None:
    """None: transactions are for all tables."""
    del table
    return None


def literal_of(column: Column, name: str) -> str | None:
    """Whatever kind of value a row has: `quote` writes each as it is, but for a text with a NUL, which it cuts there.

    Source  SQLite documentation, "Built-In Scalar SQL Functions", quote(X)
    """
    del column
    whole = f"'CAST(' || quote(CAST({name} AS BLOB)) || ' AS TEXT)'"
    return (
        f"CASE WHEN typeof({name}) = 'text' AND instr({name}, char(0)) THEN {whole}"
        f" ELSE quote({name}) END"
    )
