"""`resolve`: say what is true of a migration that OKRA can't know about, and write it into the history."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

import msgspec

from okra.configuration.production import is_production
from okra.dialects import dialect
from okra.errors import DatabaseError, UsageError
from okra.migrations.baseline import differences
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import folder_of, sealed_hash
from okra.migrations.history import Claim, Direction, Kind, Record, State
from okra.migrations.hooks import statements_of
from okra.migrations.squashed import missing_parts
from okra.migrations.statements import statements_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.migrations.chain import Migration
    from okra.migrations.events import Fault
    from okra.migrations.header import Replaced
    from okra.migrations.journal import Halfway


class Action(StrEnum):
    """What the user says.

    APPLIED   the database is as the migration leaves it: write it down as done, run nothing
    REVERTED  the database is as it was before the migration: write it down as taken back
    RETRY     what it failed on was mended: `up` may try it again
    DONE      the statement that nobody knows about was done: go on behind it
    ADOPT     the database now belongs to the target's environment
    """

    APPLIED = "applied"
    REVERTED = "reverted"
    RETRY = "retry"
    DONE = "done"
    ADOPT = "adopt"


class ResolveResult(msgspec.Struct, frozen=True, kw_only=True):
    """What changed: the state of the version, or the environment of the stamp.

    warnings  in what the database is not as the version leaves it, as sentences
    """

    version: str | None
    action: Action
    before: str | None
    after: str | None
    warnings: tuple[str, ...] = ()


def resolve(
    target: Target,
    version: str | None,
    *,
    action: Action,
    statement: int | None = None,
    confirm: Callable[[], bool] | None = None,
    fault: Fault | None = None,
) -> ResolveResult:
    """Write `action` about `version` into the history; `version` is None for ADOPT alone.

    statement  the number of the one that DONE is about
    confirm    asked before ADOPT takes a database away from production; without it that is refused
    Raises  UsageError for an unknown version, DatabaseError where the history says otherwise
    """
    adopts = action is Action.ADOPT
    if adopts != (version is None):
        raise UsageError(
            "`resolve` needs the version of a migration"
            if not adopts
            else "`--adopt` is about the database as a whole: it takes no version",
            code="OKR530",
            help="`okra db:migrate:status` lists all versions",
        )
    with opened(target, writes=True, fault=fault, checks_environment=not adopts) as run:
        match action:
            case Action.APPLIED:
                return _applied(run, version or "")
            case Action.REVERTED:
                return _reverted(run, version or "")
            case Action.RETRY:
                return _retry(run, version or "")
            case Action.DONE:
                return _done(run, version or "", statement or 0)
            case Action.ADOPT:
                return _adopt(run, confirm)
            case _:
                assert_never(action)


def _applied(run: Run, wanted: str) -> ResolveResult:
    migration = run.directory.find(wanted)
    checksum = sealed_hash(migration)
    _check_applicable(run, migration)
    warnings = differences(run, migration)
    with run.transaction():
        _check_applicable(run, migration)
        record = run.records.get(migration.version)
        run.prepare_history()
        parts = missing_parts(migration, run.records)
        for version in [each.version for each in parts] or [migration.version]:
            _make_room(run, version)
        claim = run.claim(migration, Kind.RESOLVED, checksum=checksum, total=0)
        for each in _parts_of(claim, parts, run.records) or (claim,):
            run.history.record(each, known=each.version in run.records)
    result = _result(migration.version, Action.APPLIED, record, State.DONE)
    return msgspec.structs.replace(result, warnings=warnings)


def _make_room(run: Run, version: str) -> None:
    """Take back a row that says neither done nor undone."""
    record = run.records.get(version)
    if record is not None and record.state not in (State.FAILED, State.REVERTED):
        run.history.move(record, runner=run.runner, state=State.REVERTED)
        run.load()


def _parts_of(
    claim: Claim, parts: Sequence[Replaced], records: Mapping[str, Record]
) -> tuple[Claim, ...]:
    """What is written of those that a database lacks which stopped in the middle of what was squashed."""
    found = []
    for each in parts:
        known = records.get(each.version)
        epoch = known.epoch + 1 if known else 1
        found.append(
            msgspec.structs.replace(
                claim, version=each.version, name=each.name, checksum=each.hash, epoch=epoch
            )
        )
    return tuple(found)


def _check_applicable(run: Run, migration: Migration) -> None:
    """Nothing, if it is not done, and every older migration is: the history has no gaps."""
    record = run.records.get(migration.version)
    if record is not None and record.state == State.DONE:
        raise _refused(f"`{migration.folder}` is applied already")
    for each in run.directory.migrations:
        record = run.records.get(each.version)
        if each.version >= migration.version:
            return
        if record is None or record.state != State.DONE:
            raise _refused(
                f"`{each.folder}` comes before `{migration.folder}` and is not applied",
                help=f"resolve `{each.version}` first; for a database without a history:\n"
                f"`okra db:migrate:up --baseline {migration.version}`",
            )


def _reverted(run: Run, wanted: str) -> ResolveResult:
    version = _known_version(run, wanted)
    with run.transaction():
        record = _known(run, version)
        if record.state == State.REVERTED:
            raise _refused(f"`{folder_of(record)}` is taken back already")
        later = [
            each.version
            for each in run.records.values()
            if each.state == State.DONE and each.version > record.version
        ]
        if record.state == State.DONE and later:
            raise _refused(
                f"`{folder_of(record)}` is not the newest that is applied: `{max(later)}` is",
                help="take the newer ones back first",
            )
        run.history.move(record, runner=run.runner, state=State.REVERTED)
        run.history.log(record.version, State.REVERTED.value)
    return _result(record.version, Action.REVERTED, record, State.REVERTED)


def _retry(run: Run, wanted: str) -> ResolveResult:
    version = _known_version(run, wanted)
    with run.transaction():
        record = _known(run, version)
        if record.state in (State.DONE, State.REVERTED):
            raise _refused(
                f"`{folder_of(record)}` did not fail: its state is `{record.state}`",
                help="`okra db:migrate:status` shows what the database has",
            )
        after = State.REVERTED
        halfway = run.halfway.get(version)
        _refuse_several(record, halfway)
        if halfway is None:
            run.history.move(record, runner=run.runner, state=State.REVERTED)
        else:
            prefix = halfway.prefix_hash or ""
            after = run.journal.settle(
                halfway, runner=run.runner, applied=halfway.applied, prefix=prefix
            )
        run.history.log(record.version, Action.RETRY.value)
    return _result(record.version, Action.RETRY, record, after)


def _done(run: Run, wanted: str, statement: int) -> ResolveResult:
    """Write down that the statement in flight was done; the next run goes on behind it."""
    version = _known_version(run, wanted)
    migration = run.directory.find(version)
    with run.transaction():
        record = _known(run, version)
        found = run.halfway.get(version)
        _refuse_several(record, found)
        if found is None or found.in_flight != statement:
            raise _refused(
                f"nobody is in doubt about statement {statement} of `{folder_of(record)}`",
                help=f"in doubt is statement {found.in_flight}"
                if found is not None and found.in_flight is not None
                else "`okra db:migrate:status` shows what the database has",
            )
        sql = dialect(run.target.provider)
        scripts = statements_of(migration, migration.read(), Direction(found.direction), sql)
        prefix = statements_hash(scripts[:statement])
        after = run.journal.settle(found, runner=run.runner, applied=statement, prefix=prefix)
        run.history.log(version, "settled")
    return _result(version, Action.DONE, record, after)


def _refuse_several(record: Record, found: Halfway | None) -> None:
    """Nothing, if a word about one statement says it all: not where several were sent and nobody has looked yet."""
    flight = found.flight if found is not None else None
    if flight is None or len(flight.marks) == 1:
        return
    last = flight.number + len(flight.marks) - 1
    raise _refused(
        f"statements {flight.number} to {last} of `{folder_of(record)}` were sent before the run was stopped",
        help="`okra db:migrate:up` finds out which of them were done, and goes on behind those",
    )


def _adopt(run: Run, confirm: Callable[[], bool] | None) -> ResolveResult:
    environment = run.target.environment
    if run.stamp is None or environment is None:
        raise _refused(
            "the database has no history yet" if run.stamp is None else "there is no environment",
            help="name the environment with `--env`; a new database takes the first that it is used with",
        )
    before = run.stamp.environment
    found = ResolveResult(version=None, action=Action.ADOPT, before=before, after=environment)
    if before == environment:
        return found
    if is_production(before) and not _agreed(run, confirm):
        return msgspec.structs.replace(found, after=before)
    with run.transaction():
        run.stamps.name_environment(environment)
    return found


def _agreed(run: Run, confirm: Callable[[], bool] | None) -> bool:
    if confirm is not None:
        return confirm()
    raise DatabaseError(
        f"the database belongs to `{run.stamp.environment if run.stamp else None}`: what is adopted from there is protected no more",
        code="OKR472",
        place=str(run.target.url),
        help="if it is a copy, agree to that with `confirm=`; nothing was changed",
    )


def _known_version(run: Run, wanted: str) -> str:
    """The version that `wanted` names: of a row, or of a folder."""
    for record in run.records.values():
        if wanted in (record.version, folder_of(record)):
            return record.version
    return run.directory.find(wanted).version


def _known(run: Run, version: str) -> Record:
    record = run.records.get(version)
    if record is None:
        raise _refused(
            f"`{version}` was never applied to this database",
            help="`okra db:migrate:status` shows what the database has",
        )
    return record


def _refused(message: str, help: str | None = None) -> DatabaseError:
    return DatabaseError(
        message, code="OKR530", help=help or "there is nothing to resolve: nothing was changed"
    )


def _result(version: str, action: Action, before: Record | None, after: State) -> ResolveResult:
    return ResolveResult(
        version=version,
        action=action,
        before=before.state if before else None,
        after=after.value,
    )
