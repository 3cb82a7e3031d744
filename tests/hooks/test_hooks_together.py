"""Many runs at once, with a statement in ranges between them: every row is changed once, and all of them end well."""

from __future__ import annotations

import json
import signal
import time

import pytest
from msgspec.structs import replace

from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up
from proxies import Proxy

RUNNERS = 6
ROWS = 4_000
HOOKS = """
-- okra:up
-- okra:batch size=50 key=id
UPDATE users SET n = n + 1;

-- okra:down
"""


def prepared(desk) -> str:
    desk.add("CREATE TABLE users (id integer PRIMARY KEY, n integer NOT NULL);")
    migrate_up(desk.target)
    for start in range(0, ROWS, 500):
        rows = ", ".join(f"({number}, 0)" for number in range(start, start + 500))
        desk.sql(f"INSERT INTO users VALUES {rows}")
    up = "CREATE TABLE early (id integer);\n\n-- okra: hooks\n\nCREATE TABLE behind (id integer);"
    down = "DROP TABLE behind;\n\n-- okra: hooks\n\nDROP TABLE early;"
    return desk.add(up, down, hooks=HOOKS)


def check(desk, version: str) -> None:
    assert desk.states()[version] == "done"
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, ROWS)]


@pytest.mark.parametrize("lock", ["", "--no-lock"])
def test_one_of_many_runs_changes_the_rows_and_the_others_wait(desk, lock):
    if lock and desk.url.provider == "sqlite":
        lock = ""  # its lock is the transaction's own
    version = prepared(desk)

    said = desk.all_at_once(RUNNERS, *([lock] if lock else []))

    assert [each for each in said if "done" not in each] == []
    assert sum(each["done"] for each in said) == 1
    check(desk, version)


def test_where_one_is_killed_another_goes_on_with_the_next_range(desk):
    version = prepared(desk)
    first = desk.start("up", "--at", "range 20")
    others = [desk.start("up") for _ in range(2)]

    first.communicate()
    said = [process.communicate()[0].strip().splitlines()[-1] for process in others]

    assert first.returncode in (-signal.SIGKILL, 0)
    assert [each for each in said if '"done"' not in each] == []
    check(desk, version)


def test_a_run_that_only_looks_sees_how_far_another_one_is(desk):
    version = prepared(desk)
    desk.run("up", "--at", "range 30 done")

    time.sleep(0.1)

    assert desk.states()[version] == "running"
    [(rows,)] = desk.sql("SELECT count(*) FROM users WHERE n = 1")
    assert rows == 29 * 50
    migrate_up(desk.target)
    check(desk, version)


def test_stopped_by_ctrl_c_it_goes_on_with_the_next_range(desk):
    version = prepared(desk)
    process = desk.start("up")
    for line in process.stdout:
        if "300 rows are done" in line:
            process.send_signal(signal.SIGINT)
            break

    last = process.communicate()[0].strip().splitlines()[-1]

    assert json.loads(last) == {"interrupted": True}
    assert process.returncode == 130
    [(rows,)] = desk.sql("SELECT count(*) FROM users WHERE n = 1")
    assert 300 <= rows < ROWS
    assert rows % 50 == 0
    migrate_up(desk.target)
    check(desk, version)


@pytest.mark.parametrize("after", [False, True])
def test_a_cut_connection_costs_no_range(desk, after):
    if desk.url.provider == "sqlite":
        return  # there is no connection
    version = prepared(desk)
    for rounds, (text, number) in enumerate(
        [(b"SET n = n", 1), (b"SET n = n", 7), (b"COMMIT", 3), (b"COMMIT", 5), (b"ranges", 4)], 1
    ):
        proxy = Proxy(desk.url, text, number=number, after=after)
        migrate_up(replace(desk.target, url=proxy.url(desk.url)))
        proxy.close()
        assert proxy.cut, text
        assert desk.states()[version] == "done"
        assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(rounds, ROWS)]
        migrate_down(desk.target, confirm=lambda _: True)
