"""`up`: apply what is pending, in order, each migration in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.session import stepper
from okra.errors import DatabaseError, StatementFailed, UsageError
from okra.migrations.baseline import Baseline, record_baseline
from okra.migrations.chain import check_sealed, files_hash
from okra.migrations.consent import check_ready
from okra.migrations.course import course
from okra.migrations.events import Fault, Outcome, Progress, Telling, milliseconds
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import (
    current_version,
    refuse,
    refuse_failed,
    refuse_foreign_database,
    refuse_gap,
    standing,
)
from okra.migrations.folder import UP_SQL
from okra.migrations.history import Claim, Direction, Kind, State
from okra.migrations.hooks import (
    pieces_of,
    refuse_proposal,
    statements_of,
    whole_text,
    without_way_back,
)
from okra.migrations.losses import Confirm, Loss, losses
from okra.migrations.recovery import follow, refuse_stopped
from okra.migrations.retries import look_again, look_surely, persist
from okra.migrations.segments import is_whole
from okra.migrations.statements import (
    BLAMED,
    Part,
    refuse_misplaced,
    run_scripts,
    statements_hash,
)
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.migrations.chain import Migration


class UpResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `up` did.

    applied    what it applied, or would apply in a dry run
    baselined  the versions that it wrote down as done without running them
    current    the newest version that is applied now
    warnings   what may be wrong although all went well, as sentences
    losses     what data that lost, or would lose, where somebody is asked
    cancelled  somebody was asked, and said no: nothing was done
    """

    applied: tuple[Outcome, ...] = ()
    baselined: tuple[str, ...] = ()
    current: str | None = None
    dry_run: bool = False
    warnings: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    cancelled: bool = False


def migrate_up(  # noqa: PLR0913 - one keyword for each flag
    target: Target,
    *,
    to: str | None = None,
    steps: int | None = None,
    baseline: str | None = None,
    dry_run: bool = False,
    resume: bool = False,
    confirm: Confirm | None = None,
    progress: Progress | None = None,
    fault: Fault | None = None,
) -> UpResult:
    """Apply what is pending: all of it, `steps` migrations, or those up to and with `to`.

    baseline  the version that the database, which has no history yet, is already at
    resume    try what failed again as it is: what it failed on was mended elsewhere
    confirm   asked with what data would be lost, if any would be; None: nobody is asked
    Raises    UsageError, DirectoryError, ChecksumMismatch, LockNotObtained, StatementFailed, DatabaseError
    """
    _check_steps(steps)
    with opened(target, writes=not dry_run, progress=progress, fault=fault) as run:
        taken = Baseline() if baseline is None else record_baseline(run, baseline, dry_run=dry_run)
        choice = _Choice(to=to, steps=steps, resume=resume)
        wanted = look_surely(run, lambda: _wanted(run, choice))
        unwritten = _unwritten(run, wanted)
        lost = _losses(wanted) if dry_run or confirm is not None else ()
        known = UpResult(baselined=taken.versions, dry_run=dry_run, losses=lost)
        if dry_run:
            outcomes = [_shown(run, migration) for migration in wanted]
        elif lost and confirm is not None and not confirm(lost):
            return replace(known, current=current_version(run.records), cancelled=True)
        else:
            check_ready(run, wanted)
            outcomes = _apply_all(run, wanted, resume=resume)
        warnings = run.session.warnings() if outcomes else ()
        run.warn(warnings)
        return replace(
            known,
            applied=tuple(outcomes),
            current=current_version(run.records),
            warnings=(*taken.warnings, *unwritten, *warnings),
        )


def _check_steps(steps: int | None) -> None:
    if steps is not None and steps < 1:
        raise UsageError(
            f"`--steps` is how many migrations to apply: it can't be {steps}",
            code="OKR526",
            help="leave it out to apply all that are pending",
        )


def _unwritten(run: Run, wanted: Sequence[Migration]) -> tuple[str, ...]:
    """What has no way back yet; told before anything is applied."""
    found = tuple(text for each in wanted for text in without_way_back(each, each.read()))
    run.warn(found)
    return found


def _losses(wanted: Sequence[Migration]) -> tuple[Loss, ...]:
    """What data is lost by applying `wanted`, as their files say."""
    texts = ((each, whole_text(pieces_of(each, each.read(), Direction.UP))) for each in wanted)
    return tuple(loss for each, text in texts for loss in losses(each.version, text))


