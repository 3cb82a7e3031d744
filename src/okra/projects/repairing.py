"""What keeps the project's migrations from going on, and what of it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.migrations.repair import Fault, look
from okra.projects.git import folder_copies, folder_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from okra.migrations.copies import Copy
    from okra.projects.project import Project


class _Git:
    """What git keeps of the migrations."""

    def copies(self, folder: Path) -> Iterable[Copy]:
        return folder_copies(folder)

    def names(self, parent: Path, start: str) -> Iterable[str]:
        return folder_names(parent, start)


def faults(project: Project) -> tuple[Fault, ...]:
    """What is wrong with the migrations directory and the history of the project's database. Changes nothing.

    Each has what mends it, or what a person can do; look again when some of it is mended.

    Raises  UsageError, DatabaseError where the server can't be reached
    """
    target = project.database_target()
    return look(target, _Git(), project.dev(target.provider))
