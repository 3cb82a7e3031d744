"""The whole history of every provider on its dev database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.migrations.directory import read_directory
from okra.migrations.replay import Replayed, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okra.migrations.replay import Step
    from okra.projects.project import Project


def replay_all(
    project: Project, told: Callable[[str, Step], None] | None = None
) -> Iterator[Replayed]:
    """What comes of each provider's migrations, one after the other; no database of the project is opened.

    told    of each migration that was run, with the provider
    Raises  UsageError, DirectoryError, PlanError, NoDevDatabase, DatabaseError
    """
    if not project.target.outputs:
        project.check_versioned()
    for output in project.target.outputs:
        provider = output.provider
        directory = read_directory(project.directory(provider), provider)

        def tell(step: Step, provider: str = provider) -> None:
            if told is not None:
                told(provider, step)

        yield replay(directory, project.dev(provider), tell)
