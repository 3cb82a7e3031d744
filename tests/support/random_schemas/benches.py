"""One database of each kind that random schemas are synced to: rows for it, and what a sync has to keep of them."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.dialects.postgres.quoting import quote_table
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.migrations.draft import draft
from okra.migrations.executor import Target
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source
from random_schemas import mysql, pair, postgres, rows
from random_schemas.make import Maker
from random_schemas.mysql import MysqlMaker
from random_schemas.postgres import PostgresMaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.session import MigrationSession
    from okra.language.definition import SchemaDefinition
    from okra.relational.changes import Change
    from okra.url import DatabaseUrl
    from random_schemas.choice import Choice
    from random_schemas.spec import SchemaSpec

Kept = tuple[dict[str, object], "Callable[[], dict[str, object]]"]

_VIRTUAL_SINCE = 18
_SQLITE_FILLS = {"integer": "0", "real": "0.5", "numeric": "0", "blob": "x''"}


class Bench(ABC):
    """A database, and all that differs from server to server about random schemas on it."""

    def __init__(self, url: DatabaseUrl, folder: Path) -> None:
        self.url = url
        self.provider = url.provider
        self.dialect = dialect(url.provider)
        self.target = Target(url=url, directory=folder / "migrations", lock_timeout_ms=5_000)

    @abstractmethod
    def maker(self, choice: Choice) -> Maker:
        """What makes schemas up that this server can hold."""

    def possible(self, schema: SchemaSpec) -> SchemaSpec:
        """`schema` without what no server has."""
        return schema

    @abstractmethod
    def fill(self, choice: Choice, database: Database) -> None:
        """Put rows into all tables."""

    @abstractmethod
    def fill_for(self, kind: str, after: Database) -> str:
        """SQL for a value of a column of this type."""

    @abstractmethod
    def kept(self, changes: Sequence[Change], before: Database, after: Database) -> Kept:
        """The values that must be the same after `changes`: as they are, and how to ask for them then."""

    @abstractmethod
    def rows(self, table: str) -> list[tuple[object, ...]]:
        """All of a table, sorted."""

    @abstractmethod
    def wipe(self) -> None:
        """Empty the database."""

    def parsed(self, text: str) -> SchemaDefinition:
        source = Source("models.okra.gql", text)
        return parse_schema([source], providers=(self.provider,)).definition

    def wanted(self, models: SchemaDefinition) -> Database:
        """What `models` lead to."""
        return draft(self.provider, Database(), None, models).after

    def can_hold(self, database: Database) -> bool:
        """Whether this version of the server has all that is needed."""
        return not self.dialect.lacking(database, self.session.server_version)

    @cached_property
    def session(self) -> MigrationSession:
        """A connection of the test's own."""
        return connect(self.url, lock_timeout_ms=5_000)

    def close(self) -> None:
        session = self.__dict__.pop("session", None)
        if session is not None:
            session.close()

    def left(self, wanted: Database) -> list[str]:
        """What keeps the database from being `wanted`."""
        found = self.dialect.introspect(self.session, wanted=wanted).database
        return describe(diff(found, wanted))

    def refuses(self, text: str) -> bool:
        """Whether the server refuses one of the statements. What it does until then may stay."""
        scripts = self.dialect.split(text)
        self.session.may_block = True
        self.session.begin()
        guard = self.session.guard(scripts)
        try:
            guard.start()
            for number in range(len(scripts)):
                guard.run(number)
            guard.finish()
        except DatabaseError:
            return True
        finally:
            self.session.rollback()
        return False

    def everything(self) -> dict[str, object]:
        """The whole database: its definitions and its rows."""
        found = self.dialect.introspect(self.session).database
        return {"": found} | {table.name: self.rows(table.name) for table in found.tables}


