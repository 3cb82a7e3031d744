"""The tables that OKRA keeps in a target database, as SQL that every provider takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Row, Value
    from okra.dialects.session import MigrationSession

_T = TypeVar("_T")

LOG = "_okra_log"
STAMP = "_okra_stamp"

COLUMNS = (
    ("version", "varchar(64) NOT NULL"),
    ("name", "text"),
    ("parent", "varchar(64)"),
    ("kind", "varchar(16) NOT NULL"),
    ("state", "varchar(16) NOT NULL"),
    ("direction", "varchar(16) NOT NULL"),
    ("checksum", "varchar(64) NOT NULL"),
    ("snapshot_hash", "varchar(64) NOT NULL"),
    ("total", "integer NOT NULL"),
    ("applied", "integer NOT NULL"),
    ("in_flight", "integer"),
    ("mark", "text"),
    ("prefix_hash", "varchar(64)"),
    ("tx_mode", "varchar(16) NOT NULL"),
    ("runner", "varchar(36) NOT NULL"),
    ("epoch", "integer NOT NULL"),
    ("error_code", "varchar(16)"),
    ("error", "text"),
    ("error_at_statement", "integer"),
    ("started_at", "varchar(32)"),
    ("heartbeat_at", "varchar(32)"),
    ("finished_at", "varchar(32)"),
    ("duration_ms", "bigint"),
    ("applied_by", "text"),
    ("host", "text"),
    ("okra_version", "text"),
    ("server_version", "text"),
)
NAMES = ", ".join(name for name, _ in COLUMNS)


class HistoryTables:
    """The tables of one history, and what is read of them.

    name                 of the history, as it is configured
    history, log, stamp  the tables as they are named in SQL
    """

    def __init__(self, session: MigrationSession, name: str, quote: Callable[[str], str]) -> None:
        self._session = session
        self.name = name
        self.history, self.log, self.stamp = quote(name), quote(LOG), quote(STAMP)

    def make(self) -> None:
        """Make those that are missing."""
        options = self._session.table_options
        for sql in definitions(self.history, self.log, self.stamp, options):
            self._session.execute(sql)

    def strangers(self) -> tuple[str, ...]:
        """The tables and views that are not OKRA's."""
        return tuple(name for name in self._session.tables() if name != self.name)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """What a query of the history finds.

        Raises  DatabaseError where the tables are not what OKRA made
        """
        try:
            return self._session.query(sql, parameters)
        except DatabaseError as error:
            if error.code != "OKR508":  # the statement does not fit the tables
                raise
            raise self.damaged(error.message) from error

    def converted(self, rows: object, kind: type[_T]) -> _T:
        """Rows as values.

        Raises  DatabaseError where they hold what OKRA never writes
        """
        try:
            return msgspec.convert(rows, kind)
        except msgspec.ValidationError as error:
            raise self.damaged(str(error)) from error

    def damaged(self, what: str) -> DatabaseError:
        own = ", ".join(f"`{name}`" for name in (self.name, LOG, STAMP))
        return DatabaseError(
            f"the history of OKRA in the database is damaged: {what}",
            code="OKR534",
            help=f"take the tables {own} back from a backup;\nor drop those of them that are there, and "
            "say where the database is: `okra db:migrate:up --baseline VERSION`",
        )


def definitions(history: str, log: str, stamp: str, options: str) -> tuple[str, ...]:
    """What makes the tables that are missing; the history last, because whoever finds it expects the others.

    history, log, stamp  their names, quoted
    options              what stands behind the closing parenthesis
    """
    separator = ",\n  "
    make = "CREATE TABLE IF NOT EXISTS"
    events = (
        "event_id varchar(36) NOT NULL PRIMARY KEY",
        "history varchar(64) NOT NULL",
        "event varchar(16) NOT NULL",
        "at varchar(32) NOT NULL",
    )
    facts = (
        "history varchar(64) NOT NULL PRIMARY KEY",
        "format integer NOT NULL",
        "environment varchar(64)",
        "id varchar(36) NOT NULL",
        "created_at varchar(32) NOT NULL",
        "okra_version text NOT NULL",
    )
    rows = tuple(f"{name} {kind}" for name, kind in COLUMNS)
    made = ((log, (*events, *rows)), (stamp, facts), (history, (*rows, "PRIMARY KEY (version)")))
    return tuple(f"{make} {name} (\n  {separator.join(lines)}\n){options}" for name, lines in made)
