"""The migrations of a project as files of another tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from okra.migrations.directory import read_directory
from okra.migrations.export import export

if TYPE_CHECKING:
    from okra.migrations.export import Exported
    from okra.projects.project import Project


def export_migrations(project: Project, form: str, out: str) -> tuple[Exported, ...]:
    """Write them into the folder `out`, or a folder in it for each provider where there are several.

    form    the name of the tool, as in `FORMATS`
    Raises  DirectoryError, UsageError; what was written by then stays, and is whole
    """
    if not project.target.outputs:
        project.check_versioned()
    folder = project.start / Path(out).expanduser()
    providers = project.providers
    return tuple(
        export(
            read_directory(project.directory(provider), provider),
            form,
            folder / provider if len(providers) > 1 else folder,
        )
        for provider in providers
    )
