"""Seeding a database: every file in its order, in one transaction, and the counters put right at the end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from okra.dialects import dialect
from okra.dialects.rows import row_writer
from okra.errors import SeedError
from okra.migrations.events import milliseconds
from okra.migrations.executor import opened
from okra.migrations.surroundings import is_absent
from okra.seeding.claiming import claims
from okra.seeding.code import Code, Seeder, read_code, run_code
from okra.seeding.events import (
    ModelRows,
    SeededFile,
    SeedEvent,
    SeedEventKind,
    SeedProgress,
    SeedResult,
)
from okra.seeding.files import Found, Kind, SeedFile
from okra.seeding.rows import Data, read_data
from okra.seeding.shapes import Shapes
from okra.seeding.sqlfiles import read_sql, run_sql
from okra.seeding.writing import Work, write_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Script
    from okra.language.definition import SchemaDefinition
    from okra.migrations.executor import Run, Target
    from okra.relational.model import Table
    from okra.seeding.rows import Whole


class Sql(NamedTuple):
    name: str
    scripts: tuple[Script, ...]


Seed: TypeAlias = "Sql | Code | Data"


def seed(
    target: Target,
    models: SchemaDefinition,
    found: Found,
    *,
    progress: SeedProgress | None = None,
) -> SeedResult:
    """Write all seeds, or none of them; and into a database that nobody has claimed, its environment.

    Raises  SeedError that names the place, DatabaseError; nothing is written then
    """
    started = monotonic()
    shapes = Shapes(models, target.provider)
    seeds = read_all(shapes, found)
    if is_absent(target.url):
        raise _no_tables([], target)
    with opened(target, writes=True) as run, run.locked():
        run.refresh()
        _look_at_tables(run, shapes, seeds)
        claiming, warning = claims(run, shapes.tables())
        writer = row_writer(target.provider)
        session = run.session
        if claiming and not session.atomic:
            with run.work():
                run.prepare_history()
        writer.begin(session)
        try:
            if claiming and session.atomic:
                run.prepare_history()
            files = _Seeding(run, shapes, seeds, progress).all()
            there = set(session.tables())
            for table, column in shapes.counters():
                if table in there:
                    writer.count_on(session, table, column)
            writer.settle(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
    warnings = found.ignored if warning is None else (*found.ignored, warning)
    return SeedResult(files=tuple(files), duration_ms=milliseconds(started), warnings=warnings)


def read_all(shapes: Shapes, found: Found) -> list[Seed]:
    """The seeds, in their order. Rows of CSV are read when their turn comes.

    Raises  SeedError, UsageError for a file that can't be read
    """
    return [_read(file, shapes) for file in found.files]


def _read(file: SeedFile, shapes: Shapes) -> Seed:
    if file.kind is Kind.SQL:
        return Sql(file.name, read_sql(file, shapes.provider))
    if file.kind is Kind.PYTHON:
        return read_code(file)
    return read_data(file, shapes)


class _Seeding:
    """The files, one after the other, inside the transaction."""

    def __init__(
        self, run: Run, shapes: Shapes, seeds: Sequence[Seed], progress: SeedProgress | None
    ) -> None:
        self._run = run
        self._shapes = shapes
        self._seeds = seeds
        self._numbers = {each.name: number for number, each in enumerate(seeds, start=1)}
        self._progress = progress
        target = run.target
        self._work = Work(
            session=run.session,
            writer=row_writer(target.provider),
            quote=dialect(target.provider).quote,
            shapes=shapes,
            told=lambda data, model, done: self._tell(
                SeedEventKind.ROWS, data.name, model=model, done=done
            ),
        )

    def all(self) -> list[SeededFile]:
        """Everything; neighbouring files of data together, so that parents may stand in a later one."""
        found: list[SeededFile] = []
        for group in _groups(self._seeds):
            for each in group:
                self._tell(SeedEventKind.FILE_STARTED, each.name)
            match group[0]:
                case Sql() as sql:
                    found.append(self._sql(sql))
                case Code() as code:
                    found.append(self._code(code))
                case _:
                    found.extend(
                        self._data([each for each in group if not isinstance(each, (Sql, Code))])
                    )
            for each in group:
                self._tell(SeedEventKind.FILE_DONE, each.name)
        return found

    def _sql(self, sql: Sql) -> SeededFile:
        def told(done: int) -> None:
            self._tell(SeedEventKind.ROWS, sql.name, done=done)

        run_sql(self._run.session, sql.scripts, sql.name, told)
        return SeededFile(file=sql.name, statements=len(sql.scripts))

    def _code(self, code: Code) -> SeededFile:
        counts: dict[str, ModelRows] = {}

        def write(data: Whole) -> None:
            for rows in write_all(self._work, [data]).values():
                known = counts.get(rows.model, ModelRows(model=rows.model))
                counts[rows.model] = ModelRows(
                    model=rows.model,
                    inserted=known.inserted + rows.inserted,
                    updated=known.updated + rows.updated,
                    unchanged=known.unchanged + rows.unchanged,
                )

        target = self._run.target
        seeder = Seeder(self._run.session, code.name, target.provider, target.environment, write)
        run_code(code, seeder, target.url)
        return SeededFile(file=code.name, models=tuple(counts.values()), code_hash=code.hash)

    def _data(self, group: Sequence[Data]) -> list[SeededFile]:
        written = write_all(self._work, group)
        return [
            SeededFile(
                file=data.name, models=tuple(written[data.name, model] for model in data.models)
            )
            for data in group
        ]

    def _tell(
        self, kind: SeedEventKind, file: str, *, model: str | None = None, done: int = 0
    ) -> None:
        if self._progress is not None:
            self._progress(
                SeedEvent(
                    kind=kind,
                    file=file,
                    number=self._numbers[file],
                    total=len(self._numbers),
                    model=model,
                    done=done,
                )
            )


def _groups(seeds: Sequence[Seed]) -> Iterator[list[Seed]]:
    """Files of data that stand beside each other; every other one by itself."""
    group: list[Seed] = []
    for each in seeds:
        if isinstance(each, (Sql, Code)):
            if group:
                yield group
            group = []
            yield [each]
        else:
            group.append(each)
    if group:
        yield group


def _look_at_tables(run: Run, shapes: Shapes, seeds: Sequence[Seed]) -> None:
    """Find out whether the database is as far as the schema, as far as the seeds need it.

    Raises  SeedError for a table that is not there
    """
    wanted = {
        shapes.shape(model, each.name).table: model
        for each in seeds
        if not isinstance(each, (Sql, Code))
        for model in each.models
    }
    there = set(run.session.tables())
    missing = [
        model
        for name, model in wanted.items()
        if name not in there and not run.session.has_table(name)
    ]
    if missing:
        raise _no_tables(sorted(missing), run.target)
    live = dialect(run.target.provider).introspect(run.session, wanted.keys()).database
    for table in live.tables:
        if table.name in wanted:
            _check_undoable(wanted[table.name], table, run.target)
            shapes.compare(wanted[table.name], {column.name for column in table.columns})


def _check_undoable(model: str, table: Table, target: Target) -> None:
    engine = row_writer(target.provider).lasting(table)
    if engine is not None:
        raise SeedError(
            f"the table of `{model}` is kept by {engine}, which undoes nothing: a part of its rows might stay",
            code="OKR599",
            place=str(target.url),
            help="let InnoDB keep it, or fill it by other means; nothing was written",
        )


def _no_tables(models: Sequence[str], target: Target) -> SeedError:
    named = ", ".join(f"`{model}`" for model in models[:5])
    what = f"the database has no table for {named}" if models else "there is no database yet"
    return SeedError(
        what,
        code="OKR640",
        place=str(target.url),
        help="make its tables first: `okra db:migrate:up`, or `okra db:sync` in declarative mode",
    )
