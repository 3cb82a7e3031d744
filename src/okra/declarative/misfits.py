"""Rows that a change would be refused for, looked for and counted before anything is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.declarative.counting import Counts, counted
from okra.declarative.lost_values import LostValues
from okra.declarative.misfit import Misfit, added, held, keeps_values, retyped
from okra.declarative.orphans import Orphans
from okra.dialects.fitting import refused, unfit, unfit_columns
from okra.migrations.questions import fill_questions
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterEnum,
    AlterPrimaryKey,
    AlterTable,
    CreateEnum,
    RenameColumn,
    RenameValue,
)
from okra.relational.sqltext import rename_columns
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.relational.changes import Change
    from okra.relational.model import Check, Database, Index

_TEXT = re.compile(r"(text|varchar|character varying|char)\b", re.IGNORECASE)


def misfits(
    session: MigrationSession, dialect: Dialect, changes: Sequence[Change], before: Database
) -> tuple[Misfit, ...]:
    """Every constraint that comes, and every type, that rows which are there would break."""
    look = _Look(session, dialect, changes, before)
    found = [*look.lost_values.all()]
    for change in changes:
        if isinstance(change, AlterTable) and look.has_rows(change):
            found += look.in_table(change)
    return tuple(one for one in found if one.count)


class _Look:
    """The queries that count what would not fit. Where a query can't tell, the server does when it comes to it."""

    def __init__(
        self,
        session: MigrationSession,
        dialect: Dialect,
        changes: Sequence[Change],
        before: Database,
    ) -> None:
        self._session = session
        self._dialect = dialect
        self._changes = changes
        self._counts = Counts(session, dialect, changes)
        altered = {item.after.name: item for item in changes if isinstance(item, AlterTable)}
        self._before = {table.name: table for table in before.tables}
        self._orphans = Orphans(dialect, self._counts, self._before, altered)
        self.lost_values = LostValues(dialect, self._counts, changes, self._before, altered)
        self._values = {c.after.name: c.after.values for c in changes if isinstance(c, AlterEnum)}
        self._values |= {c.enum.name: c.enum.values for c in changes if isinstance(c, CreateEnum)}
        self._values |= {e.name: e.values for e in before.enums if e.name not in self._values}

    def has_rows(self, change: AlterTable) -> bool:
        """Whether the table is there already: one that is made in parts is empty meanwhile."""
        return self._counts.earlier_table(change.before.name) in self._before

    def in_table(self, change: AlterTable) -> Iterator[Misfit]:
        """What of one table's rows does not fit; counts may be 0."""
        yield from self._without_value(change)
        yield from self._out_of_place(change)
        for index in _filled_keys(change):
            yield from self._equal(change, index)
        for step in change.steps:
            match step:
                case AlterColumn() if keeps_values(step):
                    yield from self._of_other_type(change, step)
                case AddIndex(index) if index.unique:
                    yield from self._equal(change, index)
                case AlterPrimaryKey(_, after) if after is not None:
                    yield from self._equal_columns(change, after.columns, nulls_distinct=True)
                case AddForeignKey(key):
                    yield from self._orphans.of(change, key)
                case AddCheck(check):
                    yield from self._unsatisfied(change, check)
                case _:
                    pass

    def _without_value(self, change: AlterTable) -> Iterator[Misfit]:
        for question in fill_questions([change], counts_keys=self._dialect.counts_keys):
            where = ""
            if not question.added:
                where = f" WHERE {self._counts.column(change, question.column)} IS NULL"
            count = self._counts.number(
                f"SELECT count(*) FROM {self._counts.source(change)}{where}"
            )
            reason = (
                f"it is required without a default, and the table has {counted(count, 'row', 'rows')}"
                if question.added
                else f"{counted(count, 'row has', 'rows have')} no value, and it becomes required"
            )
            yield Misfit(
                what=question.what,
                reason=reason,
                count=count,
                way_out=f"give them one: `--default {question.what}=…`, or a `@default` in the schema",
            )

    def _of_other_type(self, change: AlterTable, step: AlterColumn) -> Iterator[Misfit]:
        before, after = str(step.before.type), str(step.after.type)
        column = self._counts.column(change, step.after.name)
        known = {self._counts.table(name): values for name, values in self._values.items()}
        condition = unfit(
            self._dialect.name,
            column,
            before,
            after,
            values=known.get(after) or self._values.get(after, ()),
            server_version=self._session.server_version,
        )
        renamed = [
            s.before
            for s in change.steps
            if isinstance(s, RenameValue) and s.column == step.after.name
        ]
        source = self._counts.source(change)
        count = 0
        if condition is not None:
            kept = f" AND {column} NOT IN ({', '.join('?' for _ in renamed)})" if renamed else ""
            where = f"{column} IS NOT NULL AND {condition}{kept}"
            count = self._counts.number(f"SELECT count(*) FROM {source} WHERE {where}", renamed)
        if not count and not renamed:
            name = self._dialect.name
            count = refused(name, self._session, source, column, before, after)
        yield Misfit(
            what=f"{change.after.name}.{step.after.name}",
            reason=f"{counted(count, 'value does', 'values do')} not fit into {after}",
            count=count,
            way_out="change them first, or leave the column as it is",
        )

    def _out_of_place(self, change: AlterTable) -> Iterator[Misfit]:
        """Values that their table takes now, whatever their type, and does not take afterwards."""
        earlier = {s.after: s.before for s in change.steps if isinstance(s, RenameColumn)}
        name = self._dialect.name
        for column, condition in unfit_columns(name, change.before, change.after, earlier):
            count = self._counts.number(
                f"SELECT count(*) FROM {self._counts.source(change)} WHERE {condition}"
            )
            found = change.after.column(column)
            yield Misfit(
                what=f"{change.after.name}.{column}",
                reason=f"{counted(count, 'value is', 'values are')} no {found.type if found else ''}",
                count=count,
                way_out="change them first, or leave the column as it is",
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
        values_held = [held(self._counts, change, name) for name in columns]
        if any(value is None for value in values_held):
            return
        names = [f"v{number}" for number in range(len(columns))]
        values = ", ".join(
            f"{value} AS {name}" for value, name in zip(values_held, names, strict=True)
        )
        filled = " AND ".join(f"{name} IS NOT NULL" for name in names)
        where = f" WHERE {filled}" if nulls_distinct else ""
        count = self._counts.number(
            "SELECT count(*) FROM (SELECT 1 AS one"
            f" FROM (SELECT {values} FROM {self._counts.source(change)}) AS each_row{where}"
            f" GROUP BY {', '.join(names)} HAVING count(*) > 1) AS equal_rows"
        )
        yield Misfit(
            what=", ".join(f"{change.after.name}.{name}" for name in columns),
            reason=f"{counted(count, 'value is', 'values are')} there more than once, and it becomes unique",
            count=count,
            way_out="make them differ, or remove all but one of each",
        )

    def _has_changing_values(self, change: AlterTable, columns: Collection[str]) -> bool:
        """Whether an enum type of one of the columns changes: no query can name a value that is still to come."""
        enums = {
            spelled
            for item in self._changes
            if isinstance(item, AlterEnum)
            for name in (item.before.name, item.after.name)
            for spelled in (name, self._counts.table(name))
        }
        types = (column.type for column in change.after.columns if column.name in columns)
        return any(isinstance(one, str) and one.removesuffix("[]") in enums for one in types)

    def _unsatisfied(self, change: AlterTable, check: Check) -> Iterator[Misfit]:
        used = used_columns(check.expression, change.after)
        if used & retyped(change) or self._has_changing_values(change, used):
            return
        if used & added(change):
            yield from self._unsatisfied_by_new(change, check, used)
            return
        names = {s.after: s.before for s in change.steps if isinstance(s, RenameColumn)}
        mark = self._dialect.quote("a")[0]
        expression = rename_columns(check.expression, names, mark)
        renamed = [s for s in change.steps if isinstance(s, RenameValue) and s.column in used]
        kept = "".join(f" AND {self._counts.column(change, step.column)} <> ?" for step in renamed)
        count = self._counts.number(
            f"SELECT count(*) FROM {self._counts.source(change)} WHERE NOT ({expression}){kept}",
            [step.before for step in renamed],
        )
        yield Misfit(
            what=change.after.name,
            reason=f"{counted(count, 'row does', 'rows do')} not satisfy {check.expression}",
            count=count,
            way_out="change them first, or leave the check out",
        )

    def _unsatisfied_by_new(
        self, change: AlterTable, check: Check, used: Collection[str]
    ) -> Iterator[Misfit]:
        """The same with columns that come, where rows get a text in them: what else it is, the server alone knows."""
        new = [s.column for s in change.steps if isinstance(s, AddColumn) and s.column.name in used]
        if any(not _TEXT.match(str(column.type)) for column in new):
            return
        values = {name: held(self._counts, change, name) for name in sorted(used)}
        if any(value is None for value in values.values()):
            return
        quote = self._dialect.quote
        listed = ", ".join(f"{value} AS {quote(name)}" for name, value in values.items())
        count = self._counts.number(
            f"SELECT count(*) FROM (SELECT {listed} FROM {self._counts.source(change)}) AS each_row"
            f" WHERE NOT ({check.expression})"
        )
        yield Misfit(
            what=", ".join(f"{change.after.name}.{column.name}" for column in new),
            reason=f"what {counted(count, 'row gets', 'rows get')} does not satisfy {check.expression}",
            count=count,
            way_out="give them another value: `--default`, or a `@default` in the schema",
        )


def _filled_keys(change: AlterTable) -> list[Index]:
    """The unique keys that stay, of columns in which rows get one value where they had none."""
    filled = {
        step.after.name
        for step in change.steps
        if isinstance(step, AlterColumn) and step.fill is not None
    }
    added = [step.index for step in change.steps if isinstance(step, AddIndex)]
    return [
        index
        for index in change.after.indexes
        if index.unique and filled & {*index.columns} and index not in added
    ]
