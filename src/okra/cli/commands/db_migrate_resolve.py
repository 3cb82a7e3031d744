"""`okra db:migrate:resolve`: say what OKRA can't know, and correct the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, okra_command
from okra.cli.progress import announce
from okra.cli.protected import is_named
from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.migrations.resolve import ResolveResult

ACTIONS = ("applied", "reverted", "retry", "done", "adopt")


@okra_command(
    example="""\
okra db:migrate:resolve 20240120_143022 --applied
okra db:migrate:resolve 20240120_143022 --retry
okra db:migrate:resolve 20240120_143022 --done 3
okra db:migrate:resolve --adopt --env staging"""
)
@click.argument("version", required=False)
@click.option(
    "--applied",
    is_flag=True,
    help="The database is as VERSION leaves it: write that down, run nothing.",
)
@click.option(
    "--reverted", is_flag=True, help="The database is as it was before VERSION: write that down."
)
@click.option(
    "--retry", is_flag=True, help="What VERSION failed on was mended: `up` may try it again."
)
@click.option(
    "--done",
    type=int,
    metavar="N",
    help="Statement N of VERSION, which nobody knows about, was done: the next run goes on behind it.",
)
@click.option("--adopt", is_flag=True, help="The database now belongs to the environment at hand.")
@click.option(
    "--confirm-database", metavar="NAME", help="Agree to adopting this database from production."
)
def command(
    shared: Shared,
    version: str | None,
    confirm_database: str | None,
    **said: bool | int | None,
) -> int:
    """Correct the history after something that OKRA can't know about. Runs no migration.

    `okra db:migrate:status` and the message of `up` say when this is needed. A database that belongs to production
    is only adopted where its name is typed, or given with --confirm-database.
    """  # fmt: skip
    chosen = [name for name in ACTIONS if said[name] not in (None, False)]
    if len(chosen) != 1:
        raise UsageError(
            f"{'only ' if chosen else ''}one of `--applied`, `--reverted`, `--retry`, `--done` and `--adopt` "
            f"{'can be given' if chosen else 'is needed'}",
            code="OKR601",
            help="`okra explain OKR530` says which one fits",
        )
    project = shared.project()
    announce(shared.out, project)
    result = project.resolve(
        version,
        chosen[0],
        statement=said["done"],
        confirm=lambda: is_named(
            shared,
            project,
            confirm_database,
            what="the database belongs to production: what is adopted from there is protected no more",
        ),
    )
    shared.out.warn_all(result.warnings)
    refused = bool(said["adopt"]) and result.after != project.target.environment
    if refused:
        shared.out.say("Nothing was changed.")
    else:
        shared.out.say(_told(result), style="green")
    if result.after in ("running", "reverting"):
        command = "up" if result.after == "running" else "down"
        shared.out.say(f"`okra db:migrate:{command}` goes on with it")
    shared.out.document(result)
    return 1 if refused else 0


def _told(result: ResolveResult) -> str:
    """What has changed, as a sentence or its short form."""
    if result.version is not None:
        return f"{result.version}: was {result.before or 'nothing'}, is now {result.after}"
    if result.before == result.after:
        return f"The database belongs to `{result.after}` already: nothing was changed."
    before = f", and no longer to `{result.before}`" if result.before else ""
    return f"The database now belongs to `{result.after}`{before}."
