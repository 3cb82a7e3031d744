"""`okra db:migrate:export`: the migrations in the form of another tool."""

from __future__ import annotations

from pathlib import Path

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import counted

FORMATS = ("golang-migrate", "goose", "flyway", "dbmate", "atlas", "sql")


@okra_command(
    example="""\
okra db:migrate:export --format goose --out db/goose
okra db:migrate:export --format sql --out for_the_dba --provider postgres"""
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help="The tool that is to apply them.",
)
@click.option("--out", metavar="DIR", required=True, help="The folder to write to.")
def command(shared: Shared, form: str, out: str) -> int:
    """Write the migrations as files of another tool, for teams that apply them with it.

    Both ways, where the tool has two; with the comments, the transactions that each statement wants, and hooks in
    their place. What OKRA does around statements when it applies them, other tools do not: probing, guarding rows,
    taking up what was cut off. Exporting again adds what is new and touches nothing else. Opens no database.
    """  # fmt: skip
    from okra.projects.exporting import export_migrations
    from okra.textfiles import shown

    found = export_migrations(shared.project(any_env=True), form, out)
    for each in found:
        shared.out.warn_all(each.notes)
        folder = shown(each.folder)
        for name in each.written:
            shared.out.say(f"wrote {folder}/{name}")
        if not each.written and not each.unchanged:
            shared.out.say(f"There are no migrations for {each.provider} to export.")
        elif not each.written:
            shared.out.say(f"{folder} is up to date: {counted(each.unchanged, 'file')}.")
    shared.out.document(
        {
            "format": form,
            "written": [
                str(Path(shown(each.folder)) / name) for each in found for name in each.written
            ],
            "notes": [note for each in found for note in each.notes],
        }
    )
    return 0
