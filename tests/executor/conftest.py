"""A database and a migrations directory to try things on, and migrations written by hand."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from okra.dialects.sqlite.server.split import split
from okra.language.definition import SchemaDefinition
from okra.migrations.directory import next_version, read_directory, write_migration
from okra.migrations.executor import Target
from okra.migrations.snapshot import Contents
from okra.relational.model import Database
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = Database()
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


class Desk:
    """A folder with one database and one migrations directory."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.file = base / "app.db"
        self.directory = base / "migrations"
        self.target = Target(
            url=DatabaseUrl.parse("sqlite://app.db", base=base),
            directory=self.directory,
            lock_timeout_ms=5_000,
            environment="local",
        )

    def add(
        self,
        up: str,
        down: str = "",
        *,
        name: str | None = None,
        database: Database = NOTHING,
    ) -> str:
        """Write one more migration; returns its version."""
        directory = read_directory(self.directory, "sqlite")
        folder = write_migration(
            directory,
            version=next_version(directory, NEW_YEAR),
            name=name,
            contents=Contents(database=database, models=SchemaDefinition()),
            migration_sql=up,
            rollback_sql=down,
            verified=True,
        )
        return folder.name[:15]

    def folder(self, version: str) -> Path:
        return next(self.directory.glob(f"{version}*"))

    def sql(self, text: str) -> list[tuple]:
        """Run statements on the database with another connection; rows of the last one."""
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            rows = []
            for script in split(text):
                rows = connection.execute(script.sql).fetchall()
            return rows
        finally:
            connection.close()

    def states(self) -> dict[str, str]:
        return dict(self.sql("SELECT version, state FROM _okra_migrations"))

    def schema(self) -> list[tuple]:
        """Everything in the database that is not OKRA's."""
        return self.sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
            " WHERE substr(name, 1, 6) <> '_okra_' AND tbl_name NOT LIKE '\\_okra\\_%' ESCAPE '\\'"
            " ORDER BY type, name"
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
