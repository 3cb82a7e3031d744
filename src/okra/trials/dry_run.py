"""A dry run: what `up` or `down` would do to a database, tried on a copy of its tables and, where that can be undone, on it.

The copy, in a scratch database, has no rows: it tells which locks each statement takes, and what it does with the
rows of which table. The target tells how long that takes and how many rows are written; all is rolled back.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec.structs import replace

from okra.devdb import scratch
from okra.devdb.extensions import install
from okra.dialects import dialect
from okra.dialects.session import prober
from okra.dialects.tolls import Blocks, Toll, changed_rows, meter, sizes
from okra.errors import DatabaseError
from okra.migrations.consent import check_owned, check_ready
from okra.migrations.down import migrate_down
from okra.migrations.events import milliseconds
from okra.migrations.executor import opened
from okra.migrations.history import Direction
from okra.migrations.hooks import FILES, statements_of
from okra.migrations.prove import build
from okra.migrations.segments import cut
from okra.migrations.statements import BLAMED, hazards, purpose
from okra.migrations.up import migrate_up
from okra.plan import HazardKind
from okra.relational.model import Database
from okra.relational.sqltext import name_of, significant
from okra.relational.trash import names_in
from okra.trials.findings import Blocked, DryRun, Refused, Rehearsed, Step, reckoned
from okra.trials.undoing import hindrance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okra.devdb import Dev
    from okra.dialects.base import Script, Session
    from okra.dialects.tolls import Lock, Size
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run, Target
    from okra.migrations.segments import Segment

_T = TypeVar("_T")

TARGET, COPY = "target", "copy"

_REFUSALS = BLAMED | {"OKR508", "OKR509"}


class Course(NamedTuple):
    """The statements of one migration that are still to run; `done` is how many a run that stopped has done before."""

    migration: Migration
    scripts: tuple[Script, ...]
    file: str
    segments: tuple[Segment, ...]
    done: int = 0

    def place(self, script: Script) -> str:
        return self.migration.file(f"{script.file or self.file}:{script.line}")


class _Stopped(Exception):
    """A statement was refused. The argument says which."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


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
        courses = [_course(run, version, direction) for version in versions]
        whole = dialect(target.provider).introspect(run.session).database
        why = kept_off or hindrance(target.provider, courses, whole)
        shape = _shape(whole, courses)
        found = sizes(target.provider, run.session, [table.name for table in shape.tables])
        trial = _Trial(run, direction, courses)
        refused = trial.refused(shape, dev, on_target=why is None)
    return DryRun(
        direction=direction.value,
        executed=TARGET if why is None else COPY,
        why=why,
        migrations=trial.rehearsed(found),
        refused=refused,
        notes=trial.notes,
    )


class _Trial:
    """The courses, tried on a copy of the tables and on the target; what was not reached is not known."""

    def __init__(self, run: Run, direction: Direction, courses: Sequence[Course]) -> None:
        self._run = run
        self._direction = direction
        self._courses = courses
        self._tolls: list[list[Toll]] = []
        self._timed: list[list[tuple[int, int | None]]] = []
        self.notes: tuple[str, ...] = ()

    def refused(self, shape: Database, dev: Dev, *, on_target: bool) -> Refused | None:
        """The statement that was refused, if one was."""
        try:
            self._try_copy(shape, dev)
            if on_target and self._courses:
                self._timed = _on_target(self._run, self._courses, self._direction)
        except _Stopped as stopped:
            return stopped.refused
        return None

    def rehearsed(self, found: Mapping[str, Size]) -> tuple[Rehearsed, ...]:
        """What is known of each course."""
        return tuple(
            _rehearsed(course, _at(self._tolls, number), _at(self._timed, number), found)
            for number, course in enumerate(self._courses)
        )

    def _try_copy(self, shape: Database, dev: Dev) -> None:
        if self._direction is Direction.DOWN and _brings_back(self._courses):
            self.notes = ("no locks are known: the copy has nothing of what is kept aside",)
            return
        try:
            self._tolls = _on_copy(self._run.target.provider, shape, self._courses, dev)
        except DatabaseError as error:
            if error.code not in _REFUSALS:
                raise
            self.notes = (f"no locks are known: the copy could not be made: {error.message}",)


