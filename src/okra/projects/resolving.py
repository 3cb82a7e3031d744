"""What only a person can know about the history of a project's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.migrations.resolve import ResolveResult
    from okra.projects.project import Project


def resolve(
    project: Project,
    version: str | None,
    action: str,
    *,
    statement: int | None = None,
    confirm: Callable[[], bool] | None = None,
) -> ResolveResult:
    """Write into the history what OKRA can't know; arguments are those of `Project.resolve`.

    Raises  UsageError, DirectoryError, DatabaseError
    """
    from okra.migrations.resolve import Action, resolve
    from okra.projects.reaching import check_encrypted

    chosen = Action(action)
    if chosen is Action.ADOPT:  # declarative databases belong to an environment, too
        check_encrypted(project)
        target = project.live_target()
    else:
        target = project.database_target()
    return resolve(target, version, action=chosen, statement=statement, confirm=confirm)
