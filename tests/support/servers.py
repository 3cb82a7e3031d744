"""The servers that tests run on: those that a variable names, else the ones on this machine, started as OKRA does."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.devdb.cluster import Cluster
from okra.devdb.databases import Home, create, drop
from okra.devdb.given import Given
from okra.devdb.software import Software, mysql_servers, postgres_servers
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


_NAMES = frozenset({"sqlite", "postgres-15", "postgres-18", "mariadb", *_GIVEN})
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of ours is made in it
_ENOUGH = 4 << 30
_PATIENCE_S = 1.5


def base_folder() -> Path:
    """Where servers of tests live: in memory, where there is plenty, as they make and drop databases all the time."""
    try:
        found = os.statvfs(_MEMORY)
    except OSError:
        return Path(tempfile.gettempdir())
    free = found.f_bavail * found.f_frsize
    runs_programs = not found.f_flag & os.ST_NOEXEC
    return _MEMORY if free > _ENOUGH and runs_programs else Path(tempfile.gettempdir())


def is_meant(item: pytest.Item) -> bool:
    """Whether a test means something on the server that its parameters name: see the marker `only_on`."""
    parameters = getattr(item, "callspec", None)
    values = () if parameters is None else parameters.params.values()
    found = [value for value in values if isinstance(value, str) and value in _NAMES]
    return all(
        any(name.startswith(wanted) for wanted in mark.args)
        for mark in item.iter_markers("only_on")
        for name in found
    )


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
        found = [each for each in mysql_servers() if each.kind == "mariadb"]
    else:
        found = [each for each in postgres_servers() if each.major == major]
    return found[0] if found else None


def stop() -> None:
    """Stop the servers of this machine and remove them, unless another test run uses them."""
    programs = [software(name) for name in ("postgres-15", "postgres-18", "mariadb")]
    clusters = [Cluster(program, os.environ) for program in programs if program is not None]
    for cluster in clusters:
        cluster.stop()
    until = time.monotonic() + _PATIENCE_S
    while clusters and time.monotonic() < until:
        clusters = [cluster for cluster in clusters if not cluster.remove()]
        time.sleep(0.1)


def _home(name: str) -> Home:
    if name in _GIVEN:
        return Given(DatabaseUrl.parse(os.environ[_GIVEN[name]], base=Path.cwd()))
    program = software(name)
    if program is None:
        pytest.skip(f"{name} is not on this machine: scripts/test says how to get it")
    return Cluster(program, os.environ).use()
