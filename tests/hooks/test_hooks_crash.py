"""Killed at any point of a migration with hooks and ranges: the next plain run ends well, and everything happened once."""

from __future__ import annotations

import signal

from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up

ROWS = 25
BASE = """
CREATE TABLE users (id integer PRIMARY KEY, name varchar(40) NOT NULL, visits integer NOT NULL, nick varchar(40));
CREATE TABLE log (what varchar(40));
""" + "".join(f"INSERT INTO users VALUES ({n * 3}, 'user {n}', 0, NULL);\n" for n in range(ROWS))
UP = """
CREATE TABLE drafts (id integer);

-- okra: hooks

CREATE TABLE notes (id integer);
"""
DOWN = """
DROP TABLE notes;

-- okra: hooks

DROP TABLE drafts;
"""
# A range that ran twice, or not at all, leaves another number of visits.
HOOKS = """
-- okra:up
INSERT INTO log VALUES ('up');
-- okra:batch size=10 key=id
UPDATE users SET visits = visits + 1, nick = name;
INSERT INTO log VALUES ('up again');

-- okra:down
-- okra:batch size=9 key=id
UPDATE users SET visits = visits - 1 WHERE nick = name;
INSERT INTO log VALUES ('down');
"""


def test_killed_at_every_point_every_range_ran_once(desk):
    first = desk.add(BASE)
    migrate_up(desk.target)
    below = desk.schema()
    second = desk.add(UP, DOWN, hooks=HOOKS)
    died: list[str] = []
    for number in range(1, 300):
        up = desk.run("up", "--die", str(number))
        assert up["exit"] == (-signal.SIGKILL if "died" in up else 0), up
        migrate_up(desk.target)
        assert desk.states() == {first: "done", second: "done"}
        check(desk, visits=1, logged=["up", "up again"])
        assert desk.sql("SELECT count(*) FROM users WHERE nick = name") == [(ROWS,)]

        down = desk.run("down", "--die", str(number))
        assert down["exit"] == (-signal.SIGKILL if "died" in down else 0), down
        if desk.states()[second] != "reverted":
            migrate_down(desk.target, confirm=lambda _: True)
        assert desk.states() == {first: "done", second: "reverted"}
        check(desk, visits=0, logged=["down", "up", "up again"])
        assert desk.schema() == below
        desk.sql("DELETE FROM log")
        died += [said["died"] for said in (up, down) if "died" in said]
        if "done" in up and "done" in down:
            break
    assert {"range 1", "range 1 done", "range 2", "range 3 done"} <= set(died)


def check(desk, *, visits: int, logged: list[str]) -> None:
    assert desk.sql("SELECT visits, count(*) FROM users GROUP BY visits") == [(visits, ROWS)]
    assert desk.sql("SELECT what FROM log ORDER BY what") == [(each,) for each in logged]
    assert desk.sql("SELECT count(*) FROM _okra_migrations WHERE mark IS NOT NULL") == [(0,)]
