"""`status`: where the database and the directory stand to each other; changes nothing."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.errors import OkraError
from okra.migrations.batch import decode_progress
from okra.migrations.drift import Drift, drift_of
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import (
    Standing,
    current_version,
    is_as_applied,
    refuse_edited,
    refuse_foreign_database,
    refuse_late,
    refuse_missing,
    refuse_unfinished,
    standing,
)
from okra.migrations.history import Kind, State
from okra.migrations.hooks import refuse_proposal
from okra.migrations.recovery import refuse_stopped, refuse_unknown
from okra.migrations.squashed import is_covered, parts_had, refuse_middle, replaced_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okra.migrations.chain import Migration
    from okra.migrations.history import Record
    from okra.migrations.journal import Halfway

CHEAP_TABLES = 200
"""Drift is looked for unasked in databases of so many tables and views: that takes a few hundredths of a second."""

SQUASHED = "squashed"
"""The kind of a migration that a database has as those that were squashed into it."""

_GONE = (State.FAILED, State.REVERTED)


class Condition(StrEnum):
    """How one migration stands."""

    APPLIED = "applied"
    PENDING = "pending"
    REVERTED = "reverted"
    FAILED = "failed"
    LATE = "late"
    EDITED = "edited"
    MISSING = "missing"
    UNFINISHED = "unfinished"


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One migration.

    kind      `baseline` or `resolved` where it was written down without being run; `squashed` where the
              migrations that were squashed into it were run
    verified  False where it was never proven
    done      how many of its statements are done, where it was begun in steps and is not finished
    total     how many it has then
    ranges    how many ranges of the next one are done, where that is run in ranges of a key
    back      it is on the way back then
    """

    version: str
    condition: Condition
    name: str | None = None
    kind: str | None = None
    finished_at: str | None = None
    duration_ms: int | None = None
    applied_by: str | None = None
    error: str | None = None
    error_at_statement: int | None = None
    verified: bool = True
    done: int | None = None
    total: int | None = None
    ranges: int | None = None
    back: bool = False


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that keeps `up` from going on, with its code and the way out."""

    code: str
    message: str
    help: str | None = None


class StatusResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole picture.

    entries   every migration of the directory and the history, the oldest first
    current   the newest version that is applied
    next      the version that `up` would apply first
    problems  what keeps `up` from going on
    drift     what is not as the newest applied migration promises; None where nobody looked
    """

    database: str
    environment: str | None = None
    entries: tuple[Entry, ...] = ()
    current: str | None = None
    next: str | None = None
    problems: tuple[Problem, ...] = ()
    drift: Drift | None = None

    def select(self, *conditions: Condition) -> tuple[Entry, ...]:
        """The entries in one of these conditions."""
        return tuple(entry for entry in self.entries if entry.condition in conditions)

    @property
    def pending(self) -> tuple[Entry, ...]:
        """All that `up` would have to apply, or to finish."""
        return self.select(
            Condition.PENDING,
            Condition.REVERTED,
            Condition.FAILED,
            Condition.LATE,
            Condition.UNFINISHED,
        )

    @property
    def up_to_date(self) -> bool:
        """Whether all is applied and nothing is wrong."""
        return not self.problems and not self.pending

    @property
    def drifted(self) -> bool:
        """Whether somebody looked for drift, and found some, or could not tell."""
        drift = self.drift
        return drift is not None and bool(drift.differences or drift.unknown)


