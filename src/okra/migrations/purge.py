"""`purge`: what migrations have dropped and kept aside goes for good, after saying what that is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.trash import kept
from okra.errors import DatabaseError
from okra.migrations.down import refuse_halfway
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import refuse_unfinished
from okra.migrations.losses import Confirm, Loss
from okra.relational.trash import kept_since, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from okra.dialects.trash import Kept


class Purged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A table or column that was kept aside.

    version  the migration that has dropped it
    count    how many rows the table has, or how many values that are not NULL the column has
    """

    table: str
    column: str | None = None
    version: str
    count: int


class PurgeResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `purge` did.

    purged     what is gone, or would be in a dry run
    cancelled  somebody was asked, and said no: nothing was done
    """

    purged: tuple[Purged, ...] = ()
    dry_run: bool = False
    cancelled: bool = False


def purge(
    target: Target,
    *,
    older_than: timedelta | None = None,
    dry_run: bool = False,
    confirm: Confirm | None = None,
    now: datetime | None = None,
) -> PurgeResult:
    """Drop for good what is kept aside, or what was put aside before that.

    confirm  asked with what would be lost, if anything would be; without it that is refused
    Raises   DatabaseError, LockNotObtained
    """
    before = None if older_than is None else _ago(now or datetime.now(UTC), older_than)
    with opened(target, writes=not dry_run) as run:
        if not dry_run:
            run.session.check_rights()
        refuse_unfinished(run.records, run.halfway)
        refuse_halfway(run)
        found = _found(run, before)
        purged = _counted(run, found, before)
        if dry_run or not purged:
            return PurgeResult(purged=purged, dry_run=dry_run)
        losses = tuple(Loss(version=each.version, message=sentence(each)) for each in purged)
        if confirm is None:
            listed = "\n".join(f"- {loss.message}" for loss in losses)
            raise DatabaseError(
                "purging loses data",
                code="OKR691",
                help=f"{listed}\nsay yes to it with `--yes`, or with `confirm=` where OKRA is a library",
            )
        if not confirm(losses):
            return PurgeResult(purged=purged, cancelled=True)
        with run.transaction() if run.session.atomic else run.locked():
            _drop(run, found, before)
        return PurgeResult(purged=purged)


def sentence(each: Purged) -> str:
    """What is lost with it."""
    count = f"{each.count} {'value' if each.column else 'row'}{'' if each.count == 1 else 's'}"
    if each.column:
        return f"drops column `{each.table}.{each.column}` with {count}"
    return f"drops table `{each.table}` with {count}"


def _ago(now: datetime, age: timedelta) -> datetime:
    """When that was; nothing is as old as an age beyond all calendars."""
    first = datetime.min.replace(tzinfo=UTC)
    return now - age if age < now - first else first


def _found(run: Run, before: datetime | None) -> list[Kept]:
    """What may go; in schemas that the URL does not name, only what this history has put aside."""
    found = [
        each
        for each in kept(run.target.provider, run.session)
        if not each.within and (not each.foreign or version_of(each.name) in run.records)
    ]
    if before is None:
        return found
    return [each for each in found if (since := _since(run, each.name)) and since < before]


def _since(run: Run, name: str) -> datetime | None:
    """When it was put aside: in this database, and not before the migration that did it was made."""
    made = kept_since(name)
    record = run.records.get(version_of(name))
    if made is None or record is None or record.finished_at is None:
        return made
    return max(made, datetime.fromisoformat(record.finished_at))


def _counted(run: Run, found: Sequence[Kept], before: datetime | None) -> tuple[Purged, ...]:
    """What would be lost; what another run drops meanwhile is left out."""
    counted = []
    for each in found:
        try:
            count = int(run.session.query(each.count)[0][0] or 0)
        except DatabaseError:
            if each in _found(run, before):
                raise
            continue
        counted.append(
            Purged(table=each.table, column=each.column, version=version_of(each.name), count=count)
        )
    return tuple(counted)


def _drop(run: Run, agreed: Sequence[Kept], before: datetime | None) -> None:
    """Drop what was agreed on; what is gone meanwhile needs nothing.

    Raises  DatabaseError where a run was at work meanwhile that has left something half done
    """
    run.refresh()
    refuse_unfinished(run.records, run.halfway)
    refuse_halfway(run)
    there = _found(run, before)
    for each in agreed:
        if each in there:
            run.session.execute(each.drop)
