"""Rows and values counted in tables as they are now, before a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.rows import row_writer
from okra.relational.changes import AlterTable, RenameColumn, RenameTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.base import Dialect, Value
    from okra.dialects.session import MigrationSession
    from okra.relational.changes import Change


def counted(count: int, one: str, many: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


class Counts:
    """Counts of what is in a database that `changes` are about to change."""

    def __init__(
        self, session: MigrationSession, dialect: Dialect, changes: Iterable[Change]
    ) -> None:
        self._session = session
        self._quote = dialect.quote
        self._path = row_writer(dialect.name).path
        self._tables = {
            item.after: item.before for item in changes if isinstance(item, RenameTable)
        }

    def rows(self, table: str) -> int:
        """How many rows there are in the table that is called `table` now."""
        return self.number(f"SELECT count(*) FROM {self.table(table)}")

    def values(self, change: AlterTable, columns: Sequence[str]) -> list[int]:
        """How many values there are in each of `columns`, by the names that they have now."""
        if not columns:
            return []
        counted = ", ".join(f"count({self._quote(name)})" for name in columns)
        (row,) = self._session.query(f"SELECT {counted} FROM {self.source(change)}")
        return [int(number or 0) for number in row]

    def number(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """The number that a query gives."""
        return int(self._session.query(sql, parameters)[0][0] or 0)

    def source(self, change: AlterTable) -> str:
        """The table of `change`, by the name that it has now, quoted."""
        return self.table(self.earlier_table(change.before.name))

    def earlier_table(self, name: str) -> str:
        """What the table that will be called `name` is called now."""
        return self._tables.get(name, name)

    def table(self, name: str) -> str:
        """`name` as a table in SQL, with its SQL schema where it has one."""
        return self._path(name)

    def column(self, change: AlterTable, name: str) -> str:
        """The column that will be called `name`, by the name that it has now, quoted."""
        return self._quote(self.earlier(change, name))

    @staticmethod
    def earlier(change: AlterTable, name: str) -> str:
        """What the column that will be called `name` is called now."""
        for step in change.steps:
            if isinstance(step, RenameColumn) and step.after == name:
                return step.before
        return name
