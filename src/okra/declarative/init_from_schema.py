"""From declarative to versioned: whether a database already is what its migrations lead to, and writing that down."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DatabaseError
from okra.migrations.baseline import there, write_down
from okra.migrations.excluded import leave_out
from okra.migrations.executor import opened
from okra.migrations.findings import current_version
from okra.relational.diff import diff
from okra.relational.tree import Difference, tree

if TYPE_CHECKING:
    from okra.migrations.events import Fault, Progress
    from okra.migrations.executor import Run, Target
    from okra.relational.model import Database


class Standing(StrEnum):
    """How a database stands to the migrations that it will have."""

    EMPTY = "empty"
    SAME = "same"
    DIFFERENT = "different"
    RECORDED = "recorded"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a database turned out to be.

    differences  objects with what the migrations lead to (`before`), and what is there (`after`)
    versions     the migrations that were written down as applied just now
    current      the newest version in its history, where it has one
    """

    standing: Standing
    differences: tuple[Difference, ...] = ()
    versions: tuple[str, ...] = ()
    current: str | None = None


def look(target: Target, wanted: Database) -> Found:
    """Whether the database is `wanted`. Tables that `wanted` does not know are nobody's business.

    Raises  DatabaseError where it can't be read, or has a history of migrations that are not in the directory
    """
    with opened(target, writes=False) as run:
        if run.records and not run.directory.migrations:
            raise _other_history(run)
        return _look(run, wanted)


def record(
    target: Target, *, progress: Progress | None = None, fault: Fault | None = None
) -> Found:
    """Write all migrations of the directory down as applied, if the database is what they lead to.

    Raises  DirectoryError, DatabaseError; then nothing was written down
    """
    with opened(target, writes=True, progress=progress, fault=fault) as run:
        run.directory.check_chain()
        newest = run.directory.newest
        if newest is None:
            return Found(standing=Standing.EMPTY)
        wanted = newest.snapshot().database
        found = _look(run, wanted)
        if found.standing is not Standing.SAME:
            return found
        with run.locked():
            run.load()
            found = _look(run, wanted)  # whoever had the lock meanwhile may have changed it
            if found.standing is not Standing.SAME:
                return found
            versions = write_down(run, newest)
        return Found(standing=Standing.SAME, versions=versions, current=newest.version)


def _look(run: Run, wanted: Database) -> Found:
    if run.records:
        return Found(standing=Standing.RECORDED, current=current_version(run.records))
    if not run.strangers:
        return Found(standing=Standing.EMPTY)
    managed = leave_out(wanted, run.target.exclude)
    changes = diff(managed, there(run, managed))
    standing = Standing.DIFFERENT if changes else Standing.SAME
    return Found(standing=standing, differences=tree(changes))


def _other_history(run: Run) -> DatabaseError:
    newest = max(run.records)
    return DatabaseError(
        f"the database has a history already, whose newest entry is `{newest}`, and the directory has "
        "no migrations",
        code="OKR592",
        place=str(run.target.url),
        help="take the migrations back from version control, or set `migrations.dir` to where they are\n"
        "nothing was written",
    )
