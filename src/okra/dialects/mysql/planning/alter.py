"""All that changes in one table as few ALTER TABLE statements: one, unless two of them block less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.planning.algorithms import (
    Hindrance,
    Operation,
    Way,
    alter_sql,
    set_apart,
    way_of,
)
from okra.dialects.mysql.planning.clauses import is_special, step_clauses, visibility
from okra.dialects.mysql.planning.columns import (
    hindrances,
    in_order,
    is_hashed,
    is_remade,
    sources,
)
from okra.dialects.mysql.planning.current import renamed_table
from okra.dialects.mysql.planning.hazards import step_hazards, way_hazards
from okra.dialects.mysql.planning.implicit import implicit_indexes
from okra.dialects.mysql.planning.remade import remade_steps
from okra.dialects.mysql.planning.values import prepare, update_statement
from okra.dialects.notices import blocks
from okra.plan import Statement
from okra.relational.changes import (
    AddColumn,
    AddIndex,
    AlterColumn,
    AlterPrimaryKey,
    AlterTable,
    DropCheck,
    DropColumn,
    DropIndex,
    RenameColumn,
    RenameIndex,
)
from okra.relational.describe import describe_step
from okra.relational.uses import is_virtual

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okra.dialects.mysql.planning.clauses import Clause
    from okra.dialects.mysql.planning.values import Update
    from okra.plan import Hazard
    from okra.relational.changes import TableStep
    from okra.relational.model import ForeignKey, Index, Table


def alter_table(
    change: AlterTable,
    keys: Sequence[ForeignKey],
    referred: Collection[str],
    *,
    made: bool,
) -> list[Statement]:
    """The statements for `change`, but for foreign keys and what has to come before columns are renamed.

    keys      the foreign keys of the table that are added afterwards
    referred  the columns with which the parts begin that foreign keys refer to, of this table and of others
    made      the table is empty: this plan makes it
    """
    return _Altering(change, keys, referred, made=made).statements()


def alter_statement(
    table: str, clauses: Sequence[Clause], way: Way, hazards: tuple[Hazard, ...]
) -> Statement:
    """One ALTER TABLE with all `clauses`."""
    described = tuple(dict.fromkeys(describe_step(table, clause.step) for clause in clauses))
    return Statement(
        sql=alter_sql(table, [clause.sql for clause in clauses], way),
        purpose=_purpose(table, described),
        notes=described if len(described) > 1 else (),
        hazards=tuple(dict.fromkeys(hazards)),
    )


def _purpose(table: str, described: Sequence[str]) -> str:
    if len(described) == 1:
        return described[0]
    return f"change table {table}: {len(described)} changes"


class _Altering:
    def __init__(
        self,
        change: AlterTable,
        keys: Sequence[ForeignKey],
        referred: Collection[str],
        *,
        made: bool,
    ) -> None:
        self._change = change
        self._after = change.after
        self._made = made
        self._needed = {*referred, *(key.columns[0] for key in change.after.foreign_keys)}
        self._current = renamed_table(change)
        self._new_keys = keys
        self._hindrances = hindrances(self._current)
        self._judged: dict[TableStep, tuple[TableStep, ...]] = {}

    def statements(self) -> list[Statement]:
        steps: list[TableStep] = [
            step for step in self._change.steps if not isinstance(step, RenameColumn)
        ]
        steps = remade_steps(_added_in_order(steps, self._after), self._current, self._after)
        prepared = prepare(replace(self._change, steps=tuple(steps)), self._current)
        self._judged = prepared.judged
        steps = [*prepared.steps, *self._implicit_steps()]
        early, steps = self._early(steps, bool(prepared.updates))
        found = self._alter([*early, *prepared.clauses])
        found += self._alter(prepared.conversions)
        found += (self._update(update, prepared.table) for update in prepared.updates)
        for part in self._parts(steps, prepared.table):
            found += self._alter(part)
        return found

    def _implicit_steps(self) -> list[TableStep]:
        """What becomes of the indexes behind foreign keys; those of keys to come are made with them."""
        before = {index.parts: index for index in implicit_indexes(self._current)}
        after = {index.parts: index for index in implicit_indexes(self._after)}
        later = {key.columns for key in self._new_keys}
        steps: list[TableStep] = [
            DropIndex(index=index) for parts, index in before.items() if parts not in after
        ]
        for parts, index in after.items():
            old = before.get(parts)
            if old is None and index.columns not in later:
                steps.append(AddIndex(index=index))
            elif old is not None and old != index:
                steps.append(RenameIndex(before=old, after=index))
        return steps

    def _early(self, steps: list[TableStep], updates: bool) -> tuple[list[Clause], list[TableStep]]:
        """What has to be out of the way before rows get values, or columns come: checks, keys, namesakes."""
        added = {s.column.name.lower() for s in self._change.steps if isinstance(s, AddColumn)}
        early: list[TableStep] = []
        for step in steps:
            match step:
                case DropCheck():
                    goes = updates
                case DropIndex(index):
                    there = index in self._current.indexes
                    goes = updates and index.unique and there and not self._is_needed(index)
                case DropColumn(column):
                    goes = updates and column.name.lower() in added
                case _:
                    goes = False
            if goes:
                early.append(step)
        left = [step for step in steps if step not in early]
        return self._clauses(early, self._current), left

    def _is_needed(self, index: Index) -> bool:
        """Whether foreign keys may need `index`, so that it goes only together with what takes its place."""
        return bool(self._needed & {*index.columns[:1]})

    def _clauses(self, steps: Iterable[TableStep], table: Table) -> list[Clause]:
        return [clause for step in steps for clause in step_clauses(step, table, self._after)]

    def _parts(self, steps: list[TableStep], table: Table) -> list[list[Clause]]:
        """The clauses of the final form, cut so that what can be instant is."""
        special = [s for s in steps if isinstance(s, AddIndex) and is_special(s.index)]
        steps, shown = _only_visibility([s for s in steps if s not in special])
        clauses = self._clauses(steps, table) + [visibility(index) for index in shown]
        apart = [[clause] for clause in self._clauses(special, table)]
        if not clauses:
            return apart
        apart_from_all = set_apart(self._hindrances)
        virtual = [clause for clause in clauses if clause.operations <= apart_from_all]
        rest = [clause for clause in clauses if clause not in virtual]
        if (rest and self._way(rest) is Way.COPY) or self._way(clauses) is not Way.COPY:
            parts = self._cut(clauses, steps)
        elif self._belong_together(steps):
            parts = [clauses]
        else:
            parts = _around_virtual(virtual, rest)
        return [*_let_go_first(parts, clauses, self._current, self._after), *apart]

    def _cut(self, clauses: list[Clause], steps: Sequence[TableStep]) -> list[list[Clause]]:
        """The clauses in one part, or what is instant apart from what is not."""
        if self._way(clauses) in (Way.COPY, Way.INSTANT) or self._belong_together(steps):
            return [clauses]
        instant = [clause for clause in clauses if _is_instant(clause)]
        frees = [clause for clause in clauses if clause.frees]
        others = [c for c in clauses if c not in instant and c not in frees]
        if any(isinstance(clause.step, DropColumn) for clause in instant):
            return [part for part in (frees, instant, others) if part]
        return [part for part in (instant, frees + others) if part]

    def _belong_together(self, steps: Sequence[TableStep]) -> bool:
        """Whether the parts of the final form need each other: keys and counters, and what keys of others use."""
        kept = {column.name for column in self._current.columns} - {
            step.column.name for step in steps if isinstance(step, DropColumn)
        }
        dropped = [step.index for step in steps if isinstance(step, DropIndex)]
        counts = any(
            isinstance(step, AlterColumn) and step.before.identity != step.after.identity
            for step in steps
        )
        return (
            not kept
            or counts
            or any(isinstance(step, AlterPrimaryKey) for step in steps)
            or any(isinstance(s, AddColumn) and s.column.identity for s in steps)
            or any(self._is_needed(index) for index in dropped)
        )

    def _way(self, clauses: Sequence[Clause]) -> Way:
        operations = {operation for clause in clauses for operation in clause.operations}
        steps = [clause.step for clause in clauses]
        known = {*self._hindrances}
        virtual = {column.name for column in self._after.columns if is_virtual(column)}
        indexes = [step.index for step in steps if isinstance(step, AddIndex)]
        if any(virtual & {*index.columns} for index in indexes):
            known.add(Hindrance.INDEXED_VIRTUAL)
        last = Operation.ADD_SPECIAL_INDEX in operations
        there = self._after.indexes if last or _is_altering(steps) else indexes
        if any(is_hashed(index, self._after) for index in there):
            known.add(Hindrance.HASHED)
        elif operations == {Operation.DROP_INDEX}:
            gone = [step.index for step in steps if isinstance(step, DropIndex)]
            left = [index for index in self._current.indexes if index not in gone]
            if not any(is_hashed(index, self._current) for index in left):
                known.discard(Hindrance.HASHED)
        return way_of(operations, known)

    def _alter(self, clauses: Sequence[Clause]) -> list[Statement]:
        if not clauses:
            return []
        way = self._way(clauses)
        steps = list(dict.fromkeys(clause.step for clause in clauses))
        hazards = self._hazards(steps)
        if not self._made:
            hazards += way_hazards(self._after.name, way)
        return [alter_statement(self._after.name, clauses, way, hazards)]

    def _update(self, update: Update, table: Table) -> Statement:
        hazards = self._hazards_of(
            update.steps
        )  # nothing of them is done, even where a later step is the same
        if not self._made:
            text = f"writes to rows of `{table.name}` wait while those get their values"
            hazards += (blocks(text),)
        return update_statement(update, table, hazards)

    def _hazards(self, steps: Iterable[TableStep]) -> tuple[Hazard, ...]:
        return self._hazards_of(each for step in steps for each in self._judged.get(step, (step,)))

    def _hazards_of(self, steps: Iterable[TableStep]) -> tuple[Hazard, ...]:
        found = [h for step in steps for h in step_hazards(step, self._change, self._current)]
        return tuple(dict.fromkeys(found))


def _added_in_order(steps: list[TableStep], table: Table) -> list[TableStep]:
    """`steps` with new columns behind those that they use, and changed ones that use new ones last."""
    added = {step.column.name: step for step in steps if isinstance(step, AddColumn)}
    ordered = iter(in_order([step.column for step in added.values()], table))
    found = [added[next(ordered).name] if isinstance(s, AddColumn) else s for s in steps]
    last = [s for s in found if isinstance(s, AlterColumn) and sources(s.after, table) & {*added}]
    return [*(step for step in found if step not in last), *last]


def _is_altering(steps: Sequence[TableStep]) -> bool:
    return any(isinstance(step, AlterColumn) for step in steps)


def _around_virtual(virtual: list[Clause], rest: list[Clause]) -> list[list[Clause]]:
    """Computed columns go before what they are computed from, and come after it, before what needs them."""
    come = [clause for clause in virtual if Operation.ADD_VIRTUAL in clause.operations]
    gone = [clause for clause in virtual if clause not in come]
    frees = [clause for clause in rest if clause.frees]
    others = [clause for clause in rest if not clause.frees]
    late = [clause for clause in others if not _is_instant(clause)]
    early = [clause for clause in others if clause not in late]
    return [part for part in (frees, gone, early, come, late) if part]


def _let_go_first(
    parts: list[list[Clause]], clauses: list[Clause], current: Table, after: Table
) -> list[list[Clause]]:
    """`parts` with columns that no longer use others before these go: the server drops none that is used.

    Where they use new ones instead, all of it is one statement.
    """
    gone = {c.step.column.name for c in clauses if isinstance(c.step, DropColumn)}
    come = {c.step.column.name for c in clauses if isinstance(c.step, AddColumn)}
    first: list[Clause] = []
    used: set[str] = set()
    for clause in clauses:
        match clause.step:
            case AlterColumn(before, column) if (
                not is_remade(before, column) and sources(before, current) & gone
            ):
                first.append(clause)
                used |= sources(column, after)
    if len(parts) == 1 or not first:
        return parts
    if used & come:
        return [clauses]
    frees = [clause for clause in clauses if clause.frees]
    rest = [[c for c in part if c not in first and c not in frees] for part in parts]
    return [part for part in (frees, first, *rest) if part]


def _is_instant(clause: Clause) -> bool:
    return all(operation.instant for operation in clause.operations)


def _only_visibility(steps: list[TableStep]) -> tuple[list[TableStep], list[Index]]:
    """`steps` without the indexes that differ only in whether queries may use them, and those."""
    dropped = {step.index.name: step for step in steps if isinstance(step, DropIndex)}
    shown = []
    for step in list(steps):
        if not isinstance(step, AddIndex):
            continue
        old = dropped.get(step.index.name)
        turned = old is not None and replace(old.index, visible=not old.index.visible)
        if turned == step.index:
            steps = [each for each in steps if each not in (step, old)]
            shown.append(step.index)
    return steps, shown
