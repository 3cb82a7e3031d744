"""One file run in steps: each is written down before it is sent and after it is done, so that nothing runs twice."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect
from okra.dialects.base import Script
from okra.dialects.session import BUSY, LOST, Prober
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.chain import Migration
from okra.migrations.events import milliseconds
from okra.migrations.history import Direction, Hold, Kind, Mode, State
from okra.migrations.journal import Flight
from okra.migrations.segments import Segment, cut
from okra.migrations.statements import (
    BLAMED,
    Part,
    feed,
    finish_guard,
    placed,
    run_part,
    statement_hash,
    what_stays,
)
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.executor import Run

_TOGETHER = 64
"""How many statements may be under way at once: what is written about them has to fit into one row."""


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a migration that is run in steps: what leads up, or what leads back."""

    migration: Migration
    direction: Direction
    scripts: tuple[Script, ...]
    segments: tuple[Segment, ...]
    checksum: str

    @property
    def file(self) -> str:
        return "rollback.sql" if self.is_down else "migration.sql"

    @property
    def version(self) -> str:
        return self.migration.version

    @property
    def is_down(self) -> bool:
        return self.direction is Direction.DOWN


def course(
    run: Run,
    migration: Migration,
    direction: Direction,
    scripts: tuple[Script, ...],
    checksum: str,
) -> Course:
    """The way through the statements of one file."""
    return Course(
        migration=migration,
        direction=direction,
        scripts=scripts,
        segments=cut(scripts, run.prober),
        checksum=checksum,
    )


def begin(run: Run, wanted: Course) -> Hold:
    """Take the version for this run, and write down what is sent first.

    Raises  Overtaken where another run was quicker; DatabaseError for statements that have no place here
    """
    with placed(wanted.migration.file(wanted.file)):
        dialect(run.target.provider).refuse_misplaced(wanted.scripts)
    run.session.announce(run.runner)
    with run.work():
        run.prepare_history()
        run.point("claim")
        record = run.records.get(wanted.version)
        if wanted.is_down:
            hold = run.journal.turn_back(
                wanted.version,
                epoch=record.epoch if record else 0,
                runner=run.runner,
                total=len(wanted.scripts),
            )
        else:
            claim = run.claim(
                wanted.migration,
                Kind.MIGRATION,
                checksum=wanted.checksum,
                total=len(wanted.scripts),
                tx_mode=Mode.STATEMENT,
            )
            hold = run.history.claim(claim, known=record is not None)
        run.point("claimed")
    return hold


