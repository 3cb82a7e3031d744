"""`verify --all`: the whole history on one empty database, all the way up, down and up again, compared at every migration."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.devdb import Dev, differing_server, scratch
from okra.devdb.extensions import extended
from okra.dialects import dialect
from okra.dialects.base import Script
from okra.errors import DatabaseError, DirectoryError, PlanError
from okra.mapping import Names
from okra.migrations.chain import Migration, files_hash
from okra.migrations.compare import EMPTY, Side, snapshot_side
from okra.migrations.drift import between
from okra.migrations.events import milliseconds
from okra.migrations.excluded import leave_out
from okra.migrations.history import Direction
from okra.migrations.hooks import FILE_OF, pieces_of, statements
from okra.migrations.prove import check_able, run_file
from okra.migrations.verify import refuse_misplaced
from okra.relational.tree import Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from okra.devdb import ScratchSession
    from okra.dialects.base import Row
    from okra.migrations.chain import Directory, Files

_ANYWHERE = Dev()


class Way(StrEnum):
    UP = "up"
    DOWN = "down"
    AGAIN = "up again"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One migration that was run one way, and compared."""

    folder: str
    way: Way
    number: int
    total: int
    duration_ms: int


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Where the database was not what a snapshot says.

    folder    the migration that was run
    expected  what people call the state that it should have led to
    place     the file that was run
    """

    folder: str
    way: Way
    expected: str
    place: str
    differences: tuple[Difference, ...]


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one directory.

    migrations  how many it has
    reverted    how many of them were taken back, and applied again
    gap         the first difference: behind it nothing was run
    warnings    what it does not say, as sentences
    """

    provider: str
    migrations: int
    reverted: int = 0
    gap: Gap | None = None
    warnings: tuple[str, ...] = ()


Told: TypeAlias = "Callable[[Step], None]"


class _Leg(msgspec.Struct, frozen=True, kw_only=True):
    """A migration with all that a replay needs of it: read once, run up to three times."""

    migration: Migration
    before: Side
    after: Side
    scripts: dict[Direction, tuple[Script, ...]]

    @property
    def returns(self) -> bool:
        """Whether rollback.sql leads back: somebody may have left it empty."""
        return bool(self.scripts[Direction.DOWN]) or self.before.database == self.after.database


def replay(directory: Directory, dev: Dev = _ANYWHERE, told: Told | None = None) -> Replayed:
    """Run every migration of `directory` as its files are now, hooks included, from an empty database on.

    dev     where
    told    of each migration that was run and compared
    Raises  DirectoryError for files that do not fit together, PlanError where the server refuses a statement,
            NoDevDatabase, DatabaseError
    """
    directory.check_chain()
    files = [migration.read() for migration in directory.migrations]
    legs = _legs(directory, files)
    warnings = tuple(_edited(directory.migrations, files))
    if not legs:
        return Replayed(provider=directory.provider, migrations=0)
    session = scratch(directory.provider, dev)
    try:
        databases = [leg.after.database for leg in legs]
        check_able(dialect(directory.provider), session.server_version, databases)
        course = _Course(directory.provider, session, legs, told)
        with extended(session, directory.provider, databases):
            gap = course.run()
        differing = differing_server(directory.provider, session.server_version, dev.server_version)
    finally:
        session.close()
    return Replayed(
        provider=directory.provider,
        migrations=len(legs),
        reverted=course.reverted,
        gap=gap,
        warnings=(*warnings, *course.warnings, *differing),
    )


def _legs(directory: Directory, files: Sequence[Files]) -> list[_Leg]:
    """The migrations with what they start from and lead to; all files are read before anything is run."""
    before = EMPTY
    speaks = dialect(directory.provider)
    found = []
    for migration, each in zip(directory.migrations, files, strict=True):
        scripts = {}
        for way in Direction:
            cut = pieces_of(migration, each, way)
            for piece in cut:
                with _placed(migration):
                    refuse_misplaced(speaks, piece)
            with _placed(migration):
                scripts[way] = statements(speaks, cut)
        after = snapshot_side(migration.snapshot())
        found.append(_Leg(migration=migration, before=before, after=after, scripts=scripts))
        before = after
    return found


