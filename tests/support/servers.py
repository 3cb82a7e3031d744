"""The servers that tests run on: those that a variable names, else the ones on this machine, started as OKRA does."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.devdb.cluster import Cluster
from okra.devdb.databases import Home, create, drop
from okra.devdb.given import Given
from okra.devdb.software import Software, find_mysql, find_postgres
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTGRES_VARIABLE = "OKRA_TEST_POSTGRES_URL"
MYSQL_VARIABLE = "OKRA_TEST_MYSQL_URL"

_GIVEN = {
    "postgres-given": POSTGRES_VARIABLE,
    "mysql-given": MYSQL_VARIABLE,
}
POSTGRES = ["postgres-given"] if POSTGRES_VARIABLE in os.environ else ["postgres-15", "postgres-18"]
MYSQL = ["mysql-given"] if MYSQL_VARIABLE in os.environ else ["mariadb"]


class Servers:
    """Servers that were asked for; each runs until `release`."""

    def __init__(self) -> None:
        self._homes: dict[str, Home] = {}

    @contextmanager
    def database(self, name: str) -> Iterator[DatabaseUrl]:
        """A new, empty database on the server `name`, dropped afterwards."""
        home = self._homes.get(name) or self._homes.setdefault(name, _home(name))
        url = create(home)
        try:
            yield url
        finally:
            drop(home, url)

    def release(self) -> None:
        """Let all servers go."""
        for home in self._homes.values():
            home.release()
        self._homes.clear()


def software(name: str) -> Software | None:
    """The program behind the server `name`, if it is on this machine."""
    kind, _, major = name.partition("-")
    if kind == "mariadb":
        found = find_mysql("mariadb")
        return found if found is not None and found.kind == "mariadb" else None
    found = find_postgres(major)
    return found if found is not None and found.major == major else None


def stop() -> None:
    """Have the servers of this machine stopped as soon as no test run uses them any more."""
    for name in ("postgres-15", "postgres-18", "mariadb"):
        program = software(name)
        if program is not None:
            Cluster(program, os.environ).stop()


def _home(name: str) -> Home:
    if name in _GIVEN:
        return Given(DatabaseUrl.parse(os.environ[_GIVEN[name]], base=Path.cwd()))
    program = software(name)
    if program is None:
        pytest.skip(f"{name} is not on this machine: scripts/test says how to get it")
    return Cluster(program, os.environ).use()
