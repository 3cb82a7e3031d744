"""What a server is too old for, or hasn't because it is the other one of MySQL and MariaDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.relational.model import Database


def lacking(database: Database, server_version: str) -> tuple[str, ...]:
    """What `database` needs that a server of this version hasn't, as sentences with the version."""
    del database, server_version
    return ()
