"""A project's migrations on trial: with rows on a dev database, and against the database that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.migrations.directory import read_directory
from okra.projects.versions import version_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.projects.project import Project
    from okra.trials.findings import DryRun
    from okra.trials.running import Result, Tell


def try_migrations(
    project: Project, versions: Sequence[str] = (), *, tell: Tell
) -> tuple[Result, ...]:
    """Run migrations up, down and up again with rows, on a dev database: all, or those with these versions.

    tell    hears of each test as it is done
    Raises  UsageError for a version that is not there, DirectoryError for a test that can't be read,
            NoDevDatabase
    """
    from okra.trials.cases import read_cases
    from okra.trials.running import run_all

    if not project.target.outputs:
        project.check_versioned()
    directories = [
        read_directory(project.directory(output.provider), output.provider)
        for output in project.target.outputs
    ]
    chosen = {version_in(directories, version) for version in versions}
    results: list[Result] = []
    for directory in directories:
        directory.check_chain()
        cases = read_cases(directory)
        wanted = [each for each in directory.migrations if not chosen or each.version in chosen]
        results += run_all(directory, wanted, cases, project.dev(directory.provider), tell)
    return tuple(results)


def rehearse(
    project: Project,
    *,
    down: bool = False,
    to: str | None = None,
    steps: int | None = None,
    on: str | None = None,
) -> DryRun:
    """What `up` or `down` would do to the database. Changes nothing.

    on      `target`: run it there where it can be undone, and undo it; `copy`: only on a copy of the tables. None: on a
            protected database a copy, else the target
    Raises  what `up` and `down` raise before they change anything; NoDevDatabase
    """
    from okra.migrations.history import Direction
    from okra.trials.copying import COPY
    from okra.trials.dry_run import dry_run

    kept_off = None
    if on == COPY:
        kept_off = "nothing else was asked for"
    elif on is None and project.target.protected:
        kept_off = "the database is protected, and `--on target` was not given"
    return dry_run(
        project.database_target(),
        Direction.DOWN if down else Direction.UP,
        dev=project.dev(project.target.provider),
        kept_off=kept_off,
        to=to,
        steps=steps,
    )
