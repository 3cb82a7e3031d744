"""Killed at any point, or run by many at once: the next plain `up` ends well, and everything happened once."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from okra.errors import OkraError
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up

DRIVER = Path(__file__).with_name("driver.py")

FIRST = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, email TEXT);
CREATE INDEX users_name_idx ON users (name);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
"""
REBUILD = """
-- rebuild table users
PRAGMA legacy_alter_table = ON;
CREATE TABLE "_okra_new_users" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, email TEXT);
INSERT INTO "_okra_new_users" (id, name, email) SELECT id, coalesce(name, ''), email FROM "users";
DROP TABLE "users";
ALTER TABLE "_okra_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX users_name_idx ON users (name);
CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);
"""
BACK = """
DROP TABLE notes;
PRAGMA legacy_alter_table = ON;
CREATE TABLE "_okra_new_users" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, email TEXT);
INSERT INTO "_okra_new_users" (id, name, email) SELECT id, name, email FROM "users";
DROP TABLE "users";
ALTER TABLE "_okra_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX users_name_idx ON users (name);
"""


def fill(desk, rows: int) -> None:
    """Rows for both tables, and a trigger that OKRA does not know."""
    connection = sqlite3.connect(desk.file)
    with connection:
        connection.executemany(
            "INSERT INTO users (name, email) VALUES (?, ?)",
            ((f"n{n}", "x" * 50) for n in range(rows)),
        )
        connection.execute("INSERT INTO posts (user_id) SELECT id FROM users")
        connection.execute("CREATE TRIGGER kept AFTER INSERT ON users BEGIN SELECT 1; END")
    connection.close()


def prepare(desk, rows: int = 20) -> tuple[str, str]:
    """One applied migration with rows, and one pending that rebuilds a table."""
    first = desk.add(FIRST, "DROP TABLE posts; DROP TABLE users;")
    migrate_up(desk.target)
    fill(desk, rows)
    return first, desk.add(REBUILD, BACK)


def start(desk, command: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), command, str(desk.base), *options],
        stdout=subprocess.PIPE,
        text=True,
    )


def outcome(process: subprocess.Popen[str]) -> dict:
    """The last line that the driver printed."""
    output, _ = process.communicate(timeout=120)
    lines = output.strip().splitlines()
    return json.loads(lines[-1]) if lines else {}


def whole(desk, rows: int = 20) -> bool:
    """Whether nothing of what belongs to the user is lost or broken."""
    found = desk.sql(
        "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM posts),"
        " (SELECT count(*) FROM posts JOIN users ON users.id = posts.user_id),"
        " (SELECT seq FROM sqlite_sequence WHERE name = 'users'),"
        " (SELECT group_concat(name) FROM (SELECT name FROM sqlite_master"
        "   WHERE tbl_name = 'users' AND type <> 'table' ORDER BY name)),"
        " (SELECT count(*) FROM sqlite_master WHERE name LIKE '%new%')"
    )
    return (
        found == [(rows, rows, rows, rows, "kept,users_name_idx", 0)]
        and desk.sql("PRAGMA integrity_check") == [("ok",)]
        and desk.sql("PRAGMA foreign_key_check") == []
    )


def test_killed_at_every_point_the_next_up_ends_well(desk):
    first, second = prepare(desk)
    untouched = desk.file.read_bytes()
    died = []
    for point in range(1, 1000):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        desk.file.write_bytes(untouched)
        process = start(desk, "up", "--die", str(point))
        said = outcome(process)
        if "done" in said:
            break
        assert process.returncode == -signal.SIGKILL
        died.append(said["died"])
        again = migrate_up(desk.target)
        assert len(again.applied) == (0 if said["died"] == "committed" else 1)
        assert desk.states() == {first: "done", second: "done"}
        assert desk.sql(
            f"SELECT epoch, applied FROM _okra_migrations WHERE version = {second!r}"
        ) == [(1, 8)]
        assert desk.sql("SELECT count(*) FROM _okra_log") == [(2,)]
        assert whole(desk)
    assert died == [
        *("begin", "begun", "history", "history made", "claim", "claimed"),
        *(name for n in range(1, 9) for name in (f"statement {n}", f"statement {n} done")),
        *("finish", "finished", "record", "recorded", "commit", "committed"),
    ]


def test_killed_at_every_point_the_very_first_up_ends_well(desk):
    version = desk.add(FIRST)
    died = []
    for point in range(1, 1000):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        said = outcome(start(desk, "up", "--die", str(point)))
        if "done" in said:
            break
        died.append(said["died"])
        migrate_up(desk.target)
        assert desk.states() == {version: "done"}
        assert desk.sql("SELECT count(*) FROM _okra_stamp") == [(1,)]
    assert len(died) == 6 + 6 + 6


def test_killed_at_every_point_of_the_way_back_it_can_be_gone_again(desk):
    first, second = prepare(desk)
    migrate_up(desk.target)
    untouched = desk.file.read_bytes()
    died = []
    for point in range(1, 1000):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        desk.file.write_bytes(untouched)
        said = outcome(start(desk, "down", "--die", str(point)))
        if "done" in said:
            break
        died.append(said["died"])
        assert desk.states()[second] == ("reverted" if said["died"] == "committed" else "done")
        assert whole(desk)
        migrate_up(desk.target)
        migrate_down(desk.target, confirm=lambda _: True)
        assert desk.states() == {first: "done", second: "reverted"}
        assert whole(desk)
    assert died[:4] == ["begin", "begun", "claim", "claimed"]
    assert len(died) == 4 + 16 + 6