def _brings_back(courses: Sequence[Course]) -> bool:
    """Whether statements speak of what was dropped and is kept aside."""
    return any(names_in(script.sql) for course in courses for script in course.scripts)


def _versions(target: Target, direction: Direction, to: str | None, steps: int | None) -> list[str]:
    if direction is Direction.UP:
        done = migrate_up(target, to=to, steps=steps, dry_run=True).applied
    else:
        done = migrate_down(target, to=to, steps=steps or 1, dry_run=True).reverted
    return [outcome.version for outcome in done]


def _course(run: Run, version: str, direction: Direction) -> Course:
    migration = run.directory.find(version)
    provider = run.target.provider
    scripts = statements_of(migration, migration.read(), direction, dialect(provider))
    halfway = run.halfway.get(version)
    done = halfway.applied if halfway else 0
    left = scripts[done:]
    return Course(migration, left, FILES[direction], cut(left, prober(provider)), done)


def _shape(whole: Database, courses: Sequence[Course]) -> Database:
    """The tables of `whole` that the statements name, and those that these refer to, without their rows."""
    words = {
        name_of(word)
        for course in courses
        for script in course.scripts
        for word in significant(script.sql)
    }
    lower = {word.lower() for word in words}
    named = {
        table.name
        for table in whole.tables
        if table.name in words or table.name.rpartition(".")[2].lower() in lower
    }
    named |= {
        table.name
        for table in whole.tables
        if any(key.table in named for key in table.foreign_keys)
    }
    parents = {
        key.table for table in whole.tables if table.name in named for key in table.foreign_keys
    }
    return Database(
        tables=tuple(
            table if table.name in named else replace(table, foreign_keys=())
            for table in whole.tables
            if table.name in named | parents
        ),
        enums=whole.enums,
    )


def _on_copy(
    provider: str, shape: Database, courses: Sequence[Course], dev: Dev
) -> list[list[Toll]]:
    """What each statement takes, on a copy of the tables.

    Raises  _Stopped
    """
    session = scratch(provider, dev)
    try:
        install(session, provider, (shape,))
        build(dialect(provider), session, shape)
        found = []
        measure = meter(provider, session)
        for course in courses:
            tolls: list[Toll] = []
            for segment in course.segments:
                together = _together(provider, segment)
                _maybe(session, "BEGIN", wanted=together)
                held: set[Lock] = set()
                for script in course.scripts[segment.start : segment.stop]:
                    with _blamed(course, script, COPY):
                        toll = measure.run(script)
                    new = tuple(lock for lock in toll.locks if lock not in held)
                    tolls.append(replace(toll, locks=new))
                    held.update(new)
                _maybe(session, "COMMIT", wanted=together)
            found.append(tolls)
        return found
    finally:
        session.close()


def _together(provider: str, segment: Segment) -> bool:
    return prober(provider) is not None and not segment.outside


def _maybe(session: Session, sql: str, *, wanted: bool) -> None:
    if wanted:
        session.execute(sql)


def _on_target(
    run: Run, courses: Sequence[Course], direction: Direction
) -> list[list[tuple[int, int | None]]]:
    """How long each statement takes on the target, and how many rows it writes; all of it is undone.

    Raises  _Stopped; LockNotObtained; DatabaseError for rights that are missing
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
        with _blamed(course, script, TARGET):
            guard.run(number)
        took = milliseconds(started)
        after = changed_rows(provider, run.session)
        yield took, None if before is None or after is None else after - before
    if course.scripts:
        with _blamed(course, course.scripts[-1], TARGET):
            guard.finish()


@contextmanager
def _blamed(course: Course, script: Script, where: str) -> Iterator[None]:
    """What the server refuses inside is a finding, and no error."""
    try:
        yield
    except DatabaseError as error:
        if error.code not in _REFUSALS:
            raise
        refused = Refused(
            where=where, message=error.message, place=course.place(script), sql=script.sql
        )
        raise _Stopped(refused) from error


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
                number=course.done + number + 1,
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
