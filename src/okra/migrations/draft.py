"""A migration that is not written yet: what changed since the newest one, and the SQL for it, up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.hints import rename_hints, unfollowed_hints, value_doubts
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.migrations import drops_last
from okra.migrations.halves import Halves, Side, halves, template
from okra.migrations.questions import (
    FillQuestion,
    RenameQuestion,
    check_fills,
    fill_questions,
    rename_questions,
)
from okra.migrations.render import render
from okra.migrations.snapshot import NO_ANSWERS, Answers
from okra.migrations.unmanaged import left_alone
from okra.plan import Hazard, HazardKind, Plan
from okra.relational.changes import AddColumn, AlterTable, Change
from okra.relational.diff import diff
from okra.relational.model import Database, LogicalType
from okra.relational.order import order
from okra.relational.renaming import NO_RENAMES, Renames
from okra.relational.trash import Aside, as_it_was_called, aside, with_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.base import Dialect
    from okra.relational.model import ForeignKey, Table


_KEPT = (
    "what is dropped is kept aside, where only OKRA sees it: rollback.sql brings it back,",
    "and `okra db:migrate:purge` drops it for good",
)
_LASTING = (HazardKind.LOSES_DATA, HazardKind.CHANGES_DATA)


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How to plan, where there is a choice.

    online    let others read and write meanwhile
    deferred  keep aside what is dropped
    hooks     leave room for statements of the user's own, on the way up and on the way back
    """

    online: bool = True
    deferred: bool = False
    hooks: bool = False


USUAL = Manner()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One provider's next migration.

    before, after  the native databases; `models` is what `after` came from
    warnings       what the provider can only imitate, as sentences
    up_halves, down_halves  both ways with room for hooks; None where there are none
    answers        what the user said of it
    deferred       something that is dropped is kept aside instead
    """

    provider: str
    before: Database
    after: Database
    models: SchemaDefinition
    changes: tuple[Change, ...]
    plan: Plan = Plan()
    reverse: Plan = Plan()
    renames: tuple[RenameQuestion, ...] = ()
    fills: tuple[FillQuestion, ...] = ()
    warnings: tuple[str, ...] = ()
    described: Database = Database()
    up_halves: Halves | None = None
    down_halves: Halves | None = None
    answers: Answers = NO_ANSWERS
    deferred: bool = False

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What is dangerous about going up; what is put aside has the name there that it had before."""
        found = self.plan.hazards
        if not self.deferred:
            return found
        return tuple(replace(each, message=as_it_was_called(each.message)) for each in found)

    def migration_sql(self, version: str) -> str:
        """The text of migration.sql."""
        described = {table.name: table for table in self.described.tables}
        at = self.up_halves.at if self.up_halves else None
        text = render(
            self.plan,
            f"{version}: up, {self.provider}",
            described,
            preface=_KEPT if self.deferred else (),
            hooks_at=at,
        )
        return with_version(text, version)

    def rollback_sql(self, version: str) -> str:
        """The text of rollback.sql: what rows have lost by then is named at its head."""
        lost = [hazard.message for hazard in self.hazards if hazard.kind in _LASTING]
        back = self.down_halves
        brought = ", but for what hooks.sql brings" if back else ""
        head = f"what the migration took from rows does not come back{brought}:"
        text = render(
            self.reverse,
            f"{version}: down, {self.provider}",
            preface=[head, *lost] if lost else [],
            hooks_at=back.at if back else None,
        )
        return with_version(text, version)

    def hooks_sql(self, version: str) -> str | None:
        """What hooks.sql begins as; None where there is none."""
        if self.up_halves is None or self.down_halves is None:
            return None
        title = f"{version}: hooks, {self.provider}"
        return with_version(
            template(self.provider, title, self.up_halves, self.down_halves), version
        )


def draft(
    provider: str,
    before: Database,
    models_before: SchemaDefinition | None,
    models: SchemaDefinition,
    *,
    renames: Renames = NO_RENAMES,
    fills: Mapping[tuple[str, str], str] | None = None,
    manner: Manner = USUAL,
) -> Draft:
    """What leads from `before` to `models` on `provider`.

    models_before  the models that `before` came from, for renames; None where they are not known
    renames        the user's answers, as names in the database
    fills          (table, column) → SQL for the value of rows that are there already
    Raises         UnsupportedChange for what `provider` can't have
    """
    fills = fills or {}
    check_fills(fills)
    dialect = dialect_of(provider)
    logical = lower(models, provider)
    resolved = dialect.resolve(logical)
    known = models_before or SchemaDefinition()
    before, after = left_alone(before, resolved.database, known, models, provider)
    hints = rename_hints(known, models, provider).plus(renames)
    changes = _ordered(diff(before, after, hints, fills), dialect)
    found = Draft(
        provider=provider,
        before=before,
        after=after,
        models=models,
        changes=changes,
        warnings=resolved.warnings,
    )
    if not changes:
        return found
    asked = replace(_asked(found, known), described=logical, answers=_answers(renames, fills))
    return _planned(asked, known, hints, fills, manner)


