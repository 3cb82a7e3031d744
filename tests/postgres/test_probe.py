"""Which statements PostgreSQL refuses in a transaction, and what the catalogue says of them afterwards."""

from __future__ import annotations

from contextlib import closing

import pytest

from okra.dialects.base import Script
from okra.dialects.postgres.server.probe import (
    blocked,
    clear,
    is_setting,
    mark,
    outcome,
    runs_outside,
    sole_object,
)
from okra.dialects.session import Finding, connect
from okra.errors import DatabaseError


def script(sql: str) -> Script:
    return Script(sql=sql, line=1)


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", '"i"'),
        ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS I ON t (a)", '"i"'),
        ('CREATE INDEX CONCURRENTLY "I" ON ONLY shop."T" (a)', '"shop"."I"'),
        ('CREATE INDEX CONCURRENTLY "a.b" ON "x.y"."t.u" (a)', '"x.y"."a.b"'),
        ('CREATE INDEX CONCURRENTLY "i" ON "t.u" (a)', '"i"'),
        ("CREATE INDEX CONCURRENTLY ON t (a)", None),
        ("DROP INDEX CONCURRENTLY IF EXISTS shop.i", '"shop"."i"'),
        ("REINDEX (VERBOSE) INDEX CONCURRENTLY i", None),
        ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", None),
        ("VACUUM t", None),
        ("ALTER SYSTEM SET work_mem = '8MB'", None),
        ("CREATE DATABASE x", None),
    ],
)
def test_what_runs_outside_and_which_index_it_is_about(sql, index):
    assert runs_outside(script(sql), marked=False)
    assert sole_object(script(sql)) == index


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE INDEX i ON t (a)",
        "ALTER TABLE t ADD COLUMN concurrently int",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 -- CONCURRENTLY $$",
        "UPDATE t SET a = 1",
    ],
)
def test_what_runs_inside(sql):
    assert not runs_outside(script(sql), marked=False)


def test_a_marked_statement_runs_outside_unless_it_needs_not():
    assert runs_outside(script("CALL p()"), marked=True)
    assert not runs_outside(script("ALTER TABLE t VALIDATE CONSTRAINT c"), marked=True)


def test_settings_and_consent():
    found = [is_setting(script(sql)) for sql in ("SET a.b = 1", "RESET a.b", "SET LOCAL a.b = 1")]

    assert found == [True, True, False]
    assert blocked(script("ALTER TABLE t ADD COLUMN a int")) == ()


def test_the_catalogue_tells_what_became_of_an_index(postgres):
    make = script("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")
    drop = script("DROP INDEX CONCURRENTLY i")
    with closing(connect(postgres, lock_timeout_ms=1_000)) as session:
        session.execute("CREATE TABLE t (a int)")
        session.execute("INSERT INTO t VALUES (1), (1)")
        absent = mark(session, make)
        assert outcome(session, make, absent) is Finding.NOT_DONE
        with pytest.raises(DatabaseError):
            session.execute(make.sql)
        assert mark(session, make) == "invalid"
        assert outcome(session, make, absent) is Finding.NOT_DONE
        clear(session, make)
        assert mark(session, make) == absent
        session.execute("DELETE FROM t")
        session.execute(make.sql)
        assert outcome(session, make, absent) is Finding.DONE
        valid = mark(session, drop)
        assert outcome(session, drop, valid) is Finding.NOT_DONE
        session.execute(drop.sql)
        assert outcome(session, drop, valid) is Finding.DONE


def test_what_can_be_repeated_is_not_done_and_what_says_nothing_is_unclear(postgres):
    with closing(connect(postgres, lock_timeout_ms=1_000)) as session:
        assert outcome(session, script("VACUUM t"), "") is Finding.NOT_DONE
        assert outcome(session, script("CALL p()"), "") is Finding.UNCLEAR