def test_killed_while_a_failure_is_written_down_the_next_up_says_it_again(desk):
    desk.add(FIRST)
    migrate_up(desk.target)
    version = desk.add("CREATE TABLE a (b); CREATE TABLE a (b);")
    untouched = desk.file.read_bytes()
    codes = set()
    for point in range(1, 1000):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        desk.file.write_bytes(untouched)
        said = outcome(start(desk, "up", "--die", str(point)))
        if "code" in said:
            break
        with pytest.raises(OkraError) as caught:
            migrate_up(desk.target)
        codes.add((said["died"] == "committed", caught.value.code))
        assert desk.states()[version] == "failed"
    assert codes == {(False, "OKR510"), (True, "OKR523")}


def test_killed_within_every_statement_the_next_up_ends_well(desk):
    prepare(desk)
    untouched = desk.file.read_bytes()
    for point in range(1, 1000):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        desk.file.write_bytes(untouched)
        process = start(desk, "up", "--die", str(point), "--inside", "25")
        if "done" in outcome(process):
            break
        migrate_up(desk.target)
        assert set(desk.states().values()) == {"done"}
        assert whole(desk)
    assert point > 25


def kill_at_random(desk, rounds: int, rows: int, seed: int) -> int:
    """Kill `up` at random moments; returns in how many rounds it was still running."""
    prepare(desk, rows)
    untouched = desk.file.read_bytes()
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    began = time.monotonic()
    assert "done" in outcome(start(desk, "up"))
    longest = time.monotonic() - began
    running = 0
    for _ in range(rounds):
        for leftover in desk.base.glob("app.db*"):
            leftover.unlink()
        desk.file.write_bytes(untouched)
        process = start(desk, "up")
        time.sleep(chance.uniform(0.3, 1.05) * longest)
        process.kill()
        process.communicate()
        running += process.returncode == -signal.SIGKILL
        migrate_up(desk.target)
        assert whole(desk, rows)
        assert set(desk.states().values()) == {"done"}
    return running


def test_killed_at_random_moments_it_recovers(desk):
    assert kill_at_random(desk, rounds=15, rows=20_000, seed=1) > 3


@pytest.mark.nightly
def test_killed_five_hundred_times_at_random_moments_it_recovers(desk):
    assert kill_at_random(desk, rounds=500, rows=50_000, seed=2) > 100


def all_at_once(desk, count: int, *options: str) -> list[dict]:
    gate = desk.base / "go"
    processes = [start(desk, "up", "--wait", str(gate), *options) for _ in range(count)]
    time.sleep(0.5)
    gate.touch()
    return [outcome(process) for process in processes]


@pytest.mark.parametrize("count", [16, pytest.param(32, marks=pytest.mark.nightly)])
def test_of_many_at_once_one_applies_and_the_others_have_nothing_to_do(desk, count):
    prepare(desk)
    desk.add("ALTER TABLE notes ADD COLUMN more TEXT;")

    said = all_at_once(desk, count)

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) == 2
    assert desk.sql("SELECT count(*), max(epoch) FROM _okra_migrations") == [(3, 1)]
    assert whole(desk)


@pytest.mark.parametrize("count", [16, pytest.param(32, marks=pytest.mark.nightly)])
def test_of_many_at_once_on_a_new_database_one_makes_it(desk, count):
    desk.add(FIRST)

    said = all_at_once(desk, count)

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) == 1


def test_of_many_at_once_without_the_lock_one_applies_and_nothing_breaks(desk):
    prepare(desk)

    said = all_at_once(desk, 8, "--no-lock", "--patience", "500")
    migrate_up(desk.target)

    assert sum(item.get("done", 0) for item in said) <= 1
    assert {item["code"] for item in said if "done" not in item} <= {"OKR503", "OKR528"}
    assert desk.sql("SELECT count(*), max(epoch) FROM _okra_migrations") == [(2, 1)]
    assert whole(desk)


def test_one_of_many_is_killed_and_another_one_does_the_work(desk):
    prepare(desk)
    gate = desk.base / "go"
    doomed = start(desk, "up", "--wait", str(gate), "--die", "12")
    others = [start(desk, "up", "--wait", str(gate)) for _ in range(6)]
    time.sleep(0.5)
    gate.touch()

    said = [outcome(process) for process in others]
    doomed.communicate()

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) <= 1
    assert set(desk.states().values()) == {"done"}
    assert whole(desk)


def test_ctrl_c_stops_a_long_statement_and_undoes_the_migration(desk):
    first, second = prepare(desk)
    (desk.folder(second)).rename(desk.base / "aside")
    slow = desk.add(
        "CREATE TABLE big (n);"
        "INSERT INTO big WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
        " WHERE n < 1000000000) SELECT count(*) FROM c;"
    )
    process = start(desk, "up")
    assert process.stdout is not None
    assert any("number=2" in line for line in iter(process.stdout.readline, ""))
    time.sleep(0.2)
    began = time.monotonic()

    os.kill(process.pid, signal.SIGINT)
    said = outcome(process)

    assert said == {"interrupted": True}
    assert time.monotonic() - began < 2
    assert (desk.states(), slow != first) == ({first: "done"}, True)
    assert "big" not in [name for _, name, *_ in desk.schema()]


def test_ctrl_c_ends_the_wait_for_a_lock(desk):
    prepare(desk)
    holder = sqlite3.connect(desk.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    process = start(desk, "up")
    assert process.stdout is not None
    assert "begins" in process.stdout.readline()
    time.sleep(0.3)
    began = time.monotonic()

    os.kill(process.pid, signal.SIGINT)
    said = outcome(process)
    holder.close()

    assert (said, process.returncode) == ({"interrupted": True}, 130)
    assert time.monotonic() - began < 2
