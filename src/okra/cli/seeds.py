"""What is shown of seeding: the code that will run, each file as it is done, and what came of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, assert_never

from okra.cli.progress import duration
from okra.cli.render import counted, tamed
from okra.projects.seeding import code_of, seed
from okra.seeding.events import SeedEventKind

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.projects.project import Project
    from okra.seeding.events import ModelRows, SeededFile, SeedEvent, SeedResult
    from okra.seeding.files import Found


class SeedShow:
    """A line that counts on a terminal, while a file is at work; nothing elsewhere: the result says it all."""

    def __init__(self, out: Output) -> None:
        self._shows = sys.stderr.isatty() and not out.quiet and not out.json
        self._width = 0

    def __call__(self, event: SeedEvent) -> None:
        match event.kind:
            case SeedEventKind.FILE_STARTED:
                self._show(f"  {event.number}/{event.total} {event.file}")
            case SeedEventKind.ROWS:
                of = f" of {event.model}" if event.model else ""
                what = "row" if event.model else "statement"
                self._show(
                    f"  {event.number}/{event.total} {event.file}: {counted(event.done, what)}{of}"
                )
            case SeedEventKind.FILE_DONE:
                self.clear()
            case _:
                assert_never(event.kind)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _show(self, text: str) -> None:
        if self._shows:
            text = tamed(text)
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = max(self._width, len(text))


def show_code(out: Output, found: Found) -> None:
    """Name the Python that is about to run."""
    for code in code_of(found):
        out.say(f"Runs {code.name}, SHA-256 {code.hash}", style="yellow")


def run_seeds(out: Output, project: Project, found: Found, *, allow_code: bool) -> SeedResult:
    """Write the seeds and say what came of it; whoever owns a protected database has agreed."""
    show = SeedShow(out)
    name = project.database_name
    try:
        result = seed(project, found, allow_code=allow_code, confirmed=name, progress=show)
    finally:
        show.clear()
    show_result(out, result)
    out.warn_all(result.warnings[len(found.ignored) :])
    return result


def show_result(out: Output, result: SeedResult) -> None:
    """A line for each file, and the sum."""
    for file in result.files:
        out.say(f"  {file.file}: {_described(file)}")
    rows = [rows for file in result.files for rows in file.models]
    added, changed = sum(each.inserted for each in rows), sum(each.updated for each in rows)
    what = counted(len(result.files), "file")
    if rows:
        what += f": {counted(added, 'row')} added, {changed:,} changed"
    out.say(f"Seeded {what}{duration(result.duration_ms)}.", style="green")


def result_value(result: SeedResult) -> dict[str, object]:
    """What was seeded, for the JSON document."""
    return {
        "files": [
            {
                "file": file.file,
                "models": file.models,
                "statements": file.statements,
                "codeHash": file.code_hash,
            }
            for file in result.files
        ],
        "durationMs": result.duration_ms,
        "warnings": result.warnings,
    }


def _described(file: SeededFile) -> str:
    parts = [_rows(each) for each in file.models]
    if file.statements is not None:
        parts.append(counted(file.statements, "statement"))
    return "; ".join(parts) or ("run" if file.code_hash else "no rows")


def _rows(rows: ModelRows) -> str:
    kinds = ((rows.inserted, "added"), (rows.updated, "changed"), (rows.unchanged, "as they were"))
    counts = ", ".join(f"{number:,} {word}" for number, word in kinds if number)
    return f"{rows.model} {counts or 'no rows'}"
