"""`down`: take the newest migrations back, each in one transaction, after saying what data that loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.base import Script
from okra.dialects.session import stepper
from okra.errors import DatabaseError, UsageError
from okra.migrations.chain import Migration
from okra.migrations.consent import check_blocking, check_owned
from okra.migrations.course import course
from okra.migrations.events import Fault, Outcome, Progress, Telling, milliseconds
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import (
    current_version,
    refuse_edited,
    refuse_missing,
    refuse_unfinished,
)
from okra.migrations.folder import DOWN_SQL
from okra.migrations.history import Direction, State
from okra.migrations.hooks import pieces_of, refuse_proposal, statements_of, whole_text
from okra.migrations.kept import refuse_purged
from okra.migrations.losses import MAY_FAIL, Confirm, Loss, marked
from okra.migrations.losses import losses as losses_of
from okra.migrations.recovery import follow
from okra.migrations.retries import look_again, look_surely, persist
from okra.migrations.segments import is_whole
from okra.migrations.squashed import refuse_covered, squashed, taken_apart, versions_of
from okra.migrations.statements import Part, refuse_misplaced, run_scripts

if TYPE_CHECKING:
    from okra.migrations.history import Record


class DownResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `down` did.

    reverted   what it took back, or would take back in a dry run; the newest first
    losses     what data that lost, or would lose
    warnings   on what rows it may fail, as sentences
    current    the newest version that is applied now
    cancelled  somebody was asked, and said no: nothing was done
    """

    reverted: tuple[Outcome, ...] = ()
    losses: tuple[Loss, ...] = ()
    warnings: tuple[str, ...] = ()
    current: str | None = None
    dry_run: bool = False
    cancelled: bool = False


class _Way(msgspec.Struct, frozen=True, kw_only=True):
    """One migration to be taken back, and the statements for it."""

    migration: Migration
    scripts: tuple[Script, ...]
    text: str


def migrate_down(
    target: Target,
    *,
    steps: int = 1,
    to: str | None = None,
    dry_run: bool = False,
    resume: bool = False,
    confirm: Confirm | None = None,
    progress: Progress | None = None,
    fault: Fault | None = None,
) -> DownResult:
    """Take back the newest `steps` migrations, or all that are newer than `to`.

    resume   try the statement that failed again as it is: what it failed on was mended
    confirm  asked with what data would be lost, if any would be; without it that is refused
    Raises   UsageError, DirectoryError, ChecksumMismatch, LockNotObtained, StatementFailed, DatabaseError
    """
    _check_steps(steps)
    with opened(target, writes=not dry_run, progress=progress, fault=fault) as run:
        wanted = look_surely(run, lambda: _wanted(run, steps=steps, to=to))
        ways = [_way(run, migration) for migration in wanted]
        refuse_purged(run, ((way.migration, way.text) for way in ways))
        losses = tuple(loss for way in ways for loss in losses_of(way.migration.version, way.text))
        warnings = tuple(warning for way in ways for warning in _warnings(way))
        known = DownResult(losses=losses, warnings=warnings, dry_run=dry_run)
        if not dry_run:
            run.session.check_rights()
            check_owned(run, ((way.migration, DOWN_SQL, way.scripts) for way in ways))
        run.warn(warnings)
        if dry_run:
            reverted = [_shown(way) for way in ways]
        elif losses and not _agreed(losses, confirm):
            return replace(known, current=current_version(run.records), cancelled=True)
        else:
            reverted = _revert_all(run, ways, resume=resume)
        current = current_version(run.records)
        return replace(known, reverted=tuple(reverted), current=current)


def _check_steps(steps: int) -> None:
    if steps < 1:
        raise UsageError(
            f"`--steps` is how many migrations to take back: it can't be {steps}",
            code="OKR526",
            help="leave it out to take back the newest one",
        )


def _agreed(losses: tuple[Loss, ...], confirm: Confirm | None) -> bool:
    if confirm is not None:
        return confirm(losses)
    listed = "\n".join(f"- {loss.message}" for loss in losses)
    raise DatabaseError(
        "taking this back would lose data",
        code="OKR529",
        help=f"{listed}\nsay yes to it with `--yes`, or with `confirm=` where OKRA is a library",
    )


def _wanted(run: Run, *, steps: int, to: str | None) -> list[Migration]:
    """The migrations to take back, the newest first."""
    refuse_unfinished(run.records, run.halfway)
    refuse_halfway(run)
    run.directory = taken_apart(run.directory, run.records)
    done = _done(run)
    if not done:
        raise UsageError(
            "no migration is applied: there is nothing to take back",
            code="OKR532",
            place=str(run.target.url),
            help="`okra db:migrate:status` shows what the database has",
        )
    if to is not None:
        kept = run.directory.find(to).version
        if all(record.version != kept for record in done):
            raise UsageError(
                f"`{to}` is not applied: it can't be what stays",
                code="OKR525",
                help="`okra db:migrate:status` shows what the database has",
            )
        done = [record for record in done if record.version > kept]
    elif steps > len(done):
        raise UsageError(
            f"only {len(done)} migrations are applied, not {steps}",
            code="OKR526",
            help=f"`--steps {len(done)}` takes all of them back",
        )
    else:
        done = done[:steps]
    refuse_missing(done, run.directory)
    for migration in squashed(run.directory):
        if {record.version for record in done} & {*versions_of(migration.header.replaces)}:
            refuse_covered(migration, run.records)
    found = {migration.version: migration for migration in run.directory.migrations}
    return [found[record.version] for record in done]


