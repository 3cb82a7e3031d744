"""The way back to what a database was before a sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.declarative.proposal import Wanted
from okra.declarative.sync import SyncOptions, SyncResult, lead

if TYPE_CHECKING:
    from okra.declarative.proposal import SyncQuestions
    from okra.declarative.snapshots import SchemaSnapshot
    from okra.migrations.events import Fault, Progress
    from okra.migrations.executor import Run, Target


def restore(
    target: Target,
    snapshot: SchemaSnapshot,
    options: SyncOptions | None = None,
    ask: SyncQuestions | None = None,
    progress: Progress | None = None,
    *,
    fault: Fault | None = None,
) -> SyncResult:
    """Make the database of `target` what it was when `snapshot` was taken; the rest as `sync`."""

    def aim(_run: Run) -> Wanted:
        return Wanted(snapshot.database, renames=snapshot.renames.inverted())

    return lead(target, aim, options or SyncOptions(), ask, progress, fault=fault)
