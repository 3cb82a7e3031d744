"""`okra db:reset`: the database made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, confirm_database_option, okra_command
from okra.cli.progress import Progress, announce, database_value
from okra.cli.protected import is_named
from okra.cli.render import counted
from okra.cli.seeds import result_value, run_seeds, show_code
from okra.declarative.sync import SyncResult
from okra.migrations.up import UpResult
from okra.projects.resetting import look, make_anew
from okra.projects.seeding import check_code, check_readable, find_seeds

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.declarative.reset import Reset
    from okra.projects.project import Project
    from okra.seeding.events import SeedResult


@okra_command(
    example="""\
okra db:reset              # asks first, with what would be lost
okra db:reset --yes        # in scripts and tests
okra db:reset --no-seed"""
)
@click.option("--no-seed", is_flag=True, help="Leave the tables empty.")
@click.option(
    "--all", "everything", is_flag=True, help="Drop also what OKRA does not manage: all there is."
)
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be dropped.")
@confirm_database_option("losing all data of this protected database")
@click.option(
    "--allow-code", is_flag=True, help="Let seeds of Python run in a protected environment."
)
def command(
    shared: Shared,
    no_seed: bool,
    everything: bool,
    dry_run: bool,
    confirm_database: str | None,
    allow_code: bool,
) -> int:
    """Drop the tables that OKRA manages, make them anew, and seed them.

    That is, the tables of the schema and of the applied migrations, with OKRA's own. They are made anew by the
    migrations, or from the schema where the environment is declarative. It says first what will be dropped, with
    how many rows, and asks; tables of others stay, unless --all is given. In a protected environment the name of
    the database must be typed, or given with --confirm-database.
    """  # fmt: skip
    out = shared.out
    project = shared.project()
    announce(out, project)
    seeds = None if no_seed else find_seeds(project)
    if seeds is not None:
        check_code(project, seeds, allow_code=allow_code)
        check_readable(project, seeds)
    found = look(project, everything=everything)
    _show(out, found)
    confirmed = None if dry_run else _confirmed(shared, project, found, confirm_database)
    if confirmed is None:
        out.say("Nothing was changed.")
        out.document(_value(project, found))
        return 0 if dry_run else 1
    made = make_anew(project, found, confirmed=confirmed, progress=Progress(out, "Applying"))
    _show_made(out, made)
    seeded = None
    if seeds is not None and seeds.files:
        out.warn_all(seeds.ignored)
        show_code(out, seeds)
        seeded = run_seeds(out, project, seeds, allow_code=allow_code)
    out.document(_value(project, found, made=made, seeded=seeded))
    return 0


def _show(out: Output, found: Reset) -> None:
    whose = "All there is" if found.everything else "What OKRA manages"
    if found.doomed:
        out.say(f"{whose} will be dropped:")
    else:
        out.say("There is nothing to drop." if found.everything else "Nothing of OKRA's is there.")
    for each in found.doomed:
        rows = "" if each.rows is None else f" ({counted(each.rows, 'row')})"
        out.say(f"- {each.kind} {each.name}{rows}", style="red" if each.rows else "")
    if found.kept:
        out.say(f"Not OKRA's, so it stays: {', '.join(found.kept)}")


def _confirmed(shared: Shared, project: Project, found: Reset, given: str | None) -> str | None:
    """The name of the database, if it may be reset; None where somebody has said no."""
    name = project.database_name
    if project.target.protected:
        lost = f", and {counted(found.rows, 'row')} would be lost" if found.rows else ""
        return name if is_named(shared, project, given, why=lost) else None
    if not found.doomed:
        return name
    agreed = shared.ask.confirm(
        f"{counted(found.rows, 'row')} will be lost. Go on?",
        otherwise="look at what is dropped, above, and say yes with `--yes`",
    )
    return name if agreed else None


def _show_made(out: Output, made: UpResult | SyncResult) -> None:
    match made:
        case UpResult():
            what = counted(len(made.applied), "migration")
        case SyncResult():
            what = counted(len(made.statements), "statement")
    out.say(f"Made anew: {what}.", style="green")


def _value(
    project: Project,
    found: Reset,
    *,
    made: UpResult | SyncResult | None = None,
    seeded: SeedResult | None = None,
) -> dict[str, object]:
    return database_value(project) | {
        "done": made is not None,
        "dropped": found.doomed,
        "kept": found.kept,
        "applied": [item.version for item in made.applied] if isinstance(made, UpResult) else [],
        "statements": made.statements if isinstance(made, SyncResult) else [],
        "seeded": None if seeded is None else result_value(seeded),
    }
