"""Who agrees that data is lost: it is listed, and asked for, or said with a flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.cli.protected import is_named

if TYPE_CHECKING:
    from okra.cli.options import Shared
    from okra.cli.output import Output
    from okra.migrations.losses import Loss
    from okra.projects.project import Project


def list_losses(out: Output, losses: tuple[Loss, ...]) -> None:
    for loss in losses:
        out.warn(f"{loss.version} loses data: {loss.message}")


def agreed_to_lose(
    shared: Shared, project: Project, confirmed: str | None, losses: tuple[Loss, ...]
) -> bool:
    """Whether the data may be lost. Of a protected database, the name has to be typed or given.

    confirmed  the name that was given with `--confirm-database`

    Raises  UsageError where nobody is there to answer
    """
    list_losses(shared.out, losses)
    if not project.target.protected:
        return shared.ask.confirm(
            "This data will be lost. Go on?",
            otherwise="look at what is lost, above, and say yes with `--yes`",
        )
    return is_named(shared, project, confirmed, why=", and data would be lost")
