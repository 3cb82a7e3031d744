"""`okra db:migrate:up`: apply what is pending."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

import click

from okra.cli.findings import Linting
from okra.cli.losing import agreed_to_lose, list_losses
from okra.cli.options import Shared, allow_option, confirm_option, okra_command
from okra.cli.progress import Progress, announce, database_value, outcome_value
from okra.cli.render import counted

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from okra.cli.output import Output
    from okra.migrations.up import UpResult
    from okra.projects.project import Project


@okra_command(
    example="""\
okra db:migrate:up
okra db:migrate:up --env production --dry-run
okra db:migrate:up --baseline 20240120_143022    # a database that is there already
okra db:migrate:up --package shop.okra.pkg --url '${DATABASE_URL}'    # where only the bundle is"""
)
@click.option("--to", metavar="VERSION", help="Stop behind this migration.")
@click.option("--steps", type=int, metavar="N", help="Apply at most so many.")
@click.option(
    "--baseline",
    metavar="VERSION",
    help="The database already is as this migration leaves it: write that down.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; print the SQL.")
@click.option(
    "--resume", is_flag=True, help="Try what failed again as it is: its cause was mended elsewhere."
)
@click.option(
    "--package",
    metavar="FILE",
    help="Take the migrations from this bundle, which `okra build` has made.",
)
@allow_option
@confirm_option
def command(  # noqa: PLR0913, PLR0917 - one for each flag
    shared: Shared,
    to: str | None,
    steps: int | None,
    baseline: str | None,
    dry_run: bool,
    resume: bool,
    package: str | None,
    allow: tuple[str, ...],
    confirm_database: str | None,
) -> int:
    """Apply the pending migrations, in order, each in one transaction where the server has such.

    Safe to run from many places at once: one applies, the others wait and find nothing to do. A migration
    that fails is undone as a whole; what can't be undone, as in MySQL, is resumed where it stopped.
    Where data of a protected database would be lost it lists that before anything happens, and the name of the
    database must be typed, or given with --confirm-database. Migrations of a bundle are shown before they run.
    """  # fmt: skip
    with _project(shared, package) as project:
        up = partial(
            project.migrate_up, to=to, steps=steps, baseline=baseline, resume=resume, allow=allow
        )
        confirm = partial(agreed_to_lose, shared, project, confirm_database)
        progress = Linting(shared.out, project, Progress(shared.out, "Applying", dry_run=dry_run))
        announce(shared.out, project)
        if package is not None and not dry_run:
            for item in up(dry_run=True).applied:
                shared.out.say(item.sql or "")
        result = up(
            dry_run=dry_run,
            confirm=confirm if project.target.protected else None,
            progress=progress,
        )
        _tell(shared.out, project, result, progress)
    return 1 if result.cancelled else 0


def _project(shared: Shared, package: str | None) -> AbstractContextManager[Project]:
    """The project, with the migrations of a bundle where one is named."""
    if package is None:
        return nullcontext(shared.project())
    from okra.projects.unpacking import from_bundle

    database = shared.take_bundled()
    return from_bundle(shared.project(), package, database)


def _tell(out: Output, project: Project, result: UpResult, progress: Linting) -> None:
    for item in result.applied:
        if item.sql is not None:
            progress.say(item.version)
            out.show(item.sql)
    if result.dry_run:
        list_losses(out, result.losses)
    out.say(_summary(result))
    out.document(_value(project, result))


def _value(project: Project, result: UpResult) -> dict[str, object]:
    return database_value(project) | {
        "dryRun": result.dry_run,
        "cancelled": result.cancelled,
        "applied": [outcome_value(item) for item in result.applied],
        "baselined": result.baselined,
        "losses": result.losses,
        "current": result.current,
        "warnings": result.warnings,
    }


def _summary(result: UpResult) -> str:
    count = counted(len(result.applied), "migration")
    if result.cancelled and result.baselined:
        return "Nothing was applied."
    if result.cancelled or (result.dry_run and result.baselined and not result.applied):
        return "Nothing was changed."
    if result.dry_run and result.applied:
        return f"Would apply {count}; nothing was changed."
    if result.applied:
        return f"Applied {count}; the database is at {result.current}."
    if result.baselined:
        return f"Nothing was run; the database is at {result.current}."
    if result.current is None:
        return "There is no migration yet: `okra db:migrate:generate` writes one."
    return f"Nothing to do: the database is at {result.current}."
