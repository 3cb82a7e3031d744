"""The definitions of MySQL before and after a statement tell whether it was done."""

from __future__ import annotations

from contextlib import closing

import pytest

from okra.dialects.base import Script
from okra.dialects.mysql.server.probe import mark, outcome
from okra.dialects.session import Finding, connect

BASE = (
    "CREATE TABLE p (id int PRIMARY KEY)",
    "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, a int, b varchar(20), KEY k (a))",
    "CREATE VIEW v AS SELECT 1 AS x",
)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE u (a int)",
        "DROP TABLE t",
        "ALTER TABLE t ADD COLUMN c int",
        "ALTER TABLE t DROP COLUMN b, ADD INDEX i (a)",
        "ALTER TABLE t MODIFY b varchar(30) NOT NULL COMMENT 'it''s'",
        "ALTER TABLE t CHANGE b c varchar(20)",
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "ALTER TABLE t RENAME TO u",
        "RENAME TABLE t TO u, p TO q",
        "ALTER TABLE t RENAME INDEX k TO l",
        "CREATE INDEX i ON t (b)",
        "DROP INDEX k ON t",
        "CREATE OR REPLACE VIEW v AS SELECT 2 AS x",
        "DROP VIEW v",
        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
        "CREATE PROCEDURE z() SELECT 1",
    ],
)
def test_a_statement_is_told_from_its_definitions(mysql, sql):
    script = Script(sql=sql, line=1)
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        for statement in BASE:
            session.execute(statement)
        before = mark(session, script)
        session.execute("INSERT INTO p VALUES (1), (2)")
        session.execute("INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')")  # moves the counter

        first = outcome(session, script, before)
        session.execute(sql)
        second = outcome(session, script, before)

    assert (first, second) == (Finding.NOT_DONE, Finding.DONE)


def test_a_table_that_somebody_else_has_changed_is_unclear(mysql):
    script = Script(sql="ALTER TABLE p ADD COLUMN c int", line=1)
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        for statement in BASE:
            session.execute(statement)
        before = mark(session, script)
        session.execute("ALTER TABLE p ADD COLUMN other int")

        assert outcome(session, script, before) is Finding.UNCLEAR


def test_what_changes_no_definition_is_unclear_but_what_can_be_repeated(mysql):
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        found = [
            outcome(session, Script(sql=sql, line=1), "")
            for sql in ("TRUNCATE t", "CALL p()", "ANALYZE TABLE t")
        ]

    assert found == [Finding.UNCLEAR, Finding.UNCLEAR, Finding.NOT_DONE]
