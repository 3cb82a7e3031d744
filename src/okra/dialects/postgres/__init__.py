"""PostgreSQL: each part loads when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from okra.dialects.base import Dialect, Introspection, Resolved, Row, Script, Session
    from okra.plan import Plan
    from okra.relational.changes import Change
    from okra.relational.model import Column, Database, LogicalType, Table


class _Postgres:
    name = "postgres"
    cuts_cycles = True
    counts_keys = False

    def resolve(self, database: Database) -> Resolved:
        from okra.dialects.postgres.natives.resolving import resolve

        return resolve(database)

    def logical(self, database: Database, like: Database | None = None) -> Database:
        from okra.dialects.postgres.natives.logical import logical

        return logical(database, like)

    def plan(self, changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
        from okra.dialects.postgres.planning.ddl import plan

        return plan(changes, after, online=online)

    def lacking(self, database: Database, server_version: str) -> tuple[str, ...]:
        from okra.dialects.postgres.natives.versions import lacking

        return lacking(database, server_version)

    def missing(self, session: Session, database: Database) -> tuple[str, ...]:
        from okra.dialects.postgres.introspection.missing import missing

        return missing(session, database)

    def placeholder(self, table: Table, column: Column, kind: LogicalType | None) -> str:
        from okra.dialects.postgres.planning.placeholders import placeholder

        return placeholder(table, column, kind)

    def introspect(
        self,
        session: Session,
        tables: Collection[str] | None = None,
        *,
        wanted: Database | None = None,
    ) -> Introspection:
        from okra.dialects.postgres.introspection.introspect import introspect

        return introspect(session, tables, wanted=wanted)

    def catalogue(self, session: Session) -> list[Row]:
        from okra.dialects.postgres.introspection.catalogue import catalogue

        return catalogue(session)

    def split(self, text: str) -> tuple[Script, ...]:
        from okra.dialects.postgres.server.split import split

        return split(text)

    def refuse_misplaced(self, scripts: Sequence[Script]) -> None:
        from okra.dialects.postgres.server.guard import refuse_misplaced

        refuse_misplaced(scripts)

    def is_spared(self, hazard: str, server_version: str) -> bool:
        del hazard, server_version
        return False

    def foreign(self, session: Session) -> Mapping[str, str]:
        from okra.dialects.postgres.server.owners import foreign

        return foreign(session)

    def owned_targets(self, script: Script) -> tuple[str, ...]:
        from okra.dialects.postgres.server.owners import owned_targets

        return owned_targets(script)

    def quote(self, name: str) -> str:
        from okra.dialects.postgres.quoting import quote

        return quote(name)


DIALECT: Dialect = _Postgres()