def migrate_status(target: Target, *, drift: bool | None = None) -> StatusResult:
    """Compare the directory with the database.

    drift   whether to look for drift, too; None: where that is cheap
    Raises  DirectoryError and DatabaseError where one of the two can't be read
    """
    with opened(target, writes=False) as run:
        found = standing(run.directory, run.records)
        late = {migration.version for migration in found.late}
        entries = [
            _entry(migration, run.records, late=migration.version in late)
            for migration in run.directory.migrations
        ]
        there = {entry.version for entry in entries} | replaced_versions(run.directory)
        entries += [
            _orphan(record)
            for record in run.records.values()
            if record.version not in there and record.state not in _GONE
        ]
        had = parts_had(run.directory, run.records) - {entry.version for entry in entries}
        entries += [_recorded(run.records[each], Condition.APPLIED, verified=True) for each in had]
        entries = [_with_progress(entry, run.halfway.get(entry.version)) for entry in entries]
        return StatusResult(
            database=str(target.url),
            environment=(run.stamp.environment if run.stamp else None) or target.environment,
            entries=tuple(sorted(entries, key=lambda entry: entry.version)),
            current=current_version(run.records),
            next=found.pending[0].version if found.pending else None,
            problems=_problems(run, found),
            drift=_drift(run, asked=drift),
        )


def _drift(run: Run, *, asked: bool | None) -> Drift | None:
    """The drift, if it is asked for, or cheap: the database has a history, and not too many tables."""
    if asked is False or (asked is None and not run.records):
        return None
    if asked is None and len(run.session.tables()) > CHEAP_TABLES:
        return None
    return drift_of(run)


def _entry(migration: Migration, records: Mapping[str, Record], *, late: bool) -> Entry:
    header = migration.header
    record = records.get(migration.version)
    if record is None:
        condition = Condition.LATE if late else Condition.PENDING
        return Entry(
            version=header.version,
            name=header.name,
            condition=condition,
            verified=header.verified,
        )
    entry = _recorded(record, _condition(migration, records, late=late), header.verified)
    if is_covered(migration, record, records):
        return replace(entry, name=header.name, kind=SQUASHED)
    return entry


def _with_progress(entry: Entry, halfway: Halfway | None) -> Entry:
    if halfway is None:
        return entry
    progress = decode_progress(halfway.progress) if halfway.progress else None
    return replace(
        entry,
        done=halfway.applied,
        total=halfway.total,
        ranges=progress.ranges if progress else None,
        back=halfway.is_down,
    )


def _condition(migration: Migration, records: Mapping[str, Record], *, late: bool) -> Condition:
    match records[migration.version].state:
        case State.DONE:
            as_applied = is_as_applied(migration, records)
            return Condition.APPLIED if as_applied else Condition.EDITED
        case State.FAILED:
            return Condition.FAILED
        case State.REVERTED:
            return Condition.LATE if late else Condition.REVERTED
        case _:
            return Condition.UNFINISHED


def _orphan(record: Record) -> Entry:
    done = record.state == State.DONE
    return _recorded(record, Condition.MISSING if done else Condition.UNFINISHED, verified=True)


def _recorded(record: Record, condition: Condition, verified: bool) -> Entry:
    return Entry(
        version=record.version,
        name=record.name,
        condition=condition,
        kind=None if record.kind == Kind.MIGRATION else record.kind,
        finished_at=record.finished_at,
        duration_ms=record.duration_ms,
        applied_by=record.applied_by,
        error=record.error,
        error_at_statement=record.error_at_statement,
        verified=verified,
    )


def _problems(run: Run, found: Standing) -> tuple[Problem, ...]:
    checks: list[Callable[[], object]] = [
        run.directory.check_chain,
        lambda: refuse_middle(run.directory, run.records),
        lambda: refuse_missing(found.done, run.directory),
        lambda: refuse_edited(found.applied, run.records),
        lambda: refuse_unfinished(run.records, run.halfway),
        lambda: refuse_unknown(run.halfway.values()),
        lambda: refuse_late(found),
        lambda: refuse_foreign_database(run) if found.pending else None,
    ]
    checks += [partial(_check_pending, run, migration) for migration in found.pending]
    problems = []
    for check in checks:
        try:
            check()
        except OkraError as error:
            problems.append(Problem(code=error.code, message=error.message, help=error.help))
    return tuple(problems)


def _check_pending(run: Run, migration: Migration) -> None:
    refuse_stopped(run, migration, resume=False)
    if migration.version not in run.halfway:
        refuse_proposal(migration, migration.read())