def refuse_halfway(run: Run) -> None:
    """Nothing, if no migration is half applied: its rollback.sql takes back the whole of it.

    Raises  DatabaseError that names the ways out
    """
    for found in run.halfway.values():
        if not found.is_down:
            are = "is" if found.applied < 2 else "are"  # noqa: PLR2004 - one
            raise DatabaseError(
                f"`{found.version}` is half applied: {found.applied or 'none'} of its {found.total} statements {are} done",
                code="OKR563",
                help="`okra db:migrate:up` finishes it, then it can be taken back as a whole;\n"
                "or take back by hand what is there of it, then "
                f"`okra db:migrate:resolve {found.version} --reverted`",
            )


def _done(run: Run) -> list[Record]:
    """The rows of what is applied, or half taken back, the newest first."""
    done = [
        record
        for record in run.records.values()
        if record.state == State.DONE or record.version in run.halfway
    ]
    return sorted(done, key=lambda record: record.version, reverse=True)


def _way(run: Run, migration: Migration) -> _Way:
    refuse_edited([migration], run.records)
    files = migration.read()
    if migration.version not in run.halfway:
        refuse_proposal(migration, files, Direction.DOWN)
    sql = dialect(run.target.provider)
    scripts = statements_of(migration, files, Direction.DOWN, sql)
    if files.hooks is not None:
        refuse_misplaced(run, migration, DOWN_SQL, scripts)
    text = whole_text(pieces_of(migration, files, Direction.DOWN))
    return _Way(migration=migration, scripts=scripts, text=text)


def _warnings(way: _Way) -> list[str]:
    version = way.migration.version
    return [
        f"taking back {version} may fail on existing data: {message}"
        for message in marked(way.text, MAY_FAIL)
    ]


def _shown(way: _Way) -> Outcome:
    header = way.migration.header
    return Outcome(
        version=header.version, name=header.name, statements=len(way.scripts), sql=way.text
    )


def _revert_all(run: Run, ways: list[_Way], *, resume: bool) -> list[Outcome]:
    """Take one after the other back, under one lock; what another run has taken back meanwhile is left out."""
    now: dict[str, str] = {}
    for way in ways:  # before anything changes
        check_blocking(run, way.migration, DOWN_SQL, way.scripts, now)
    outcomes = []
    with run.locked():
        refuse_purged(run, ((way.migration, way.text) for way in ways))
        for number, way in enumerate(ways, start=1):
            task = _Task(run, way, number=number, total=len(ways), resume=resume)
            if persist(run, way.migration.version, task.attempt):
                outcomes.append(task.outcome())
    return outcomes


class _Task:
    """One migration on its way out of the database."""

    def __init__(self, run: Run, way: _Way, *, number: int, total: int, resume: bool) -> None:
        self._run = run
        self._way = way
        self._resume = resume
        header = way.migration.header
        self._telling = Telling(run.emit, header.version, header.name, number=number, total=total)

    def attempt(self) -> bool:
        """Take it back; False where another run has done it meanwhile.

        Raises  DatabaseError
        """
        run, way = self._run, self._way
        checksum = way.migration.hash()
        wanted = course(run, way.migration, Direction.DOWN, way.scripts, checksum)
        whole = is_whole(wanted.segments)
        run.in_steps = run.in_steps or not whole
        if run.in_steps or run.halfway:
            look_again(run, way.migration.version)
            refuse_halfway(run)
            record = self._newest()
            if record is None:  # by us, where the connection broke while that was committed
                return run.journal.is_own(way.migration.version, run.runners, State.REVERTED)
            if not whole or record.version in run.halfway:
                self._telling.begin()
                steps = stepper(run.target.provider)
                run.note(follow(run, steps, wanted, resume=self._resume), State.REVERTED)
                return True
        return self._revert_whole()

    def outcome(self) -> Outcome:
        """What is said of it now that it is taken back."""
        return self._telling.done(len(self._way.scripts))

    def _revert_whole(self) -> bool:
        run, way = self._run, self._way
        with run.transaction():
            record = self._newest()
            if record is None:
                return False
            self._telling.begin()
            run.point("claim")
            hold = run.history.move(record, runner=run.runner, state=State.REVERTING)
            run.point("claimed")
            part = Part(file=DOWN_SQL, scripts=way.scripts, stop=len(way.scripts))
            run_scripts(run, way.migration, part)
            run.point("record")
            run.history.finish(
                hold,
                state=State.REVERTED,
                applied=0,
                prefix_hash=None,
                duration_ms=milliseconds(self._telling.started),
            )
            run.point("recorded")
        run.note(hold, State.REVERTED)
        return True

    def _newest(self) -> Record | None:
        """The row of the newest migration that is applied, if it is still this one."""
        newest = next(iter(_done(self._run)), None)
        return newest if newest and newest.version == self._way.migration.version else None
