"""A migration that is not written yet: what changed since the newest one, and the SQL for it, up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect as dialect_of
from okra.hints import rename_hints
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.migrations.questions import (
    FillQuestion,
    RenameQuestion,
    fill_questions,
    rename_questions,
)
from okra.migrations.render import render
from okra.plan import Hazard, Plan
from okra.relational.changes import Change
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.dialects.base import Dialect


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One provider's next migration.

    before, after  the native databases; `models` is what `after` came from
    warnings       what the provider can only imitate, as sentences
    """

    provider: str
    before: Database
    after: Database
    models: SchemaDefinition
    changes: tuple[Change, ...]
    plan: Plan
    reverse: Plan
    renames: tuple[RenameQuestion, ...] = ()
    fills: tuple[FillQuestion, ...] = ()
    warnings: tuple[str, ...] = ()
    described: Database = Database()

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What is dangerous about going up."""
        return self.plan.hazards

    def migration_sql(self, version: str) -> str:
        """The text of migration.sql."""
        described = {table.name: table for table in self.described.tables}
        return render(self.plan, f"{version}: up, {self.provider}", described)

    def rollback_sql(self, version: str) -> str:
        """The text of rollback.sql."""
        return render(self.reverse, f"{version}: down, {self.provider}")


def draft(
    provider: str,
    before: Database,
    models_before: SchemaDefinition | None,
    models: SchemaDefinition,
    *,
    renames: Renames = NO_RENAMES,
    fills: Mapping[tuple[str, str], str] | None = None,
) -> Draft:
    """What leads from `before` to `models` on `provider`.

    models_before  the models that `before` came from, for renames; None where they are not known
    renames        the user's answers, as names in the database
    fills          (table, column) → SQL for the value of rows that are there already
    Raises         UnsupportedChange for what `provider` can't have
    """
    dialect = dialect_of(provider)
    logical = lower(models, provider)
    resolved = dialect.resolve(logical)
    after = resolved.database
    hints = rename_hints(models_before or SchemaDefinition(), models).plus(renames)
    changes = order(diff(before, after, hints, fills), cut_cycles=dialect.cuts_cycles)
    if not changes:
        return Draft(
            provider=provider,
            before=before,
            after=after,
            models=models,
            changes=(),
            plan=Plan(),
            reverse=Plan(),
            warnings=resolved.warnings,
        )
    return Draft(
        provider=provider,
        before=before,
        after=after,
        models=models,
        changes=changes,
        plan=dialect.plan(changes, after),
        reverse=_reverse(dialect, before, after, hints),
        renames=rename_questions(changes),
        fills=fill_questions(changes),
        warnings=resolved.warnings,
        described=logical,
    )


def _reverse(dialect: Dialect, before: Database, after: Database, hints: Renames) -> Plan:
    """The plan of the way back. Required columns whose values are gone get a placeholder."""
    back = hints.inverted()
    changes = order(diff(after, before, back), cut_cycles=dialect.cuts_cycles)
    tables = {table.name: table for table in before.tables}
    fills = {}
    for question in fill_questions(changes):
        table = tables[question.table]
        column = table.column(question.column)
        if column is not None:
            fills[question.table, question.column] = dialect.placeholder(table, column)
    if fills:
        changes = order(diff(after, before, back, fills), cut_cycles=dialect.cuts_cycles)
    return dialect.plan(changes, before)
