"""One file run in steps: each is written down before it is sent and after it is done, so that nothing runs twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.account import Account
from okra.migrations.batch import Progress
from okra.migrations.events import Event, EventKind
from okra.migrations.history import Hold, Kind, Mode
from okra.migrations.ranges import Ranged, ranged
from okra.migrations.statements import (
    BLAMED,
    Part,
    finish_guard,
    placed,
    refuse_misplaced,
    run_part,
    statement_hash,
    told,
    what_stays,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Guard, Prober
    from okra.migrations.course import Course
    from okra.migrations.executor import Run
    from okra.migrations.segments import Segment


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

    def run(self, number: int, stop: int | None = None) -> None:
        """Run the statement with this number in its file."""
        self._guard.run(number - self._first, None if stop is None else stop - self._first)

    def finish(self) -> None:
        self._guard.finish()


class Steps:
    """The statements of one file from `at` on, run under a hold."""

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
        self._prober = prober
        self._at = at
        self._account = Account(run, wanted, hold, prober=prober, progress=progress)
        self._guard: Guard = run.session.guard(wanted.scripts)
        self._guards_all = run.prober is not None

    def go(self) -> None:
        """Run what is left, and write down the end.

        Raises  StatementFailed and other DatabaseErrors, after what is known was written down
        """
        if self._guards_all:
            self._guard.start()
        for number, script in enumerate(self._course.scripts[: self._at]):
            self._account.note_done(number)
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
            self._account.progress = None

    def _pass(self, segment: Segment, after: Segment | None) -> None:
        start = max(segment.start, self._at)
        part = self._part(start, segment.stop)
        if segment.ranges:
            self._pass_ranges(part, after)
            return
        if segment.outside:
            self._account.announce(start)
            run_part(self._run, self._course.migration, self._guard, part)
            self._account.note_done(start)
            if after is None:
                self._finish_alone()
            elif not self._account.covers(after.start):
                self._account.advance(after)
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
            self._account.note_done(number)
        if after is None:
            finish_guard(self._run, self._guard)
            self._account.finish()
        else:
            self._account.advance(after)

    def _pass_ranges(self, part: Part, after: Segment | None) -> None:
        """Run one statement range by range, each in a transaction together with what is written about it."""
        number = part.start
        script = part.scripts[number]
        sql = dialect(self._run.target.provider)
        with told(self._run, self._course.migration, part, number) as event:
            found = ranged(sql, self._run.session, script, self._course.place(number))
            assert found is not None  # noqa: S101 - the segment is one of ranges
            while not self._pass_range(found, part, after):
                self._run.emit(_progress_event(event, self._account.progress))

    def _pass_range(self, found: Ranged, part: Part, after: Segment | None) -> bool:
        """Run the next range; whether it was the last."""
        run, number = self._run, part.start
        known = self._account.progress
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
                if self._guards_all or after is not None:
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
            self._account.note_ranges(number, progress)
        self._account.progress = progress
        return False

    def _finish_alone(self) -> None:
        finish_guard(self._run, self._guard)
        with self._run.work():
            self._account.finish()

    def _stop(self, segment: Segment, error: DatabaseError) -> None:
        """Write down why it stopped, if the file is to blame; else the next run finds out by itself."""
        kept = max(segment.start, self._at)
        if self._account.progress is not None:
            error.help = f"{error.help or ''}\n{_ranges_stay(self._account.progress)}".strip()
        if error.code not in BLAMED:
            number = error.index if isinstance(error, StatementFailed) else None
            error.help = (
                f"{error.help or ''}\n{what_stays(kept, number)}; run it again: it goes on".strip()
            )
            return
        undone = self._account.is_undone(segment)
        try:
            self._account.fail(kept, error, undone=undone)
        except DatabaseError as second:
            error.help = (
                f"{error.help}\nand the failure could not be written down: {second.message}"
            )


def _progress_event(event: Event, progress: Progress | None) -> Event:
    done = progress.rows if progress else 0
    return replace(event, kind=EventKind.RANGE_DONE, purpose=f"{done} rows are done")


def _ranges_stay(progress: Progress) -> str:
    ranges = "1 range" if progress.ranges == 1 else f"{progress.ranges} ranges"
    return (
        f"{ranges} of it {'is' if progress.ranges == 1 else 'are'} done and will not be run again"
    )
