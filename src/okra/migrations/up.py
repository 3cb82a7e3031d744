"""`up`: apply what is pending, in order, each migration in one transaction."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DatabaseError, DirectoryError, StatementFailed, UsageError
from okra.migrations.baseline import Baseline, record_baseline
from okra.migrations.chain import check_sealed, files_hash
from okra.migrations.executor import (
    Event,
    EventKind,
    Fault,
    Outcome,
    Progress,
    Run,
    Target,
    milliseconds,
    opened,
)
from okra.migrations.findings import (
    current_version,
    refuse,
    refuse_failed,
    refuse_foreign_database,
    refuse_gap,
    sealed_hash,
    standing,
)
from okra.migrations.history import Claim, Kind, State
from okra.migrations.statements import BLAMED, run_scripts, split_file, statements_hash
from okra.url import redact

if TYPE_CHECKING:
    from okra.dialects.base import Script
    from okra.migrations.chain import Migration


class UpResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `up` did.

    applied    what it applied, or would apply in a dry run
    baselined  the versions that it wrote down as done without running them
    current    the newest version that is applied now
    warnings   what may be wrong although all went well, as sentences
    """

    applied: tuple[Outcome, ...] = ()
    baselined: tuple[str, ...] = ()
    current: str | None = None
    dry_run: bool = False
    warnings: tuple[str, ...] = ()


def migrate_up(
    target: Target,
    *,
    to: str | None = None,
    steps: int | None = None,
    baseline: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    fault: Fault | None = None,
) -> UpResult:
    """Apply what is pending: all of it, `steps` migrations, or those up to and with `to`.

    baseline  the version that the database, which has no history yet, is already at
    Raises    UsageError, DirectoryError, ChecksumMismatch, LockNotObtained, StatementFailed, DatabaseError
    """
    if steps is not None and steps < 1:
        raise UsageError(
            f"`--steps` is how many migrations to apply: it can't be {steps}",
            code="OKR526",
            help="leave it out to apply all that are pending",
        )
    with opened(target, writes=not dry_run, progress=progress, fault=fault) as run:
        taken = Baseline() if baseline is None else record_baseline(run, baseline, dry_run=dry_run)
        wanted = _wanted(run, to=to, steps=steps)
        if dry_run:
            outcomes = [_shown(run, migration) for migration in wanted]
        else:
            found = [_apply(run, each, n, len(wanted)) for n, each in enumerate(wanted, start=1)]
            outcomes = [outcome for outcome in found if outcome is not None]
        warnings = run.session.warnings() if outcomes else ()
        run.warn(warnings)
        return UpResult(
            applied=tuple(outcomes),
            baselined=taken.versions,
            current=current_version(run.records),
            dry_run=dry_run,
            warnings=(*taken.warnings, *warnings),
        )


def _wanted(run: Run, *, to: str | None, steps: int | None) -> list[Migration]:
    """What is to be applied, as far as a look without the lock can say."""
    last = run.directory.find(to).version if to is not None else None
    pending = _pending(run)
    if last is not None:
        pending = tuple(migration for migration in pending if migration.version <= last)
    wanted = pending[:steps]
    for migration in wanted:
        refuse_failed(migration, run.records.get(migration.version), sealed_hash(migration))
    return list(wanted)


def _pending(run: Run) -> tuple[Migration, ...]:
    found = standing(run.directory, run.records)
    refuse(found, run.directory, run.records)
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
        sql=migration.read().migration.decode("utf-8-sig", "replace"),
    )


def _apply(run: Run, migration: Migration, number: int, total: int) -> Outcome | None:
    """Apply one migration; None where another run has done it meanwhile."""
    started = monotonic()
    scripts, checksum = _opened_file(run, migration)
    event = Event(
        kind=EventKind.MIGRATION_STARTED,
        version=migration.version,
        name=migration.header.name,
        number=number,
        total=total,
    )
    claim = None
    try:
        with run.transaction() as changed:
            if changed:
                refuse_gap(migration, _pending(run))
            record = run.records.get(migration.version)
            if record is not None and record.state == State.DONE:
                return None
            refuse_failed(migration, record, checksum)
            run.emit(event)
            run.prepare_history()
            claim = run.claim(migration, Kind.MIGRATION, checksum=checksum, total=len(scripts))
            _run(run, migration, claim, scripts, started)
    except DatabaseError as error:
        if claim is not None:
            _record_failure(run, claim, error)
        raise
    run.note(claim, State.DONE)
    duration = milliseconds(started)
    run.emit(msgspec.structs.replace(event, kind=EventKind.MIGRATION_DONE, duration_ms=duration))
    return Outcome(
        version=migration.version,
        name=migration.header.name,
        statements=len(scripts),
        duration_ms=duration,
    )


def _opened_file(run: Run, migration: Migration) -> tuple[tuple[Script, ...], str]:
    """The statements of migration.sql, and the hash of the files they came from."""
    files = migration.read()
    check_sealed(migration, files)
    if files.hooks is not None:
        raise DirectoryError(
            f"`{migration.folder}` has a `hooks.sql`, which this version of OKRA does not run",
            code="OKR464",
            place=migration.file("hooks.sql"),
            help="use the version of OKRA that wrote it, or a newer one",
        )
    scripts = split_file(run, migration, "migration.sql", files.migration)
    return scripts, files_hash(migration.header.parent, files)


def _run(
    run: Run, migration: Migration, claim: Claim, scripts: tuple[Script, ...], started: float
) -> None:
    run.point("claim")
    hold = run.history.claim(claim, known=claim.version in run.records)
    run.point("claimed")
    run_scripts(run, migration, scripts, "migration.sql")
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
