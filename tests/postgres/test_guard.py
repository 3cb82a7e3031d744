"""What may stand in a migration of PostgreSQL, and what an index that is built beside writers may leave behind."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.base import Script
from okra.dialects.postgres.server.guard import refuse_misplaced
from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("BEGIN", "BEGIN"),
        ("/* a */ end", "END"),
        ("PREPARE TRANSACTION 'x'", "PREPARE"),
        ("set local search_path = x", "SET LOCAL SEARCH_PATH"),
        ("SET SESSION AUTHORIZATION x", "SET SESSION AUTHORIZATION"),
        ("SET standard_conforming_strings = off", "SET STANDARD_CONFORMING_STRINGS"),
        ("RESET ALL", "RESET ALL"),
        ("DISCARD ALL", "DISCARD"),
        ("SELECT pg_catalog.set_config('search_path', '', false)", "set_config()"),
        ("COPY t (a) FROM stdin", "COPY FROM STDIN"),
        ("COPY t TO stdout", "COPY TO STDOUT"),
        ("\\connect x", "\\"),
    ],
)
def test_what_changes_who_or_where_we_are_is_refused(sql: str, what: str) -> None:
    scripts = [Script(sql="SELECT 1", line=1), Script(sql=sql, line=7)]

    with pytest.raises(DatabaseError) as caught:
        refuse_misplaced(scripts)

    assert caught.value.code == "OKR517"
    assert caught.value.message.startswith(f"`{what}` in line 7 has no place in a migration")


@pytest.mark.parametrize(
    "sql",
    [
        "SET LOCAL statement_timeout = 5",
        "SET work_mem = '64MB'",
        "COPY t FROM '/tmp/x'",
        "SELECT 'set_config', \"begin\"",
        'CREATE TABLE "BEGIN" (a int)',
        "VACUUM t",
    ],
)
def test_what_does_no_harm_may_stand(sql: str) -> None:
    refuse_misplaced([Script(sql=sql, line=1)])


def ran(session: MigrationSession, sql: str) -> None:
    guard = session.guard([Script(sql=sql, line=1)])
    guard.start()
    guard.run(0)
    guard.finish()


@pytest.mark.parametrize("place", ["", "Odd one."])
def test_what_a_broken_build_left_is_dropped_first(postgres: DatabaseUrl, place: str) -> None:
    with closing(connect(postgres, lock_timeout_ms=300)) as session:
        if place:
            session.execute('CREATE SCHEMA "Odd one"')
        table = '"Odd one".t' if place else "t"
        session.execute(f"CREATE TABLE {table} (a int)")
        session.execute(f"INSERT INTO {table} VALUES (1), (1)")
        sql = f"CREATE UNIQUE INDEX CONCURRENTLY t_a ON {table} (a)"
        with pytest.raises(DatabaseError) as caught:
            ran(session, sql)
        session.execute(f"DELETE FROM {table} WHERE ctid = '(0,1)'")
        ran(session, sql)
        valid = "SELECT indisvalid, count(*) FROM pg_index JOIN pg_class ON oid = indexrelid"

        assert caught.value.code == "OKR509"
        assert session.query(f"{valid} WHERE relname = 't_a' GROUP BY 1") == [(True, 1)]
        assert session.query("SHOW lock_timeout") == [("300ms",)]


def test_an_index_waits_for_writers_as_long_as_it_must(postgres: DatabaseUrl) -> None:
    with (
        closing(connect(postgres, lock_timeout_ms=300)) as session,
        closing(connect(postgres, lock_timeout_ms=300)) as writer,
    ):
        session.execute("CREATE TABLE t (a int)")
        writer.begin()
        writer.execute("INSERT INTO t VALUES (1)")
        release = threading.Timer(1.0, writer.commit)
        release.start()
        started = time.monotonic()
        ran(session, "CREATE INDEX CONCURRENTLY t_a ON t (a)")
        release.join()

        assert time.monotonic() - started > 0.9
