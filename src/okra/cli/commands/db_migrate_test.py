"""`okra db:migrate:test`: run migrations up, down and up again with rows, on a dev database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.render import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.cli.output import Output
    from okra.trials.running import Result

FOUND = 3

_MARKS = {"passed": ("✓", "green"), "failed": ("✗", "red bold"), "skipped": ("-", "yellow")}


@okra_command(
    example="""\
okra db:migrate:test
okra db:migrate:test 20240120_143022
okra db:migrate:test --junit report.xml          # in CI"""
)
@click.argument("versions", metavar="[VERSION]...", nargs=-1)
@click.option(
    "--junit",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the results as JUnit XML, too.",
)
@dev_url_option()
def command(
    shared: Shared, versions: tuple[str, ...], junit: str | None, dev_url: str | None
) -> int:
    """Run each migration up, down and up again with rows: all, or those that are named.

    On a scratch database, never the target. Every table that is there before a migration gets made-up rows
    that satisfy all its constraints. Nothing may be refused, and what was there before must be there again after up
    and down, unless the files say that it is lost. The files of `migrations/tests/` add tests of yours: rows
    before, and what queries give after up and after down. Exits with 3 if a test failed.
    """
    from okra.projects.trying import try_migrations

    out = shared.out
    project = shared.project(dev_url, any_env=True)
    report = _Report(out)
    results = try_migrations(project, versions, tell=report)
    if junit is not None:
        _write(Path(junit), results)
    counts = {verdict: sum(1 for each in results if each.verdict == verdict) for verdict in _MARKS}
    report.summary(results, counts)
    out.document({"tests": len(results), **counts, "results": results})
    return FOUND if counts["failed"] else 0


class _Report:
    """Prints a line for each test, below the name of its migration."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._migration: str | None = None

    def __call__(self, result: Result) -> None:
        if result.migration != self._migration:
            self._migration = result.migration
            self._out.say(result.migration, style="bold")
        mark, style = _MARKS[result.verdict]
        rows = sum(result.rows.values())
        with_rows = f": {rows} row{'' if rows == 1 else 's'}" if rows else ""
        text = f"  {mark} {result.name}{with_rows} ({result.duration_ms} ms)"
        if result.verdict != "failed":
            self._out.say(text, style=style)
            for line in (result.message, *result.details, *result.notes):
                if line:
                    self._out.say(f"      {line}")
            return
        place = [f"--> {result.place}"] if result.place else []
        self._out.show(text, paint=lambda shown: paint(shown, style))
        for line in (result.message, *place, *result.details):
            self._out.show(f"      {line}")
        for line in result.notes:
            self._out.say(f"      {line}")

    def summary(self, results: Sequence[Result], counts: dict[str, int]) -> None:
        if not results:
            self._out.say("There are no migrations to test.")
            return
        said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
        seconds = sum(result.duration_ms for result in results) / 1000
        style = "red bold" if counts["failed"] else "green"
        self._out.say(f"{said} ({seconds:.1f} s)", style=style)


def _write(path: Path, results: Sequence[Result]) -> None:
    from okra.textfiles import write_text
    from okra.trials.junit import junit

    write_text(path, junit(results))
