"""Rows that a foreign key which comes would leave without their other end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.declarative.counting import counted
from okra.declarative.misfit import Misfit, added, held, retyped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okra.declarative.counting import Counts
    from okra.dialects.base import Dialect
    from okra.relational.changes import AlterTable
    from okra.relational.model import ForeignKey, Table


class Orphans:
    """The queries that count them.

    before   the tables as they are, by name
    altered  what changes in tables, by the names that they will have
    """

    def __init__(
        self,
        dialect: Dialect,
        counts: Counts,
        before: Mapping[str, Table],
        altered: Mapping[str, AlterTable],
    ) -> None:
        self._dialect = dialect
        self._counts = counts
        self._before = before
        self._altered = altered

    def of(self, change: AlterTable, key: ForeignKey) -> Iterator[Misfit]:
        """Rows without their other end, for a key that comes with `change`; counts may be 0."""
        if added(change) & {*key.columns}:
            yield from self._all(change, key)
            return
        mine = [f"c.{self._counts.column(change, name)}" for name in key.columns]
        missing = self._missing(key, mine)
        if missing is None:
            return
        filled = " AND ".join(f"{name} IS NOT NULL" for name in mine)
        count = self._counts.number(
            f"SELECT count(*) FROM {self._counts.source(change)} c WHERE {filled}{missing}"
        )
        yield _orphaned(change, key, count)

    def _all(self, change: AlterTable, key: ForeignKey) -> Iterator[Misfit]:
        """Rows that have a value from then on, where the other table has no rows at all."""
        parent = self._counts.earlier_table(key.table)
        if key.table == change.after.name:
            return
        conditions = []
        for name in key.columns:
            column = change.after.column(name)
            if column is not None and not column.nullable:
                continue  # whatever it will hold, it is a value
            value = held(self._counts, change, name)
            if value is None:
                return
            conditions.append(f"{value} IS NOT NULL")
        if parent in self._before:
            conditions.append(f"NOT EXISTS (SELECT 1 FROM {self._counts.table(parent)})")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        count = self._counts.number(f"SELECT count(*) FROM {self._counts.source(change)}{where}")
        yield _orphaned(change, key, count)

    def _missing(self, key: ForeignKey, mine: Sequence[str]) -> str | None:
        """The condition that a row's other end is not there; None where that can't be told."""
        change = self._altered.get(key.table)
        name = self._counts.earlier_table(key.table)
        parent = self._before.get(name)
        if parent is None:
            return ""  # it is made, and has no rows
        theirs = list(key.references)
        if change is not None:
            if added(change) & {*key.references} or retyped(change) & {*key.references}:
                return None
            theirs = [self._counts.earlier(change, column) for column in theirs]
        if not self._compares(key, mine, theirs, parent.name):
            return None
        pairs = " AND ".join(
            f"p.{self._dialect.quote(other)} = {one}"
            for other, one in zip(theirs, mine, strict=True)
        )
        return f" AND NOT EXISTS (SELECT 1 FROM {self._counts.table(name)} p WHERE {pairs})"

    def _compares(
        self, key: ForeignKey, mine: Sequence[str], theirs: Sequence[str], parent: str
    ) -> bool:
        """Whether the two ends are of one type now, so that a query may compare them."""
        known = {column.name: column.type for column in self._before[parent].columns}
        own = {
            self._dialect.quote(column.name): column.type
            for change in self._altered.values()
            if key in change.after.foreign_keys
            for column in change.before.columns
        }
        ends = (
            (own.get(one.removeprefix("c.")), known.get(other))
            for one, other in zip(mine, theirs, strict=True)
        )
        return all(one is not None and one == other for one, other in ends)


def _orphaned(change: AlterTable, key: ForeignKey, count: int) -> Misfit:
    return Misfit(
        what=", ".join(f"{change.after.name}.{name}" for name in key.columns),
        reason=f"{counted(count, 'row refers', 'rows refer')} to nothing in {key.table}",
        count=count,
        way_out=f"give them a row of {key.table} that is there, or remove them",
    )
