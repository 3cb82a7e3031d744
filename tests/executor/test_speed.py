"""A long history costs little: headers, `up` with nothing to do, one history query."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from okra.dialects.sqlite.server import session as sqlite_session
from okra.migrations.directory import read_directory
from okra.migrations.header import Header, header_line, migration_hash
from okra.migrations.up import migrate_up

UP = b"-- add column b to a\nALTER TABLE a ADD COLUMN b text;\n"
DOWN = b"-- drop column b of a\nALTER TABLE a DROP COLUMN b;\n"
CONTENTS = b'"database":{},\n"models":{}}\n' + b" " * 3000


def long_history(desk, count: int) -> None:
    """`count` migrations, all applied, without running them."""
    first = desk.add("CREATE TABLE a (id INTEGER PRIMARY KEY);")
    migrate_up(desk.target)
    connection = sqlite3.connect(desk.file)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(_okra_migrations)")]
    copied = ", ".join(
        {"version": "?", "parent": "?", "checksum": "?"}.get(column, column) for column in columns
    )
    parent = first
    start = datetime(2024, 6, 1, tzinfo=UTC)
    for number in range(count - 1):
        version = (start + timedelta(seconds=number)).strftime("%Y%m%d_%H%M%S")
        header = Header(
            format=1,
            hash=migration_hash(parent, UP, DOWN),
            provider="sqlite",
            verified=True,
            version=version,
            parent=parent,
        )
        folder = desk.directory / version
        folder.mkdir()
        (folder / "migration.sql").write_bytes(UP)
        (folder / "rollback.sql").write_bytes(DOWN)
        (folder / "schema.json").write_bytes(header_line(header) + CONTENTS)
        connection.execute(
            f"INSERT INTO _okra_migrations SELECT {copied} FROM _okra_migrations"
            f" WHERE version = {first!r}",
            (version, parent, header.hash),
        )
        parent = version
    connection.commit()
    connection.close()


def quickest(work, rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_a_long_history_costs_little(desk, count):
    long_history(desk, count)

    def read() -> None:
        read_directory(desk.directory, "sqlite").check_chain()

    def nothing_to_do() -> None:
        assert migrate_up(desk.target).applied == ()

    assert quickest(read) < 0.02 + 0.15 * count / 10_000
    assert quickest(nothing_to_do) < 0.05 + 0.3 * count / 10_000


def test_nothing_to_do_asks_the_history_once(desk, monkeypatch):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    asked: list[str] = []
    query = sqlite_session.SqliteSession.query

    def counted(self, sql: str, parameters=()):
        asked.append(sql)
        return query(self, sql, parameters)

    monkeypatch.setattr(sqlite_session.SqliteSession, "query", counted)

    migrate_up(desk.target)

    assert len([sql for sql in asked if "_okra_migrations" in sql]) == 1
    assert len(asked) <= 5
