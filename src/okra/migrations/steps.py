"""One file run in steps: each is written down before it is sent and after it is done, so that nothing runs twice."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.base import Script
from okra.dialects.session import BUSY, LOST, Guard, Prober
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.batch import Progress
from okra.migrations.chain import Migration
from okra.migrations.events import Event, EventKind, milliseconds
from okra.migrations.history import Direction, Hold, Kind, Mode, State
from okra.migrations.hooks import FILES
from okra.migrations.journal import Flight
from okra.migrations.ranges import Ranged, ranged
from okra.migrations.segments import Segment, cut
from okra.migrations.statements import (
    BLAMED,
    Part,
    feed,
    finish_guard,
    placed,
    refuse_misplaced,
    run_part,
    statement_hash,
    told,
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
        return FILES[self.direction]

    def place(self, number: int) -> str:
        """The path of the file that the statement with this number stands in, counted from 0."""
        return self.migration.file(self.scripts[number].file or self.file)

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
    refuse_misplaced(run, wanted.migration, wanted.file, wanted.scripts)
    run.session.lock.announce(run.runner)
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
    if run.stamp is None:
        run.stamp = run.stamps.read()
    return hold


class _Alone:
    """What watches over one segment, where each has to leave the database whole."""

    def __init__(self, run: Run, segment: Segment, scripts: Sequence[Script]) -> None:
        self._first = segment.start
        self._guard = run.session.guard(scripts[segment.start : segment.stop])

    def start(self) -> None:
        self._guard.start()

    def run(self, number: int) -> None:
        """Run the statement with this number in its file."""
        self._guard.run(number - self._first)

    def finish(self) -> None:
        self._guard.finish()


class Steps:
    """The statements of one file from `at` on, run under a hold.

    _flight    the statements that are written down as sent
    _digest    over the statements that are done
    _progress  how far the next one has come, where it is run in ranges
    """

    def __init__(
        self,
        run: Run,
        wanted: Course,
        hold: Hold,
        *,
        prober: Prober,
        at: int,
        progress: Progress | None = None,
    ) -> None:
        self._run = run
        self._course = wanted
        self._hold = hold
        self._prober = prober
        self._at = at
        self._progress = progress
        self._guard: Guard = run.session.guard(wanted.scripts)
        self._guards_all = run.prober is not None
        self._flight: Flight | None = None
        self._digest = sha256()
        self._started = monotonic()

    def go(self) -> None:
        """Run what is left, and write down the end.

        Raises  StatementFailed and other DatabaseErrors, after what is known was written down
        """
        if self._guards_all:
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
                with placed(self._course.place(segment.start)):
                    self._pass(segment, after)
            except DatabaseError as error:
                self._stop(segment, error)
                raise
            self._at = segment.stop
            self._progress = None

    def _pass(self, segment: Segment, after: Segment | None) -> None:
        start = max(segment.start, self._at)
        part = self._part(start, segment.stop)
        if segment.ranges:
            self._pass_ranges(part, after)
            return
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
            if not self._guards_all:
                self._guard = _Alone(self._run, segment, self._course.scripts)
                self._guard.start()
            run_part(self._run, self._course.migration, self._guard, part)
            if after is not None and not self._guards_all:
                self._guard.finish()
            self._close(part, after)

    def _part(self, start: int, stop: int) -> Part:
        scripts = self._course.scripts
        return Part(file=self._course.file, scripts=scripts, start=start, stop=stop, kept=start)

    def _close(self, part: Part, after: Segment | None) -> None:
        """Write down, in the transaction that they ran in, that the statements of a part are done."""
        for number in range(part.start, part.stop):
            self._note_done(number)
        if after is None:
            finish_guard(self._run, self._guard)
            self._finish()
        else:
            self._advance(after)

    def _pass_ranges(self, part: Part, after: Segment | None) -> None:
        """Run one statement range by range, each in a transaction together with what is written about it."""
        number = part.start
        script = part.scripts[number]
        sql = dialect(self._run.target.provider)
        with told(self._run, self._course.migration, part, number) as event:
            found = ranged(sql, self._run.session, script, self._course.place(number))
            assert found is not None  # noqa: S101 - the segment is one of ranges
            while not self._pass_range(found, part, after):
                self._run.emit(_progress_event(event, self._progress))

    def _pass_range(self, found: Ranged, part: Part, after: Segment | None) -> bool:
        """Run the next range; whether it was the last."""
        run, number = self._run, part.start
        known = self._progress
        done = known.ranges if known else 0
        with run.work():
            run.point(f"range {done + 1}")
            last = known.after if known else None
            end = found.end(run.session, last)
            script = replace(part.scripts[number], sql=found.sql(last, end))
            guard = run.session.guard((script,))
            guard.start()
            guard.run(0)
            run.point(f"range {done + 1} done")
            if end is None:
                if self._guards_all:
                    guard.finish()
                else:
                    self._guard = guard
                self._close(part, after)
                return True
            guard.finish()
            progress = Progress(
                statement=statement_hash(part.scripts[number]),
                key=found.batch.key,
                ranges=done + 1,
                after=end,
                rows=(known.rows if known else 0) + found.batch.size,
            )
            self._write(number, None, progress)
        self._progress = progress
        return False

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
        if self._progress is not None:
            error.help = f"{error.help or ''}\n{_ranges_stay(self._progress)}".strip()
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
                self._write(kept, flight, self._progress)
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


def _progress_event(event: Event, progress: Progress | None) -> Event:
    done = progress.rows if progress else 0
    return replace(event, kind=EventKind.RANGE_DONE, purpose=f"{done} rows are done")


def _ranges_stay(progress: Progress) -> str:
    ranges = "1 range" if progress.ranges == 1 else f"{progress.ranges} ranges"
    return (
        f"{ranges} of it {'is' if progress.ranges == 1 else 'are'} done and will not be run again"
    )
