"""`okra db:migrate:repair`: mend what keeps migrations from going on, and say what only a person can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import announce, database_value
from okra.cli.render import counted, indented
from okra.errors import OkraError

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.repair import Fault


@okra_command(
    example="""\
okra db:migrate:repair --dry-run    # look only
okra db:migrate:repair
okra db:migrate:repair --yes"""
)
@click.option(
    "--dry-run", is_flag=True, help="Say what is wrong and what would be done; do nothing."
)
@dev_url_option()
def command(shared: Shared, dry_run: bool, dev_url: str | None) -> int:
    """Mend the migrations directory where that is possible without doubt, and say what leads out of all else.

    Files that were changed or lost come back from git, if it has them as they were applied; an edit of what is not
    applied is proven and sealed; `current/` is made what the newest migration says. What is written over is kept in
    the folder `repaired`. The history is never written: where only a person knows, it names the command. Exits with 1
    while anything is wrong.
    """
    from okra.projects.repairing import faults

    out = shared.out
    project = shared.project(dev_url)
    announce(out, project)
    mended: list[str] = []
    tried: dict[str, OkraError | None] = {}
    while True:
        found = faults(project)
        new = [each for each in found if each.do is not None and each.message not in tried]
        if not new:
            break
        _show(out, new)
        if dry_run or not shared.ask.confirm(
            f"Mend {'it' if len(new) == 1 else 'them'}?",
            otherwise="agree with `--yes`, or only look: `--dry-run`",
        ):
            break
        for each in new:
            tried[each.message] = _mend(out, each, mended)
    _show(out, [each for each in found if each not in new])
    if not found:
        out.say("Nothing is left to repair." if mended else "Nothing to repair.", style="green")
    else:
        out.say(f"{counted(len(found), 'thing')} left to mend.")
    document = {"dryRun": dry_run, "mended": mended, "left": [_value(each) for each in found]}
    out.document(database_value(project) | document)
    return 1 if found else 0


def _mend(out: Output, fault: Fault, mended: list[str]) -> OkraError | None:
    """Do it; why it could not be done, if so."""
    assert fault.do is not None  # noqa: S101 - only what can be mended is
    try:
        done = fault.do()
    except OkraError as error:
        out.error(error.render())
        return error
    mended.append(done)
    out.say(f"Mended: {done}", style="green")
    return None


def _show(out: Output, faults: list[Fault]) -> None:
    """What is wrong, and what will be done about it or what a person can do."""
    for each in faults:
        out.say(f"{each.code}: {each.message}", style="bold")
        if each.mend is not None:
            out.say(indented(f"repair: {each.mend}"))
        if each.help is not None:
            out.say(indented(f"{'or' if each.mend else 'by hand'}: {each.help}"))


def _value(fault: Fault) -> dict[str, object]:
    """One of them for the JSON document."""
    return {
        "code": fault.code,
        "message": fault.message,
        "place": fault.place,
        "repair": fault.mend,
        "help": fault.help,
    }
