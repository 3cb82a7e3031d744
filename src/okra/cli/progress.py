"""What is shown of a run against a database: where it goes, each statement, and what came of it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, assert_never

from okra.migrations.events import Event, EventKind, Outcome
from okra.naming import migration_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from okra.cli.output import Output
    from okra.plan import Plan
    from okra.projects.project import Project

_SILENT_S = 30.0
"""After so many seconds without a line somebody asks whether it still goes on."""


def announce(out: Output, project: Project) -> None:
    """Say which database it will be, before anything is sent to it; and tell it where that takes its time."""
    from okra.dialects.waiting import listener

    listener.set(out.warn)
    out.say(f"Database: {described(project)}", style="bold")


def described(project: Project) -> str:
    """The database and the environment, without a password."""
    environment = project.target.environment
    return f"{project.url}, environment {environment}" if environment else str(project.url)


def database_value(project: Project) -> dict[str, object]:
    """Which database a run was about, for the JSON document."""
    return {"database": str(project.url), "environment": project.target.environment}


def not_compared(ignored: Iterable[str]) -> list[str]:
    """Warnings of what is there and can't be compared."""
    return [f"not compared: {text}" for text in ignored]


class Progress:
    """Prints a line for each migration and each statement as they are done, and warnings as they come.

    clock  seconds that only go on
    """

    def __init__(
        self,
        out: Output,
        verb: str,
        *,
        dry_run: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._out = out
        self._verb = verb
        self._took = "Would take" if dry_run else "Took"
        self._ranges = _Ranges(clock)

    def __call__(self, event: Event) -> None:
        match event.kind:
            case EventKind.MIGRATION_STARTED:
                self._out.say(
                    f"{self._verb} {folder_name(event)} ({event.number} of {event.total})"
                )
            case EventKind.STATEMENT_STARTED:
                self._ranges.begin()
            case EventKind.RANGE_DONE:
                if self._ranges.tells_next():
                    width = len(str(event.total))
                    self._out.say(f"  {event.number:>{width}}/{event.total}   {event.purpose}")
            case EventKind.STATEMENT_DONE:
                width = len(str(event.total))
                took = duration(event.duration_ms)
                self._out.say(f"  {event.number:>{width}}/{event.total} {event.purpose}{took}")
            case EventKind.MIGRATION_DONE:
                self._out.say(f"  done{duration(event.duration_ms)}", style="green")
            case EventKind.BASELINED:
                self._out.say(f"{self._took} {event.version} as applied, without running it")
            case EventKind.WARNING:
                self._out.warn(event.purpose)
            case _:
                assert_never(event.kind)


class _Ranges:
    """Which of the ranges of a statement are told: ever fewer of them, and one at least every half minute.

    The first ten; 20, 30 and so on to 100; 200, 300 and so on: a thousand make 28 lines where they are quick.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._done = 0
        self._told = 0.0

    def begin(self) -> None:
        self._done = 0
        self._told = self._clock()

    def tells_next(self) -> bool:
        """Whether the range that is just done is told."""
        self._done += 1
        now = self._clock()
        if not _is_round(self._done) and now - self._told < _SILENT_S:
            return False
        self._told = now
        return True


def _is_round(number: int) -> bool:
    """Whether it has one digit, and zeros behind it."""
    return not str(number)[1:].strip("0")


def folder_name(item: Event | Outcome) -> str:
    """A migration as people speak of it: the name of its folder."""
    return migration_folder(item.version, item.name)


def duration(milliseconds: int | None) -> str:
    """` (12 ms)`, ` (1.5 s)`, or nothing where it took no time to speak of."""
    if not milliseconds:
        return ""
    if milliseconds < 1000:  # noqa: PLR2004 - a second
        return f" ({milliseconds} ms)"
    return f" ({milliseconds / 1000:.1f} s)"


def outcome_value(item: Outcome) -> dict[str, object]:
    """One migration that was run, or would be, for the JSON document."""
    return {
        "version": item.version,
        "name": item.name,
        "statements": item.statements,
        "durationMs": item.duration_ms,
        "sql": item.sql,
    }


def plan_value(plan: Plan) -> dict[str, object]:
    """The statements of a plan and what is dangerous about it, for the JSON document."""
    return {
        "hazards": [
            {"kind": hazard.kind.value, "message": hazard.message} for hazard in plan.hazards
        ],
        "statements": [item.sql for item in plan.statements],
    }
