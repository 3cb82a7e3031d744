"""Drift: what a live database is, against what its newest applied migration promises. Changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.waiting import patiently
from okra.errors import DatabaseError
from okra.migrations.compare import EMPTY, Comparison, Side, changes_between, compare, snapshot_side
from okra.migrations.excluded import leave_out
from okra.migrations.executor import opened
from okra.migrations.findings import current_version, folder_of
from okra.migrations.history import State
from okra.migrations.live import read_live
from okra.relational.tree import Difference, tree

if TYPE_CHECKING:
    from okra.migrations.executor import Run, Target

_SETTLED = (State.DONE, State.REVERTED, State.FAILED)


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """What was found.

    expected     what is promised, and what people call that; None where nobody can say
    promise      what it should be, as the end of a sentence that begins with `the database is`
    version      the newest applied migration, if that is what is promised
    found        what is there
    differences  objects with what is promised (`before`) and what is there (`after`)
    unknown      why it can't be said, as the end of a sentence
    """

    provider: str
    expected: Side | None = None
    promise: str = ""
    version: str | None = None
    found: Side | None = None
    differences: tuple[Difference, ...] = ()
    unknown: str | None = None

    @property
    def title(self) -> str | None:
        """What people call what is expected."""
        return None if self.expected is None else self.expected.title

    @property
    def ignored(self) -> tuple[str, ...]:
        """What is there and can't be compared, as sentences."""
        return () if self.found is None else self.found.ignored


def drift(target: Target) -> Drift:
    """What differs between the database and its newest applied migration.

    Raises  DirectoryError and DatabaseError where one of the two can't be read, or what is expected not be known
    """
    with opened(target, writes=False) as run:
        found = drift_of(run)
    if found.unknown is None:
        return found
    raise DatabaseError(
        f"nobody can say what the database should be: {found.unknown}",
        code="OKR471",
        place=str(target.url),
        help="`okra db:migrate:status` shows where it stands, and what to do",
    )


def drift_of(run: Run) -> Drift:
    """The same in a run that has read the history already; says so itself where nobody can know.

    Raises  DirectoryError for a snapshot that can't be read, DatabaseError
    """
    provider = run.target.provider
    unknown = _unknown(run)
    if unknown is not None:
        return Drift(provider=provider, unknown=unknown)
    version = current_version(run.records)
    expected, promise = EMPTY, "empty, and nothing is applied"
    if version is not None:
        expected = snapshot_side(run.directory.find(version).snapshot())
        promise = f"what {expected.title} promises"
    found = between(expected, _found(run, expected), provider, run.target.exclude)
    return replace(found, promise=promise, version=version)


def between(expected: Side, found: Side, provider: str, exclude: tuple[str, ...] = ()) -> Drift:
    """What differs between two states, of which one is promised; tables of `exclude` are left out."""
    changes, _ = changes_between(provider, expected, found, exclude)
    return Drift(
        provider=provider,
        expected=expected,
        promise=f"what {expected.title} says",
        found=found,
        differences=tree(changes),
    )


def way_back(drift: Drift, exclude: tuple[str, ...] = ()) -> Comparison:
    """What leads from what is there to what is promised."""
    found, expected = drift.found or EMPTY, drift.expected or EMPTY
    return compare(drift.provider, found, expected, exclude)


def _found(run: Run, expected: Side) -> Side:
    live = patiently(
        lambda: read_live(run.session, run.target.provider, wanted=expected.database),
        run.target.lock_timeout_ms,
        run.session.lock.blockers,
    )
    return Side(
        title=str(run.target.url),
        database=leave_out(live.database, (), {run.target.history_table}),
        ignored=live.found.ignored,
    )


def _unknown(run: Run) -> str | None:
    """Why nobody can say what the database promises to be."""
    for record in run.records.values():
        if record.version in run.halfway or record.state not in _SETTLED:
            return f"`{folder_of(record)}` is halfway"
    version = current_version(run.records)
    there = {migration.version for migration in run.directory.migrations}
    if version is not None and version not in there:
        return f"`{folder_of(run.records[version])}` is applied, and not in the directory"
    return None
