"""A database on each server with a migrations directory beside it, and migrations written by hand."""

from __future__ import annotations

import atexit
import json
import shlex
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.language.definition import SchemaDefinition
from okra.migrations.directory import next_version, read_directory, write_migration
from okra.migrations.executor import Target
from okra.migrations.snapshot import Contents
from okra.relational.model import Database

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

DRIVER = Path(__file__).parent.parent / "live" / "driver.py"
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


class Desk:
    """One database on a server, one migrations directory, and runs of OKRA in processes of their own."""

    def __init__(self, url: DatabaseUrl, base: Path) -> None:
        self.url = url
        self.base = base
        self.directory = base / "migrations"
        self.target = Target(
            url=url, directory=self.directory, lock_timeout_ms=60_000, environment="local"
        )
        (base / "url.json").write_bytes(msgspec.json.encode(url))

    @cached_property
    def session(self) -> MigrationSession:
        """A connection of the test's own."""
        return connect(self.url, lock_timeout_ms=5_000)

    def close(self) -> None:
        """Give the connection back, so that the database can be dropped."""
        session = self.__dict__.pop("session", None)
        if session is not None:
            session.close()

    @property
    def is_postgres(self) -> bool:
        return self.url.provider == "postgres"

    def add(
        self,
        up: str,
        down: str = "",
        *,
        name: str | None = None,
        database: Database | None = None,
        hooks: str | None = None,
    ) -> str:
        """Write one more migration; returns its version."""
        directory = read_directory(self.directory, self.url.provider)
        folder = write_migration(
            directory,
            version=next_version(directory, NEW_YEAR),
            name=name,
            contents=Contents(database=database or Database(), models=SchemaDefinition()),
            migration_sql=up,
            rollback_sql=down,
            hooks_sql=hooks,
            verified=True,
        )
        return folder.name[:15]

    def folder(self, version: str) -> Path:
        return next(self.directory.glob(f"{version}*"))

    def reseal(self, version: str, **files: str) -> None:
        """Edit files of a migration as somebody would who then runs `verify`."""
        from okra.migrations.directory import seal

        for name, text in files.items():
            (self.folder(version) / f"{name}.sql").write_text(text)
        directory = read_directory(self.directory, self.url.provider)
        migration = directory.find(version)
        seal(directory, migration, migration.read())

    def sql(self, text: str) -> list[tuple]:
        """Run statements with another connection; rows of the last one."""
        rows: list[tuple] = []
        for script in dialect(self.url.provider).split(text):
            if script.sql.upper().startswith(("SELECT", "WITH", "SHOW")):
                rows = self.session.query(script.sql)
            else:
                self.session.execute(script.sql)
        return rows

    def states(self) -> dict[str, str]:
        return dict(self.sql("SELECT version, state FROM _okra_migrations"))

    def schema(self) -> list[tuple]:
        """All definitions but OKRA's own, and the schema that every database has."""
        rows = dialect(self.url.provider).catalogue(self.session)
        return [row for row in rows if "_okra_" not in repr(row) and row != ("schema", "public")]

    def start(self, command: str, *options: str) -> subprocess.Popen[str]:
        """`up` or `down` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, str(DRIVER), command, str(self.base), *options],
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, command: str, *options: str) -> dict:
        """The same, waited for: the last thing it said, and its exit code."""
        return _servant().run(command, str(self.base), *options)

    def all_at_once(self, count: int, *options: str) -> list[dict]:
        """`up` in many processes that begin at the same moment; the last thing that each said."""
        gate = self.base / "go"
        processes = [self.start("up", "--wait", str(gate), *options) for _ in range(count)]
        time.sleep(count / 8)
        gate.touch()
        return [outcome(process) for process in processes]

    def wipe(self) -> None:
        """Empty the database: OKRA's tables and those of the test."""
        if self.is_postgres:
            self.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
            return
        names = self.sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
        )
        for (name,) in names:
            self.sql(f"SET foreign_key_checks = 0; DROP TABLE `{name}`;")

    def settle(self) -> None:
        """Wait until the server has noticed that killed clients are gone."""
        deadline = time.monotonic() + 30
        while self._others() and time.monotonic() < deadline:
            time.sleep(0.01)

    def _others(self) -> bool:
        if self.is_postgres:
            query = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        else:
            query = (
                "SELECT count(*) FROM information_schema.processlist WHERE db = database()"
                " AND id <> connection_id()"
            )
        return bool(self.sql(query)[0][0])


class _Servant:
    """A process that has loaded OKRA, and runs commands in children of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER), "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.stop)

    def run(self, *arguments: str) -> dict:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(shlex.join(arguments) + "\n")
        self._process.stdin.flush()
        said: dict = {}
        for line in self._process.stdout:
            found = json.loads(line)
            if "exit" in found:
                return said | found
            said = found
        raise AssertionError("the driver is gone")

    def stop(self) -> None:
        self._process.communicate(timeout=60)


_servant = cache(_Servant)


def outcome(process: subprocess.Popen[str]) -> dict:
    """The last line that the driver printed."""
    output, _ = process.communicate(timeout=300)
    lines = output.strip().splitlines()
    return json.loads(lines[-1]) if lines else {}
