"""Running a statement in ranges of a key: how PostgreSQL writes the key's values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.server.split import masked

if TYPE_CHECKING:
    from okra.relational.model import Column, Table

__all__ = ["hindrance", "literal_of", "masked"]


def hindrance(table: Table) -> str | None:
    """None: transactions are for all tables."""
    del table
    return None


def literal_of(column: Column, name: str) -> str | None:
    """A quoted text: beside the column it is taken for a value of the column's own type.

    Source  PostgreSQL manual, "Constants of Other Types": a literal of unknown type takes that of the other side
    """
    del column
    return f"quote_literal({name}::text)"
