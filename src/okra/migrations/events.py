"""What a run tells of itself while it is at work, and how long things took."""

from __future__ import annotations

from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable


class EventKind(StrEnum):
    MIGRATION_STARTED = "migration started"
    STATEMENT_STARTED = "statement started"
    STATEMENT_DONE = "statement done"
    RANGE_DONE = "range done"
    MIGRATION_DONE = "migration done"
    BASELINED = "baselined"
    WARNING = "warning"


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far a run has come. `number` of `total`: of the migrations, of the file's statements, of the warnings.

    version      empty for a warning that is about the whole run
    purpose      what a statement is for, or how much of it is done; the text of a warning
    duration_ms  how long it took; None at a start
    """

    kind: EventKind
    version: str
    name: str | None
    number: int
    total: int
    purpose: str = ""
    duration_ms: int | None = None


Progress: TypeAlias = "Callable[[Event], None]"
Fault: TypeAlias = "Callable[[str], None]"


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One migration that was run, or would be: `sql` is its text in a dry run."""

    version: str
    name: str | None
    statements: int = 0
    duration_ms: int | None = None
    sql: str | None = None


class Telling:
    """What is told of one of several migrations: that it begins, once however often it is tried, and that it is done."""

    def __init__(
        self, emit: Progress, version: str, name: str | None, *, number: int, total: int
    ) -> None:
        self._emit = emit
        self._told = False
        self.started = monotonic()
        self._event = Event(
            kind=EventKind.MIGRATION_STARTED,
            version=version,
            name=name,
            number=number,
            total=total,
        )

    def begin(self) -> None:
        if not self._told:
            self._told = True
            self._emit(self._event)

    def done(self, statements: int) -> Outcome:
        duration = milliseconds(self.started)
        event = self._event
        self._emit(replace(event, kind=EventKind.MIGRATION_DONE, duration_ms=duration))
        return Outcome(
            version=event.version, name=event.name, statements=statements, duration_ms=duration
        )


def milliseconds(since: float) -> int:
    """Whole milliseconds since a `monotonic()`."""
    return round((monotonic() - since) * 1000)
