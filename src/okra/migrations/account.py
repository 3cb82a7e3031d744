"""What is written down of a file that is run in steps, before and after each of them."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from okra.dialects.session import BUSY, LOST
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.events import milliseconds
from okra.migrations.history import State
from okra.migrations.journal import Flight
from okra.migrations.statements import feed, statement_hash
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Prober
    from okra.migrations.batch import Progress
    from okra.migrations.course import Course
    from okra.migrations.executor import Run
    from okra.migrations.history import Hold
    from okra.migrations.segments import Segment

_TOGETHER = 64
"""How many statements may be under way at once: what is written about them has to fit into one row."""


class Account:
    """What is done of one course, what was sent, and how far a statement in ranges has come; written under a hold.

    progress  how far the next statement has come, where it is run in ranges
    _flight   the statements that are written down as sent
    _digest   over the statements that are done
    """

    def __init__(
        self,
        run: Run,
        wanted: Course,
        hold: Hold,
        *,
        prober: Prober,
        progress: Progress | None = None,
    ) -> None:
        self._run = run
        self._course = wanted
        self._hold = hold
        self._prober = prober
        self.progress = progress
        self._flight: Flight | None = None
        self._digest = sha256()
        self._started = monotonic()

    def announce(self, number: int) -> None:
        """Write down that the statement is about to be sent, where that is not written yet."""
        if not self.covers(number):
            self._write(number, self._flight_from(number))

    def advance(self, after: Segment) -> None:
        """Write down that all before the segment `after` is done, and what of it is sent next."""
        self._write(after.start, self._flight_from(after.start) if after.outside else None)

    def covers(self, number: int) -> bool:
        """Whether it is written down already that the statement with this number is sent."""
        return self._flight is not None and self._flight.covers(number + 1)

    def note_ranges(self, number: int, progress: Progress) -> None:
        """Write down how far the statement with this number has come."""
        self._write(number, None, progress)

    def note_done(self, number: int) -> None:
        """Count the statement among those that are done; what is written next says so."""
        feed(self._digest, self._course.scripts[number])

    def finish(self) -> None:
        """Write down that all of it is done."""
        self._run.point("record")
        down = self._course.is_down
        self._run.history.finish(
            self._hold,
            state=State.REVERTED if down else State.DONE,
            applied=0 if down else len(self._course.scripts),
            prefix_hash=None if down else self._digest.hexdigest(),
            duration_ms=milliseconds(self._started),
        )
        self._run.point("recorded")

    def is_undone(self, segment: Segment) -> bool:
        """Whether a segment that failed has left nothing behind, or nothing that could not be cleared away."""
        if not segment.outside:
            return True
        script = self._course.scripts[segment.start]
        try:
            self._prober.clear(self._run.session, script)
            return self._marks([script]) == (self._flight_mark(segment.start),)
        except DatabaseError as error:
            if error.code not in (BUSY, LOST):
                raise
            return True  # it can't be looked at now; the next run does it before it sends anything

    def fail(self, kept: int, error: DatabaseError, *, undone: bool) -> None:
        """Write down why it stopped: so many statements are done, and the next one is undone, or nobody knows.

        Raises  DatabaseError
        """
        self._digest = sha256()
        for before in range(kept):  # a transaction that was undone may have counted some more
            self.note_done(before)
        state, flight = State.FAILED, None
        if not undone:
            state = State.UNKNOWN
            flight = Flight(number=kept + 1, marks=(self._flight_mark(kept),))
        text = error.server_error if isinstance(error, StatementFailed) else error.message
        with self._run.work():
            self._write(kept, flight, self.progress)
            self._run.journal.stop(
                self._hold,
                state,
                code=error.code,
                message=redact(text, self._run.target.url),
                number=error.index if isinstance(error, StatementFailed) else None,
            )

    def _flight_from(self, number: int) -> Flight:
        """The statement with this number and those that may be under way with it: one write for all."""
        together = _together(self._prober, self._course.scripts[number:])
        return Flight(number=number + 1, marks=self._marks(together))

    def _marks(self, scripts: Sequence[Script]) -> tuple[str, ...]:
        marks = self._prober.marks(self._run.session, scripts)
        return tuple(
            f"{statement_hash(script)} {mark}" for script, mark in zip(scripts, marks, strict=True)
        )

    def _write(self, applied: int, flight: Flight | None, progress: Progress | None = None) -> None:
        self._run.point(f"progress {applied}")
        self._run.journal.advance(
            self._hold,
            applied=applied,
            prefix=self._digest.hexdigest(),
            flight=flight,
            progress=progress.encode() if progress else None,
        )
        self._flight = flight
        self._run.point(f"progress {applied} written")

    def _flight_mark(self, number: int) -> str:
        return self._flight.mark(number + 1) if self._flight else ""


def _together(prober: Prober, scripts: Sequence[Script]) -> Sequence[Script]:
    """The first of `scripts` and, where it makes or drops a table, those that do so behind it."""
    sole = prober.sole_object(scripts[0])
    objects = {sole}
    end = 1
    while sole is not None and end < min(len(scripts), _TOGETHER):
        sole = prober.sole_object(scripts[end])
        if sole is None or sole in objects:
            break
        objects.add(sole)
        end += 1
    return scripts[:end]
