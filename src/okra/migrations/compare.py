"""Two states of a database side by side: what differs, and the SQL that leads from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect as dialect_of
from okra.dialects.session import connect
from okra.dialects.waiting import patiently
from okra.hints import rename_hints
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.mapping import Names
from okra.migrations.excluded import forget_types, leave_out
from okra.migrations.live import read_live
from okra.plan import Plan
from okra.relational.changes import Change
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from okra.migrations.executor import Target
    from okra.migrations.snapshot import Snapshot


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two states.

    title    what people call it
    models   what it came from, where that is known: renames are followed between two of these
    ignored  what is there and can't be compared, as sentences
    renames  what leads from its names to those that it was read to be compared with, where it is live
    """

    title: str
    database: Database
    models: SchemaDefinition | None = None
    ignored: tuple[str, ...] = ()
    renames: Renames = NO_RENAMES


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What leads from `before` to `after`."""

    provider: str
    before: Side
    after: Side
    changes: tuple[Change, ...]
    plan: Plan

    def sql(self) -> str:
        """The plan as text, each statement under what it does and its hazards."""
        from okra.migrations.render import render

        return render(self.plan, f"from {self.before.title} to {self.after.title}")


EMPTY = Side(title="an empty database", database=Database(), models=SchemaDefinition())


def schema_side(title: str, models: SchemaDefinition, provider: str) -> Side:
    """What schema files lead to on `provider`.

    Raises  UnsupportedChange for what it can't have
    """
    resolved = dialect_of(provider).resolve(lower(models, provider))
    return Side(title=title, database=resolved.database, models=models, ignored=resolved.warnings)


def snapshot_side(snapshot: Snapshot) -> Side:
    """What a migration leads to."""
    return Side(
        title=f"migration {snapshot.header.folder}",
        database=snapshot.database,
        models=snapshot.models,
    )


def live_side(
    target: Target, other: Side | None = None, known: SchemaDefinition | None = None
) -> Side:
    """What a live database holds, but for OKRA's own tables. Nothing is written to it.

    other   what it will be compared with, if that is known
    known   models that it may have come from
    Raises  DatabaseError where it can't be read
    """
    session = connect(target.url, lock_timeout_ms=target.lock_timeout_ms, read_only=True)
    try:
        live = patiently(
            lambda: read_live(
                session,
                target.provider,
                wanted=None if other is None else other.database,
                models=None if other is None else other.models,
                known=known,
            ),
            target.lock_timeout_ms,
            session.lock.blockers,
        )
    finally:
        session.close()
    return Side(
        title=str(target.url),
        database=leave_out(live.database, (), {target.history_table}),
        ignored=live.found.ignored,
        renames=live.renames,
    )


def compare(provider: str, before: Side, after: Side, exclude: tuple[str, ...] = ()) -> Comparison:
    """The changes that lead from `before` to `after`, and their plan.

    exclude  patterns of tables that are left out, as are those that a schema leaves alone
    """
    changes, new = changes_between(provider, before, after, exclude)
    plan = dialect_of(provider).plan(changes, new) if changes else Plan()
    return Comparison(provider=provider, before=before, after=after, changes=changes, plan=plan)


def changes_between(
    provider: str, before: Side, after: Side, exclude: tuple[str, ...] = ()
) -> tuple[tuple[Change, ...], Database]:
    """The same changes in order, and the database that they lead to."""
    alone = _unmanaged(before.models, provider) | _unmanaged(after.models, provider)
    old, new = (leave_out(side.database, exclude, alone) for side in (before, after))
    old, new = (
        forget_types(old, before.database, new),
        forget_types(new, after.database, old),
    )
    hints = before.renames.plus(after.renames.inverted())
    if before.models is not None and after.models is not None:
        hints = rename_hints(before.models, after.models, provider)
    cuts_cycles = dialect_of(provider).cuts_cycles
    return order(diff(old, new, hints), cut_cycles=cuts_cycles), new


def _unmanaged(models: SchemaDefinition | None, provider: str) -> set[str]:
    if models is None:
        return set()
    names = Names(models, provider)
    return {names.tables[model.name] for model in models.models if model.unmanaged}
