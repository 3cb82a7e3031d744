"""What is done to a protected database: its name is typed, or given with `--confirm-database`; `--yes` is not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.cli.options import Shared
    from okra.projects.project import Project


def is_named(
    shared: Shared,
    project: Project,
    given: str | None,
    *,
    why: str = "",
    what: str = "this database is protected",
) -> bool:
    """Whether the project's database was named by its owner.

    given      what `--confirm-database` says
    what, why  why that is needed, as a sentence

    Raises  UsageError where nobody is there to type it, or another name was given
    """
    name = project.database_name
    return shared.ask.confirm_name(name, given, flag="--confirm-database", what=f"{what}{why}")
