"""`okra db:migrate:rebase`: one side of a fork made anew on top of the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.render import indented
from okra.migrations.rebase import How
from okra.projects.branching import rebase

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.branches import Branch, Fork
    from okra.migrations.rebase import Remade
    from okra.projects.branching import Moved, Rebased

_HOW = {
    How.ANEW: "its SQL was planned anew",
    How.KEPT: "its SQL is what it was, and works there, too",
}


@okra_command(
    example="""\
git merge main
okra db:migrate:rebase                    # the younger side, which must not be applied
okra db:migrate:rebase 20240120_143022    # the side of this migration"""
)
@click.argument("version", required=False)
@click.option("--dry-run", is_flag=True, help="Write nothing; print the SQL.")
@click.option(
    "--offline", is_flag=True, help="Do not ask the database what is applied: you know it."
)
@click.option(
    "--remake",
    is_flag=True,
    help="Plan SQL anew that was edited by hand and does not work on top of the other side.",
)
@click.option("--no-verify", is_flag=True, help="Do not prove them on a scratch database.")
@dev_url_option()
def command(
    shared: Shared,
    version: str | None,
    dry_run: bool,
    no_verify: bool,
    offline: bool,
    remake: bool,
    dev_url: str | None,
) -> None:
    """Make one side of a fork anew on top of the other, after two branches were merged.

    A fork is two migrations that follow the same one. The younger side, or that of VERSION, is made anew: what it
    changes is put together with what the other side changed, and proven on top of it. It keeps its name, its hooks,
    and SQL that was edited by hand. Nothing that is applied to the database is made anew, and where both sides
    changed the same thing this says so and writes nothing.
    """
    out = shared.out
    project = shared.project(dev_url)
    found = rebase(
        project,
        version,
        offline=offline,
        remake=remake,
        verify=not no_verify,
        dry_run=dry_run,
        pick=partial(_pick, shared) if shared.ask.possible else None,
    )
    if not found.moved:
        out.say("Nothing to do: no two migrations follow the same one.")
    for moved in found.moved:
        _show(out, moved, dry_run=dry_run)
    if found.moved and not found.asked:
        out.warn("no database was asked whether any of them is applied")
    if found.moved and not dry_run:
        out.say(
            "Next: read them, and see with `okra db:migrate:generate --check` that nothing is left to do."
        )
    out.document(_document(found, dry_run=dry_run))


def _pick(shared: Shared, fork: Fork) -> Branch:
    """The side that the person at the terminal knows to be applied nowhere."""
    branches = (fork.younger, fork.older)
    picked = shared.ask.choose(
        "Neither side is applied to this database. Which one is applied nowhere, and is made anew?",
        [branch.told() for branch in branches],
    )
    return branches[picked]


def _show(out: Output, moved: Moved, *, dry_run: bool) -> None:
    origin = moved.base or "the empty schema"
    first = moved.remade[0].before.folder
    out.say(f"{moved.provider}: {moved.onto[0]} and {first} both follow {origin}.", style="bold")
    for remade in moved.remade:
        _show_one(out, remade, dry_run=dry_run)
    if moved.guessed:
        out.warn(
            f"neither side is applied to this database: the younger one was taken; if {first} is applied anywhere, "
            "take the folders back from version control, and name the other side: "
            f"`okra db:migrate:rebase {moved.onto[0]}`"
        )


def _show_one(out: Output, remade: Remade, *, dry_run: bool) -> None:
    before, after = remade.before.folder, remade.after
    if after is None:
        gone = "would be removed" if dry_run else "was removed"
        out.say(f"{before} {gone}: the other side does all of it already.")
        return
    proof = "proven" if after.verified else "not proven"
    out.say(
        f"{before} {'would be' if dry_run else 'is now'} {after.folder}: {_HOW[remade.how]} ({proof})",
        style="green",
    )
    if remade.changes:
        out.say(indented("\n".join(remade.changes)))
    if after.files.hooks is not None:
        out.say("  its hooks.sql is what it was")
    out.warn_all(remade.warnings)
    if remade.unproven:
        out.warn(f"{remade.unproven.reason}: it is written without a proof")
        out.hint(f"{remade.unproven.way_out}\nthen prove it with `okra db:migrate:verify`")
    if dry_run:
        out.show(after.files.migration.decode(errors="replace"))


def _document(found: Rebased, *, dry_run: bool) -> dict[str, object]:
    return {
        "dryRun": dry_run,
        "asked": found.asked,
        "rebased": [
            {
                "provider": moved.provider,
                "base": moved.base,
                "onto": moved.onto,
                "before": each.before.folder,
                "after": each.after.folder if each.after else None,
                "how": each.how.value,
                "verified": each.after.verified if each.after else None,
                "changes": each.changes,
                "warnings": each.warnings,
            }
            for moved in found.moved
            for each in moved.remade
        ],
    }
