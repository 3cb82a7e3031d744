"""What a dialect offers to the layers above: the Dialect and Session protocols.

A dialect is pure: it resolves, plans and reads. Everything that touches a server goes through a Session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

from okra.relational.model import Database

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from okra.plan import Plan
    from okra.relational.changes import Change
    from okra.relational.model import Column, LogicalType, Table

Value: TypeAlias = int | float | str | bytes | None
Row: TypeAlias = tuple[Value, ...]


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """A native database, and what the dialect can only imitate, as sentences for the user."""

    database: Database
    warnings: tuple[str, ...] = ()


class Introspection(msgspec.Struct, frozen=True, kw_only=True):
    """What a live database holds.

    database  everything that the model can express
    ignored   what it can't: sentences that name the object, e.g. "view `active_users`"
    """

    database: Database
    ignored: tuple[str, ...] = ()


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a .sql file: its text without the semicolon, and the comment lines above it.

    file  which one, where the statements of several are run in one course; else empty
    """

    sql: str
    line: int
    comment: str = ""
    file: str = ""


class Session(Protocol):
    """One connection. Errors of the driver come out as DatabaseError, with secrets removed."""

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query."""
        ...

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it changed, -1 where that makes no sense."""
        ...

    def close(self) -> None:
        """Give the connection back. Closing twice does nothing."""
        ...


class Dialect(Protocol):
    """One kind of database server."""

    @property
    def name(self) -> str:
        """Its name in DIALECTS, in configurations and in file names."""
        ...

    def resolve(self, database: Database) -> Resolved:
        """The native form of a logical database.

        Raises  UnsupportedChange for what this dialect can't express
        """
        ...

    def logical(self, database: Database, like: Database | None = None) -> Database:
        """A native database with logical types, guessed where they can't be known: `resolve` backwards.

        like  a logical database whose columns are taken over where they resolve to what `database` has
        """
        ...

    @property
    def cuts_cycles(self) -> bool:
        """Whether a foreign key can be made only once the table is there that it refers to."""
        ...

    @property
    def counts_keys(self) -> bool:
        """Whether a key of one whole number gets the next number by itself, although nothing says so."""
        ...

    def plan(self, changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
        """Ordered `changes`, which lead to `after`, as statements.

        online  take the steps that let others read and write meanwhile, where there is a choice
        """
        ...

    def lacking(self, database: Database, server_version: str) -> tuple[str, ...]:
        """What `database` needs that a server of this version hasn't, as sentences with the version."""
        ...

    def missing(self, session: Session, database: Database) -> tuple[str, ...]:
        """What has to be done first in the session's database so that `database` can be made there, as sentences."""
        ...

    def placeholder(self, table: Table, column: Column, kind: LogicalType | None) -> str:
        """SQL for a value that rows may hold in a required column whose values were lost.

        kind  what the column is in the schema, if that is known
        """
        ...

    def introspect(
        self,
        session: Session,
        tables: Collection[str] | None = None,
        *,
        wanted: Database | None = None,
    ) -> Introspection:
        """What the live database holds, or what it holds of `tables`.

        wanted  what it will be compared with: where only the spelling of an expression differs from
                it, the expression comes back as it stands there; its schemas are read as well
        """
        ...

    def catalogue(self, session: Session) -> list[Row]:
        """All definitions as the server keeps them: two equal catalogues are one and the same schema."""
        ...

    def split(self, text: str) -> tuple[Script, ...]:
        """The statements of a .sql file, in order."""
        ...

    def refuse_misplaced(self, scripts: Sequence[Script]) -> None:
        """Nothing, if every one of `scripts` may stand in a migration.

        Raises  DatabaseError that names the first that may not, like COMMIT
        """
        ...

    def is_spared(self, hazard: str, server_version: str) -> bool:
        """Whether the message of a hazard in a file is about other servers than one of this version."""
        ...

    def foreign(self, session: Session) -> Mapping[str, str]:
        """What the session's user can't change because it is another one's: its name in SQL, and its owner."""
        ...

    def owned_targets(self, script: Script) -> tuple[str, ...]:
        """What only its owner can change as the statement does, named as by `foreign`."""
        ...

    def quote(self, name: str) -> str:
        """`name` as an identifier in SQL."""
        ...
