"""Statements that are sent together: which they are, and that each failure is told of the right one."""

from __future__ import annotations

import gc
import os
import signal
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, cast

import pytest

from okra.dialects.base import Script
from okra.dialects.postgres.server.together import Together
from okra.dialects.session import BUSY, LOST, connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
        'CREATE TABLE "d" ("x") AS SELECT * FROM old',
        'CREATE TABLE "d" ("x") WITH (fillfactor=70) AS (TABLE old)',
        "CREATE TABLE d (a int)",
        'INSERT INTO "a" SELECT * FROM "old"',
        'ALTER TABLE "a" ADD COLUMN "x" int',
        "SELECT 1",
    ],
)
def test_what_may_take_long_is_sent_alone(sql: str) -> None:
    statements = [TABLES[0], TABLES[3], sql, *TABLES[1:3]]

    assert batches(statements, 5) == [2, 3, 5]


def test_a_generated_column_is_no_copy_of_rows() -> None:
    made = 'CREATE TABLE "g" (\n  "a" int,\n  "b" int GENERATED ALWAYS AS (("a" + 1)) STORED\n)'

    assert batches([TABLES[0], made], 2) == [2]


def test_an_index_of_a_table_that_got_rows_is_sent_alone() -> None:
    fill = 'INSERT INTO "a" SELECT * FROM "old"'
    comment = "COMMENT ON TABLE \"a\" IS 'x'"
    indexes = ['CREATE INDEX "i" ON "a" ("id")', 'CREATE INDEX "j" ON "a" ("id")']

    assert batches([TABLES[0], fill, *indexes], 4) == [1, 2, 3, 4]
    assert batches([TABLES[0], comment, *indexes], 4) == [1, 2, 4]


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


@contextmanager
def busy_until(
    session: PostgresSession, other: PostgresSession, deed: Callable[[int], object]
) -> Iterator[None]:
    """`other` has the busy table; once `session` waits for it, `deed` is done, with the number of its connection."""
    session.execute("SET lock_timeout = '20s'")
    number = int(str(session.query("SELECT pg_backend_pid()")[0][0]))
    other.begin()
    other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')

    over = threading.Event()

    def wait_and_do() -> None:
        waits = "SELECT 1 FROM pg_locks WHERE pid = ? AND NOT granted"
        while not other.query(waits, (number,)):
            if over.is_set():
                return
        deed(number)

    helper = threading.Thread(target=wait_and_do)
    helper.start()
    try:
        yield
    finally:
        over.set()
        helper.join()
        other.rollback()


def test_a_connection_that_is_cut_says_so(postgres: DatabaseUrl) -> None:
    with closing(opened(postgres)) as session, closing(opened(postgres)) as other:

        def cut(number: int) -> None:
            other.query("SELECT pg_terminate_backend(?::int)", (number,))

        with busy_until(session, other, cut), pytest.raises(DatabaseError) as caught:
            run(session, TABLES)

        assert caught.value.code == LOST
        assert session.is_gone
        assert tables(other) == []


def test_ctrl_c_ends_the_wait_and_undoes_all(
    postgres: DatabaseUrl, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(opened(postgres)) as session, closing(opened(postgres)) as other:

        def interrupt(_: int) -> None:
            os.kill(os.getpid(), signal.SIGINT)

        with busy_until(session, other, interrupt), pytest.raises(KeyboardInterrupt):
            run(session, TABLES)

        assert not session.in_transaction
        assert tables(other) == []
        assert capfd.readouterr().err == ""


def test_ctrl_c_at_any_moment_is_no_error_and_leaves_no_statement_unanswered(
    postgres: DatabaseUrl, capfd: pytest.CaptureFixture[str]
) -> None:
    many = scripts([f'CREATE TABLE "t{n}" ("id" int PRIMARY KEY)' for n in range(96)])
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    gc.disable()
    try:
        for moment in range(50):
            with closing(opened(postgres)) as session:
                gc.collect()  # else the interrupt may come while Python puts away a connection, and count for nothing
                session.begin()
                guard = session.guard(many)
                with suppress(KeyboardInterrupt):
                    signal.setitimer(signal.ITIMER_REAL, (moment + 1) / 2_000)
                    for number in range(96):
                        guard.run(number, 96)
                    signal.setitimer(signal.ITIMER_REAL, 0)
                session.rollback()
                assert session.is_gone or session.query("SELECT 1") == [(1,)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        gc.enable()
    with closing(opened(postgres)) as session:
        assert tables(session) == []
    assert capfd.readouterr().err == ""


def test_a_driver_that_can_t_send_them_together_sends_one_by_one(
    postgres: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psycopg.Pipeline.is_supported", lambda: False)
    with closing(opened(postgres)) as session:
        assert run(session, TABLES) == [0, 1, 2, 3]
        assert tables(session) == ["a", "b", "c"]


@pytest.mark.parametrize("at", [0, 2])
def test_half_a_character_is_told_of_the_statement_that_has_it(
    postgres: DatabaseUrl, at: int
) -> None:
    with closing(opened(postgres)) as session:
        wrong = 'CREATE TABLE "x" ("id" text DEFAULT \'\udc00\')'
        with pytest.raises(DatabaseError) as caught:
            run(session, [*TABLES[:at], wrong, *TABLES[at:]])

        assert caught.value.__notes__ == [str(list(range(at)))]
        assert run(session, TABLES) == [0, 1, 2, 3]
