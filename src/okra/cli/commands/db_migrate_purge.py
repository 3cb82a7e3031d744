"""`okra db:migrate:purge`: what was dropped and kept aside goes for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from okra.cli.losing import agreed_to_lose, list_losses
from okra.cli.options import Shared, confirm_option, okra_command
from okra.cli.progress import database_value
from okra.cli.render import counted
from okra.migrations.losses import Loss

if TYPE_CHECKING:
    from okra.migrations.purge import PurgeResult
    from okra.projects.project import Project


@okra_command(
    example="""\
okra db:migrate:purge --dry-run           # what is kept aside, and how much it is
okra db:migrate:purge --older-than 30d    # what was dropped 30 days ago or earlier"""
)
@click.option(
    "--older-than",
    metavar="AGE",
    help="Only what was dropped here so long ago or earlier: 12h, 30d, 4w.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; list what would go.")
@confirm_option
def command(
    shared: Shared, older_than: str | None, dry_run: bool, confirm_database: str | None
) -> int:
    """Drop for good what migrations have dropped and kept aside, as with `"drops": "deferred"`.

    It lists all of that with its rows and values and asks; `--yes` answers. In a protected environment the name of
    the database must be typed, or given with --confirm-database. Migrations whose data is gone can't be taken back.
    """  # fmt: skip
    from okra.migrations.purge import sentence
    from okra.projects.purging import age, purge

    out = shared.out
    wanted = None if older_than is None else age(older_than)
    project = shared.project()
    result = purge(
        project,
        older_than=wanted,
        dry_run=dry_run,
        confirm=partial(agreed_to_lose, shared, project, confirm_database),
    )
    if dry_run:
        lost = (Loss(version=each.version, message=sentence(each)) for each in result.purged)
        list_losses(out, tuple(lost))
    out.say(_sentence(result))
    out.document(_value(project, result))
    return 1 if result.cancelled else 0


def _value(project: Project, result: PurgeResult) -> dict[str, object]:
    return database_value(project) | {
        "dryRun": result.dry_run,
        "cancelled": result.cancelled,
        "purged": [
            {
                "table": each.table,
                "column": each.column,
                "version": each.version,
                "count": each.count,
            }
            for each in result.purged
        ],
    }


def _sentence(result: PurgeResult) -> str:
    tables = sum(each.column is None for each in result.purged)
    what = f"{counted(tables, 'table')} and {counted(len(result.purged) - tables, 'column')}"
    if not result.purged:
        return "Nothing is kept aside that could go."
    if result.cancelled:
        return "Nothing was changed."
    if result.dry_run:
        return f"Would drop {what} for good; nothing was changed."
    return f"Dropped {what} for good."
