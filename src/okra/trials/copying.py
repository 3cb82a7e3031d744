"""A copy of the tables that statements name, without rows, in a scratch database; and what the statements take there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from okra.devdb import scratch
from okra.devdb.extensions import install
from okra.dialects import dialect
from okra.dialects.session import prober
from okra.dialects.tolls import meter
from okra.migrations.folder import DOWN_SQL, UP_SQL
from okra.migrations.history import Direction
from okra.migrations.hooks import statements_of
from okra.migrations.prove import build, run_file
from okra.migrations.verify import parent_snapshot
from okra.relational.model import Database
from okra.relational.sqltext import name_of, significant
from okra.relational.trash import names_in
from okra.trials.courses import blamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.devdb import Dev
    from okra.dialects.base import Script, Session
    from okra.dialects.tolls import Lock, Toll
    from okra.migrations.executor import Run
    from okra.migrations.segments import Segment
    from okra.trials.courses import Course

COPY = "copy"


class Ground(NamedTuple):
    """What a copy is made of: tables, and files that run on them before anything is measured."""

    tables: Database
    files: tuple[tuple[str, tuple[Script, ...]], ...] = ()


def ground(run: Run, whole: Database, courses: Sequence[Course]) -> Ground:
    """What the courses need to be tried on.

    whole   what the target has, without what was dropped and is kept aside
    Raises  DirectoryError
    """
    if not courses or not brings_back(courses):
        return Ground(shape(whole, (script for each in courses for script in each.scripts)))
    # Nobody says of what types it is that is kept aside: the migrations make it, on what they began with.
    speaks = dialect(run.target.provider)
    back = list(reversed(courses))
    up = [
        statements_of(each.migration, each.migration.read(), Direction.UP, speaks) for each in back
    ]
    parent = parent_snapshot(run.directory, back[0].migration)
    named = [script for scripts in up for script in scripts]
    named += [script for each in courses for script in (*each.before, *each.scripts)]
    return Ground(
        shape(Database() if parent is None else parent.database, named),
        (
            *((UP_SQL, scripts) for scripts in up),
            *((each.file, each.before) for each in courses if each.before),
        ),
    )


def brings_back(courses: Sequence[Course]) -> bool:
    """Whether statements that take migrations back speak of what was dropped and is kept aside."""
    return any(
        course.file == DOWN_SQL and names_in(script.sql)
        for course in courses
        for script in (*course.before, *course.scripts)
    )


def shape(whole: Database, scripts: Iterable[Script]) -> Database:
    """The tables of `whole` that the statements name, and those that these refer to, without their rows."""
    words = {name_of(word) for script in scripts for word in significant(script.sql)}
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


def measured(provider: str, start: Ground, courses: Sequence[Course], dev: Dev) -> list[list[Toll]]:
    """What each statement takes, on a copy of the tables.

    Raises  Stopped; DatabaseError, PlanError where the copy can't be made
    """
    session = scratch(provider, dev)
    try:
        install(session, provider, (start.tables,))
        build(dialect(provider), session, start.tables)
        for file, scripts in start.files:
            run_file(dialect(provider), session, scripts, file)
        measure = meter(provider, session)
        found = []
        for course in courses:
            tolls: list[Toll] = []
            for segment in course.segments:
                together = _together(provider, segment)
                _maybe(session, "BEGIN", wanted=together)
                held: set[Lock] = set()
                for script in course.scripts[segment.start : segment.stop]:
                    with blamed(course, script, COPY):
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
