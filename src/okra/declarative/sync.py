"""`sync`: the database made what the schema says: looked at, compared, shown and changed, under one lock."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from okra.declarative import applying, journal, shadow, snapshots
from okra.declarative.answers import Answers
from okra.declarative.destructive import Loss, unharmed
from okra.declarative.doubts import doubt
from okra.declarative.misfit import Misfit
from okra.declarative.proposal import (
    Proposal,
    SyncQuestions,
    Wanted,
    propose,
    wanted_of,
)
from okra.dialects import dialect as dialect_of
from okra.dialects.dependents import broken_by
from okra.dialects.holding import hold, wait_briefly
from okra.dialects.waiting import UNCHANGED, Retries
from okra.errors import DatabaseError
from okra.lowering import lower
from okra.migrations.chain import Directory
from okra.migrations.consent import check_version
from okra.migrations.draft import placeholders
from okra.migrations.executor import BLOCKING, Run, Target
from okra.migrations.questions import FillQuestion, RenameQuestion
from okra.migrations.render import render
from okra.relational.changes import Change, CreateTable
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from okra.language.definition import SchemaDefinition
    from okra.migrations.events import Fault, Progress

Aim: TypeAlias = "Callable[[Run], Wanted]"
"""What the database is to become, once a run knows what it was."""


class SyncOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a sync goes about it.

    force      lose what is in the way of the schema, and give rows a value where they need one
    dry_run    change nothing
    yes        take over a database that OKRA has not synced before, without asking
    folder     where snapshots go before each sync; None: nowhere
    shadow     keep what was synced in the table `_okra_schema_history`, too
    renames    what was renamed, as names in the database
    fills      (table, column) → SQL for the value of rows that have none
    """

    force: bool = False
    dry_run: bool = False
    yes: bool = False
    folder: Path | None = None
    shadow: bool = False
    renames: Renames = NO_RENAMES
    fills: dict[tuple[str, str], str] = msgspec.field(default_factory=dict)


class SyncResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync did, or would do.

    changes      from what was there to what is wanted
    statements   the SQL, in order
    sql          the same as one text, each statement under what it is for
    losses       what rows lose, or would: without `force` nothing was done because of them
    misfits      what rows would refuse: nothing was done because of them
    applied      whether the database is what the schema says now
    cancelled    somebody said no
    snapshot     the file with what was there before
    resumed      how far an earlier sync had come that was broken off, as a sentence
    ignored      what is there and can't be compared, as sentences
    warnings     what may be wrong although all went well, as sentences
    has_history  whether migrations were applied to the database: those that were know nothing of what was synced
    """

    changes: tuple[Change, ...] = ()
    statements: tuple[str, ...] = ()
    sql: str = ""
    losses: tuple[Loss, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    applied: bool = False
    cancelled: bool = False
    dry_run: bool = False
    snapshot: Path | None = None
    resumed: str | None = None
    ignored: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    has_history: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing was done because of what rows would lose, or refuse."""
        return bool(self.changes) and not (self.applied or self.cancelled or self.dry_run)


def sync(
    target: Target,
    models: SchemaDefinition,
    options: SyncOptions | None = None,
    ask: SyncQuestions | None = None,
    progress: Progress | None = None,
    *,
    fault: Fault | None = None,
) -> SyncResult:
    """Make the database of `target` what `models` say: all of it, or where the server can't undo, step by step.

    ask       who answers questions, and is told before the first statement; None: nobody is asked
    progress  told of each statement
    fault     told the name of each point at which a crash would leave something to see; for tests

    Raises  UnsupportedChange for what the provider can't have; DatabaseError, LockNotObtained: where the server
            can undo, the database is as it was; else the message says where it stands, and the next sync goes on
    """

    def aim(run: Run) -> Wanted:
        return wanted_of(models, target.provider, shadow.known_models(run.session))

    return lead(target, aim, options or SyncOptions(), ask, progress, fault=fault)


def lead(
    target: Target,
    aim: Aim,
    options: SyncOptions,
    ask: SyncQuestions | None,
    progress: Progress | None = None,
    *,
    fault: Fault | None = None,
) -> SyncResult:
    """The same for whatever `aim` says the database is to become."""
    directory = Directory(path=target.directory, provider=target.provider, migrations=())
    allowed = replace(target, allow=(*target.allow, BLOCKING))
    writes = not options.dry_run
    run = Run(allowed, directory, writes=writes, synced=True, progress=progress, fault=fault)
    try:
        run.load()
        return _Sync(run, aim, options, ask).go()
    finally:
        run.close()


