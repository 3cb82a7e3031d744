"""Temporary tables, of which a server is asked what it makes of a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.dialects.base import Session


def execute(session: Session, sql: str) -> None:
    """Run `sql`, which touches nothing but a temporary table, on a session that may be for reading only."""
    session.execute("SET TRANSACTION READ WRITE")  # counts for the next statement alone
    session.execute(sql)
