"""A long history costs little on a server, too."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from okra.dialects.session import connect
from okra.migrations.header import Header, header_line, migration_hash
from okra.migrations.history_tables import COLUMNS
from okra.migrations.up import migrate_up

UP = b"-- add column b to a\nALTER TABLE a ADD COLUMN b integer;\n"
DOWN = b"-- drop column b of a\nALTER TABLE a DROP COLUMN b;\n"
CONTENTS = b'"database":{},\n"models":{}}\n' + b" " * 3000
GIVEN = ("version", "parent", "checksum")


def long_history(desk, count: int) -> None:
    """`count` migrations, all applied, without running them."""
    first = desk.add("CREATE TABLE a (id integer PRIMARY KEY);")
    migrate_up(desk.target)
    names = ", ".join(name for name, _ in COLUMNS)
    copied = ", ".join("?" if name in GIVEN else name for name, _ in COLUMNS)
    parent = first
    start = datetime(2024, 6, 1, tzinfo=UTC)
    desk.session.execute("BEGIN")
    for number in range(count - 1):
        version = (start + timedelta(seconds=number)).strftime("%Y%m%d_%H%M%S")
        header = Header(
            format=1,
            hash=migration_hash(parent, UP, DOWN),
            provider=desk.url.provider,
            verified=True,
            version=version,
            parent=parent,
        )
        folder = desk.directory / version
        folder.mkdir()
        (folder / "migration.sql").write_bytes(UP)
        (folder / "rollback.sql").write_bytes(DOWN)
        (folder / "schema.json").write_bytes(header_line(header) + CONTENTS)
        desk.session.execute(
            f"INSERT INTO _okra_migrations ({names}) SELECT {copied} FROM _okra_migrations"
            " WHERE version = ?",
            (version, parent, header.hash, first),
        )
        parent = version
    desk.session.execute("COMMIT")


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

    def connected() -> None:
        connect(desk.url, lock_timeout_ms=1_000).close()

    def nothing_to_do() -> None:
        assert migrate_up(desk.target).applied == ()

    assert quickest(nothing_to_do) - quickest(connected) < 0.1 + 0.3 * count / 10_000


@pytest.mark.parametrize("applied", [True, False])
def test_nothing_to_do_asks_the_history_once(desk, monkeypatch, applied):
    if applied:
        desk.add("CREATE TABLE a (b integer);")
    migrate_up(desk.target)
    asked: list[str] = []
    kind = type(desk.session)
    query = kind.query

    def counted(self, sql: str, parameters=()):
        asked.append(sql)
        return query(self, sql, parameters)

    monkeypatch.setattr(kind, "query", counted)

    migrate_up(replace(desk.target, lock_timeout_ms=1_000))

    assert len([sql for sql in asked if "FROM" in sql and "_okra_migrations" in sql]) <= 1
