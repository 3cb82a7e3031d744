"""Values that rows get before a table takes its final form: fills, and other texts in place of enum values.

An UPDATE names the columns that MySQL would set to now by itself, so that they stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.mysql.expressions.faults import fault
from okra.dialects.mysql.expressions.lexer import text_of
from okra.dialects.mysql.natives.defaults import canonical_default
from okra.dialects.mysql.planning.algorithms import Operation
from okra.dialects.mysql.planning.clauses import Clause, as_nullable, modify, step_clauses
from okra.dialects.mysql.planning.columns import (
    add_operation,
    enum_values,
    is_remade,
    takes_constant,
)
from okra.dialects.mysql.planning.evaluation import folded
from okra.dialects.mysql.planning.numbering import NUMBERED, RANDOM, can_count, counted_index
from okra.dialects.mysql.planning.tables import column_sql
from okra.dialects.mysql.quoting import literal, quote
from okra.plan import Statement
from okra.relational.changes import (
    AddColumn,
    AddIndex,
    AlterColumn,
    AlterTable,
    DropIndex,
    RenameValue,
    TableStep,
)
from okra.relational.model import Table
from okra.relational.sqltext import no_expression
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.plan import Hazard
    from okra.relational.model import Column

_BINARY = "utf8mb4_bin"


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One UPDATE of all rows, or of those that `where` finds, and the steps by which it is judged."""

    assignments: tuple[tuple[str, str], ...]
    where: str | None = None
    purpose: str
    steps: tuple[TableStep, ...]


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """What comes before the final form of a table.

    clauses      columns that take values, still nullable or still with more values
    conversions  columns that have their new type, but may hold NULL still
    steps        what is left to do
    judged       the steps whose hazards are those of other steps: part of them is done by then
    table        the table by then
    """

    clauses: tuple[Clause, ...] = ()
    conversions: tuple[Clause, ...] = ()
    updates: tuple[Update, ...] = ()
    steps: tuple[TableStep, ...]
    judged: dict[TableStep, tuple[TableStep, ...]]
    table: Table


def prepare(change: AlterTable, current: Table) -> Preparation:
    """The part of `change` that gives values to rows, on the table `current`.

    Raises  UnsupportedChange for a value from the user that is more than one expression
    """
    for step in change.steps:
        if isinstance(step, AddColumn):
            _check_fill(step.fill, change.after, step.column)
        elif isinstance(step, AlterColumn):
            _check_fill(step.fill, change.after, step.after)
    return _Preparing(change, current).done()


