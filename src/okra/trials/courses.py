"""The statements of a migration that are to be tried, and what becomes of one that the server refuses."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects import dialect
from okra.dialects.session import prober
from okra.errors import DatabaseError
from okra.migrations.hooks import FILE_OF, statements_of
from okra.migrations.segments import cut
from okra.migrations.statements import BLAMED
from okra.trials.findings import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Script
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run
    from okra.migrations.history import Direction
    from okra.migrations.segments import Segment

REFUSALS = BLAMED | {"OKR508", "OKR509"}


class Course(NamedTuple):
    """The statements of one migration that are still to run; `before` are those that a run that stopped has done."""

    migration: Migration
    scripts: tuple[Script, ...]
    file: str
    segments: tuple[Segment, ...]
    before: tuple[Script, ...] = ()

    def place(self, script: Script) -> str:
        return self.migration.file(f"{script.file or self.file}:{script.line}")


class Stopped(Exception):
    """A statement was refused. The argument says which."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def course_of(run: Run, version: str, direction: Direction) -> Course:
    """What is left to do of a migration.

    Raises  DirectoryError
    """
    migration = run.directory.find(version)
    provider = run.target.provider
    scripts = statements_of(migration, migration.read(), direction, dialect(provider))
    halfway = run.halfway.get(version)
    done = halfway.applied if halfway else 0
    left = scripts[done:]
    segments = cut(left, prober(provider))
    return Course(migration, left, FILE_OF[direction], segments, scripts[:done])


@contextmanager
def blamed(course: Course, script: Script, where: str) -> Iterator[None]:
    """What the server refuses inside is a finding, and no error.

    Raises  Stopped
    """
    try:
        yield
    except DatabaseError as error:
        if error.code not in REFUSALS:
            raise
        refused = Refused(
            where=where, message=error.message, place=course.place(script), sql=script.sql
        )
        raise Stopped(refused) from error
