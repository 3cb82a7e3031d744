"""Making an SQLite database empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.clearing import Thing
from okra.dialects.sqlite.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.session import MigrationSession


def everything(session: MigrationSession) -> list[Thing]:
    """Views first, then virtual tables, which take their shadow tables with them."""
    rows = session.query(
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY type = 'view' DESC, sql LIKE 'CREATE VIRTUAL TABLE%' DESC, name"
    )
    return [
        Thing(
            str(kind),
            str(name),
            f"DROP {str(kind).upper()} IF EXISTS {quote(str(name))}",
            quote(str(name)),
        )
        for kind, name in rows
    ]


def drop(session: MigrationSession, things: Sequence[Thing]) -> None:
    for thing in things:
        session.execute(thing.sql)
