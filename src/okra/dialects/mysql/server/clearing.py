"""Making a MySQL database empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.clearing import Thing
from okra.dialects.mysql.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.session import MigrationSession

_WORDS = {"VIEW": ("view", "VIEW"), "SEQUENCE": ("sequence", "SEQUENCE")}


def everything(session: MigrationSession) -> list[Thing]:
    """Views first, then tables, and MariaDB's sequences last: defaults of tables use them."""
    rows = session.query(
        "SELECT table_name, table_type FROM information_schema.tables"
        " WHERE table_schema = database() AND table_type NOT LIKE '%TEMPORARY%'"
        " ORDER BY table_type = 'SEQUENCE', table_type <> 'VIEW', table_name"
    )
    found = []
    for name, kind in rows:
        called, word = _WORDS.get(str(kind), ("table", "TABLE"))
        path = quote(str(name))
        found.append(Thing(called, str(name), f"DROP {word} IF EXISTS {path}", path))
    return found


def drop(session: MigrationSession, things: Sequence[Thing]) -> None:
    """Foreign keys are not looked at: each statement is final, and a table may go before its children."""
    session.execute("SET SESSION foreign_key_checks = 0")
    try:
        for thing in things:
            session.execute(thing.sql)
    finally:
        session.execute("SET SESSION foreign_key_checks = 1")
