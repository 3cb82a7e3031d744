"""Sessions on servers: settings, transactions, locks, and what others do meanwhile."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.base import Script
from okra.dialects.session import BUSY, LOST, connect
from okra.errors import DatabaseError, LockNotObtained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

HISTORY = "_okra_migrations"


@pytest.fixture
def opened(server: DatabaseUrl) -> Iterator[Callable[..., MigrationSession]]:
    """Open sessions on one database; all are closed at the end."""
    found: list[MigrationSession] = []

    def call(*, lock_timeout_ms: int = 200, read_only: bool = False) -> MigrationSession:
        session = connect(server, lock_timeout_ms=lock_timeout_ms, read_only=read_only)
        found.append(session)
        return session

    yield call
    for session in found:
        session.close()


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as caught:
        work()
    assert caught.value.help
    return caught.value.code


def kill(session: MigrationSession, other: MigrationSession) -> None:
    """Let the server end the connection of `other`."""
    if session.atomic:
        number = other.query("SELECT pg_backend_pid()")[0][0]
        session.query("SELECT pg_terminate_backend(?)", (number,))
        deadline = time.monotonic() + 5
        alive = "SELECT 1 FROM pg_stat_activity WHERE pid = ?"
        while session.query(alive, (number,)) and time.monotonic() < deadline:
            time.sleep(0.01)
    else:
        number = other.query("SELECT connection_id()")[0][0]
        session.execute(f"KILL {number}")
        time.sleep(0.05)


def test_values_go_in_and_come_out(opened):
    session = opened()

    rows = session.query("SELECT ?, ?, ?, '?%s', 'it''s ?'", (1, "a%s?'\\", None))

    assert rows == [(1, "a%s?'\\", None, "?%s", "it's ?")]


def test_an_update_counts_the_rows_that_it_found(opened):
    session = opened()
    session.execute("CREATE TABLE t (a int)")
    session.execute("INSERT INTO t VALUES (1), (1), (2)")

    assert session.execute("UPDATE t SET a = 1 WHERE a = ?", (1,)) == 2


def test_a_transaction_is_kept_or_undone_as_a_whole(opened):
    session = opened()
    session.execute("CREATE TABLE t (a int)")
    session.begin()
    session.execute("INSERT INTO t VALUES (1)")
    session.rollback()
    session.begin()
    session.execute("INSERT INTO t VALUES (2)")
    session.commit()
    session.rollback()

    assert opened().query("SELECT a FROM t") == [(2,)]


def test_what_is_read_in_one_moment_fits_together(opened):
    reader, writer = opened(), opened()
    writer.execute("CREATE TABLE t (a int)")

    with reader.moment():
        first = reader.query("SELECT count(*) FROM t")
        writer.execute("INSERT INTO t VALUES (1)")
        second = reader.query("SELECT count(*) FROM t")

    assert (first, second, reader.query("SELECT count(*) FROM t")) == ([(0,)], [(0,)], [(1,)])


def test_a_session_for_reading_can_change_nothing(opened):
    opened().execute("CREATE TABLE t (a int)")
    reader = opened(read_only=True)

    assert code_of(lambda: reader.execute("INSERT INTO t VALUES (1)")) == "OKR544"
    assert code_of(lambda: reader.execute("CREATE TABLE u (a int)")) == "OKR544"


def test_tables_are_named_but_for_our_own(opened):
    session = opened()
    session.execute("CREATE TABLE b (a int)")
    session.execute("CREATE VIEW a AS SELECT 1 AS one")
    session.execute("CREATE TABLE _okra_x (a int)")

    assert session.tables() == ["a", "b"]
    assert [session.has_table(name) for name in ("b", "_okra_x", "a", "c")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_server_says_its_version_its_user_and_the_time(opened):
    session = opened()

    [(moment,)] = session.query(f"SELECT {session.clock}")

    assert moment.startswith(time.strftime("%Y-%m-%dT%H:", time.gmtime()))
    assert (len(moment), moment[-1]) == (24, "Z")
    assert session.server_version[0].isdigit()
    assert session.user


def test_one_session_at_a_time_has_the_lock(opened):
    first, second, third = opened(), opened(), opened()
    first.lock.take(HISTORY)
    third.lock.take("_another_history")
    with pytest.raises(LockNotObtained) as caught:
        second.lock.take(HISTORY)
    first.lock.give_back()
    first.lock.give_back()
    second.lock.take(HISTORY)

    assert caught.value.code == "OKR542"
    assert "another run has the migration lock: " in caught.value.message


def test_the_lock_goes_with_its_connection(opened):
    first, second = opened(), opened(lock_timeout_ms=5_000)
    first.lock.take(HISTORY)
    first.close()
    second.lock.take(HISTORY)
    second.lock.give_back()

    assert code_of(lambda: kill_and_unlock(opened(), second)) == LOST


def kill_and_unlock(session: MigrationSession, other: MigrationSession) -> None:
    other.lock.take(HISTORY)
    kill(session, other)
    other.lock.give_back()


def test_the_history_is_read_again_only_where_somebody_may_have_changed_it(opened):
    session = opened()

    without = [session.lock.changed(), session.lock.changed()]
    session.lock.take(HISTORY)
    locked = [session.lock.changed(), session.lock.changed()]
    session.lock.give_back()

    assert (without, locked) == ([True, True], [True, False])


def test_a_run_is_seen_as_long_as_its_connection_is_there(opened):
    first, second = opened(), opened()
    first.lock.announce("one")
    alive = [second.lock.is_alive("one"), second.lock.is_alive("two"), first.lock.is_alive("one")]
    kill(second, first)

    assert (alive, second.lock.is_alive("one")) == ([True, False, False], False)


def test_a_busy_table_is_given_up_soon(opened):
    holder, session = opened(), opened(lock_timeout_ms=300)
    holder.execute("CREATE TABLE t (a int)")
    holder.begin()
    holder.execute("INSERT INTO t VALUES (1)")
    session.begin()
    started = time.monotonic()

    assert code_of(lambda: session.execute("DROP TABLE t")) == BUSY
    assert time.monotonic() - started < 2.5


def test_a_busy_table_is_tried_again_until_it_is_free(opened):
    holder, session = opened(), opened(lock_timeout_ms=400)
    holder.execute("CREATE TABLE t (a int)")
    holder.begin()
    holder.execute("INSERT INTO t VALUES (1)")
    release = threading.Timer(1.2, holder.commit)
    release.start()
    guard = session.guard([Script(sql="ALTER TABLE t ADD COLUMN b int", line=1)])
    guard.start()
    guard.run(0)
    guard.finish()
    release.join()

    assert session.query("SELECT a, b FROM t") == [(1, None)]


def test_a_table_that_stays_busy_is_given_up_in_the_end_and_somebody_named(opened):
    holder, session = opened(), opened(lock_timeout_ms=100)
    holder.execute("CREATE TABLE busy_one (a int)")
    holder.begin()
    holder.execute("INSERT INTO busy_one VALUES (1)")
    guard = session.guard([Script(sql="DROP TABLE busy_one", line=1)])
    guard.start()

    with pytest.raises(DatabaseError) as caught:
        guard.run(0)

    assert caught.value.code == BUSY
    assert "a transaction that is open since" in (caught.value.help or "")
    assert session.has_table("busy_one")


def test_a_connection_that_the_server_ends_is_lost_and_harmless(opened):
    session, killer = opened(), opened()
    session.begin()
    kill(killer, session)

    assert code_of(lambda: session.execute("SELECT 1")) == LOST
    assert code_of(lambda: session.query("SELECT 1")) == LOST
    session.rollback()
    session.lock.give_back()
    session.close()


@pytest.mark.parametrize(
    "sql",
    [
        "BEGIN",
        "/* x */ commit",
        "-- x\nROLLBACK",
        "savepoint a",
        "START  TRANSACTION",
        "SET ROLE x",
        "RELEASE SAVEPOINT a",
    ],
)
def test_what_ends_a_transaction_has_no_place_in_a_file(opened, sql):
    session = opened()
    scripts = [Script(sql="CREATE TABLE t (a int)", line=1), Script(sql=sql, line=2)]

    with pytest.raises(DatabaseError) as caught:
        session.guard(scripts).start()

    assert (caught.value.code, "line 2" in caught.value.message) == ("OKR517", True)


def test_what_a_file_sets_counts_for_the_file_alone(opened):
    session = opened()
    postgres = session.atomic
    name = "work_mem" if postgres else "foreign_key_checks"
    shown = f"SELECT current_setting('{name}')" if postgres else f"SELECT @@{name}"
    before = session.query(shown)
    sql = f"SET {name} = 100" if postgres else f"SET {name} = 0"
    session.begin()
    guard = session.guard([Script(sql=sql, line=1)])
    guard.start()
    guard.run(0)
    within = session.query(shown)
    guard.finish()
    session.commit()

    assert (session.query(shown), within != before) == (before, True)


def test_a_file_is_run_one_statement_at_a_time(opened):
    session = opened()
    session.execute("CREATE TABLE t (a int)")
    guard = session.guard([Script(sql="INSERT INTO t VALUES (1); DROP TABLE t", line=1)])
    guard.start()

    assert code_of(lambda: guard.run(0)) == "OKR508"
    assert session.query("SELECT * FROM t") == []


def test_whoever_owns_the_database_has_all_rights(opened):
    opened().check_rights()


def test_ctrl_c_stops_the_statement_on_the_server_too(opened):
    session, other = opened(), opened()
    slow = "SELECT pg_sleep(30)" if session.atomic else "SELECT sleep(30)"
    timer = threading.Timer(
        0.3, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    )
    timer.start()
    started = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        session.query(slow)

    timer.join()
    running = (
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
        if session.atomic
        else "SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT sleep%'"
    )
    assert other.query(running) == [(0,)]
    assert time.monotonic() - started < 5
    session.rollback()
    session.close()


@pytest.mark.only_on("postgres")
def test_a_statement_that_nobody_waits_for_any_more_is_cancelled_and_undone(server):
    with closing(connect(server, lock_timeout_ms=1_000)) as session:
        session.execute("CREATE TABLE left_alone (a integer)")
        session.begin()
        session.execute("INSERT INTO left_alone VALUES (1)")
        session._connection.pgconn.send_query(b"SELECT pg_sleep(60)")  # and then Ctrl-C

        session.rollback()

        assert (session.is_gone, session.in_transaction) == (True, False)
    with closing(connect(server, lock_timeout_ms=1_000)) as other:
        asleep = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database()"
        )
        for _ in range(50):
            if other.query(asleep) == [(0,)]:
                break
            time.sleep(0.05)
        assert other.query(asleep) == [(0,)]
        assert other.query("SELECT * FROM left_alone") == []
