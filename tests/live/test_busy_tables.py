"""A table that others are at work on: the run waits a little, lets them through, and tries again."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import pytest
from msgspec.structs import replace

from crash_plans import BASE
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.migrations.up import migrate_up

PATIENCE_MS = 1_000
GRACE_S = 0.5


class Reader(threading.Thread):
    """Reads the table and keeps its transaction open for a while."""

    def __init__(self, desk, seconds: float) -> None:
        super().__init__(daemon=True)
        self._desk = desk
        self._seconds = seconds
        self.begun = threading.Event()

    def run(self) -> None:
        with closing(connect(self._desk.url, lock_timeout_ms=1_000)) as session:
            session.execute("BEGIN")
            session.query("SELECT * FROM users")
            self.begun.set()
            time.sleep(self._seconds)
            session.execute("ROLLBACK")


class Writer(threading.Thread):
    """Writes to the table all the time, and knows how long it had to wait at most."""

    def __init__(self, desk, number: int) -> None:
        super().__init__(daemon=True)
        self._desk = desk
        self._number = number
        self.stop = threading.Event()
        self.longest = 0.0
        self.writes = 0

    def run(self) -> None:
        with closing(connect(self._desk.url, lock_timeout_ms=60_000)) as session:
            session.execute(
                "SET lock_timeout = 0" if self._desk.is_postgres else "SET lock_wait_timeout = 100"
            )
            while not self.stop.is_set():
                began = time.monotonic()
                session.execute("UPDATE users SET name = 'x' WHERE id = ?", (self._number,))
                self.longest = max(self.longest, time.monotonic() - began)
                self.writes += 1
                time.sleep(0.002)


@pytest.mark.parametrize("kind", ["transaction", "steps"])
def test_nobody_waits_much_longer_than_the_lock_timeout(desk, kind):
    desk.add(BASE)
    migrate_up(desk.target)
    marker = "-- okra: new transaction\n" if kind == "steps" else ""
    desk.add(f"CREATE TABLE a (x integer);\n{marker}ALTER TABLE users ADD COLUMN more integer;")
    reader = Reader(desk, seconds=4)
    writers = [Writer(desk, number) for number in (1, 2, 3)]
    reader.start()
    reader.begun.wait()
    for writer in writers:
        writer.start()
    began = time.monotonic()

    result = migrate_up(replace(desk.target, lock_timeout_ms=PATIENCE_MS))

    took = time.monotonic() - began
    for writer in writers:
        writer.stop.set()
        writer.join()
    reader.join()
    assert (len(result.applied), took > 3) == (1, True)
    assert max(writer.longest for writer in writers) < PATIENCE_MS / 1000 + GRACE_S
    assert min(writer.writes for writer in writers) > 20


def test_a_table_that_stays_busy_is_given_up_and_the_next_run_goes_on(desk):
    desk.add(BASE)
    migrate_up(desk.target)
    version = desk.add("CREATE TABLE a (x integer);\nALTER TABLE users ADD COLUMN more integer;")
    reader = Reader(desk, seconds=7)
    reader.start()
    reader.begun.wait()

    with pytest.raises(DatabaseError) as caught:
        migrate_up(replace(desk.target, lock_timeout_ms=300))
    state = desk.states().get(version)
    reader.join()
    migrate_up(desk.target)

    assert caught.value.code == "OKR540"
    assert state == (None if desk.is_postgres else "running")
    assert desk.states()[version] == "done"
