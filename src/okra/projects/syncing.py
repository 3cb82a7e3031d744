"""A project's database made what its schema says: what the configuration says about that, and who may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.errors import UsageError
from okra.projects.protected import called, check_named

if TYPE_CHECKING:
    from pathlib import Path

    from okra.declarative.proposal import SyncQuestions
    from okra.declarative.sync import SyncOptions, SyncResult
    from okra.migrations.events import Progress
    from okra.projects.project import Project

FOLDER = ".okra"


def sync(
    project: Project,
    *,
    options: SyncOptions | None = None,
    ask: SyncQuestions | None = None,
    progress: Progress | None = None,
    confirmed: str | None = None,
) -> SyncResult:
    """Make the project's database what its schema says.

    ask        who answers questions, and is told before the first statement; None: nobody is asked
    confirmed  the name of the database, where it is protected: its owner has agreed

    Raises  UsageError for a protected database; SchemaError, UnsupportedChange, DatabaseError
    """
    from okra.declarative.sync import sync as sync_database

    check_allowed(project, confirmed, options)
    return sync_database(
        project.live_target(),
        project.definition(),
        completed(project, options),
        ask,
        progress,
    )


def restore(
    project: Project,
    snapshot: str,
    *,
    options: SyncOptions | None = None,
    ask: SyncQuestions | None = None,
    progress: Progress | None = None,
    confirmed: str | None = None,
) -> SyncResult:
    """Make the project's database what it was when `snapshot` was taken: a file, the beginning of its name, or `last`.

    The rest as `sync`. What its rows held then does not come back.
    """
    from okra.declarative.restore import restore as restore_database
    from okra.declarative.snapshots import find

    check_allowed(project, confirmed, options)
    target = project.live_target()
    found = find(snapshot_folder(project), snapshot, target, project.start)
    return restore_database(target, found, completed(project, options), ask, progress)


def check_allowed(project: Project, confirmed: str | None, options: SyncOptions | None) -> None:
    """Nothing, if a sync may change the project's database.

    Raises  UsageError for one that is protected, unless the configuration allows it and its name was given
    """
    from okra.projects.reaching import check_encrypted

    check_encrypted(project)
    if not project.target.protected or (options is not None and options.dry_run):
        return
    if not project.target.allow_sync:
        raise UsageError(
            f"{called(project)} is protected: a sync does not change it",
            code="OKR582",
            place=str(project.url),
            help="write a migration with `okra db:migrate:generate` and apply it with `okra db:migrate:up`;\n"
            'or allow it in the configuration: `"allowSync": true` under `migrations`',
        )
    check_named(project, confirmed, what="a sync", code="OKR582")


def snapshot_folder(project: Project) -> Path:
    """Where what was there before each sync is kept."""
    return project.settings.folder / FOLDER / "schema"


def completed(project: Project, options: SyncOptions | None) -> SyncOptions:
    """`options` with what the configuration says."""
    from okra.declarative.sync import SyncOptions

    return replace(
        options or SyncOptions(),
        folder=snapshot_folder(project),
        shadow=project.target.shadow,
    )