class _Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the pending migrations are meant."""

    to: str | None
    steps: int | None
    resume: bool


def _wanted(run: Run, choice: _Choice) -> list[Migration]:
    """What is to be applied."""
    last = run.directory.find(choice.to).version if choice.to is not None else None
    pending = _pending(run)
    if last is not None:
        pending = tuple(migration for migration in pending if migration.version <= last)
    wanted = pending[: choice.steps]
    for migration in wanted:
        refuse_stopped(run, migration, resume=choice.resume)
        if migration.version not in run.halfway:
            refuse_proposal(migration, migration.read())
    return list(wanted)


def _pending(run: Run) -> tuple[Migration, ...]:
    found = standing(run.directory, run.records)
    refuse(found, run.directory, run.records, run.halfway)
    if found.pending:
        refuse_foreign_database(run)
    return found.pending


def _shown(run: Run, migration: Migration) -> Outcome:
    """What would be applied; a file that `up` would refuse is refused here, too."""
    scripts, _ = _opened_file(run, migration)
    return Outcome(
        version=migration.version,
        name=migration.header.name,
        statements=len(scripts),
        sql=whole_text(pieces_of(migration, migration.read(), Direction.UP)),
    )


def _apply_all(run: Run, wanted: Sequence[Migration], *, resume: bool) -> list[Outcome]:
    """Apply one after the other, under one lock; what another run has done meanwhile is left out."""
    if not wanted:
        return []
    outcomes = []
    with run.locked():
        for number, migration in enumerate(wanted, start=1):
            task = _Task(run, migration, number=number, total=len(wanted), resume=resume)
            if persist(run, migration.version, task.attempt):
                outcomes.append(task.outcome())
    return outcomes


class _Task:
    """One migration on its way into the database."""

    def __init__(
        self, run: Run, migration: Migration, *, number: int, total: int, resume: bool
    ) -> None:
        self._run = run
        self._migration = migration
        self._resume = resume
        name = migration.header.name
        self._telling = Telling(run.emit, migration.version, name, number=number, total=total)
        self._scripts, self._checksum = _opened_file(run, migration)

    def attempt(self) -> bool:
        """Apply it; False where another run has done it meanwhile.

        Raises  DatabaseError, after what is known was written down
        """
        run, migration = self._run, self._migration
        wanted = course(run, migration, Direction.UP, self._scripts, self._checksum)
        whole = is_whole(wanted.segments)
        run.in_steps = run.in_steps or not whole
        if run.in_steps or run.halfway:
            if look_again(run, migration.version):
                refuse_gap(migration, _pending(run))
            if self._is_done():  # by us, where the connection broke while that was committed
                return run.journal.is_own(migration.version, run.runners, State.DONE)
            if not whole or migration.version in run.halfway:
                self._telling.begin()
                hold = follow(run, stepper(run.target.provider), wanted, resume=self._resume)
                run.note(hold, State.DONE)
                return True
        return self._attempt_whole()

    def outcome(self) -> Outcome:
        """What is said of it now that it is applied."""
        return self._telling.done(len(self._scripts))

    def _attempt_whole(self) -> bool:
        claims: list[Claim] = []
        try:
            done = self._apply_whole(claims)
        except DatabaseError as error:
            for claim in claims:
                _record_failure(self._run, claim, error)
            raise
        for claim in claims:
            self._run.note(claim, State.DONE)
        return done

    def _apply_whole(self, claims: list[Claim]) -> bool:
        """The same as one transaction; `claims` gets what it begins with, for whoever has to tell of its end."""
        run, migration = self._run, self._migration
        with run.transaction() as changed:
            if changed:
                refuse_gap(migration, _pending(run))
            if self._is_done():
                return False
            if not self._resume:
                refuse_failed(migration, run.records.get(migration.version), self._checksum)
            self._telling.begin()
            run.prepare_history()
            claim = run.claim(
                migration, Kind.MIGRATION, checksum=self._checksum, total=len(self._scripts)
            )
            claims.append(claim)
            _run(run, migration, claim, self._scripts, self._telling.started)
        return True

    def _is_done(self) -> bool:
        record = self._run.records.get(self._migration.version)
        return record is not None and record.state == State.DONE


def _opened_file(run: Run, migration: Migration) -> tuple[tuple[Script, ...], str]:
    """The statements that lead up, and the hash of the files they came from."""
    files = migration.read()
    check_sealed(migration, files)
    sql = dialect(run.target.provider)
    scripts = statements_of(migration, files, Direction.UP, sql)
    if files.hooks is not None:
        refuse_misplaced(run, migration, UP_SQL, scripts)
    return scripts, files_hash(migration.header.parent, files)


def _run(
    run: Run, migration: Migration, claim: Claim, scripts: tuple[Script, ...], started: float
) -> None:
    run.point("claim")
    hold = run.history.claim(claim, known=claim.version in run.records)
    run.point("claimed")
    run_scripts(run, migration, Part(file=UP_SQL, scripts=scripts, stop=len(scripts)))
    run.point("record")
    run.history.finish(
        hold,
        state=State.DONE,
        applied=len(scripts),
        prefix_hash=statements_hash(scripts),
        duration_ms=milliseconds(started),
    )
    run.point("recorded")


def _record_failure(run: Run, claim: Claim, error: DatabaseError) -> None:
    """Write down that the migration failed, if it is itself to blame; it is undone already."""
    if error.code not in BLAMED:
        return
    at = error.index if isinstance(error, StatementFailed) else None
    text = error.server_error if isinstance(error, StatementFailed) else error.message
    message = redact(text, run.target.url)
    try:
        with run.transaction():
            known = run.records.get(claim.version)
            if known is not None and known.epoch != claim.epoch - 1:
                return  # another run has taken it meanwhile: its word counts
            run.prepare_history()
            run.history.fail(
                claim, known=known is not None, code=error.code, message=message, statement=at
            )
    except DatabaseError as second:
        error.help = f"{error.help}\nand the failure could not be written down: {second.message}"
        return
    run.note(claim, State.FAILED, error=message)