class Steps:
    """The statements of one file from `at` on, run under a hold.

    _flight  the statements that are written down as sent
    _digest  over the statements that are done
    """

    def __init__(self, run: Run, wanted: Course, hold: Hold, *, prober: Prober, at: int) -> None:
        self._run = run
        self._course = wanted
        self._hold = hold
        self._prober = prober
        self._at = at
        self._guard = run.session.guard(wanted.scripts)
        self._flight: Flight | None = None
        self._digest = sha256()
        self._started = monotonic()

    def go(self) -> None:
        """Run what is left, and write down the end.

        Raises  StatementFailed and other DatabaseErrors, after what is known was written down
        """
        self._guard.start()
        for number, script in enumerate(self._course.scripts[: self._at]):
            self._note_done(number)
            if self._prober.is_setting(script):
                self._guard.run(number)
        left = [segment for segment in self._course.segments if segment.stop > self._at]
        if not left:
            self._finish_alone()
        for position, segment in enumerate(left):
            after = left[position + 1] if position + 1 < len(left) else None
            try:
                with placed(self._course.migration.file(self._course.file)):
                    self._pass(segment, after)
            except DatabaseError as error:
                self._stop(segment, error)
                raise

    def _pass(self, segment: Segment, after: Segment | None) -> None:
        start = max(segment.start, self._at)
        part = Part(
            file=self._course.file,
            scripts=self._course.scripts,
            start=start,
            stop=segment.stop,
            kept=start,
        )
        if segment.outside:
            self._announce(start)
            run_part(self._run, self._course.migration, self._guard, part)
            self._note_done(start)
            if after is None:
                self._finish_alone()
            elif self._flight is None or not self._flight.covers(after.start + 1):
                self._advance(after)
            return
        with self._run.work():
            run_part(self._run, self._course.migration, self._guard, part)
            for number in range(start, segment.stop):
                self._note_done(number)
            if after is None:
                finish_guard(self._run, self._guard)
                self._finish()
            else:
                self._advance(after)

    def _announce(self, number: int) -> None:
        """Write down that the statement is about to be sent, where that is not written yet."""
        if self._flight is None or not self._flight.covers(number + 1):
            self._write(number, self._flight_of(number))

    def _advance(self, after: Segment) -> None:
        self._write(after.start, self._flight_of(after.start) if after.outside else None)

    def _flight_of(self, number: int) -> Flight:
        """The statement and, where it makes or drops a table, those that do so behind it: one write for all."""
        scripts = self._course.scripts
        sole = self._prober.sole_object(scripts[number])
        objects = {sole}
        end = number + 1
        while sole is not None and end < len(scripts) and end - number < _TOGETHER:
            sole = self._prober.sole_object(scripts[end])
            if sole is None or sole in objects:
                break
            objects.add(sole)
            end += 1
        return Flight(number=number + 1, marks=self._marks(scripts[number:end]))

    def _marks(self, scripts: Sequence[Script]) -> tuple[str, ...]:
        marks = self._prober.marks(self._run.session, scripts)
        return tuple(
            f"{statement_hash(script)} {mark}" for script, mark in zip(scripts, marks, strict=True)
        )

    def _write(self, applied: int, flight: Flight | None) -> None:
        self._run.point(f"progress {applied}")
        self._run.journal.advance(
            self._hold, applied=applied, prefix=self._digest.hexdigest(), flight=flight
        )
        self._flight = flight
        self._at = applied
        self._run.point(f"progress {applied} written")

    def _note_done(self, number: int) -> None:
        feed(self._digest, self._course.scripts[number])

    def _finish_alone(self) -> None:
        finish_guard(self._run, self._guard)
        with self._run.work():
            self._finish()

    def _finish(self) -> None:
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

    def _stop(self, segment: Segment, error: DatabaseError) -> None:
        """Write down why it stopped, if the file is to blame; else the next run finds out by itself."""
        kept = max(segment.start, self._at)
        number = error.index if isinstance(error, StatementFailed) else None
        if error.code in (BUSY, LOST) or error.code not in BLAMED:
            error.help = (
                f"{error.help or ''}\n{what_stays(kept, number)}; run it again: it goes on".strip()
            )
            return
        self._digest = sha256()
        for before in range(kept):  # a transaction that was undone may have counted some more
            self._note_done(before)
        state, flight = State.FAILED, None
        if segment.outside and not self._is_as_before(segment.start):
            state = State.UNKNOWN
            flight = Flight(number=kept + 1, marks=(self._flight_mark(kept),))
        text = error.server_error if isinstance(error, StatementFailed) else error.message
        try:
            with self._run.work():
                self._write(kept, flight)
                self._run.journal.stop(
                    self._hold,
                    state,
                    code=error.code,
                    message=redact(text, self._run.target.url),
                    number=number,
                )
        except DatabaseError as second:
            error.help = (
                f"{error.help}\nand the failure could not be written down: {second.message}"
            )

    def _is_as_before(self, number: int) -> bool:
        """Whether a statement that was refused has left nothing behind, or nothing that could not be cleared away."""
        script = self._course.scripts[number]
        try:
            self._prober.clear(self._run.session, script)
            return self._marks([script]) == (self._flight_mark(number),)
        except DatabaseError as error:
            if error.code not in (BUSY, LOST):
                raise
            return True  # it can't be looked at now; the next run does it before it sends anything

    def _flight_mark(self, number: int) -> str:
        return self._flight.mark(number + 1) if self._flight else ""
