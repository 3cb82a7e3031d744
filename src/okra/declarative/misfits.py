"""Rows that a change would be refused for, looked for and counted before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.declarative.counting import Counts
from okra.migrations.questions import fill_questions
from okra.relational.changes import (
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterPrimaryKey,
    AlterTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.relational.changes import Change
    from okra.relational.model import Database, ForeignKey, Index


class Misfit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows that don't fit what their table is to become.

    what     the columns, as people write them: `users.email`
    reason   what is wrong with the rows, as the end of a sentence that begins with their number
    count    how many rows, or groups of equal rows
    way_out  what to do so that they fit
    """

    what: str
    reason: str
    count: int
    way_out: str

    @property
    def text(self) -> str:
        """One line: `users.email: 12 rows have no value, and it becomes required`."""
        return f"{self.what}: {self.count:,} {self.reason}"


def misfits(
    session: MigrationSession, dialect: Dialect, changes: Sequence[Change], before: Database
) -> tuple[Misfit, ...]:
    """Every constraint that comes and that rows which are there would break."""
    look = _Look(session, dialect, changes, before)
    return tuple(
        found
        for change in changes
        if isinstance(change, AlterTable)
        for found in look.in_table(change)
        if found.count
    )


class _Look:
    """The queries that count what would not fit."""

    def __init__(
        self,
        session: MigrationSession,
        dialect: Dialect,
        changes: Sequence[Change],
        before: Database,
    ) -> None:
        self._dialect = dialect
        self._counts = Counts(session, dialect, changes)
        self._altered = {item.after.name: item for item in changes if isinstance(item, AlterTable)}
        self._before = {table.name: table for table in before.tables}

    def in_table(self, change: AlterTable) -> Iterator[Misfit]:
        """What of one table's rows does not fit; counts may be 0."""
        yield from self._without_value(change)
        for step in change.steps:
            match step:
                case AddIndex(index) if index.unique:
                    yield from self._equal(change, index)
                case AlterPrimaryKey(_, after) if after is not None:
                    yield from self._equal_columns(change, after.columns, nulls_distinct=True)
                case AddForeignKey(key):
                    yield from self._orphans(change, key)
                case _:
                    pass

    def _without_value(self, change: AlterTable) -> Iterator[Misfit]:
        for question in fill_questions([change], counts_keys=self._dialect.counts_keys):
            if question.added:
                where, reason = "", "rows are there, and it is required without a default"
            else:
                column = self._counts.column(change, question.column)
                where = f" WHERE {column} IS NULL"
                reason = "rows have no value, and it becomes required"
            yield Misfit(
                what=question.what,
                reason=reason,
                count=self._counts.number(
                    f"SELECT count(*) FROM {self._counts.source(change)}{where}"
                ),
                way_out=f"give them one: `--default {question.what}=…`, or a `@default` in the schema",
            )

    def _equal(self, change: AlterTable, index: Index) -> Iterator[Misfit]:
        plain = all(part.column and not part.length for part in index.parts)
        if plain and index.where is None:
            yield from self._equal_columns(
                change, index.columns, nulls_distinct=index.nulls_distinct
            )

    def _equal_columns(
        self, change: AlterTable, columns: Sequence[str], *, nulls_distinct: bool
    ) -> Iterator[Misfit]:
        added = {step.column.name for step in change.steps if isinstance(step, AddColumn)}
        if added & {*columns}:
            return
        names = ", ".join(self._counts.column(change, name) for name in columns)
        filled = " AND ".join(
            f"{self._counts.column(change, name)} IS NOT NULL" for name in columns
        )
        where = f" WHERE {filled}" if nulls_distinct else ""
        what = ", ".join(f"{change.after.name}.{name}" for name in columns)
        yield Misfit(
            what=what,
            reason="values are there more than once, and become unique",
            count=self._counts.number(
                f"SELECT count(*) FROM (SELECT 1 AS one FROM {self._counts.source(change)}{where}"
                f" GROUP BY {names} HAVING count(*) > 1) AS equal_rows"
            ),
            way_out="make them differ, or remove all but one of each",
        )

    def _orphans(self, change: AlterTable, key: ForeignKey) -> Iterator[Misfit]:
        added = {step.column.name for step in change.steps if isinstance(step, AddColumn)}
        if added & {*key.columns}:
            return
        mine = [f"c.{self._counts.column(change, name)}" for name in key.columns]
        filled = " AND ".join(f"{name} IS NOT NULL" for name in mine)
        missing = self._missing(key, mine)
        if missing is None:
            return
        source = self._counts.source(change)
        yield Misfit(
            what=", ".join(f"{change.after.name}.{name}" for name in key.columns),
            reason=f"rows refer to nothing in {key.table}",
            count=self._counts.number(f"SELECT count(*) FROM {source} c WHERE {filled}{missing}"),
            way_out=f"give them a row of {key.table} that is there, or remove them",
        )

    def _missing(self, key: ForeignKey, mine: Sequence[str]) -> str | None:
        """The condition that a row's other end is not there; None where that can't be told."""
        change = self._altered.get(key.table)
        if change is None:
            name = self._counts.earlier_table(key.table)
            if name not in self._before:
                return ""  # it is made, and has no rows
            parent = self._counts.table(name)
            theirs = [self._dialect.quote(name) for name in key.references]
        else:
            added = {step.column.name for step in change.steps if isinstance(step, AddColumn)}
            if added & {*key.references}:
                return None
            parent = self._counts.source(change)
            theirs = [self._counts.column(change, name) for name in key.references]
        pairs = " AND ".join(f"p.{other} = {one}" for other, one in zip(theirs, mine, strict=True))
        return f" AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {pairs})"
