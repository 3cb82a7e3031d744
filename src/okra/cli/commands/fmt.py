"""`okra fmt`: schema files in their one layout."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import counted
from okra.projects.formatting import Formatted, format_all, named_files, write_back
from okra.projects.several import all_sources
from okra.source import Source
from okra.textfiles import decoded

FOUND = 3
STDIN = "-"


@okra_command(
    example="""\
okra fmt
okra fmt models/ --check           # in CI: exit code 3 if a file is not formatted
okra fmt - < models.okra.gql       # standard input to standard output, for editors"""
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 3 if a file would change.")
def command(shared: Shared, files: tuple[str, ...], check: bool) -> int:
    """Format schema files: FILEs, folders or patterns; without one those of all databases.

    Comments are kept. `-` formats standard input to standard output.
    """
    if files == (STDIN,):
        return _standard_input(shared, check)
    named = files or shared.schemas
    sources = (
        named_files(named, Path.cwd()) if named else all_sources(shared.projects(any_env=True))
    )
    found = format_all(sources)
    changed = [item.source.name for item in found if item.changed]
    if not check:
        write_back(found)
    for name in changed:
        shared.out.say(f"{'Would format' if check else 'Formatted'} {name}")
    shared.out.say(_summary(len(found) - len(changed), len(changed), check=check))
    shared.out.document(
        {
            "changed": changed,
            "unchanged": [item.source.name for item in found if not item.changed],
        }
    )
    return FOUND if check and changed else 0


def _summary(unchanged: int, changed: int, *, check: bool) -> str:
    if not changed:
        word = "is" if unchanged == 1 else "are"
        return f"{counted(unchanged, 'file')} {word} formatted already."
    if check:
        return f"{counted(changed, 'file')} would change, {unchanged} would not."
    return f"{counted(changed, 'file')} changed, {unchanged} as they were."


def _standard_input(shared: Shared, check: bool) -> int:
    text = decoded(sys.stdin.buffer.read(), "the schema", "standard input")
    found: Formatted = format_all([Source("<stdin>", text)])[0]
    if not check:
        shared.out.write_raw(found.text)
    shared.out.document({"changed": found.changed, "text": found.text})
    return FOUND if check and found.changed else 0
