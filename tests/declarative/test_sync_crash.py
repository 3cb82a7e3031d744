"""Killed at any point of a sync: PostgreSQL and SQLite are as they were, and on MySQL the next sync goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from okra.dialects import dialect
from okra.dialects.session import connect
from sync_driver import synced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from places import Place

DRIVER = Path(__file__).parent.parent / "support" / "sync_driver.py"

BEFORE = """\
enum Level { BASIC GOLD }

model User {
  id: Int! @id @default(autoincrement)
  email: String! @length(max: 40)
  nick: String? @length(max: 40)
  level: Level! @default(BASIC)
  gone: Int?
  posts: [Post!]!
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String! @length(max: 40)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
}

model Old {
  id: Int! @id
}
"""
AFTER = """\
enum Level { BASIC RICH @renamed(from: "GOLD") }

model User {
  id: Int! @id @default(autoincrement)
  email: String! @length(max: 40) @unique
  alias: String! @length(max: 40) @renamed(from: "nick") @default("none")
  level: Level! @default(RICH)
  born: Int!
  posts: [Post!]!
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String? @length(max: 30)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
  tags: [Tag!]!
}

model Tag {
  id: Int! @id
  posts: [Post!]!
}
"""
ROWS = """\
INSERT INTO users (id, email, nick, level) VALUES (1, 'a@x', 'n1', 'GOLD'), (2, 'b@x', NULL, 'BASIC');
INSERT INTO posts (id, title, user_id) VALUES (1, 'p1', 1), (2, 'p2', 1), (3, 'p3', 2);
"""
NOTHING = {"applied": True, "changes": 0, "resumed": None, "misfits": []}
ALL = "SELECT * FROM users JOIN posts ON posts.user_id = users.id ORDER BY posts.id"
USERS = "SELECT id, email, alias, level FROM users ORDER BY id"
KEPT = [(1, "a@x", "n1", "RICH"), (2, "b@x", "none", "BASIC")]


class Driver:
    """A process whose children sync the database, and die."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, number: int = 0) -> None:
        """Let a child sync, and kill it at its fault point of that number."""
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()

    def answer(self) -> dict:
        said = json.loads(self.process.stdout.readline())
        assert "error" not in said, said
        return said

    def killed(self, number: int) -> str | None:
        """Kill a sync; the name of the point, or None where there are fewer."""
        self.start(number)
        return self.answer().get("died")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


@pytest.fixture
def driver(place: Place) -> Iterator[Callable[[], Driver]]:
    """Starts one."""
    place.folder.joinpath("url.json").write_bytes(msgspec.json.encode(place.url))
    found: list[Driver] = []

    def start() -> Driver:
        found.append(Driver(place.folder))
        return found[-1]

    yield start
    for one in found:
        one.close()


def catalogue(place: Place) -> list[tuple]:
    """All definitions but OKRA's own."""
    session = connect(place.url, lock_timeout_ms=5_000)
    try:
        rows = dialect(place.provider).catalogue(session)
    finally:
        session.close()
    return [row for row in rows if "_okra_" not in repr(row)]


def begin_anew(place: Place) -> None:
    place.schema("model Nothing {\n  id: Int! @id\n}\n")
    synced(place.folder)
    place.schema(BEFORE)
    synced(place.folder)
    place.sql(ROWS)


@pytest.mark.only_on("sqlite", "postgres")
def test_a_sync_that_is_killed_anywhere_leaves_the_database_as_it_was(place, driver):
    begin_anew(place)
    before, rows = catalogue(place), place.sql(ALL)
    place.schema(AFTER)
    killer, points = driver(), list[str]()
    while (died := killer.killed(len(points) + 1)) != "committed":
        assert died is not None
        points.append(died)
        assert (catalogue(place), place.sql(ALL)) == (before, rows), points

    assert synced(place.folder) == NOTHING
    assert place.sql(USERS) == KEPT
    assert len(points) > 8


@pytest.mark.only_on("maria", "mysql")
def test_a_sync_that_is_killed_anywhere_is_finished_by_the_next(place, driver):
    killer, points = driver(), list[str]()
    while True:
        begin_anew(place)
        place.schema(AFTER)
        died = killer.killed(len(points) + 1)
        if died is None:
            break
        points.append(died)
        done = synced(place.folder)

        assert done["applied"], (points, done)
        assert ("at least" in str(done["resumed"])) or not died.startswith("statement")
        assert synced(place.folder) == NOTHING
        assert place.sql(USERS) == KEPT, points
        assert place.sql("SELECT count(*) FROM posts") == [(3,)], points

    assert "statement 1" in points
    assert len(points) > 8


def test_syncs_at_the_same_time_do_it_once(place, driver):
    begin_anew(place)
    place.schema(AFTER)

    drivers = [driver() for _ in range(4)]
    for one in drivers:
        one.start()
    said = [one.answer() for one in drivers]

    assert sorted(one["changes"] == 0 for one in said) == [False, True, True, True]
    assert synced(place.folder) == NOTHING
    assert place.sql(USERS) == KEPT
