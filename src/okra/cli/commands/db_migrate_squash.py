"""`okra db:migrate:squash`: the oldest migrations made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.render import counted
from okra.migrations.findings import named
from okra.projects.squashing import squash
from okra.textfiles import shown

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.squash import Squash


@okra_command(
    example="""\
okra db:migrate:squash --before 2024-01-01 --keep
okra db:migrate:squash --before 20240120_143022    # this one stays
okra db:migrate:squash --dry-run"""
)
@click.option(
    "--before", metavar="DATE|VERSION", help="Those older than this; all if nothing is said."
)
@click.option(
    "--keep",
    is_flag=True,
    help="Move the old folders to `archive` in the migrations directory; else they are removed.",
)
@click.option("--keep-hooks", is_flag=True, help="Run the hooks of the old ones in the new one.")
@click.option("--no-verify", is_flag=True, help="Do not prove the new one on a scratch database.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the SQL.")
@dev_url_option()
def command(
    shared: Shared,
    before: str | None,
    keep: bool,
    keep_hooks: bool,
    no_verify: bool,
    dry_run: bool,
    dev_url: str | None,
) -> None:
    """Make the oldest migrations one, which makes all that they led to in an empty database.

    It takes the version of the last of them, so that what comes after it stays as it is. A database that has applied
    all of them counts as having applied it; one that stopped in the middle is refused, and `up` says what to do.
    Rows that hooks or edits by hand put into an empty database are named: the new one does not have them, unless
    --keep-hooks takes the hooks along.
    """
    out = shared.out
    project = shared.project(dev_url, any_env=True)
    found = squash(
        project,
        before=before,
        keep=keep,
        keep_hooks=keep_hooks,
        verify=not no_verify,
        dry_run=dry_run,
    )
    for folder in found.cleared:
        out.say(f"Took out what an earlier squash had left: {folder}")
    for each in found.squashes:
        _show(out, each, keep=keep, dry_run=dry_run)
    if found.squashes and not dry_run:
        out.say(
            "Next: commit it once every database has applied the old ones: "
            "`okra db:migrate:status` of each says so."
        )
    out.document(
        {
            "dryRun": dry_run,
            "cleared": found.cleared,
            "squashed": [_value(each) for each in found.squashes],
        }
    )


def _show(out: Output, found: Squash, *, keep: bool, dry_run: bool) -> None:
    first, last = found.old[0].folder, found.old[-1].folder
    done = "would become" if dry_run else "became"
    proof = "proven" if found.new.verified else "not proven"
    out.say(
        f"{found.directory.provider}: {counted(len(found.old), 'migration')}, {first} to {last}, "
        f"{done} {found.new.folder} ({proof})",
        style="green",
    )
    if keep and not dry_run:
        folder = found.directory.path / "archive" / found.new.version
        out.say(f"The old ones are in {shown(folder)}.")
    if found.hooks and found.kept:
        out.say(f"The hooks of {named(found.hooks)} run in it.")
    elif found.hooks:
        out.warn(
            f"the hooks of {named(found.hooks)} are not in it: `--keep-hooks` takes them along"
        )
    for each in found.left:
        out.warn(f"the old ones leave {each} in an empty database, and the new one does not")
    out.warn_all(found.warnings)
    if found.unproven:
        out.warn(f"{found.unproven.reason}: it is written without a proof")
        out.hint(f"{found.unproven.way_out}\nthen prove it with `okra db:migrate:verify`")
    if dry_run:
        out.show(found.new.files.migration.decode())


def _value(found: Squash) -> dict[str, object]:
    return {
        "provider": found.directory.provider,
        "folder": found.new.folder,
        "replaces": [each.folder for each in found.old],
        "hooks": found.hooks,
        "keptHooks": found.kept,
        "left": found.left,
        "verified": found.new.verified,
        "warnings": found.warnings,
    }
