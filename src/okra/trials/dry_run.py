"""A dry run: what `up` or `down` would do to a database, tried on a copy of its tables and, where that can be undone, on it.

The copy, in a scratch database, has no rows: it tells which locks each statement takes, and what it does with the
rows of which table. The target tells how long that takes and how many rows are written; all is rolled back.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.tolls import Blocks, Toll, changed_rows, sizes
from okra.errors import DatabaseError, PlanError
from okra.migrations.consent import blocking, check_owned, check_ready
from okra.migrations.down import migrate_down
from okra.migrations.events import milliseconds
from okra.migrations.executor import opened
from okra.migrations.history import Direction
from okra.migrations.squashed import taken_apart
from okra.migrations.statements import hazards, purpose
from okra.migrations.up import migrate_up
from okra.plan import HazardKind
from okra.trials.copying import COPY, ground, measured, shape
from okra.trials.courses import REFUSALS, Course, Stopped, blamed, course_of
from okra.trials.findings import Blocked, DryRun, Refused, Rehearsed, Step, reckoned
from okra.trials.undoing import hindrance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okra.devdb import Dev
    from okra.dialects.tolls import Lock, Size
    from okra.migrations.executor import Run, Target
    from okra.migrations.segments import Segment
    from okra.relational.model import Database

_T = TypeVar("_T")

TARGET = "target"


def dry_run(
    target: Target,
    direction: Direction,
    *,
    dev: Dev,
    kept_off: str | None = None,
    to: str | None = None,
    steps: int | None = None,
) -> DryRun:
    """What `up` or `down` would do. Changes nothing.

    kept_off  why it may not be run on the target, to be undone, as a sentence; None: it may
    Raises    what `up` and `down` raise before they change anything; NoDevDatabase
    """
    versions = _versions(target, direction, to, steps)
    with opened(target, writes=kept_off is None) as run:
        if direction is Direction.DOWN:
            run.directory = taken_apart(run.directory, run.records)
        courses = [course_of(run, version, direction) for version in versions]
        whole = dialect(target.provider).introspect(run.session).database
        why = kept_off or hindrance(target.provider, courses, whole)
        found = _sizes(run, whole, courses)
        trial = _Trial(run, direction, courses)
        refused = trial.refused(whole, dev, on_target=why is None)
    return DryRun(
        direction=direction.value,
        executed=TARGET if why is None else COPY,
        why=why,
        migrations=trial.rehearsed(found),
        refused=refused,
        notes=trial.notes,
    )


class _Trial:
    """The courses, tried on a copy of the tables and on the target; what was not reached is not known.

    notes  what could not be found out, as sentences
    """

    def __init__(self, run: Run, direction: Direction, courses: Sequence[Course]) -> None:
        self._run = run
        self._direction = direction
        self._courses = courses
        self._tolls: list[list[Toll]] = []
        self._timed: list[list[tuple[int, int | None]]] = []
        self._consent = _consent(run, courses)
        self.notes: tuple[str, ...] = ()

    def refused(self, whole: Database, dev: Dev, *, on_target: bool) -> Refused | None:
        """The statement that was refused, if one was."""
        try:
            self._try_copy(whole, dev)
            if on_target and self._courses:
                self._timed = _on_target(self._run, self._courses, self._direction)
        except Stopped as stopped:
            return stopped.refused
        return None

    def rehearsed(self, found: Mapping[str, Size]) -> tuple[Rehearsed, ...]:
        """What is known of each course."""
        return tuple(
            replace(
                _rehearsed(course, _at(self._tolls, number), _at(self._timed, number), found),
                consent=self._consent[number],
            )
            for number, course in enumerate(self._courses)
        )

    def _try_copy(self, whole: Database, dev: Dev) -> None:
        try:
            start = ground(self._run, whole, self._courses)
            self._tolls = measured(self._run.target.provider, start, self._courses, dev)
        except (DatabaseError, PlanError) as error:
            if isinstance(error, DatabaseError) and error.code not in REFUSALS:
                raise
            self.notes = (f"no locks are known: the copy could not be made: {error.message}",)


def _sizes(run: Run, whole: Database, courses: Sequence[Course]) -> dict[str, Size]:
    """How large the tables are that the statements reach."""
    reached = shape(whole, (script for course in courses for script in course.scripts))
    return sizes(run.target.provider, run.session, [table.name for table in reached.tables])


def _consent(run: Run, courses: Sequence[Course]) -> list[tuple[str, ...]]:
    """What `up` or `down` will want consent for, as sentences, by course."""
    now: dict[str, str] = {}
    return [
        blocking(run, course.migration, (*course.before, *course.scripts), now)
        for course in courses
    ]


def _versions(target: Target, direction: Direction, to: str | None, steps: int | None) -> list[str]:
    if direction is Direction.UP:
        done = migrate_up(target, to=to, steps=steps, dry_run=True).applied
    else:
        done = migrate_down(target, to=to, steps=steps or 1, dry_run=True).reverted
    return [outcome.version for outcome in done]


def _on_target(
    run: Run, courses: Sequence[Course], direction: Direction
) -> list[list[tuple[int, int | None]]]:
    """How long each statement takes on the target, and how many rows it writes; all of it is undone.

    Raises  Stopped; LockNotObtained; DatabaseError for rights that are missing
    """
    if direction is Direction.UP:
        check_ready(run, [course.migration for course in courses])
    else:
        run.session.check_rights()
        check_owned(run, ((each.migration, each.file, each.scripts) for each in courses))
    run.session.lock.take(run.target.history_table)
    try:
        run.session.begin()
        try:
            return [list(_timed(run, course)) for course in courses]
        finally:
            run.session.rollback()
    finally:
        run.session.lock.give_back()


def _timed(run: Run, course: Course) -> Iterator[tuple[int, int | None]]:
    provider = run.target.provider
    guard = run.session.guard(course.scripts)
    guard.start()
    for number, script in enumerate(course.scripts):
        before = changed_rows(provider, run.session)
        started = monotonic()
        with blamed(course, script, TARGET):
            guard.run(number)
        took = milliseconds(started)
        after = changed_rows(provider, run.session)
        yield took, None if before is None or after is None else after - before
    if course.scripts:
        with blamed(course, course.scripts[-1], TARGET):
            guard.finish()


def _rehearsed(
    course: Course,
    tolls: Sequence[Toll],
    timed: Sequence[tuple[int, int | None]],
    found: Mapping[str, Size],
) -> Rehearsed:
    """What was found about one migration; what was not reached is left open."""
    steps = []
    for number, script in enumerate(course.scripts):
        toll = tolls[number] if number < len(tolls) else Toll()
        took, rows = timed[number] if number < len(timed) else (None, None)
        steps.append(
            Step(
                number=len(course.before) + number + 1,
                purpose=purpose(script),
                sql=script.sql,
                place=course.place(script),
                locks=toll.locks,
                works=toll.works,
                rows=rows,
                duration_ms=took,
            )
        )
    losses = [text for script in course.scripts for text in hazards(script, HazardKind.LOSES_DATA)]
    return Rehearsed(
        version=course.migration.version,
        folder=course.migration.folder,
        steps=tuple(steps),
        blocked=tuple(_blocked(course.segments, steps, found)),
        losses=tuple(losses),
    )


def _blocked(
    segments: Sequence[Segment], steps: Sequence[Step], found: Mapping[str, Size]
) -> Iterator[Blocked]:
    """The longest time that each table is blocked: from the statement that takes the lock to the end of its transaction."""
    longest: dict[tuple[str, Blocks], Blocked] = {}
    for segment in segments:
        own = steps[segment.start : segment.stop]
        for number, step in enumerate(own):
            for lock in step.locks:
                if lock.blocks is Blocks.NOTHING or lock.table not in found:
                    continue
                new = _wait(lock, own[number:], found)
                old = longest.get((lock.table, lock.blocks))
                if old is None or new.high_ms > old.high_ms:
                    longest[lock.table, lock.blocks] = new
    yield from longest.values()


def _wait(lock: Lock, steps: Sequence[Step], found: Mapping[str, Size]) -> Blocked:
    size = found[lock.table]
    took = [step.duration_ms for step in steps if step.duration_ms is not None]
    measured = len(took) == len(steps)
    low = high = sum(took)
    if not measured:
        spans = [
            reckoned(work, found[table].rows, found[table].bytes)
            for step in steps
            for table, work in step.works.items()
            if table in found
        ]
        low, high = sum(span[0] for span in spans), sum(span[1] for span in spans)
    return Blocked(
        table=lock.table,
        blocks=lock.blocks,
        low_ms=low,
        high_ms=high,
        rows=size.rows,
        bytes=size.bytes,
        measured=measured,
    )


def _at(found: Sequence[list[_T]], number: int) -> Sequence[_T]:
    return found[number] if number < len(found) else ()
