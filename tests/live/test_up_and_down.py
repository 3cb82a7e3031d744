"""Migrations written by hand go up and down on every server."""

from __future__ import annotations

import pytest

from okra.errors import StatementFailed
from okra.migrations.down import migrate_down
from okra.migrations.status import Condition, migrate_status
from okra.migrations.up import migrate_up

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
