"""Protected databases: what people call them, and whether their owner has agreed to what is about to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.projects.project import Project


def called(project: Project) -> str:
    """The project's database, as it begins a sentence."""
    name = project.target.environment
    return f"the environment `{name}`" if name else "this database"


def check_named(project: Project, confirmed: str | None, *, what: str, code: str) -> None:
    """Nothing, if the project's database is not protected, or its owner has named it.

    what  what is about to be done, for the message

    Raises  UsageError
    """
    name = project.database_name
    if project.target.protected and confirmed != name:
        raise UsageError(
            f"{called(project)} is protected: {what} needs the name of the database",
            code=code,
            place=str(project.url),
            help=f"name it: `--confirm-database {name}`",
        )
