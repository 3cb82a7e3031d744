"""A table that somebody has locked: who reads waits one lock timeout in all, and knows for whom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import pytest

from okra.dialects.session import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from places import Place

SCHEMA = "model User {\n  id: Int! @id\n  n: Int @default(3)\n}\n"
COMMANDS = ["db:sync", "db:sync --dry-run", "db:diff --live", "db:migrate:status"]

pytestmark = pytest.mark.only_on("postgres")


class Locked(NamedTuple):
    """A database whose one table somebody has locked."""

    place: Place
    holder: MigrationSession


@pytest.fixture
def locked(place: Place) -> Iterator[Locked]:
    if place.provider != "postgres":
        pytest.skip("only PostgreSQL lets nobody read the definition of a table that is locked")
    place.configure(migrations={"lockTimeout": 8})
    place.schema(SCHEMA)
    place.must("db:migrate:generate", "--yes")
    place.must("db:migrate:up")
    place.schema(SCHEMA.replace("  n:", "  m: Int\n  n:"))
    with closing(connect(place.url, lock_timeout_ms=1_000)) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE users")
        yield Locked(place, other)


@pytest.mark.parametrize("command", COMMANDS)
def test_who_reads_ends_after_the_lock_timeout_and_says_who_has_it(
    locked: Locked, command: str
) -> None:
    began = time.monotonic()

    found = locked.place.okra(*command.split())

    took = time.monotonic() - began
    told, _, error = found.err.partition("error[OKR540]: ")
    assert (found.code, 5 < took < 10) == (1, True)
    assert told.count("warning: waiting for a lock: process ") == 1
    assert "has users in a transaction that is open since" in error


def test_who_waited_goes_on_when_the_lock_is_gone(locked: Locked) -> None:
    waiting = started(locked.place, "db:diff", "--live")
    time.sleep(4.5)

    locked.holder.execute("ROLLBACK")
    out, err = waiting.communicate(timeout=20)

    assert (waiting.returncode, err.count("waiting for a lock")) == (0, 1)
    assert "The database is what migration" in out


@pytest.mark.parametrize("command", ["db:sync", "db:diff --live"])
def test_ctrl_c_while_it_waits_says_that_nothing_was_changed(locked: Locked, command: str) -> None:
    waiting = started(locked.place, *command.split())
    time.sleep(2.5)

    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=20)

    assert (waiting.returncode, err.splitlines()[-1]) == (
        130,
        "interrupted; nothing was changed",
    )


def started(place: Place, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "okra", *arguments],
        cwd=place.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
