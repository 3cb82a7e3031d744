"""The server is killed in the middle of a run and started again: the run goes on, or the next one does."""

from __future__ import annotations

import random
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from crash_plans import BASE, plans
from desks import Desk, outcome
from okra.dialects.session import connect
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up
from own_server import OwnServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# MySQL has no file that is one transaction.
KINDS = [pytest.param("file", marks=pytest.mark.only_on("postgres", "sqlite")), "steps"]


@pytest.fixture(scope="module", params=["postgres-15", "mariadb"])
def own(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    found = OwnServer(request.param)
    yield found
    found.close()


def fresh(own: OwnServer, folder: Path) -> Desk:
    """An empty database on the server."""
    name = f"killed_{folder.name}"[:60].replace("-", "_").lower()
    system = Desk(own.url("mysql" if own.url().provider == "mysql" else None), folder)
    system.sql(f"CREATE DATABASE {name};")
    system.close()
    return Desk(replace(own.url(), database=name), folder)


def kill_in_the_middle(own: OwnServer, folder: Path, kind: str, rounds: int) -> int:
    """How often a run came to its end although the server was killed under it."""
    desk = fresh(own, folder)
    first = desk.add(BASE)
    migrate_up(desk.target)
    second = desk.add(*plans(desk.url.provider)[kind])
    logged = 2 if kind == "steps" else 1
    chance = random.Random(3)  # noqa: S311 - the same moments every time
    survived = 0
    for _ in range(rounds):
        desk.close()
        process = desk.start("up")
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(chance.uniform(0, 0.04))
        own.kill()
        time.sleep(chance.uniform(0, 0.3))
        own.start()
        said = outcome(process)
        assert "done" in said or said.get("code") in ("OKR541", "OKR546", "OKR548", "OKR552"), said
        survived += "done" in said
        migrate_up(desk.target)
        assert desk.states() == {first: "done", second: "done"}
        assert desk.sql("SELECT count(*) FROM log") == [(logged,)]
        assert desk.sql("SELECT count(*) FROM users WHERE email LIKE '%@x'") == [(3,)]
        migrate_down(desk.target, confirm=lambda _: True)
        desk.sql("DELETE FROM log;")
    desk.close()
    return survived


@pytest.mark.parametrize("kind", KINDS)
def test_killed_and_started_again_everything_happens_once(own, tmp_path, kind):
    assert kill_in_the_middle(own, tmp_path, kind, rounds=6) >= 1


@pytest.mark.only_on("postgres")
def test_killed_among_statements_that_were_sent_together_everything_happens_once(own, tmp_path):
    desk = fresh(own, tmp_path)
    first = desk.add('CREATE TABLE "busy" ("id" int PRIMARY KEY);')
    migrate_up(desk.target)
    tables = [f'CREATE TABLE "t{number}" ("id" int PRIMARY KEY);' for number in range(60)]
    tables[40] = 'CREATE TABLE "t40" (\n  "id" int PRIMARY KEY REFERENCES "busy"\n);'
    second = desk.add("\n\n".join(tables))
    with closing(connect(desk.url, lock_timeout_ms=1_000)) as other:
        other.begin()
        other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')
        process = desk.start("up")
        while not desk.sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert process.poll() is None
        own.kill()
    desk.close()
    own.start()
    said = outcome(process)
    assert said == {"done": 1} or said.get("code") in ("OKR541", "OKR546", "OKR548", "OKR552"), said

    migrate_up(desk.target)
    assert desk.states() == {first: "done", second: "done"}
    assert desk.sql("SELECT count(*) FROM pg_tables WHERE tablename LIKE 't%'") == [(60,)]
    desk.close()


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
def test_killed_and_started_again_many_times(own, tmp_path, kind):
    assert kill_in_the_middle(own, tmp_path, kind, rounds=60) >= 10
