"""Migrations written by hand go up and down on every server."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.errors import DatabaseError, StatementFailed
from okra.migrations.down import migrate_down
from okra.migrations.resolve import Action, resolve
from okra.migrations.status import Condition, migrate_status
from okra.migrations.up import migrate_up
from okra.relational.model import Column, Database, Table

FIRST = """
-- create table users
CREATE TABLE users (id integer PRIMARY KEY, name varchar(40));

-- create table posts
CREATE TABLE posts (
  id integer PRIMARY KEY,
  user_id integer NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users (id)
);
"""


def versions(outcomes) -> list[str]:
    return [outcome.version for outcome in outcomes]


def test_migrations_go_up_and_down_and_up_again(desk):
    first = desk.add(FIRST, "DROP TABLE posts; DROP TABLE users;", name="first")
    second = desk.add(
        "ALTER TABLE users ADD COLUMN email varchar(80); INSERT INTO users VALUES (1, 'a', 'b');",
        "DELETE FROM users; ALTER TABLE users DROP COLUMN email;",
    )

    up = migrate_up(desk.target)
    nothing = migrate_up(desk.target)
    rows = desk.sql("SELECT * FROM users")
    down = migrate_down(desk.target, steps=2, confirm=lambda _: True)
    gone = desk.schema()
    again = migrate_up(desk.target)

    assert versions(up.applied) == [first, second]
    assert (nothing.applied, nothing.current) == ((), second)
    assert rows == [(1, "a", "b")]
    assert (versions(down.reverted), down.current, gone) == ([second, first], None, [])
    assert versions(again.applied) == [first, second]
    assert desk.states() == {first: "done", second: "done"}
    assert [entry.condition for entry in migrate_status(desk.target).entries] == [
        Condition.APPLIED,
        Condition.APPLIED,
    ]


def test_a_failed_statement_is_told_with_its_place(desk):
    first = desk.add(FIRST)
    second = desk.add(
        "CREATE TABLE c (d integer);\n\nINSERT INTO users VALUES (1, 'a');\nCREATE TABLE users (x integer);"
    )

    with pytest.raises(StatementFailed) as caught:
        migrate_up(desk.target)

    error = caught.value
    assert (error.code, error.index) == ("OKR510", 3)
    assert error.place == f"{desk.folder(second)}/migration.sql:4"
    assert desk.states() == {first: "done", second: "failed"}
    kept = 0 if desk.is_postgres else 1
    assert desk.sql("SELECT count(*) FROM users") == [(kept,)]
    applied = desk.sql(
        f"SELECT applied, total, error_code FROM _okra_migrations WHERE version = '{second}'"
    )
    assert applied == [(2 * kept, 3, "OKR510")]


def test_a_file_without_definitions_is_one_transaction_everywhere(desk):
    first = desk.add("SELECT 1;", "SELECT 2;")
    migrate_up(desk.target)
    desk.sql("CREATE TABLE t (x integer PRIMARY KEY);")
    second = desk.add(
        "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\nINSERT INTO t VALUES (1);"
    )

    with pytest.raises(StatementFailed) as caught:
        migrate_up(desk.target)
    rows = desk.sql("SELECT x FROM t")
    desk.reseal(second, migration="INSERT INTO t VALUES (1);")
    migrate_up(desk.target)

    assert (caught.value.code, rows) == ("OKR511", [])
    assert "undone as a whole" in (caught.value.help or "")
    assert desk.states() == {first: "done", second: "done"}
    assert desk.sql("SELECT DISTINCT tx_mode FROM _okra_migrations") == [("file",)]


def test_an_empty_file_is_applied(desk):
    version = desk.add("-- nothing to do", "-- nothing to take back")

    migrate_up(desk.target)
    migrate_down(desk.target)

    assert desk.states() == {version: "reverted"}


def test_a_database_that_is_there_is_taken_over(desk):
    integer = "int" if not desk.is_postgres else "integer"
    column = Column(name="x", type=integer, nullable=True)
    desk.sql("CREATE TABLE t (x integer);")
    version = desk.add(
        "CREATE TABLE t (x integer);",
        database=Database(tables=(Table(name="t", columns=(column,)),)),
    )

    with pytest.raises(DatabaseError) as caught:
        migrate_up(desk.target)
    result = migrate_up(desk.target, baseline=version)

    assert caught.value.code == "OKR520"
    assert (result.baselined, desk.states()) == ((version,), {version: "done"})
    resolved = resolve(desk.target, version, action=Action.REVERTED)
    assert (resolved.before, resolved.after) == ("done", "reverted")
    assert resolve(desk.target, version, action=Action.APPLIED).after == "done"


def test_the_environment_of_a_database_can_change(desk):
    desk.add(FIRST)
    migrate_up(desk.target)
    other = replace(desk.target, environment="staging")

    resolve(other, None, action=Action.ADOPT)

    assert migrate_up(other).applied == ()
    assert migrate_status(other).environment == "staging"
