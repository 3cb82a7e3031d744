"""Killed at any point on any server: the next plain run ends well, and everything happened once."""

from __future__ import annotations

import random
import signal
import time

import pytest

from crash_plans import BASE, plans
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up

# MySQL has no file that is one transaction.
KINDS = [pytest.param("file", marks=pytest.mark.only_on("postgres", "sqlite")), "steps"]


class Undisturbed:
    """What a run that nothing disturbs leaves behind, up and down."""

    def __init__(self, desk, up: str, down: str) -> None:
        self.first = desk.add(BASE)
        migrate_up(desk.target)
        self.below = desk.schema()
        self.second = desk.add(up, down)
        migrate_up(desk.target)
        self.above = desk.schema()
        self.logged_up = desk.sql("SELECT what FROM log ORDER BY what")
        migrate_down(desk.target, confirm=lambda _: True)
        assert desk.schema() == self.below
        self.logged_down = desk.sql("SELECT what FROM log ORDER BY what")
        desk.sql("DELETE FROM log")

    def check_above(self, desk) -> None:
        assert desk.states() == {self.first: "done", self.second: "done"}
        assert desk.schema() == self.above
        assert desk.sql("SELECT id, email FROM users ORDER BY id") == [
            (1, "ann@x"),
            (2, "bob@x"),
            (3, "cem@x"),
        ]
        assert desk.sql("SELECT what FROM log ORDER BY what") == self.logged_up
        assert (
            desk.sql("SELECT applied - total, in_flight, mark, error FROM _okra_migrations")
            == [(0, None, None, None)] * 2
        )

    def check_below(self, desk) -> None:
        assert desk.states() == {self.first: "done", self.second: "reverted"}
        assert desk.schema() == self.below
        assert desk.sql("SELECT name FROM users ORDER BY id") == [("ann",), ("bob",), ("cem",)]
        assert desk.sql("SELECT what FROM log ORDER BY what") == self.logged_down


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_every_point_the_next_run_ends_well(desk, kind):
    calm = Undisturbed(desk, *plans(desk.url.provider)[kind])
    points: dict[str, list[str]] = {"up": [], "down": []}
    for number in range(1, 200):
        said = {}
        for command in ("up", "down"):
            said[command] = kill_and_recover(desk, calm, command, number)
            if "died" in said[command]:
                points[command].append(said[command]["died"])
        desk.sql("DELETE FROM log")
        if all("done" in each for each in said.values()):
            break
    statements = {name for name in points["up"] if name.startswith("statement")}
    assert (
        len(statements)
        == 2 * desk.sql(f"SELECT total FROM _okra_migrations WHERE version = '{calm.second}'")[0][0]
        or kind == "steps"
    )
    assert {"claim", "claimed", "record", "recorded", "commit", "committed"} <= set(points["up"])
    assert {"claim", "claimed", "record", "recorded", "commit", "committed"} <= set(points["down"])


def kill_and_recover(desk, calm: Undisturbed, command: str, number: int) -> dict:
    """Kill a run at one of its points, then run again as if nothing had been."""
    said = desk.run(command, "--die", str(number))
    assert said["exit"] == (-signal.SIGKILL if "died" in said else 0)
    if command == "up":
        migrate_up(desk.target)
        calm.check_above(desk)
    else:
        if desk.states()[calm.second] != "reverted":
            migrate_down(desk.target, confirm=lambda _: True)
        calm.check_below(desk)
    return said


SLOW = {
    "postgres": (
        (
            "CREATE FUNCTION slow(n bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql"
            " AS 'BEGIN PERFORM pg_sleep(0.001); RETURN n; END'; "
            "CREATE TABLE big (n integer NOT NULL); INSERT INTO big SELECT generate_series(1, 300);"
        ),
        (
            "-- make the index\n-- okra: outside a transaction\n"
            "CREATE INDEX CONCURRENTLY big_idx ON big (slow(n));\n"
            "INSERT INTO log SELECT 'slowly' FROM pg_sleep(0.3);\n"
            "ALTER TABLE big ALTER COLUMN n TYPE bigint;\n"
        ),
    ),
    "mysql": (
        "CREATE TABLE big (n integer NOT NULL);"
        "INSERT INTO big VALUES (1), (2), (3), (4), (5), (6), (7), (8);"
        + "INSERT INTO big SELECT a.n FROM big a;"
        * 13,
        (
            "ALTER TABLE big MODIFY COLUMN n bigint NOT NULL, ALGORITHM=COPY;\n"
            "INSERT INTO log SELECT sleep(0.3);\n"
            "ALTER TABLE big ADD INDEX big_idx (n);\n"
        ),
    ),
}
DELAYS = (0.0, 0.005, 0.02, 0.08, 0.2)
"""Seconds; behind the longer ones a quick server has the statement done already."""


@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_while_the_server_is_at_work_on_a_statement_the_next_run_ends_well(desk, number):
    prepare, slowly = SLOW[desk.url.provider]
    desk.add(BASE)
    migrate_up(desk.target)
    desk.sql(prepare)
    version = desk.add(slowly)
    died = 0
    for delay in DELAYS:
        said = desk.run("up", "--during", str(number), "--delay", str(delay))
        died += "died" in said
        migrate_up(desk.target)
        assert desk.states()[version] == "done"
        assert desk.sql("SELECT count(*) FROM log") == [(1,)]
        assert invalid_indexes(desk) == []
        unmake(desk, version)
    assert died


def invalid_indexes(desk) -> list:
    if not desk.is_postgres:
        return []
    return desk.sql("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")


def unmake(desk, version: str) -> None:
    """Make everything that the slow migration has done undone, by hand."""
    drop = "DROP INDEX big_idx;" if desk.is_postgres else "DROP INDEX big_idx ON big;"
    kind = "ALTER COLUMN n TYPE integer" if desk.is_postgres else "MODIFY COLUMN n integer NOT NULL"
    desk.sql(f"{drop} ALTER TABLE big {kind}; DELETE FROM log;")
    desk.sql(f"DELETE FROM _okra_migrations WHERE version = '{version}';")


def kill_at_random(desk, kind: str, rounds: int, seed: int) -> int:
    """Kill runs up and down at random moments; returns in how many rounds one was still at work."""
    calm = Undisturbed(desk, *plans(desk.url.provider)[kind])
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    running = 0
    longest = 0.3
    for round_ in range(rounds):
        command = ("up", "down")[round_ % 2]
        began = time.monotonic()
        process = desk.start(command)
        time.sleep(chance.uniform(0.4, 1.0) * longest)
        process.kill()
        process.communicate()
        running += process.returncode == -signal.SIGKILL
        if process.returncode == 0:
            longest = time.monotonic() - began
        if command == "up":
            migrate_up(desk.target)
            calm.check_above(desk)
        else:
            desk.settle()
            if desk.states()[calm.second] != "reverted":
                migrate_down(desk.target, confirm=lambda _: True)
            calm.check_below(desk)
            desk.sql("DELETE FROM log")
    return running


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_random_moments_it_recovers(desk, kind):
    assert kill_at_random(desk, kind, rounds=14, seed=1) > 3


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
def test_killed_five_hundred_times_at_random_moments_it_recovers(desk, kind):
    assert kill_at_random(desk, kind, rounds=500, seed=2) > 100
