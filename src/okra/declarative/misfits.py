"""Rows that a change would be refused for, looked for and counted before anything is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.declarative.counting import Counts
from okra.dialects.fitting import refused, unfit
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
    DropColumn,
    DropTable,
    DropValue,
    RenameColumn,
    RenameEnum,
    RenameTable,
    RenameValue,
)
from okra.relational.sqltext import rename_columns
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.relational.changes import Change
    from okra.relational.model import Check, Database, ForeignKey, Index, Table


_CONSTANT = re.compile(r"-?\d+(\.\d+)?|'([^'\\]|'')*'")
"""An SQL literal that means the same wherever it stands."""


class Misfit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows that don't fit what their table is to become.

    what     the columns, as people write them: `users.email`
    reason   what is wrong, as a sentence that begins with their number
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
        return f"{self.what}: {self.reason}"


def misfits(
    session: MigrationSession, dialect: Dialect, changes: Sequence[Change], before: Database
) -> tuple[Misfit, ...]:
    """Every constraint that comes, and every type, that rows which are there would break."""
    look = _Look(session, dialect, changes, before)
    found = [*look.lost_values()]
    for change in changes:
        if isinstance(change, AlterTable) and look.has_rows(change):
            found += look.in_table(change)
    return tuple(one for one in found if one.count)


def _counted(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


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
        self._altered = {item.after.name: item for item in changes if isinstance(item, AlterTable)}
        self._before = {table.name: table for table in before.tables}
        self._values = {c.after.name: c.after.values for c in changes if isinstance(c, AlterEnum)}
        self._values |= {c.enum.name: c.enum.values for c in changes if isinstance(c, CreateEnum)}
        self._values |= {e.name: e.values for e in before.enums if e.name not in self._values}

    def has_rows(self, change: AlterTable) -> bool:
        """Whether the table is there already: one that is made in parts is empty meanwhile."""
        return self._counts.earlier_table(change.before.name) in self._before

    def in_table(self, change: AlterTable) -> Iterator[Misfit]:
        """What of one table's rows does not fit; counts may be 0."""
        yield from self._without_value(change)
        for step in change.steps:
            match step:
                case AlterColumn() if _keeps_values(step):
                    yield from self._of_other_type(change, step)
                case AddIndex(index) if index.unique:
                    yield from self._equal(change, index)
                case AlterPrimaryKey(_, after) if after is not None:
                    yield from self._equal_columns(change, after.columns, nulls_distinct=True)
                case AddForeignKey(key):
                    yield from self._orphans(change, key)
                case AddCheck(check):
                    yield from self._unsatisfied(change, check)
                case _:
                    pass

    def lost_values(self) -> Iterator[Misfit]:
        """Rows with a value that an enum type loses; counts may be 0."""
        for change in self._changes:
            gone = (
                [step.value for step in change.steps if isinstance(step, DropValue)]
                if isinstance(change, AlterEnum)
                else []
            )
            if gone and isinstance(change, AlterEnum):
                yield from self._holders(change, gone)

    def _holders(self, change: AlterEnum, gone: Sequence[str]) -> Iterator[Misfit]:
        name = next(
            (
                c.before
                for c in self._changes
                if isinstance(c, RenameEnum) and c.after == change.after.name
            ),
            change.before.name,
        )
        spelled = {name, self._counts.table(name)}
        marks = ", ".join("?" for _ in gone)
        for table, column, kind in self._staying_columns():
            if kind.removesuffix("[]") not in spelled:
                continue
            quoted = self._dialect.quote(column)
            held = (
                f"EXISTS (SELECT 1 FROM unnest({quoted}::text[]) AS one(v) WHERE v IN ({marks}))"
                if kind.endswith("[]")
                else f"{quoted}::text IN ({marks})"
            )
            count = self._counts.number(
                f"SELECT count(*) FROM {self._counts.table(table)} WHERE {held}", gone
            )
            values = ", ".join(f"'{value}'" for value in gone)
            rows = _counted(count, "row holds", "rows hold")
            yield Misfit(
                what=f"{table}.{column}",
                reason=f"{rows} {values}, which `{change.after.name}` loses",
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
            steps = change.steps if change is not None else ()
            gone = {s.column.name for s in steps if isinstance(s, DropColumn)}
            if change is not None:
                gone |= {
                    self._counts.earlier(change, s.before.name)
                    for s in steps
                    if isinstance(s, AlterColumn) and s.before.type != s.after.type
                }
            for column in table.columns:
                if column.name not in gone and isinstance(column.type, str):
                    yield table.name, column.name, column.type

    def _without_value(self, change: AlterTable) -> Iterator[Misfit]:
        for question in fill_questions([change], counts_keys=self._dialect.counts_keys):
            where = ""
            if not question.added:
                where = f" WHERE {self._counts.column(change, question.column)} IS NULL"
            count = self._counts.number(
                f"SELECT count(*) FROM {self._counts.source(change)}{where}"
            )
            reason = (
                f"it is required without a default, and the table has {_counted(count, 'row', 'rows')}"
                if question.added
                else f"{_counted(count, 'row has', 'rows have')} no value, and it becomes required"
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
            reason=f"{_counted(count, 'value does', 'values do')} not fit into {after}",
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
        held = [self._held(change, name) for name in columns]
        if any(value is None for value in held):
            return
        names = [f"v{number}" for number in range(len(columns))]
        values = ", ".join(f"{value} AS {name}" for value, name in zip(held, names, strict=True))
        filled = " AND ".join(f"{name} IS NOT NULL" for name in names)
        where = f" WHERE {filled}" if nulls_distinct else ""
        count = self._counts.number(
            "SELECT count(*) FROM (SELECT 1 AS one"
            f" FROM (SELECT {values} FROM {self._counts.source(change)}) AS each_row{where}"
            f" GROUP BY {', '.join(names)} HAVING count(*) > 1) AS equal_rows"
        )
        yield Misfit(
            what=", ".join(f"{change.after.name}.{name}" for name in columns),
            reason=f"{_counted(count, 'value is', 'values are')} there more than once, and it becomes unique",
            count=count,
            way_out="make them differ, or remove all but one of each",
        )

    def _held(self, change: AlterTable, name: str) -> str | None:
        """SQL for what the rows that are there will hold in a column; None where no query can tell."""
        added = [s for s in change.steps if isinstance(s, AddColumn) and s.column.name == name]
        if not added:
            return self._filled(change, name)
        ((column, fill),) = ((step.column, step.fill) for step in added)
        if column.identity or column.generated is not None:
            return None
        text = fill if fill is not None else column.default
        if text is None:
            return "NULL"
        return text if isinstance(text, str) and _CONSTANT.fullmatch(text) else None

    def _filled(self, change: AlterTable, name: str) -> str:
        """SQL for a column that stays, with the value that rows get which have none, where that is a constant."""
        held = self._counts.column(change, name)
        for step in change.steps:
            if isinstance(step, AlterColumn) and step.after.name == name and step.fill is not None:
                constant = _CONSTANT.fullmatch(step.fill) and step.before.type == step.after.type
                return f"coalesce({held}, {step.fill})" if constant else held
        return held

    def _orphans(self, change: AlterTable, key: ForeignKey) -> Iterator[Misfit]:
        if _added(change) & {*key.columns}:
            yield from self._all_orphans(change, key)
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

    def _all_orphans(self, change: AlterTable, key: ForeignKey) -> Iterator[Misfit]:
        """Rows that are given a value where the other table has no rows at all."""
        held = [self._held(change, name) for name in key.columns]
        parent = self._counts.earlier_table(key.table)
        if parent not in self._before and _requires(change.after, key):
            held = []  # whatever they are given, it is not there
        if any(value is None for value in held) or key.table == change.after.name:
            return
        there = (
            f" AND NOT EXISTS (SELECT 1 FROM {self._counts.table(parent)})"
            if parent in self._before
            else ""
        )
        filled = " AND ".join(f"{value} IS NOT NULL" for value in held) or "1 = 1"
        source = self._counts.source(change)
        count = self._counts.number(f"SELECT count(*) FROM {source} WHERE {filled}{there}")
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
            if _added(change) & {*key.references} or _retyped(change) & {*key.references}:
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
        if used & (_added(change) | _retyped(change)) or self._has_changing_values(change, used):
            return
        names = {s.after: s.before for s in change.steps if isinstance(s, RenameColumn)}
        mark = "`" if self._dialect.name == "mysql" else '"'
        expression = rename_columns(check.expression, names, mark)
        renamed = [s for s in change.steps if isinstance(s, RenameValue) and s.column in used]
        kept = "".join(f" AND {self._counts.column(change, step.column)} <> ?" for step in renamed)
        count = self._counts.number(
            f"SELECT count(*) FROM {self._counts.source(change)} WHERE NOT ({expression}){kept}",
            [step.before for step in renamed],
        )
        yield Misfit(
            what=change.after.name,
            reason=f"{_counted(count, 'row does', 'rows do')} not satisfy {check.expression}",
            count=count,
            way_out="change them first, or leave the check out",
        )


def _orphaned(change: AlterTable, key: ForeignKey, count: int) -> Misfit:
    return Misfit(
        what=", ".join(f"{change.after.name}.{name}" for name in key.columns),
        reason=f"{_counted(count, 'row refers', 'rows refer')} to nothing in {key.table}",
        count=count,
        way_out=f"give them a row of {key.table} that is there, or remove them",
    )


def _requires(table: Table, key: ForeignKey) -> bool:
    """Whether each row has to refer to another one by `key`."""
    return not any(c.nullable for c in table.columns if c.name in key.columns)


def _added(change: AlterTable) -> set[str]:
    """The columns that come, by name."""
    return {step.column.name for step in change.steps if isinstance(step, AddColumn)}


def _retyped(change: AlterTable) -> set[str]:
    """The columns whose values become others, by the names after."""
    return {
        step.after.name
        for step in change.steps
        if isinstance(step, AlterColumn)
        and (step.before.type != step.after.type or step.before.generated != step.after.generated)
    }


def _keeps_values(step: AlterColumn) -> bool:
    """Whether its values are to become those of another type; computed ones are made anew."""
    computed = step.before.generated or step.after.generated
    return step.before.type != step.after.type and computed is None
