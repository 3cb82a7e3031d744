"""What the rules for expressions don't know, the server is asked."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.mysql.introspection.introspect import introspect
from okra.dialects.session import connect
from okra.relational.diff import diff
from okra.relational.model import Check, Column, Database, Generated, Table

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def wanted(check: str, default: str = "(1 + 1)", generated: str = "a + 1") -> Database:
    columns = (
        Column(name="a", type="int", nullable=True, default=default),
        Column(name="d", type="datetime", nullable=True),
        Column(name="g", type="int", nullable=True, generated=Generated(expression=generated)),
    )
    return Database(
        tables=(Table(name="t", columns=columns, checks=(Check(name="c", expression=check),)),)
    )


MADE = (
    "CREATE TABLE t (a int DEFAULT (1 + 1), d datetime, g int AS (a + 1) STORED,"
    " CONSTRAINT c CHECK (interval 1 day + d > '2020-01-01'))"
    " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_spelling_that_only_the_server_knows_makes_no_difference(
    mariadb: DatabaseUrl, *, read_only: bool
) -> None:
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(MADE)
    same = wanted("interval 1 day + d > '2020-01-01'")
    with closing(connect(mariadb, lock_timeout_ms=1_000, read_only=read_only)) as session:
        found = introspect(session, wanted=same).database

        assert diff(introspect(session).database, same) != ()
        assert found == same
        assert session.tables() == ["t"]


def test_what_means_something_else_stays_different(mariadb: DatabaseUrl) -> None:
    other = wanted("interval 2 day + d > '2020-01-01'", default="(1 + 2)", generated="a + 2")
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(MADE)
        assert introspect(session, wanted=other) == introspect(session)


def test_one_difference_does_not_hide_that_the_others_are_none(mariadb: DatabaseUrl) -> None:
    other = wanted("interval 1 day + d > '2020-01-01'", generated="a + 2")
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(MADE)
        (table,) = introspect(session, wanted=other).database.tables
        assert table.checks == other.tables[0].checks
        assert table.columns[2].generated == Generated(expression="a + 1")


def test_what_the_server_refuses_stays_different(mariadb: DatabaseUrl) -> None:
    other = wanted("no_such_function(d) > 1")
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(MADE)
        assert introspect(session, wanted=other) == introspect(session)
