"""`okra db:migrate:dry-run`: what `up` or `down` would do to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import announce
from okra.cli.render import paint

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.trials.findings import Blocked, DryRun, Rehearsed, Step

FOUND = 3
_SECOND, _MINUTE = 1000, 60_000


@okra_command(
    example="""\
okra db:migrate:dry-run
okra db:migrate:dry-run --down
okra db:migrate:dry-run --on copy --env production"""
)
@click.option("--down", is_flag=True, help="What `down` would do; else what `up` would.")
@click.option("--to", metavar="VERSION", help="As far as this migration.")
@click.option("--steps", type=int, metavar="N", help="So many migrations.")
@click.option(
    "--on",
    type=click.Choice(["target", "copy"]),
    help="Run it on the target, where that can be undone, or on a copy of its tables alone.",
)
@dev_url_option()
def command(
    shared: Shared,
    down: bool,
    to: str | None,
    steps: int | None,
    on: str | None,
    dev_url: str | None,
) -> int:
    """Show what `up` would do to the database: statements, the locks they take, and for how long others may wait.

    Everything runs on a copy of the tables, without rows, in a scratch database. Where the server can undo all of it,
    it also runs on the database itself and is rolled back: that tells how long it takes, how many rows
    it writes and whether any is refused. Others have to wait for its locks meanwhile, so a protected database is left
    alone unless `--on target` is given. Exits with 3 if a statement is refused.
    """
    from okra.projects.trying import rehearse

    out = shared.out
    project = shared.project(dev_url)
    announce(out, project)
    found = rehearse(project, down=down, to=to, steps=steps, on=on)
    _show(out, found)
    out.document(found)
    return FOUND if found.refused else 0


def _show(out: Output, found: DryRun) -> None:
    out.warn_all(found.notes)
    if not found.migrations:
        out.say("There is nothing to do.")
        return
    for each in found.migrations:
        out.show(f"{found.direction} {each.folder}", paint=lambda text: paint(text, "bold"))
        _show_migration(out, each)
    if found.refused is not None:
        out.show(
            f"refused on the {found.refused.where}: {found.refused.message}",
            paint=lambda text: paint(text, "red bold"),
        )
        out.show(f"  --> {found.refused.place}")
        for line in found.refused.sql.splitlines():
            out.show(f"  {line}")
        return
    if found.executed == "target":
        out.say("Run on the target and undone: times and rows are its own.", style="green")
    else:
        out.say(
            f"Run on a copy without rows: {found.why}. Times are reckoned from the size of the tables."
        )


def _show_migration(out: Output, found: Rehearsed) -> None:
    total = max((step.number for step in found.steps), default=0)  # also of those done before
    width = len(str(total))
    for step in found.steps:
        out.show(f"  {step.number:>{width}}/{total} {step.purpose}{_figures(step)}")
        for lock in step.locks:
            works = step.works.get(lock.table)
            doing = f", {works.value}" if works else ""
            out.show(f"  {'':>{2 * width + 1}} {lock.table}: {lock.mode}{doing}")
    for blocked in found.blocked:
        out.show(f"  {_waiting(blocked)}", paint=lambda text: paint(text, "yellow"))
    for loss in found.losses:
        out.show(f"  loses data: {loss}", paint=lambda text: paint(text, "yellow"))
    for reason in found.consent:
        out.show(f"  wants `--allow blocking`: {reason}", paint=lambda text: paint(text, "yellow"))


def _figures(step: Step) -> str:
    rows = _rows(step.rows) if step.rows else ""
    took = f"{step.duration_ms} ms" if step.duration_ms is not None else ""
    figures = ", ".join(text for text in (rows, took) if text)
    return f" ({figures})" if figures else ""


def _waiting(blocked: Blocked) -> str:
    rows = "" if blocked.rows is None else _rows(blocked.rows)
    size = "" if blocked.bytes is None else _size(blocked.bytes)
    about = ", ".join(text for text in (rows, size) if text)
    low, high = _time(blocked.low_ms), _time(blocked.high_ms)
    span = low if low == high else f"{low} to {high}"
    how = "" if blocked.measured else ", reckoned"
    return (
        f"{blocked.blocks.value} of {blocked.table} ({about or 'of unknown size'}) wait {span}{how}"
    )


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _time(milliseconds: int) -> str:
    if milliseconds < 1:
        return "a moment"
    if milliseconds < _SECOND:
        return f"{milliseconds} ms"
    if milliseconds < _MINUTE:
        return f"{milliseconds / _SECOND:.1f} s"
    return f"{milliseconds / _MINUTE:.0f} min"


def _size(count: int) -> str:
    value = float(count)
    for unit in ("bytes", "kB", "MB"):
        if value < 1000:  # noqa: PLR2004 - from one unit to the next
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
