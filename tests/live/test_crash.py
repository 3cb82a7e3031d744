"""Killed at any point on any server: the next plain run ends well, and everything happened once."""

from __future__ import annotations

import signal

import pytest

from crash_plans import BASE, plans
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up


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


@pytest.mark.parametrize("kind", ["file", "steps"])
def test_killed_at_every_point_the_next_run_ends_well(desk, kind):
    if kind not in plans(desk.url.provider):
        pytest.skip("MySQL has no file that is one transaction")
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
