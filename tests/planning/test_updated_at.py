"""`@updatedAt` is kept by the database: every client that writes gets it."""

from __future__ import annotations

import pytest

from okra.devdb import scratch
from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.migrations.draft import draft
from okra.relational.model import Database
from okra.source import Source

SQLITE = dialect("sqlite")
OLD = "'2024-01-01T00:00:00.000Z'"
BODIES = {
    "key": "model Fact {\n  id: Int! @id\n",
    "text key": "model Fact {\n  id: String! @id\n",
    "composite key": "model Fact {\n  id: Int!\n  part: Int! @default(0)\n  @id(fields: [id, part])\n",
    "without rowid": "model Fact @table(withoutRowid: true) {\n  id: Int! @id\n",
    "no key": "model Fact @keyless {\n  id: Int!\n",
    "no key, rowid taken": "model Fact @keyless {\n  id: Int!\n  rowid: Int! @default(7)\n",
    "no key, all names taken": "model Fact @keyless {\n  id: Int!\n  rowid: Int\n  oid: Int\n"
    '  a: Int @column(name: "_rowid_")\n',
}


@pytest.fixture(params=BODIES.values(), ids=BODIES.keys())
def session(request: pytest.FixtureRequest):
    text = f"{request.param}  text: String\n  changed: DateTime @updatedAt\n}}\n"
    models = parse_schema([Source("models.okra.gql", text)]).definition
    opened = scratch("sqlite")
    for statement in draft("sqlite", Database(), None, models).plan.statements:
        opened.execute(statement.sql)
    for number in (1, 2):
        opened.execute(f"INSERT INTO facts (id, text, changed) VALUES ({number}, 'old', {OLD})")
    yield opened
    opened.close()


def changed(session) -> list[int]:
    rows = session.query(f"SELECT id FROM facts WHERE changed IS NOT {OLD} ORDER BY id")
    return [int(row[0]) for row in rows]


def test_only_the_row_that_changes_is_touched(session) -> None:
    session.execute("UPDATE facts SET text = 'new' WHERE id = 2")

    assert changed(session) == [2]


def test_a_time_that_the_client_sets_stays(session) -> None:
    session.execute("UPDATE facts SET changed = '2030-01-01' WHERE id = 1")

    assert session.query("SELECT changed FROM facts WHERE id = 1") == [("2030-01-01",)]


def test_recursive_triggers_come_to_an_end(session) -> None:
    session.execute("PRAGMA recursive_triggers = ON")
    session.execute("UPDATE facts SET text = 'new'")

    assert changed(session) == [1, 2]


def test_it_reads_back(session) -> None:
    (table,) = SQLITE.introspect(session).database.tables

    assert [column.name for column in table.columns if column.updated_at] == ["changed"]