class SqliteBench(Bench):
    def maker(self, choice: Choice) -> Maker:
        return Maker(choice)

    def fill(self, choice: Choice, database: Database) -> None:
        with closing(sqlite3.connect(str(self.url.path))) as connection, connection:
            rows.Filler(choice, connection).fill(database)

    def fill_for(self, kind: str, _: Database) -> str:
        return _SQLITE_FILLS.get(kind, "''")

    def kept(self, changes: Sequence[Change], before: Database, after: Database) -> Kept:
        desk = pair.Desk(Path(str(self.url.path)).parent)
        tables = pair.kept_tables(changes, before, after)

        def now() -> dict[str, object]:
            found: dict[str, object] = {}
            for table in tables:
                found[table.before] = desk.rows(table, before=False)
                if table.counter:
                    found[f"counter of {table.before}"] = desk.counter(table.after)
            return found

        return pair.remembered(desk, tables), now

    def rows(self, table: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(str(self.url.path))) as connection:
            connection.text_factory = pair.readable
            found = connection.execute(f"SELECT * FROM {self.dialect.quote(table)}").fetchall()
        return sorted(found, key=repr)

    def wipe(self) -> None:
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(f"{self.url.path}{suffix}").unlink(missing_ok=True)


class PostgresBench(Bench):
    def maker(self, choice: Choice) -> Maker:
        virtual = int(self.session.server_version.split(".")[0]) >= _VIRTUAL_SINCE
        return PostgresMaker(choice, virtual=virtual)

    def possible(self, schema: SchemaSpec) -> SchemaSpec:
        return postgres.possible(schema)

    def fill(self, choice: Choice, database: Database) -> None:
        postgres.Filler(choice, self.session, database).fill()

    def fill_for(self, kind: str, after: Database) -> str:
        return postgres.fill_for(kind, after)

    def kept(self, changes: Sequence[Change], before: Database, after: Database) -> Kept:
        found = postgres.kept_columns(changes, before, after)
        return _shown(self.session, postgres.shown_rows, found)

    def rows(self, table: str) -> list[tuple[object, ...]]:
        found = self.session.query(f"SELECT t::text FROM {quote_table(table)} t")
        return sorted((tuple(row) for row in found), key=repr)

    def wipe(self) -> None:
        self.session.rollback()
        postgres.wipe(self.session)


class MysqlBench(Bench):
    def maker(self, choice: Choice) -> Maker:
        return MysqlMaker(choice)

    def possible(self, schema: SchemaSpec) -> SchemaSpec:
        return mysql.possible(schema)

    def fill(self, choice: Choice, database: Database) -> None:
        mysql.Filler(choice, self.session).fill(database)

    def fill_for(self, kind: str, _: Database) -> str:
        return mysql.fill_for(kind)

    def kept(self, changes: Sequence[Change], before: Database, after: Database) -> Kept:
        found = mysql.kept_columns(changes, before, after)
        return _shown(self.session, mysql.shown_rows, found)

    def rows(self, table: str) -> list[tuple[object, ...]]:
        found = self.session.query(f"SELECT * FROM {self.dialect.quote(table)}")
        return sorted((tuple(row) for row in found), key=repr)

    def wipe(self) -> None:
        mysql.wipe(self.session)


def _shown(
    session: MigrationSession,
    shown_rows: Callable[[MigrationSession, str, list[str]], list[tuple]],
    kept: dict[tuple[str, str], tuple[list[str], list[str]]],
) -> Kept:
    before = {
        tables[0]: shown_rows(session, tables[0], columns[0]) for tables, columns in kept.items()
    }

    def now() -> dict[str, object]:
        return {
            tables[0]: shown_rows(session, tables[1], columns[1])
            for tables, columns in kept.items()
        }

    return dict(before), now


def bench(url: DatabaseUrl, folder: Path) -> Bench:
    """The bench for the database at `url`."""
    kinds = {"sqlite": SqliteBench, "postgres": PostgresBench, "mysql": MysqlBench}
    return kinds[url.provider](url, folder)