class _Preparing:
    def __init__(self, change: AlterTable, current: Table) -> None:
        self._change = change
        self._current = current
        self._columns = {column.name: column for column in current.columns}
        self._clauses: list[Clause] = []
        self._conversions: list[Clause] = []
        self._fills: list[tuple[str, str]] = []
        self._filled: list[TableStep] = []
        self._judged: dict[TableStep, tuple[TableStep, ...]] = {}
        self._updates: list[Update] = []
        self._nulls: list[Update] = []
        self._steps: list[TableStep] = []
        self._sources = _sources(change)

    def done(self) -> Preparation:
        renames = _by_column(self._change)
        for step in self._change.steps:
            match step:
                case AddColumn():
                    self._add(step)
                case AlterColumn() if step.after.name in renames:
                    self._widen(step, renames.pop(step.after.name))
                case AlterColumn():
                    self._alter(step)
                case RenameValue():
                    pass  # the loop below, or with the column
                case _:
                    self._steps.append(step)
        for column, values in renames.items():
            self._rename(column, values)
        return Preparation(
            clauses=tuple(self._clauses),
            conversions=tuple(self._conversions),
            updates=(*self._fill(), *self._updates, *self._nulls),
            steps=tuple(self._steps),
            judged=self._judged,
            table=replace(self._current, columns=tuple(self._columns.values())),
        )

    def _add(self, step: AddColumn) -> None:
        column = step.column
        waits = not column.nullable and column.default is None and not column.identity
        if column.generated is not None or (step.fill is None and not waits):
            if column.name in self._sources and not column.identity:
                self._clauses += step_clauses(step, self._current, self._change.after)
                self._columns[column.name] = column
            else:
                self._steps.append(step)
            return
        if step.fill == NUMBERED:
            counter = next((each for each in self._columns.values() if each.identity), None)
            if counter is None and can_count(column):
                self._count(step)
                return
            step = replace(step, fill=RANDOM if counter is None else quote(counter.name))
        constant = _constant(step)
        if constant is None:
            interim = as_nullable(column)
        else:
            interim = replace(column, default=constant, updated_at=False)
        sql = f"ADD COLUMN {column_sql(interim)}"
        self._clauses.append(Clause(sql, frozenset({add_operation(interim)}), step))
        if step.fill is not None and constant is None:
            self._fills.append((column.name, step.fill))
            self._filled.append(
                AlterColumn(before=interim, after=replace(interim, nullable=False), fill=step.fill)
            )
        self._columns[column.name] = interim
        if interim != column:
            last = AlterColumn(before=interim, after=column)
            self._steps.append(last)
            if step.fill is not None:
                self._judged[last] = ()

    def _count(self, step: AddColumn) -> None:
        """The server counts the column up for a moment, so that each row gets its number."""
        counted = replace(step.column, nullable=False, default=None, identity=True)
        index = counted_index(counted)
        add = Clause(f"ADD COLUMN {column_sql(counted)}", frozenset({Operation.ADD_COUNTER}), step)
        more = step_clauses(AddIndex(index=index), self._current, self._current)
        self._conversions += [add, *more]
        self._columns[counted.name] = counted
        last = AlterColumn(before=counted, after=step.column)
        self._steps += [DropIndex(index=index), last]
        self._judged[last] = ()

    def _fill(self) -> list[Update]:
        if not self._fills:
            return []
        names = ", ".join(name for name, _ in self._fills)
        purpose = f"give the rows of {self._change.after.name} their {names}"
        return [Update(assignments=tuple(self._fills), purpose=purpose, steps=tuple(self._filled))]

    def _alter(self, step: AlterColumn) -> None:
        value = value_for_null(step)
        before, after = step.before, step.after
        if value is None or is_remade(before, after):
            self._steps.append(step)
            return
        interim = before
        if before.type != after.type:
            interim = as_nullable(after)
            convert = AlterColumn(before=before, after=interim)
            self._conversions.append(
                modify(convert, before, interim, self._current, self._change.after)
            )
        self._columns[after.name] = interim
        self._take_place_of_null(step, interim, value)
        self._finish(interim, interim, after, filled=True)

    def _finish(self, interim: Column, reached: Column, after: Column, *, filled: bool) -> None:
        """The column takes its final form; `reached` is what its values are like by then."""
        last = AlterColumn(before=interim, after=after)
        self._steps.append(last)
        nullable = reached.nullable and not filled
        self._judged[last] = (AlterColumn(before=replace(reached, nullable=nullable), after=after),)

    def _take_place_of_null(self, step: AlterColumn, interim: Column, value: str) -> None:
        name = step.after.name
        required = replace(interim, nullable=False, default=step.after.default)
        self._nulls.append(
            Update(
                assignments=((name, _expression(value)),),
                where=f"{quote(name)} IS NULL",
                purpose=f"give rows without {self._change.after.name}.{name} a value",
                steps=(AlterColumn(before=interim, after=required, fill=step.fill),),
            )
        )

    def _widen(self, step: AlterColumn, renames: list[RenameValue]) -> None:
        """Let the column hold the old and the new texts, so that rows can go from the one to the other."""
        before, after = step.before, step.after
        wide = _widened(before, after)
        if wide is not None and wide != before:
            widen = AlterColumn(before=before, after=wide)
            self._judged[widen] = ()
            self._clauses.append(modify(widen, before, wide, self._current, self._current))
        interim = wide or before
        self._columns[after.name] = interim
        self._rename(after.name, renames)
        value = value_for_null(step)
        if value is not None:
            self._take_place_of_null(step, interim, value)
        if interim != after:
            self._finish(interim, _renamed(before, renames), after, filled=value is not None)

    def _rename(self, column: str, renames: list[RenameValue]) -> None:
        now = self._columns[column]
        if renames[0].list:
            value, where = _in_lists(quote(column), renames)
        else:
            listed = enum_values(str(now.type)) is not None
            value, where = _in_texts(quote(column), renames, listed=listed)
        pairs = ", ".join(f"'{r.before}' to '{r.after}'" for r in renames)
        self._updates.append(
            Update(
                assignments=((column, value),),
                where=where,
                purpose=f"in {self._change.after.name}.{column}, turn {pairs}",
                steps=tuple(renames),
            )
        )


def value_for_null(step: AlterColumn) -> str | None:
    """What rows get in place of NULL when a column becomes required; None if there is nothing."""
    before, after = step.before, step.after
    if not before.nullable or after.nullable:
        return None
    if before.generated is not None or after.generated is not None:
        return None
    if step.fill is not None:
        return step.fill
    return None if after.default is None else str(after.default)


def _check_fill(fill: str | None, table: Table, column: Column) -> None:
    found = None if fill is None else fault(fill)
    if found is not None:
        place = f"{table.name}.{column.name}"
        raise no_expression(f"the one-off default of `{place}`", found, place)


