"""Versions of servers: which count as one kind, and what to say where the dev server is of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.dialects.base import Dialect
    from okra.relational.model import Database

_NUMBERS = re.compile(r"(\d+)(?:\.(\d+))?")
_FIRST_MARIADB = 10


def major(provider: str, version: str) -> str:
    """What servers have in common that understand the same SQL: `15`, `MariaDB 10.11`, `MySQL 8.0`."""
    found = _NUMBERS.search(version)
    if found is None:
        return version
    if provider == "postgres":
        return found[1]
    return f"{'MariaDB' if is_mariadb(version) else 'MySQL'} {found[1]}.{found[2] or 0}"


def lacking_in(dialect: Dialect, database: Database, version: str) -> tuple[str, ...]:
    """What `database` needs that no server of `version` has, as sentences; `8.0` is any 8.0."""
    parts = version.count(".") + 1
    newest = version if dialect.name == "postgres" else version + ".99" * (3 - parts)
    return tuple(text.replace(newest, version) for text in dialect.lacking(database, newest))


def is_mariadb(version: str) -> bool:
    """Whether a version is one of MariaDB: it says so, or is higher than MySQL's."""
    found = _NUMBERS.search(version)
    return "maria" in version.lower() or (found is not None and int(found[1]) >= _FIRST_MARIADB)


def differing_server(provider: str, dev: str, target: str | None) -> tuple[str, ...]:
    """A warning where a proof on a server of version `dev` says less about one of version `target`."""
    if target is None or provider == "sqlite" or major(provider, dev) == major(provider, target):
        return ()
    name = "PostgreSQL " if provider == "postgres" else ""
    of_dev, of_target = f"{name}{major(provider, dev)}", f"{name}{major(provider, target)}"
    return (f"proven on {of_dev}, and the database is {of_target}: what differs was not tried",)
