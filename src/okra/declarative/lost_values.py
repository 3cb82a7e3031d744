"""Rows with a value that an enum type loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.declarative.counting import counted
from okra.declarative.misfit import Misfit
from okra.dialects.fitting import holding
from okra.relational.changes import (
    AlterColumn,
    AlterEnum,
    DropColumn,
    DropTable,
    DropValue,
    RenameEnum,
    RenameTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okra.declarative.counting import Counts
    from okra.dialects.base import Dialect
    from okra.relational.changes import AlterTable, Change
    from okra.relational.model import Table


class LostValues:
    """The queries that count them.

    before   the tables as they are, by name
    altered  what changes in tables, by the names that they will have
    """

    def __init__(
        self,
        dialect: Dialect,
        counts: Counts,
        changes: Sequence[Change],
        before: Mapping[str, Table],
        altered: Mapping[str, AlterTable],
    ) -> None:
        self._dialect = dialect
        self._counts = counts
        self._changes = changes
        self._before = before
        self._altered = altered

    def all(self) -> Iterator[Misfit]:
        """The rows of every column that stays; counts may be 0."""
        for change in self._changes:
            if not isinstance(change, AlterEnum):
                continue
            gone = [step.value for step in change.steps if isinstance(step, DropValue)]
            if gone:
                yield from self._holders(change, gone)

    def _holders(self, change: AlterEnum, gone: Sequence[str]) -> Iterator[Misfit]:
        renamed = {c.after: c.before for c in self._changes if isinstance(c, RenameEnum)}
        name = renamed.get(change.after.name, change.before.name)
        spelled = {name, self._counts.table(name)}
        values = ", ".join(f"'{value}'" for value in gone)
        for table, column, native in self._staying_columns():
            if native.removesuffix("[]") not in spelled:
                continue
            quoted = self._dialect.quote(column)
            condition = holding(self._dialect.name, quoted, native, len(gone))
            path = self._counts.table(table)
            count = self._counts.number(f"SELECT count(*) FROM {path} WHERE {condition}", gone)
            yield Misfit(
                what=f"{table}.{column}",
                reason=f"{counted(count, 'row holds', 'rows hold')} {values}, which `{change.after.name}` loses",
                count=count,
                way_out="give them another value; or say what it is called now: `@renamed(from: …)`",
            )

    def _staying_columns(self) -> Iterator[tuple[str, str, str]]:
        """Table, column and type of all that is neither dropped nor of another type afterwards; names as they are."""
        dropped = {c.table.name for c in self._changes if isinstance(c, DropTable)}
        after = {c.before: c.after for c in self._changes if isinstance(c, RenameTable)}
        for table in self._before.values():
            if table.name in dropped:
                continue
            change = self._altered.get(after.get(table.name, table.name))
            gone = set() if change is None else self._going(change)
            for column in table.columns:
                if column.name not in gone and isinstance(column.type, str):
                    yield table.name, column.name, column.type

    def _going(self, change: AlterTable) -> set[str]:
        """The columns that are dropped or get another type, by the names that they have now."""
        return {s.column.name for s in change.steps if isinstance(s, DropColumn)} | {
            self._counts.earlier(change, s.before.name)
            for s in change.steps
            if isinstance(s, AlterColumn) and s.before.type != s.after.type
        }
