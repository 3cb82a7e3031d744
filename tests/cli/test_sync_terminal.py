"""`okra db:sync` with a person at the terminal."""

from __future__ import annotations

import json
import sqlite3

import pytest

BEFORE = "model User {\n  id: Int! @id\n  name: String?\n  old: String?\n}\n"
AFTER = "model User {\n  id: Int! @id\n  fullName: String?\n  age: Int!\n}\n"


@pytest.fixture
def synced(folder, okra):
    """A database with a row that was synced once."""
    config = {"provider": "sqlite", "url": "sqlite://app.db", "migrations": {"mode": "declarative"}}
    (folder / "okra.config.json").write_text(json.dumps({"database": config}))
    (folder / "models.okra.gql").write_text(BEFORE)
    assert okra("db:sync").code == 0
    write(folder, "INSERT INTO users VALUES (1, 'Ada', 'x')")
    (folder / "models.okra.gql").write_text(AFTER)
    return folder


def write(folder, sql: str) -> list[tuple]:
    connection = sqlite3.connect(folder / "app.db")
    with connection:
        rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def test_what_was_renamed_and_what_rows_get_is_asked(synced, terminal):
    answers = [("Choose 1 to 2", "1"), ("which fails", "7")]

    found = terminal("db:sync", "--force", answers=answers)

    assert found.code == 0, found
    assert write(synced, "SELECT * FROM users") == [(1, "Ada", 7)]


def test_a_first_sync_shows_what_it_would_do_and_takes_no_for_an_answer(synced, terminal):
    for table in ("_okra_log", "_okra_stamp", "_okra_migrations"):
        write(synced, f"DROP TABLE {table}")
    (synced / "models.okra.gql").write_text(BEFORE + "model New {\n  id: Int! @id\n}\n")

    found = terminal("db:sync", answers=[("Go on? [y/N]", "n")])

    assert found.code == 1
    assert "+ table news (1 column)" in found.out
    assert "Nothing was changed." in found.out
    assert write(synced, "SELECT name FROM sqlite_master WHERE name = 'news'") == []
