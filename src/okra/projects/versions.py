"""Which migration is meant where several providers have some: not every change is one for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import UsageError
from okra.migrations.directory import read_directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.chain import Directory
    from okra.projects.project import Project


def directories_of(project: Project) -> list[Directory]:
    """The migrations of every provider that has some, those of the target's first."""
    target = project.target
    outputs = sorted(target.outputs, key=lambda each: each.provider != target.provider)
    return [read_directory(project.directory(each.provider), each.provider) for each in outputs]


def version_in(directories: Sequence[Directory], text: str) -> str:
    """The version that is called `text`, by itself or by its folder, in any of them.

    Raises  UsageError where none has it, with the nearest name of the first one
    """
    for directory in directories[1:]:
        for migration in directory.migrations:
            if text in (migration.version, migration.folder):
                return migration.version
    if not directories:
        raise UsageError(
            f"there is no migration `{text}`: every database follows the schema without migrations",
            code="OKR525",
            help="leave the version out",
        )
    return directories[0].find(text).version
