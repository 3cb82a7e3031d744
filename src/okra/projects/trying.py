"""A project's migrations on trial: with rows on a dev database, and against the database that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.migrations.directory import read_directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.projects.project import Project
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
    results: list[Result] = []
    for output in project.target.outputs:
        directory = read_directory(project.directory(output.provider), output.provider)
        directory.check_chain()
        chosen = {directory.find(version).version for version in versions}
        cases = read_cases(directory)
        wanted = [each for each in directory.migrations if not chosen or each.version in chosen]
        results += run_all(directory, wanted, cases, project.dev(output.provider), tell)
    return tuple(results)
