"""Statements that are sent together: which they are, and that each failure is told of the right one."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import closing
from typing import TYPE_CHECKING, cast

import pytest

from okra.dialects.base import Script
from okra.dialects.postgres.server.together import Together
from okra.dialects.session import BUSY, LOST, connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.postgres.server.session import PostgresSession
    from okra.url import DatabaseUrl

TABLES = (
    'CREATE TABLE "a" ("id" int PRIMARY KEY)',
    'CREATE TABLE "b" (\n  "id" int REFERENCES "busy"\n)',
    'CREATE UNIQUE INDEX "b_id" ON "b" ("id")',
    'CREATE TABLE "c" ("id" int)',
)


def scripts(statements: Sequence[str]) -> list[Script]:
    return [Script(sql=sql, line=number) for number, sql in enumerate(statements, start=1)]


def batches(statements: Sequence[str], stop: int) -> list[int]:
    together = Together(scripts(statements))
    ends = [0]
    while ends[-1] < stop:
        ends.append(together.end(ends[-1], stop))
    return ends[1:]


def test_tables_and_their_indexes_are_sent_together() -> None:
    assert batches(TABLES, 4) == [4]
    assert batches(TABLES, 3) == [3]
    assert batches([f'CREATE TABLE "t{n}" ("a" int)' for n in range(70)], 70) == [32, 64, 70]
    assert batches(['CREATE UNLOGGED TABLE "s"."a""" ("a" int)'] * 2, 2) == [2]


@pytest.mark.parametrize(
    "sql",
    [
        'CREATE INDEX "i" ON "old" ("a")',
        'CREATE INDEX CONCURRENTLY "i" ON "a" ("id")',
        'CREATE TABLE "d" AS SELECT * FROM old',
        "CREATE TABLE d (a int)",
        'INSERT INTO "a" SELECT * FROM "old"',
        'ALTER TABLE "a" ADD COLUMN "x" int',
        "SELECT 1",
    ],
)
def test_what_may_take_long_is_sent_alone(sql: str) -> None:
    statements = [TABLES[0], TABLES[3], sql, *TABLES[1:3]]

    assert batches(statements, 5) == [2, 3, 5]


def run(session: PostgresSession, statements: Sequence[str]) -> list[int]:
    """The numbers of the statements that were done, before what is raised."""
    done: list[int] = []
    guard = session.guard(scripts(statements))
    session.begin()
    try:
        guard.start()
        for number in range(len(statements)):
            guard.run(number, len(statements))
            done.append(number)
        guard.finish()
        session.commit()
    except DatabaseError as error:
        error.add_note(str(done))
        raise
    finally:
        session.rollback()
    return done


def opened(url: DatabaseUrl) -> PostgresSession:
    session = cast("PostgresSession", connect(url, lock_timeout_ms=400))
    session.execute('CREATE TABLE IF NOT EXISTS "busy" ("id" int PRIMARY KEY)')
    return session


def tables(session: PostgresSession) -> list[str]:
    return [name for name in session.tables() if name != "busy"]


def test_all_are_done(postgres: DatabaseUrl) -> None:
    with closing(opened(postgres)) as session:
        assert run(session, TABLES) == [0, 1, 2, 3]
        assert tables(session) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('CREATE TABLE "b" ("id" nope)', "OKR508"),
        ('CREATE TABLE "a" ("id" int)', "OKR508"),
        ('CREATE TABLE "x" ("id" int); CREATE TABLE "y" ("id" int)', "OKR508"),
    ],
)
@pytest.mark.parametrize("at", [1, 2, 4])
def test_the_one_that_fails_is_the_one_that_is_named(
    postgres: DatabaseUrl, wrong: str, code: str, at: int
) -> None:
    with closing(opened(postgres)) as session:
        statements = [*TABLES[:at], wrong, *TABLES[at:]]
        with pytest.raises(DatabaseError) as caught:
            run(session, statements)

        assert caught.value.code == code
        assert caught.value.__notes__ == [str(list(range(at)))]
        assert tables(session) == []
        assert run(session, TABLES) == [0, 1, 2, 3]


def test_one_that_finds_its_table_busy_gives_up(postgres: DatabaseUrl) -> None:
    with closing(opened(postgres)) as session, closing(opened(postgres)) as other:
        other.begin()
        other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')
        with pytest.raises(DatabaseError) as caught:
            run(session, TABLES)
        other.rollback()

        assert caught.value.code == BUSY
        assert caught.value.__notes__ == ["[0]"]
        assert run(session, TABLES) == [0, 1, 2, 3]


def waiting(session: PostgresSession, number: int) -> None:
    """Until the connection with this number waits for a lock."""
    sql = "SELECT 1 FROM pg_stat_activity WHERE pid = ? AND wait_event_type = 'Lock'"
    while not session.query(sql, (number,)):
        pass


def test_a_connection_that_is_cut_says_so(postgres: DatabaseUrl) -> None:
    with closing(opened(postgres)) as session, closing(opened(postgres)) as other:
        session.execute("SET lock_timeout = '20s'")
        (number,) = session.query("SELECT pg_backend_pid()")[0]
        other.begin()
        other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')

        def cut() -> None:
            waiting(other, int(str(number)))
            other.query("SELECT pg_terminate_backend(?::int)", (number,))

        helper = threading.Thread(target=cut)
        helper.start()
        with pytest.raises(DatabaseError) as caught:
            run(session, TABLES)
        helper.join()
        other.rollback()

        assert caught.value.code == LOST
        assert session.is_gone
        assert tables(other) == []


def test_ctrl_c_ends_the_wait_and_undoes_all(
    postgres: DatabaseUrl, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(opened(postgres)) as session, closing(opened(postgres)) as other:
        session.execute("SET lock_timeout = '20s'")
        (number,) = session.query("SELECT pg_backend_pid()")[0]
        other.begin()
        other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')

        def interrupt() -> None:
            waiting(other, int(str(number)))
            os.kill(os.getpid(), signal.SIGINT)

        helper = threading.Thread(target=interrupt)
        helper.start()
        with pytest.raises(KeyboardInterrupt):
            run(session, TABLES)
        helper.join()
        other.rollback()

        assert not session.in_transaction
        assert tables(other) == []
        assert capfd.readouterr().err == ""
