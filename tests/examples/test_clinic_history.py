"""The migrations of examples/clinic were made by `generate` alone, and work on a database with rows in it."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import okra

if TYPE_CHECKING:
    from types import ModuleType

    import pytest

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "examples" / "clinic"
MIGRATIONS = CLINIC / "migrations"
VERSIONS = sorted(path.name for path in MIGRATIONS.iterdir() if path.name != "current")

# What does not come back when a migration is applied and taken back: the data that it says it loses,
# and the moment of the last change.
LOST = {
    ("patients", "street"),
    ("patients", "postal_code"),
    ("patients", "city"),
    ("patients", "updated_at"),
    ("opening_hours", "id"),
    ("invoice_lines", "id"),
}
LOST_TABLES = {"paper_files"}


def regenerate() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "regenerate_examples", ROOT / "scripts" / "regenerate_examples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_generate_makes_the_committed_migrations_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = json.loads((MIGRATIONS / "current" / "schema.json").read_text())["chain"]
    monkeypatch.setattr(okra, "__version__", chain["okra_version"])

    regenerate().replay(tmp_path)

    hint = "run `python scripts/regenerate_examples.py`, and read the difference"
    assert contents(tmp_path / "migrations") == contents(MIGRATIONS), hint


def test_the_story_has_at_least_eight_migrations_all_of_them_proven() -> None:
    headers = [
        json.loads((MIGRATIONS / version / "schema.json").read_text())["chain"]
        for version in VERSIONS
    ]

    assert len(headers) >= 8
    assert all(header["verified"] for header in headers)


def test_the_newest_migration_is_what_the_schema_says() -> None:
    (prepared,) = okra.load(folder=CLINIC, environ={}).prepare(mend=False)

    assert prepared.draft.changes == ()


class Database:
    """A SQLite file beside a copy of the example, and what is in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clinic"
        shutil.copytree(CLINIC, self.folder)
        self.path = self.folder / "clinic.db"

    def project(self) -> okra.Project:
        return okra.load(folder=self.folder, environ={})

    def write(self, text: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(text)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def tables(self) -> dict[str, list[dict[str, object]]]:
        """All rows of all tables but OKRA's own."""
        names = self.query(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE '\\_okra%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'"
        )
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return {
                str(name): [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
                for (name,) in names
            }

    def check(self, version: str) -> None:
        """It is what the snapshot of `version` says, and whole."""
        assert self.project().compare("database", version).changes == ()
        assert self.query("PRAGMA foreign_key_check") == []
        assert self.query("PRAGMA integrity_check") == [("ok",)]


def missing(
    before: dict[str, list[dict[str, object]]], now: dict[str, list[dict[str, object]]]
) -> list[str]:
    """Rows of `before` that `now` has not, byte for byte, but for what is known to be lost."""
    found = []
    for table, rows in before.items():
        if table in LOST_TABLES or not rows:
            continue
        columns = [name for name in rows[0] if (table, name) not in LOST]
        there = Counter(_row(row, columns) for row in now[table])
        wanted = Counter(_row(row, columns) for row in rows)
        found += [f"{table}: {row}" for row in (wanted - there)]
    return found


def yes(losses: object) -> bool:
    return True


def _row(row: dict[str, object], columns: list[str]) -> tuple[str, ...]:
    return tuple(repr(row[name]) for name in columns)


def test_the_whole_history_goes_up_with_rows_down_to_nothing_and_up_again(tmp_path: Path) -> None:
    database = Database(tmp_path)
    states = []
    for number, version in enumerate(VERSIONS, start=1):
        (applied,) = database.project().migrate_up(steps=1).applied
        assert f"{applied.version}_{applied.name}" == version
        database.check(version)
        for rows in CLINIC.glob(f"history/{number:02}_*/rows.sql"):
            database.write(rows.read_text())
        states.append(database.tables())

    found = {question: database.query(question) for question in SUMMARY}
    assert found == SUMMARY

    for version, state in reversed(list(zip(VERSIONS, states, strict=True))[:-1]):
        result = database.project().migrate_down(confirm=yes)
        assert len(result.reverted) == 1
        database.check(version)
        assert missing(state, database.tables()) == []

    result = database.project().migrate_down(confirm=yes)
    assert result.current is None
    assert database.tables() == {}

    result = database.project().migrate_up()
    assert len(result.applied) == len(VERSIONS)
    database.check(VERSIONS[-1])


# What has become of the rows, at the end of the story.
SUMMARY: dict[str, list[tuple[object, ...]]] = {
    "SELECT full_name, language, card_number FROM patients ORDER BY id": [
        ("Ada Novak", "en", 1237010180),
        ("Emre Yildiz", "tr", 9007199254740993),
        ('O\'Neill von der "Höh"', "en", 4711050655),
    ],
    "SELECT patient_id, street, city FROM patient_addresses ORDER BY id": [
        ("p1", "Rainergasse 1", "Wien"),
        ("p3", "Annenstraße 40", "Graz"),
    ],
    "SELECT id, status, practitioner_id FROM appointments ORDER BY id": [
        ("a1", "DONE", "d1"),
        ("a2", "CANCELLED", "d1"),
        ("a3", "BOOKED", "d2"),
    ],
    "SELECT name, floor, typeof(floor) FROM rooms ORDER BY floor": [
        ("Ultrasound", -1, "integer"),
        ("Room 2", 2, "integer"),
    ],
    "SELECT licence, typeof(licence) FROM practitioners ORDER BY id": [
        ("10441", "text"),
        ("20933", "text"),
        ("PT-2207", "text"),
    ],
    "SELECT number, status, total, policy_id FROM invoices": [
        (1, "SETTLED", 84.5, "k1"),
        (2, "OPEN", 12, None),
    ],
    "SELECT invoice_number, position, gross FROM invoice_lines ORDER BY 1, 2": [
        (1, 1, 72),
        (1, 2, 29.4),
        (2, 1, 13.2),
    ],
    "SELECT clinic_id, weekday, opens_at FROM opening_hours ORDER BY 1, 2": [
        ("grz1", "MON", "08:00"),
        ("vie1", "MON", "07:30"),
        ("vie1", "TUE", "12:00"),
    ],
    "SELECT name, seq FROM sqlite_sequence ORDER BY 1": [
        ("invoices", 3),
        ("payments", 2),
        ("stock_movements", 2),
    ],
    "SELECT timezone, settings FROM clinics WHERE id = 'vie1'": [
        ("Europe/Vienna", '{"onlineBooking":true,"reminderHours":[24,2]}'),
    ],
    "SELECT vaccine, given_on FROM immunisations": [("FSME", "2024-06-11")],
    "SELECT value, measured_at FROM observations ORDER BY id": [
        (36.6, "2024-01-15T08:06:00.000Z"),
        (71.0, "2024-01-15T08:07:00.000Z"),
    ],
}
