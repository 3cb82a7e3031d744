"""SQLite: each part loads when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from okra.dialects.base import Dialect, Introspection, Resolved, Row, Script, Session
    from okra.plan import Plan
    from okra.relational.changes import Change
    from okra.relational.model import Column, Database, LogicalType, Table


class _Sqlite:
    name = "sqlite"
    cuts_cycles = False
    counts_keys = True

    def resolve(self, database: Database) -> Resolved:
        from okra.dialects.sqlite.natives.resolving import resolve

        return resolve(database)

    def logical(self, database: Database, like: Database | None = None) -> Database:
        from okra.dialects.sqlite.natives.logical import logical

        return logical(database, like)

    def plan(self, changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
        from okra.dialects.sqlite.planning.ddl import plan

        del online  # one writer at a time: nothing is gained by smaller steps
        return plan(changes, after)

    def lacking(self, database: Database, server_version: str) -> tuple[str, ...]:
        del database, server_version  # the plan is made by the library that will run it
        return ()

    def missing(self, session: Session, database: Database) -> tuple[str, ...]:
        del session, database  # what a schema may use is part of the server
        return ()

    def placeholder(self, table: Table, column: Column, kind: LogicalType | None) -> str:
        from okra.dialects.sqlite.planning.placeholders import placeholder

        return placeholder(table, column, kind)

    def introspect(
        self,
        session: Session,
        tables: Collection[str] | None = None,
        *,
        wanted: Database | None = None,
    ) -> Introspection:
        from okra.dialects.sqlite.introspection.introspect import introspect

        del wanted  # SQLite keeps expressions as they were written
        return introspect(session, tables)

    def catalogue(self, session: Session) -> list[Row]:
        return session.query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2")

    def split(self, text: str) -> tuple[Script, ...]:
        from okra.dialects.sqlite.server.split import split

        return split(text)

    def refuse_misplaced(self, scripts: Sequence[Script]) -> None:
        from okra.dialects.sqlite.server.intent import Intent

        Intent(scripts).refuse_misplaced()

    def is_spared(self, hazard: str, server_version: str) -> bool:
        del hazard, server_version
        return False

    def foreign(self, session: Session) -> Mapping[str, str]:
        del session  # nothing has an owner here
        return {}

    def owned_targets(self, script: Script) -> tuple[str, ...]:
        del script
        return ()

    def quote(self, name: str) -> str:
        from okra.dialects.sqlite.quoting import quote

        return quote(name)


DIALECT: Dialect = _Sqlite()