class _Sync:
    """One sync on its way: tried until nothing is left to ask, and nobody else was in its way."""

    def __init__(self, run: Run, aim: Aim, options: SyncOptions, ask: SyncQuestions | None) -> None:
        self._run = run
        self._aim = aim
        self._options = options
        self._ask = ask
        self._answers = Answers(options.renames, dict(options.fills))
        self._declined: set[str] = set()
        self._taken_over = options.yes
        self._changing = False

    def go(self) -> SyncResult:
        retries = Retries(
            self._run.target.lock_timeout_ms, self._run.session.lock.blockers, once=True
        )
        while True:
            try:
                found = self._tried(retries)
            except KeyboardInterrupt:
                if self._changing:
                    raise
                raise KeyboardInterrupt(UNCHANGED) from None
            if found is None:
                continue
            if isinstance(found, SyncResult):
                return found
            if self._questions(found):
                self._settle(found)
            elif not self._takes_over(found):
                return replace(_result(found), cancelled=True)

    def _tried(self, retries: Retries) -> SyncResult | Proposal | None:
        """What an attempt gives; None where somebody was in its way who may be gone by now."""
        try:
            return self._attempt()
        except DatabaseError as error:
            if self._run.session.atomic:
                self._changing = False  # it was undone
            if not retries.again(error):
                raise
            return None

    def _attempt(self) -> SyncResult | Proposal:
        """Look and change under one lock. Gives the proposal where somebody has to be asked first: without the lock."""
        run = self._run
        with self._held():
            if not self._options.dry_run:
                run.refresh()
            wanted = self._aim(run)
            left = journal.broken_off(run)
            if left is not None:
                same = left.aim == journal.aim_of(wanted.database)
                renames = wanted.renames.plus(left.renames) if same else wanted.renames
                wanted = wanted._replace(renames=left.left(renames))
            proposal = self._proposal(wanted)
            resumed = left.text if left is not None else None
            result = replace(_result(proposal), resumed=resumed, dry_run=self._options.dry_run)
            if self._options.dry_run:
                return replace(result, warnings=(*result.warnings, *self._broken(proposal)))
            if not proposal.changes:
                self._remember(proposal, wanted)
                journal.settle(run)
                return replace(result, applied=True)
            if self._questions(proposal):
                return proposal
            self._refuse_taken(proposal)
            self._refuse_broken(proposal)
            if proposal.misfits or (proposal.losses and not self._options.force):
                return result
            if not self._taken_over and doubt(run) is not None:
                return proposal
            wait_briefly(run.target.provider, run.session)
            if self._is_late(proposal):
                proposal = self._proposal(wanted)
                result = replace(_result(proposal), resumed=resumed)
                if proposal.misfits or proposal.losses:
                    return result
            if self._ask is not None and not self._ask.accept(proposal):
                return replace(result, cancelled=True)
            return self._applied(proposal, wanted, result)

    def _broken(self, proposal: Proposal) -> tuple[str, ...]:
        """What of other people's would no longer work, as sentences; where the server itself says so, nothing."""
        dialect, session = dialect_of(self._run.target.provider), self._run.session
        return broken_by(dialect.name, session, dialect.split(render(proposal.plan, "sync")))

    def _refuse_taken(self, proposal: Proposal) -> None:
        """Nothing, if no table that is to be made is there already, in a form that can't be compared.

        Raises  DatabaseError
        """
        made = {change.table.name for change in proposal.changes if isinstance(change, CreateTable)}
        made -= {table.name for table in proposal.before.tables}
        taken = [name for name in self._run.session.tables() if name in made] if made else []
        if taken:
            raise DatabaseError(
                f"`{taken[0]}` is there already, and it can't be compared with the schema",
                code="OKR589",
                place=str(self._run.target.url),
                help="nothing was changed; rename or drop it, or leave it out: `exclude` in the configuration",
            )

    def _refuse_broken(self, proposal: Proposal) -> None:
        """Nothing, if all that others have made goes on working.

        Raises  DatabaseError
        """
        found = self._broken(proposal)
        if found:
            raise DatabaseError(
                f"{found[0]}, which this sync drops or renames",
                code="OKR589",
                place=str(self._run.target.url),
                help="\n".join(
                    (
                        *found[1:],
                        "nothing was changed; drop it first, sync, and make it anew to fit",
                    )
                ),
            )

    def _is_late(self, proposal: Proposal) -> bool:
        """Whether rows may have come, since they were counted, that would lose something; no more come from now on."""
        if self._options.force:
            return False
        run = self._run
        tables = unharmed(proposal.changes, proposal.plan, proposal.losses)
        return hold(run.target.provider, run.session, tables)

    def _held(self) -> AbstractContextManager[object]:
        """The lock, and where the server can undo all, the transaction."""
        run = self._run
        if self._options.dry_run:
            return nullcontext()
        return run.transaction() if run.session.atomic else run.locked()

    def _applied(self, proposal: Proposal, wanted: Wanted, result: SyncResult) -> SyncResult:
        run = self._run
        run.session.check_rights()
        place = str(run.target.url)
        check_version(run, proposal.after, what="the schema", code="OKR587", place=place)
        snapshot = snapshots.keep(self._options.folder, run.target, proposal)
        self._changing = True
        applying.apply(run, proposal, wanted.database)
        self._remember(proposal, wanted)
        warnings = (*result.warnings, *run.session.warnings())
        return replace(
            result,
            applied=True,
            snapshot=snapshot,
            warnings=warnings,
            has_history=bool(run.records),
        )

    def _remember(self, proposal: Proposal, wanted: Wanted) -> None:
        """Keep in the database what the schema says, where that is wanted and not kept yet."""
        if self._options.shadow and (proposal.changes or wanted.known != wanted.models):
            shadow.record(self._run, proposal, wanted.models)

    def _proposal(self, wanted: Wanted) -> Proposal:
        """What would be done; with `force`, rows get a value of OKRA's own where nobody has said another."""
        run = self._run
        found = propose(run.session, run.target, wanted, self._answers)
        if not self._options.force or wanted.models is None or self._questions(found):
            return found
        unfit = {one.what for one in found.misfits}
        needed = [one for one in found.open_fills if one.what in unfit]
        if not needed:
            return found
        dialect = dialect_of(run.target.provider)
        kinds = lower(wanted.models, run.target.provider)
        own = placeholders(dialect, needed, found.changes, found.after, kinds)
        answers = self._answers._replace(fills={**own, **self._answers.fills})
        given = tuple(
            f"rows without `{table}.{column}` get {sql}" for (table, column), sql in own.items()
        )
        found = propose(run.session, run.target, wanted, answers)
        return replace(found, warnings=(*found.warnings, *given))

    def _questions(self, proposal: Proposal) -> list[RenameQuestion | FillQuestion]:
        """What somebody can still be asked; a value is asked for only where rows need one."""
        if self._ask is None or not self._ask.possible:
            return []
        unfit = {one.what for one in proposal.misfits}
        fills = (one for one in proposal.open_fills if one.what in unfit)
        found: list[RenameQuestion | FillQuestion] = [*proposal.open_renames, *fills]
        return [one for one in found if one.what not in self._declined]

    def _settle(self, proposal: Proposal) -> None:
        """Ask the first question that is open about `proposal`: its answer may settle others."""
        question = next(iter(self._questions(proposal)), None)
        if question is None or self._ask is None:
            return
        self._declined.add(question.what)
        if isinstance(question, RenameQuestion):
            after = self._ask.rename(question)
            if after is not None:
                renames = self._answers.renames.plus(question.answer(after))
                self._answers = self._answers._replace(renames=renames)
            return
        sql = self._ask.fill(question, proposal)
        if sql:
            fills = {**self._answers.fills, (question.table, question.column): sql}
            self._answers = self._answers._replace(fills=fills)

    def _takes_over(self, proposal: Proposal) -> bool:
        """Ask whether the database may be synced that OKRA has not synced before.

        Raises  DatabaseError where there is nobody to ask
        """
        found = doubt(self._run)
        if found is None:
            return True
        if self._ask is None:
            raise found
        question = f"{found.message[0].upper()}{found.message[1:]}. Go on?"
        self._taken_over = self._ask.confirm(question, proposal, otherwise=found.help or "")
        return self._taken_over


def _result(proposal: Proposal) -> SyncResult:
    return SyncResult(
        changes=proposal.changes,
        statements=tuple(item.sql for item in proposal.plan.statements),
        sql=render(proposal.plan, "sync") if proposal.changes else "",
        losses=proposal.losses,
        misfits=proposal.misfits,
        ignored=proposal.ignored,
        warnings=proposal.warnings,
    )
