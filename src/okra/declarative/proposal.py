"""What a sync would do: the database as it is, what it is to become, and what only a person can say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from okra.declarative.answers import Answers, check_answers
from okra.declarative.destructive import Loss, losses
from okra.declarative.misfit import Misfit
from okra.declarative.misfits import misfits
from okra.declarative.one_transaction import in_one_transaction
from okra.dialects import dialect as dialect_of
from okra.hints import rename_hints, value_doubts
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.migrations.excluded import forget_types, leave_out
from okra.migrations.live import read_live
from okra.migrations.questions import (
    FillQuestion,
    RenameQuestion,
    fill_questions,
    rename_questions,
)
from okra.migrations.unmanaged import left_alone
from okra.plan import Hazard, HazardKind, Plan
from okra.relational.changes import Change
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.migrations.executor import Target


class Wanted(NamedTuple):
    """What the database is to become.

    database  native, and whole
    models    what it came from; None for a snapshot that has none
    known     what the schema said when the database was synced last, where that was kept
    renames   what leads there from the database as it is, as far as that is known
    warnings  what the dialect can only imitate, as sentences
    """

    database: Database
    models: SchemaDefinition | None = None
    known: SchemaDefinition | None = None
    renames: Renames = NO_RENAMES
    warnings: tuple[str, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """All that a sync would do.

    live, before, after  what is there; what of it is compared; what that becomes
    renames              what was followed
    open_renames         drops that may be renames
    open_fills           columns that become required and say nothing about the rows that are there
    losses, misfits      what rows would lose; what rows would refuse. With counts
    warnings             what the dialect can only imitate, and what may be meant otherwise, as sentences
    ignored              what is there and can't be compared, as sentences
    """

    live: Database
    before: Database
    after: Database
    changes: tuple[Change, ...] = ()
    plan: Plan = Plan()
    renames: Renames = NO_RENAMES
    open_renames: tuple[RenameQuestion, ...] = ()
    open_fills: tuple[FillQuestion, ...] = ()
    losses: tuple[Loss, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    warnings: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What becomes of values that nothing else here tells of. How long others wait is left out."""
        told = {loss.what for loss in self.losses}
        return tuple(
            hazard
            for hazard in self.plan.hazards
            if hazard.kind is HazardKind.CHANGES_DATA and hazard.spoils not in told
        )


class SyncQuestions(Protocol):
    """Whoever answers while a sync is at work: the person at a terminal."""

    @property
    def possible(self) -> bool:
        """Whether somebody is there to be asked what was renamed, and what rows get."""
        ...

    def confirm(self, question: str, proposal: Proposal, *, otherwise: str) -> bool:
        """Whether `proposal` may be carried out although; `otherwise` says what to do where nobody can answer."""
        ...

    def rename(self, question: RenameQuestion) -> str | None:
        """Which of the candidates it is called now; None: it was dropped."""
        ...

    def fill(self, question: FillQuestion, proposal: Proposal) -> str | None:
        """SQL for the value of rows that have none; None: nothing is known."""
        ...

    def accept(self, proposal: Proposal) -> bool:
        """Told of what is about to be done, before the first statement and under the lock; False stops it there."""
        ...


def wanted_of(models: SchemaDefinition, provider: str, known: SchemaDefinition | None) -> Wanted:
    """What `models` lead to.

    Raises  UnsupportedChange for what the provider can't have
    """
    resolved = dialect_of(provider).resolve(lower(models, provider))
    renames = rename_hints(known, models, provider) if known is not None else NO_RENAMES
    return Wanted(
        resolved.database, models=models, known=known, renames=renames, warnings=resolved.warnings
    )


def propose(
    session: MigrationSession,
    target: Target,
    wanted: Wanted,
    answers: Answers,
) -> Proposal:
    """What would make the database of `target` what is `wanted`. Reads, and writes nothing.

    Raises  DatabaseError where it can't be read, UnsupportedChange for what it can't become
    """
    dialect: Dialect = dialect_of(target.provider)
    live = read_live(session, target.provider, wanted=wanted.database, models=wanted.models)
    own, before, after = _sides(live.database, target, wanted)
    check_answers(answers, before, after)
    hints = live.renames.plus(wanted.renames).plus(answers.renames)
    changes = order(diff(before, after, hints, answers.fills), cut_cycles=dialect.cuts_cycles)
    found = Proposal(
        live=own,
        before=before,
        after=after,
        renames=hints,
        warnings=wanted.warnings,
        ignored=live.found.ignored,
    )
    if not changes:
        return found
    plan = in_one_transaction(dialect, changes, after, atomic=session.atomic)
    doubts = value_doubts(wanted.known, wanted.models or SchemaDefinition()) if wanted.known else ()
    return replace(
        found,
        changes=changes,
        plan=plan,
        open_renames=rename_questions(changes),
        open_fills=fill_questions(changes, counts_keys=dialect.counts_keys),
        losses=losses(session, dialect, changes, plan),
        misfits=misfits(session, dialect, changes, before),
        warnings=(*wanted.warnings, *doubts),
    )


def _sides(live: Database, target: Target, wanted: Wanted) -> tuple[Database, Database, Database]:
    """What of `live` is OKRA's to change; what of that is compared; and what that is to become."""
    own = leave_out(live, target.exclude, {target.history_table})
    after = leave_out(wanted.database, target.exclude)
    own = forget_types(own, live, after)
    known, models = wanted.known or SchemaDefinition(), wanted.models or SchemaDefinition()
    before, after = left_alone(own, after, known, models, target.provider)
    return own, before, after