def _edited(migrations: Sequence[Migration], files: Sequence[Files]) -> list[str]:
    """What is run here and would be refused elsewhere."""
    return [
        f"`{migration.folder}` was edited after it was written: `okra db:migrate:verify` seals it, "
        "if it is not applied"
        for migration, each in zip(migrations, files, strict=True)
        if files_hash(migration.header.parent, each) != migration.header.hash
    ]


class _Course:
    """One database that goes through the history."""

    def __init__(
        self, provider: str, session: ScratchSession, legs: Sequence[_Leg], told: Told | None
    ) -> None:
        self._speaks = dialect(provider)
        self._session = session
        self._legs = legs
        self._told = told
        self._alone: set[str] = set()
        self._states: dict[str, list[Row]] = {}
        self.reverted = 0
        self.warnings: list[str] = []

    def run(self) -> Gap | None:
        """All ways; ends at the first difference."""
        self._states[EMPTY.title] = self._speaks.catalogue(self._session)
        back = self._back()
        for way, legs in ((Way.UP, self._legs), (Way.DOWN, back), (Way.AGAIN, back[::-1])):
            for number, leg in enumerate(legs, start=1):
                gap = self._step(leg, way, number, len(legs))
                if gap is not None:
                    return gap
        self.reverted = len(back)
        return None

    def _back(self) -> list[_Leg]:
        """Those that can be taken back, the newest first."""
        found = []
        for leg in reversed(self._legs):
            if not leg.returns:
                self.warnings.append(
                    f"`rollback.sql` of `{leg.migration.folder}` has no statement: "
                    "what is older was not taken back"
                )
                break
            found.append(leg)
        return found

    def _step(self, leg: _Leg, way: Way, number: int, total: int) -> Gap | None:
        start = monotonic()
        direction = Direction.DOWN if way is Way.DOWN else Direction.UP
        with _placed(leg.migration):
            run_file(self._speaks, self._session, leg.scripts[direction], FILE_OF[direction])
        expected = leg.before if way is Way.DOWN else leg.after
        gap = self._gap(leg, way, expected)
        if gap is None and self._told is not None:
            self._told(
                Step(
                    folder=leg.migration.folder,
                    way=way,
                    number=number,
                    total=total,
                    duration_ms=milliseconds(start),
                )
            )
        return gap

    def _gap(self, leg: _Leg, way: Way, expected: Side) -> Gap | None:
        """What differs from `expected`; nothing is compared where the catalogue is as it was there before."""
        self._leave_alone(leg)
        state = self._speaks.catalogue(self._session)
        if self._states.get(expected.title) == state:
            return None
        found = self._speaks.introspect(self._session, wanted=expected.database).database
        provider = self._speaks.name
        differences = between(
            self._managed(expected), self._managed(Side(title="", database=found)), provider
        ).differences
        if not differences:
            self._states.setdefault(expected.title, state)
            return None
        return Gap(
            folder=leg.migration.folder,
            way=way,
            expected=expected.title,
            place=leg.migration.file(FILE_OF[Direction.DOWN if way is Way.DOWN else Direction.UP]),
            differences=differences,
        )

    def _leave_alone(self, leg: _Leg) -> None:
        """Tables that a schema leaves alone are not compared, from there on: OKRA neither changes nor drops them."""
        models = leg.after.models
        if models is not None:
            names = Names(models, self._speaks.name)
            self._alone |= {names.tables[each.name] for each in models.models if each.unmanaged}

    def _managed(self, side: Side) -> Side:
        return Side(title=side.title, database=leave_out(side.database, (), self._alone))


@contextmanager
def _placed(migration: Migration) -> Iterator[None]:
    """The path of the migration in front of an error's place, which names a file of it."""
    try:
        yield
    except (PlanError, DirectoryError, DatabaseError) as error:
        error.place = migration.file(error.place) if error.place else migration.path
        raise