def _sources(change: AlterTable) -> set[str]:
    """The columns from which rows get their values, as far as expressions name them."""
    values = [s.fill or "" for s in change.steps if isinstance(s, AddColumn)]
    values += [value_for_null(s) or "" for s in change.steps if isinstance(s, AlterColumn)]
    return {name for value in values for name in used_columns(value, change.after)}


def update_statement(update: Update, table: Table, hazards: tuple[Hazard, ...]) -> Statement:
    """The UPDATE of `table` as it is by then."""
    pairs = [f"{quote(name)} = {value}" for name, value in update.assignments]
    set_already = {name for name, _ in update.assignments}
    pairs += (
        f"{quote(column.name)} = {quote(column.name)}"
        for column in table.columns
        if column.updated_at and column.name not in set_already
    )
    where = "" if update.where is None else f" WHERE {update.where}"
    return Statement(
        sql=f"UPDATE {quote(table.name)} SET {', '.join(pairs)}{where}",
        purpose=update.purpose,
        hazards=hazards,
    )


def _expression(fill: str) -> str:
    return RANDOM if fill == NUMBERED else fill


def _by_column(change: AlterTable) -> dict[str, list[RenameValue]]:
    """The texts that change, by column; those of a column that goes are left as they are."""
    found: dict[str, list[RenameValue]] = {}
    for step in change.steps:
        if isinstance(step, RenameValue) and change.after.column(step.column) is not None:
            found.setdefault(step.column, []).append(step)
    return found


def _constant(step: AddColumn) -> str | None:
    """The fill as a default that rows are given at once, if it is a constant."""
    if step.fill is None or not takes_constant(step.column):
        return None
    default = canonical_default(step.fill, str(step.column.type))
    return None if default is None or default.startswith("(") else default


def _renamed(column: Column, renames: list[RenameValue]) -> Column:
    """The enum `column` as if it had always had the new texts."""
    values = enum_values(str(column.type))
    if values is None:
        return column
    texts = {literal(r.before)[1:-1]: literal(r.after)[1:-1] for r in renames}
    return replace(column, type=_enum(dict.fromkeys(texts.get(value, value) for value in values)))


def _enum(values: Iterable[str]) -> str:
    listed = ",".join(f"'{value}'" for value in values)
    return f"enum({listed})"


def _in_texts(name: str, renames: list[RenameValue], *, listed: bool) -> tuple[str, str]:
    """The value and the condition for a column of texts.

    listed  the column is an enum: each of its values is another one to the server
    """
    compared = name if listed else _exactly(name)
    if len(renames) == 1:
        return literal(renames[0].after), f"{compared} = {literal(renames[0].before)}"
    known = ", ".join(literal(rename.before) for rename in renames)
    return f"CASE {compared} {_cases(renames)} ELSE {name} END", f"{compared} IN ({known})"


def _cases(renames: list[RenameValue]) -> str:
    return " ".join(f"WHEN {literal(r.before)} THEN {literal(r.after)}" for r in renames)


def _exactly(name: str) -> str:
    """The column compared byte by byte: 'a' is not 'A' and not 'ä'."""
    return f"CAST({name} AS CHAR CHARACTER SET utf8mb4) COLLATE {_BINARY}"


def _in_lists(name: str, renames: list[RenameValue]) -> tuple[str, str]:
    """The value and the condition for a column of JSON arrays of texts; arrays of other things stay as they are."""
    texts = (
        f"JSON_TABLE({name}, '$[*]' COLUMNS (v VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$'))"
        " AS each_value"
    )
    value = (
        f"(SELECT JSON_ARRAYAGG(CASE each_value.v COLLATE {_BINARY} {_cases(renames)}"
        f" ELSE each_value.v END) FROM {texts})"
    )
    known = " OR ".join(
        f"JSON_CONTAINS({name}, {literal(_json(rename.before))})" for rename in renames
    )
    where = (
        f"JSON_TYPE({name}) = 'ARRAY' AND ({known})"
        f" AND NOT EXISTS (SELECT 1 FROM {texts} WHERE each_value.v IS NULL)"
    )
    return value, where


def _json(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _widened(before: Column, after: Column) -> Column | None:
    """`before` with the values of both; None for a column that is no enum on both sides."""
    old, new = enum_values(str(before.type)), enum_values(str(after.type))
    if old is None or new is None:
        return None
    values = list(dict.fromkeys([*old, *new]))
    if values == list(old):
        return before
    wide = replace(before, type=_enum(values))
    texts = {folded(text_of(f"'{value}'")) for value in values}
    return wide if len(texts) == len(values) else replace(wide, collation=_BINARY)
