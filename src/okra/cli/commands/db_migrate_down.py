"""`okra db:migrate:down`: take migrations back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from okra.cli.losing import agreed_to_lose, list_losses
from okra.cli.options import Shared, allow_option, confirm_option, okra_command
from okra.cli.progress import Progress, announce, database_value, outcome_value
from okra.cli.render import counted
from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.migrations.down import DownResult
    from okra.projects.project import Project


@okra_command(
    example="""\
okra db:migrate:down                          # the newest one
okra db:migrate:down --to 20240120_143022     # all that are newer than this one
okra db:migrate:down --steps 2 --dry-run"""
)
@click.option("--steps", type=int, metavar="N", help="Take back so many; 1 by default.")
@click.option("--to", metavar="VERSION", help="Take back all that are newer than this migration.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Change nothing; print the SQL, what it loses, and on what it may fail.",
)
@confirm_option
@click.option(
    "--resume", is_flag=True, help="Try what failed again as it is: its cause was mended."
)
@allow_option
def command(
    shared: Shared,
    steps: int | None,
    to: str | None,
    dry_run: bool,
    confirm_database: str | None,
    resume: bool,
    allow: tuple[str, ...],
) -> int:
    """Take migrations back with their rollback.sql, the newest first.

    Where data is lost it lists that and asks before anything happens; `--yes` answers. In a protected
    environment the name of the database must be typed, or given with --confirm-database. Where rows may keep it
    from being taken back it warns of that.
    """  # fmt: skip
    _check_one(steps, to)
    out = shared.out
    project = shared.project()
    announce(out, project)
    result = project.migrate_down(
        steps=1 if steps is None else steps,
        to=to,
        dry_run=dry_run,
        resume=resume,
        allow=allow,
        confirm=partial(agreed_to_lose, shared, project, confirm_database),
        progress=Progress(out, "Taking back"),
    )
    for item in result.reverted:
        if item.sql is not None:
            out.show(item.sql)
    if dry_run:
        list_losses(out, result.losses)
    _say_result(shared, len(result.reverted), result.current, dry_run, result.cancelled)
    out.document(_value(project, result))
    return 1 if result.cancelled else 0


def _value(project: Project, result: DownResult) -> dict[str, object]:
    return database_value(project) | {
        "dryRun": result.dry_run,
        "cancelled": result.cancelled,
        "reverted": [outcome_value(item) for item in result.reverted],
        "losses": result.losses,
        "warnings": result.warnings,
        "current": result.current,
    }


def _check_one(steps: int | None, to: str | None) -> None:
    if steps is not None and to is not None:
        raise UsageError(
            "`--steps` and `--to` both say how far to go back",
            code="OKR601",
            help="give one of them",
        )


def _say_result(
    shared: Shared, count: int, current: str | None, dry_run: bool, cancelled: bool
) -> None:
    where = f"the database is at {current}" if current else "nothing is applied any more"
    if cancelled:
        shared.out.say("Nothing was changed.")
    elif dry_run:
        shared.out.say(f"Would take back {counted(count, 'migration')}; nothing was changed.")
    else:
        shared.out.say(f"Took back {counted(count, 'migration')}; {where}.")
