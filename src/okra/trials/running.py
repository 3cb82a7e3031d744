"""Each migration up, down and up again with rows: those of its tests, and made-up ones."""

from __future__ import annotations

from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import DatabaseError, NoDevDatabase, OkraError, PlanError
from okra.lowering import lower
from okra.migrations.events import milliseconds
from okra.migrations.history import Direction
from okra.migrations.hooks import FILE_OF, pieces_of, statements_of, whole_text
from okra.migrations.losses import LOSES, MAY_FAIL, marked
from okra.migrations.prove import Stage
from okra.migrations.statements import hazards
from okra.migrations.verify import parent_snapshot, prove_again
from okra.naming import listed
from okra.plan import HazardKind
from okra.relational.model import Database
from okra.seeding.values import Misfit
from okra.trials.looking import Contents, changed, contents, matches, rows_text
from okra.trials.making import Maker, Unmade
from okra.trials.spelling import keys_checked, orphans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.devdb import Dev
    from okra.dialects.base import Script, Session
    from okra.migrations.chain import Directory, Migration
    from okra.trials.cases import Act, Case

MADE_UP = "made-up rows"
_UNABLE = "OKR434"
"""The code where the dev server lacks what the migration needs: nothing can be said."""

_REBUILD = "-- rebuild "
NO_ROWS = "empty database"

