"""Killed at any point of a sync: PostgreSQL and SQLite are as they were, and on MySQL the next sync goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect
from okra.dialects.session import connect
from sync_driver import synced

if TYPE_CHECKING:
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
KEPT = [(1, "a@x", "n1", "RICH"), (2, "b@x", "none", "BASIC")]


def killed(place: Place, number: int) -> str | None:
    """Kill a sync at its fault point of that number; its name, or None where there are fewer."""
    command = [sys.executable, str(DRIVER), str(place.folder), "--die", str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -9), done.stderr
    return json.loads(done.stdout).get("died")


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


def test_a_sync_that_is_killed_anywhere_leaves_nothing_half_done_or_is_finished_by_the_next(place):
    place.folder.joinpath("url.json").write_bytes(msgspec.json.encode(place.url))
    points: list[str] = []
    while True:
        begin_anew(place)
        before = catalogue(place)
        place.schema(AFTER)

        died = killed(place, len(points) + 1)
        if died is None:
            break
        points.append(died)
        if place.provider != "mysql" and died != "committed":
            assert catalogue(place) == before, points
        done = synced(place.folder)

        assert done["applied"], (points, done)
        assert synced(place.folder) == NOTHING
        assert place.sql("SELECT id, email, alias, level FROM users ORDER BY id") == KEPT, points
        assert place.sql("SELECT count(*) FROM posts") == [(3,)], points

    assert "statement 1" in points
    assert len(points) > 8


def test_syncs_at_the_same_time_do_it_once(place):
    place.folder.joinpath("url.json").write_bytes(msgspec.json.encode(place.url))
    begin_anew(place)
    place.schema(AFTER)
    command = [sys.executable, str(DRIVER), str(place.folder), "--die", "0"]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]

    ended = [one.communicate(timeout=120) for one in running]

    assert [one.returncode for one in running] == [0] * 4, ended
    said = [json.loads(out) for out, _ in ended]
    assert sorted(one["changes"] == 0 for one in said) == [False, True, True, True]
    assert synced(place.folder) == NOTHING
    assert place.sql("SELECT id, email, alias, level FROM users ORDER BY id") == KEPT