def _ordered(changes: Sequence[Change], dialect: Dialect) -> tuple[Change, ...]:
    return order(changes, cut_cycles=dialect.cuts_cycles)


def _asked(found: Draft, models_before: SchemaDefinition) -> Draft:
    """The same draft with what is asked and said of its changes."""
    models, counts_keys = found.models, dialect_of(found.provider).counts_keys
    doubts = (*unfollowed_hints(models_before, models), *value_doubts(models_before, models))
    return replace(
        found,
        renames=rename_questions(found.changes),
        fills=fill_questions(found.changes, counts_keys=counts_keys),
        warnings=(*found.warnings, *doubts),
    )


def _planned(
    found: Draft,
    models_before: SchemaDefinition,
    hints: Renames,
    fills: Mapping[tuple[str, str], str],
    manner: Manner,
) -> Draft:
    """The same draft with the statements of both ways."""
    dialect = dialect_of(found.provider)
    goal, course = Aside(database=found.after, renames=hints), found.changes
    if manner.deferred:
        goal = aside(found.before, found.after, hints)
        course = _ordered(diff(found.before, goal.database, goal.renames, fills), dialect)
    found = replace(found, deferred=goal.database is not found.after)
    if manner.hooks:
        return _in_halves(dialect, found, models_before, goal, fills, online=manner.online)
    return replace(
        found,
        plan=drops_last.plan(
            dialect,
            found.before,
            goal.database,
            course,
            goal.renames,
            fills,
            online=manner.online,
        ),
        reverse=_reverse(dialect, found.before, goal, models_before, online=manner.online),
    )


def _in_halves(
    dialect: Dialect,
    found: Draft,
    models_before: SchemaDefinition,
    goal: Aside,
    fills: Mapping[tuple[str, str], str],
    *,
    online: bool,
) -> Draft:
    """The same draft with room for hooks, which give rows what is asked for otherwise."""
    before = Side(database=found.before, models=models_before)
    after = Side(database=goal.database, models=found.models)
    up = halves(dialect, before, after, goal.renames, fills=fills, online=online)
    down = halves(dialect, after, before, goal.renames.inverted(), online=online)
    return replace(found, plan=up.plan, reverse=down.plan, up_halves=up, down_halves=down, fills=())


def _answers(renames: Renames, fills: Mapping[tuple[str, str], str]) -> Answers:
    """What the user said, to be kept."""
    return Answers(
        renames=renames, fills=tuple((*place, sql) for place, sql in sorted(fills.items()))
    )


def _reverse(
    dialect: Dialect,
    before: Database,
    goal: Aside,
    models_before: SchemaDefinition,
    *,
    online: bool,
) -> Plan:
    """The plan of the way back. Required columns whose values are gone get a placeholder."""
    after, back = goal.database, goal.renames.inverted()
    changes = _ordered(diff(after, before, back), dialect)
    questions = fill_questions(changes, counts_keys=dialect.counts_keys)
    fills: dict[tuple[str, str], str] = {}
    if questions:
        kinds = lower(models_before, dialect.name)
        fills = placeholders(dialect, questions, changes, before, kinds)
        changes = _ordered(diff(after, before, back, fills), dialect)
    return drops_last.plan(dialect, after, before, changes, back, fills, online=online)


def placeholders(
    dialect: Dialect,
    questions: Sequence[FillQuestion],
    changes: Sequence[Change],
    wanted: Database,
    kinds: Database,
) -> dict[tuple[str, str], str]:
    """Table and column → SQL for a value, for all that `questions` ask for."""
    tables = {table.name: table for table in wanted.tables}
    logical = {table.name: table for table in kinds.tables}
    fills = {}
    for question in questions:
        table = tables[question.table]
        column = table.column(question.column)
        if column is None:
            continue
        model = logical.get(question.table)
        known = None if model is None else model.column(question.column)
        kind = known.type if known is not None and isinstance(known.type, LogicalType) else None
        usable = replace(table, foreign_keys=_usable_keys(table, changes))
        fills[question.table, question.column] = dialect.placeholder(usable, column, kind)
    return fills


def _usable_keys(table: Table, changes: Sequence[Change]) -> tuple[ForeignKey, ...]:
    """The keys of `table` whose other end is there by the time that `table` is changed."""
    missing: set[tuple[str, str]] = set()
    for change in reversed(changes):
        if isinstance(change, AlterTable):
            missing |= {
                (change.after.name, step.column.name)
                for step in change.steps
                if isinstance(step, AddColumn)
            }
            if change.after.name == table.name:
                break
    return tuple(
        key
        for key in table.foreign_keys
        if not any((key.table, column) in missing for column in key.references)
    )