_LOSING = (LOSES, f"! {HazardKind.CHANGES_DATA}:")


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What came of one test.

    migration  the folder's name
    message    what failed, or why nothing can be said, in a sentence; `details` are lines below it
    rows       how many rows the migration ran with, by table
    notes      what is to be known although it went well, as sentences
    """

    migration: str
    name: str
    verdict: Verdict
    duration_ms: int
    place: str | None = None
    message: str | None = None
    details: tuple[str, ...] = ()
    rows: dict[str, int] = {}
    notes: tuple[str, ...] = ()


Tell: TypeAlias = "Callable[[Result], None]"


class _Failed(Exception):
    """A test found something. The first argument says what, the second holds the lines below."""

    def __init__(self, message: str, details: Sequence[str] = (), place: str | None = None) -> None:
        super().__init__(message)
        self.details = tuple(details)
        self.place = place


class _Unsure(Exception):
    """Made-up rows fail where the file says that rows may. The argument is what it says."""


class Trial:
    """One migration on trial: what its tests share.

    Raises  DirectoryError where its files, or those of the one before it, can't be read
    """

    def __init__(self, directory: Directory, migration: Migration, dev: Dev) -> None:
        self._directory = directory
        self._migration = migration
        self._dev = dev
        several = directory.path.name == directory.provider
        self._title = f"{directory.provider}/{migration.folder}" if several else migration.folder
        self._files = migration.read()
        self._speaks = dialect(directory.provider)
        parent = parent_snapshot(directory, migration)
        self.before = parent.database if parent else Database()
        like = lower(parent.models, directory.provider) if parent else Database()
        self.kinds = self._speaks.logical(self.before, like)
        texts = [whole_text(pieces_of(migration, self._files, way)) for way in Direction]
        self.said = [
            message for text in texts for mark in _LOSING for message in marked(text, mark)
        ]
        self.warnings = [message for text in texts for message in marked(text, MAY_FAIL)]

    def made_up(self) -> Result:
        """What comes of it with made-up rows.

        Where they are refused by a statement that says it may fail on rows that are there, rows without null are
        tried; where these are refused, too, nothing can be said.
        """
        if not self.before.tables:
            return self._run(NO_ROWS, None, _Observer(self, None, nulls=False))
        first = self._run(MADE_UP, None, _Observer(self, None, nulls=True))
        if first.verdict is not Verdict.SKIPPED:
            return first
        second = self._run(MADE_UP, None, _Observer(self, None, nulls=False))
        if second.verdict is not Verdict.PASSED:
            return first
        note = f"only rows without null, because {first.message}"
        return replace(second, notes=(*second.notes, note))

    def case(self, case: Case) -> Result:
        """What comes of a test."""
        return self._run(case.name, case.place, _Observer(self, case, nulls=False))

    @property
    def provider(self) -> str:
        return self._directory.provider

    def maker(self, session: Session, *, nulls: bool) -> Maker:
        return Maker(session, self._speaks, self.before, self.kinds, nulls=nulls)

    def contents(self, session: Session) -> Contents:
        return contents(session, self._speaks, self.before)

    def _run(self, name: str, place: str | None, observer: _Observer) -> Result:
        started = monotonic()
        done = Result(
            migration=self._title,
            name=name,
            place=place,
            verdict=Verdict.PASSED,
            duration_ms=0,
        )
        try:
            prove_again(self._directory, self._migration, self._files, self._dev, observer)
        except _Failed as failed:
            done = replace(
                done,
                verdict=Verdict.FAILED,
                place=failed.place or place,
                message=str(failed),
                details=failed.details,
            )
        except _Unsure as unsure:
            done = _skipped(done, str(unsure))
        except NoDevDatabase:
            raise
        except (PlanError, DatabaseError) as error:
            done = self._refused(done, error)
        return replace(
            done,
            rows=observer.rows,
            notes=tuple(observer.notes),
            duration_ms=milliseconds(started),
        )

    def _refused(self, result: Result, error: OkraError) -> Result:
        """What a refused statement means: a failure, but where it says itself that rows may stand in its way."""
        if error.code == _UNABLE:
            return replace(result, verdict=Verdict.SKIPPED, message=error.message)
        warned = self._warned(error.place)
        if result.name == MADE_UP and warned:
            return _skipped(result, warned[0])
        lines = tuple(error.help.splitlines()) if error.help else ()
        message = error.message.removeprefix("the proof failed: ")
        return replace(
            result, verdict=Verdict.FAILED, place=error.place, message=message, details=lines
        )

    def _warned(self, place: str | None) -> list[str]:
        """What the statement at `place` says of rows that it may fail on, or the first one of its rebuild.

        Nothing where there are hooks: they are there to bring all rows over.
        """
        if self._files.hooks is not None:
            return []
        for way in Direction:
            scripts = statements_of(self._migration, self._files, way, self._speaks)
            for script in scripts:
                if place == self._migration.file(f"{script.file or FILE_OF[way]}:{script.line}"):
                    group = _rebuilt(script)
                    own = [each for each in scripts if group and _rebuilt(each) == group]
                    return [
                        text
                        for each in own or [script]
                        for text in hazards(each, HazardKind.MAY_FAIL)
                    ]
        return []


def _skipped(result: Result, warning: str) -> Result:
    """Nothing can be said: the file itself says that it may fail on rows, and it does on made-up ones."""
    return replace(
        result,
        verdict=Verdict.SKIPPED,
        message=f"made-up rows are refused, as its file says: {warning}",
        details=("rows of yours tell more: `okra explain OKR652` shows how they are written",),
    )


def _rebuilt(script: Script) -> str | None:
    """The table that the statement is to make anew together with others, where a server has no shorter way."""
    for line in script.comment.splitlines():
        if line.startswith(_REBUILD):
            return line.removeprefix(_REBUILD).partition(": ")[0]
    return None


class _Observer:
    """Puts rows into the database of a proof, and looks at them at each of its stages."""

    def __init__(self, trial: Trial, case: Case | None, *, nulls: bool) -> None:
        self._trial = trial
        self._case = case
        self._nulls = nulls
        self._start: Contents = {}
        self.rows: dict[str, int] = {}
        self.notes: list[str] = []

    def __call__(self, stage: Stage, session: Session) -> None:
        match stage:
            case Stage.BUILT:
                self._fill(session)
            case Stage.UP:
                self._check_keys(session, stage)
                self._ask(session, self._case.up if self._case else (), stage)
            case Stage.DOWN:
                self._check_keys(session, stage)
                self._look(session)
                self._ask(session, self._case.down if self._case else (), stage)
            case Stage.AGAIN:
                self._check_keys(session, stage)
                acts = self._case.up if self._case else ()
                if all(act.expected is not None for act in acts):
                    self._ask(session, acts, stage)

    def _fill(self, session: Session) -> None:
        maker = self._trial.maker(session, nulls=self._nulls)
        with keys_checked(session, self._trial.provider):
            if self._case is None:
                self.notes += maker.fill()
            else:
                _put(maker, self._case)
                self._ask(session, self._case.before, Stage.BUILT)
        self._start = self._trial.contents(session)
        self.rows = {table: len(rows) for table, rows in self._start.items() if rows}

    def _check_keys(self, session: Session, stage: Stage) -> None:
        tables = orphans(session, self._trial.provider)
        if not tables:
            return
        said = [text for text in self._trial.warnings if all(_names(text, each) for each in tables)]
        if self._case is None and said:
            raise _Unsure(said[0])
        raise _Failed(f"{_when(stage)}: rows of {listed(tables)} refer to rows that are not there")

    def _look(self, session: Session) -> None:
        """Compare what is there with what was there before, unless the test itself has written something."""
        if self._case and any(act.expected is None for act in self._case.up):
            return
        found = changed(self._trial.before, self._start, self._trial.contents(session))
        unsaid = [
            what for what in found if not any(_names(text, what) for text in self._trial.said)
        ]
        if unsaid and not (self._case and self._case.down):
            raise _Failed(
                f"up and down change {listed(unsaid)}, and neither file says that data is lost",
                [
                    "if that is as it has to be, write above the statement that does it, with the name in backquotes:",
                    f"-- ! changes data: fills {listed(unsaid)}",
                ],
            )
        said = [what for what in found if what not in unsaid]
        if said:
            self.notes.append(f"up and down lose {listed(said)}, as the files say")

    def _ask(self, session: Session, acts: Sequence[Act], stage: Stage) -> None:
        for act in acts:
            try:
                if act.expected is None:
                    session.execute(act.sql)
                    continue
                found = session.query(act.sql)
            except DatabaseError as error:
                raise _Failed(
                    f"{_when(stage)}: the statement is refused: {error.message}",
                    act.sql.splitlines(),
                    act.place,
                ) from error
            if not matches(act.expected, found):
                raise _Failed(
                    f"{_when(stage)}: the query gives other rows",
                    [
                        *act.sql.splitlines(),
                        *(f"expected: {line}" for line in rows_text(act.expected)),
                        *(f"found:    {line}" for line in rows_text(found)),
                    ],
                    act.place,
                )


def _when(stage: Stage) -> str:
    return "before it" if stage is Stage.BUILT else stage.value


def _names(text: str, what: str) -> bool:
    """Whether a sentence is about a table or a column: it names it, or the table that it is of."""
    table = what.partition(".")[0]
    return any(f"`{name}`" in text for name in (what, table))


def _put(maker: Maker, case: Case) -> None:
    for row in case.rows:
        try:
            maker.put(row)
        except (Unmade, Misfit) as error:
            raise _Failed(
                f"a row of `{row.table}` can't be put there: {error}", (), row.place
            ) from error


def run_all(
    directory: Directory,
    wanted: Sequence[Migration],
    cases: dict[str, list[Case]],
    dev: Dev,
    tell: Tell,
) -> tuple[Result, ...]:
    """Every test of the `wanted` migrations; `tell` hears of each as it is done.

    Raises  NoDevDatabase, DirectoryError
    """
    found = []
    for migration in wanted:
        trial = Trial(directory, migration, dev)
        for test in (None, *cases.get(migration.version, ())):
            result = trial.made_up() if test is None else trial.case(test)
            tell(result)
            found.append(result)
    return tuple(found)
