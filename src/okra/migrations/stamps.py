"""The stamp of the target database: which one it is, and in what format its history is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.errors import DatabaseError
from okra.migrations.history_tables import NAMES, STAMP

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.migrations.history_tables import HistoryTables

FORMAT = 1


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """Which database this is: its environment and a random id, written when it was first used."""

    format: int
    environment: str | None
    id: str


class Stamps:
    """The stamp of one history. All its writes belong into the caller's transaction."""

    def __init__(self, session: MigrationSession, tables: HistoryTables) -> None:
        self._session = session
        self._tables = tables

    def read(self) -> Stamp | None:
        """The stamp, or None where this history was never written.

        Raises  DatabaseError for a newer format, and for a table of that name that is not OKRA's
        """
        rows = []
        if self._session.has_table(STAMP):
            rows = self._tables.rows(
                f"SELECT format, environment, id FROM {self._tables.stamp} WHERE history = ?",
                (self._tables.name,),
            )
        if not rows:
            if self._session.has_table(self._tables.name) and not self._is_begun():
                raise _not_ours(self._tables.name)
            return None
        stamp = self._tables.converted(rows[0], Stamp)
        if stamp.format > FORMAT:
            raise _newer(stamp.format)
        return stamp

    def _is_begun(self) -> bool:
        """Whether a run was stopped between making the tables and the stamp, where that is no transaction."""
        if self._session.atomic:
            return False
        try:
            return not self._session.query(f"SELECT {NAMES} FROM {self._tables.history} LIMIT 1")
        except DatabaseError as error:
            if error.code != "OKR508":  # it has not the columns of a history
                raise
            return False

    def create(self, *, environment: str | None, identity: str, okra_version: str) -> None:
        """Make the tables that are missing, and the stamp."""
        self._tables.make()
        self._session.execute(
            f"INSERT INTO {self._tables.stamp} (history, format, environment, id, created_at, okra_version)"
            f" VALUES (?, ?, ?, ?, {self._session.clock}, ?)",
            (self._tables.name, FORMAT, environment, identity, okra_version),
        )

    def name_environment(self, environment: str | None) -> None:
        """Stamp the database with another environment."""
        self._session.execute(
            f"UPDATE {self._tables.stamp} SET environment = ? WHERE history = ?",
            (environment, self._tables.name),
        )


def _not_ours(table: str) -> DatabaseError:
    return DatabaseError(
        f"the database has a table `{table}` that is not a history of OKRA",
        code="OKR522",
        help="set `migrations.table` in the configuration to another name",
    )


def _newer(found: int) -> DatabaseError:
    return DatabaseError(
        f"the history in the database has format {found}, and this OKRA knows format {FORMAT}",
        code="OKR521",
        help="use the version of OKRA that wrote it, or a newer one",
    )
