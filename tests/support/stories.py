"""The examples and what happens in them: their migrations on a database of each kind, with rows in it."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import okra
from addresses import url_text
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from okra.dialects.session import MigrationSession

ROOT = Path(__file__).parents[2]
EXAMPLES = {name: ROOT / "examples" / name for name in ("blog", "clinic")}
PROVIDERS = ("sqlite", "postgres", "mysql")

# Which environment of an example has which provider, and the variable with its URL.
ENVIRONMENTS = {
    "blog": {
        "postgres": ("production", "BLOG_POSTGRES_URL"),
        "mysql": ("staging", "BLOG_MYSQL_URL"),
    },
    "clinic": {
        "postgres": ("vienna", "CLINIC_POSTGRES_URL"),
        "mysql": ("graz", "CLINIC_MYSQL_URL"),
    },
}
FILES = {"blog": "local.db", "clinic": "clinic.db"}
OWN = "_okra"

Rows = dict[str, list[dict[str, object]]]


def regenerate() -> ModuleType:
    """scripts/regenerate_examples.py"""
    spec = importlib.util.spec_from_file_location(
        "regenerate_examples", ROOT / "scripts" / "regenerate_examples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def versions(example: str, provider: str) -> list[str]:
    """The folders of its migrations, the oldest first."""
    folder = EXAMPLES[example] / "migrations" / provider
    return sorted(path.name for path in folder.iterdir() if path.name != "current")


class Story:
    """A copy of an example, and one database of its own; on SQLite a file beside the copy."""

    def __init__(self, example: str, folder: Path, url: DatabaseUrl | None = None) -> None:
        self.example = example
        self.folder = folder / example
        shutil.copytree(EXAMPLES[example], self.folder)
        self.url = url or DatabaseUrl.parse(f"sqlite://{FILES[example]}", base=self.folder)
        self.provider = self.url.provider
        self._dialect = dialect(self.provider)

    def project(self) -> okra.Project:
        if self.provider == "sqlite":
            return okra.load(folder=self.folder, environ={})
        env, variable = ENVIRONMENTS[self.example][self.provider]
        return okra.load(folder=self.folder, env=env, environ={variable: url_text(self.url)})

    def write_rows(self, number: int) -> None:
        """What the program wrote after the migration with this number, from 1: everywhere, and on this server."""
        for name in ("rows.sql", f"rows.{self.provider}.sql"):
            self._run(f"history/{number:02}_*/{name}")

    def prepare_down(self, number: int) -> None:
        """What has to be done before the migration with this number is taken back."""
        self._run(f"history/{number:02}_*/down.sql")

    def _run(self, pattern: str) -> None:
        for path in self.folder.glob(pattern):
            with self._session() as session:
                for script in self._dialect.split(path.read_text()):
                    session.execute(script.sql)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with self._session() as session:
            return [*map(tuple, session.query(sql))]

    def rows(self) -> Rows:
        """All rows of all tables but OKRA's own."""
        with self._session() as session:
            found: Rows = {}
            for table in self._dialect.introspect(session).database.tables:
                if table.name.startswith(OWN):
                    continue
                names = [column.name for column in table.columns]
                columns = ", ".join(self._dialect.quote(name) for name in names)
                rows = session.query(f"SELECT {columns} FROM {self._table(table.name)}")
                found[table.name] = [dict(zip(names, row, strict=True)) for row in rows]
            return found

    def check(self, version: str) -> None:
        """It is what the snapshot of `version` says."""
        assert self.project().compare("database", version).changes == ()

    def _table(self, name: str) -> str:
        parts = name.split(".", 1) if self.provider == "postgres" else [name]
        return ".".join(self._dialect.quote(part) for part in parts)

    @contextmanager
    def _session(self) -> Iterator[MigrationSession]:
        session = connect(self.url, lock_timeout_ms=5_000)
        try:
            yield session
        finally:
            session.close()


def missing(
    before: Rows, now: Rows, lost: set[tuple[str, str]], lost_tables: set[str]
) -> list[str]:
    """Rows of `before` that `now` has not, but for what is known to be lost."""
    found = []
    for table, rows in before.items():
        if table in lost_tables or not rows:
            continue
        columns = [name for name in rows[0] if (table, name) not in lost]
        there = Counter(_row(row, columns) for row in now[table])
        wanted = Counter(_row(row, columns) for row in rows)
        found += [f"{table}: {row}" for row in (wanted - there)]
    return found


def _row(row: dict[str, object], columns: list[str]) -> tuple[str, ...]:
    return tuple(repr(row[name]) for name in columns)
