"""Rows merged into a table: by way of a temporary one, so that the server compares and nothing is written twice."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.rows import NUMBER
from okra.dialects.session import REFUSED, REFUSED_ROWS
from okra.errors import DatabaseError, SeedError
from okra.relational.model import CounterKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Value
    from okra.dialects.rows import RowWriter
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Column
    from okra.seeding.rows import Row

_SAVEPOINT = "okra_seed"
_NUMBERS = count(1)  # MySQL keeps a temporary table also where what was done with it is undone


class Part(NamedTuple):
    """Where rows go: the table, what identifies a row in it, and the columns that they have values for.

    lacks   a column that a new row needs, and these have not: they can only change what is there
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    lacks: str | None = None


class Staged(NamedTuple):
    """One row: the values of its part's columns, in their order, and where it came from."""

    values: tuple[Value, ...]
    row: Row


class Merged(NamedTuple):
    """How many rows were added, and how many were there and have changed."""

    inserted: int = 0
    updated: int = 0

    def plus(self, other: Merged) -> Merged:
        return Merged(self.inserted + other.inserted, self.updated + other.updated)


class Stage:
    """Merges rows inside the transaction.

    explain  (part, row, what the server said) → the error for a row that the server refuses
    """

    def __init__(
        self,
        session: MigrationSession,
        writer: RowWriter,
        quote: Callable[[str], str],
        explain: Callable[[Part, Staged, DatabaseError], SeedError],
    ) -> None:
        self._session = session
        self._writer = writer
        self._quote = quote
        self._explain = explain

    def merge(self, part: Part, rows: Sequence[Staged]) -> Merged:
        """Write `rows`. Where the server refuses them, half and half, until the row is found that it means.

        Raises  SeedError that names the row; DatabaseError for what no row is to blame for
        """
        self._session.execute(f"SAVEPOINT {_SAVEPOINT}")
        try:
            merged = self._merge(part, rows)
        except DatabaseError as error:
            if error.code not in (REFUSED, REFUSED_ROWS):
                raise
            self._session.execute(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
            if len(rows) == 1:
                raise self._explain(part, rows[0], error) from error
        else:
            self._session.execute(f"RELEASE SAVEPOINT {_SAVEPOINT}")
            return merged
        middle = len(rows) // 2
        return self.merge(part, rows[:middle]).plus(self.merge(part, rows[middle:]))

    def _merge(self, part: Part, rows: Sequence[Staged]) -> Merged:
        staged = f"_okra_seed_{next(_NUMBERS)}"
        names = ", ".join(self._quote(column.name) for column in part.columns)
        self._session.execute(
            f"CREATE TEMPORARY TABLE {staged} AS SELECT 0 AS {NUMBER}, {names}"
            f" FROM {self._writer.path(part.table)} WHERE 1 = 0"
        )
        numbered = [(number, *each.values) for number, each in enumerate(rows)]
        self._writer.fill(self._session, staged, part.columns, numbered)
        updated = 0
        changing = [
            each for each in part.columns if each.name not in part.key and _may_change(each)
        ]
        if changing:
            for sql in self._writer.update(part.table, staged, part.key, changing):
                updated = self._session.execute(sql)
        inserted = 0
        if part.lacks is None:
            sql = self._writer.insert(part.table, staged, part.key, part.columns)
            inserted = self._session.execute(sql)
        else:
            self._check_there(staged, part, part.lacks, rows)
        self._session.execute(self._writer.drop(staged))
        return Merged(inserted, updated)

    def _check_there(self, staged: str, part: Part, lacks: str, rows: Sequence[Staged]) -> None:
        table = self._writer.path(part.table)
        same = " AND ".join(f"t.{self._quote(name)} = s.{self._quote(name)}" for name in part.key)
        absent = self._session.query(
            f"SELECT s.{NUMBER} FROM {staged} AS s"
            f" WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE {same}) ORDER BY 1 LIMIT 1"
        )
        for (number,) in absent:
            row = rows[int(number or 0)].row
            raise SeedError(
                f"row {row.number} is new, and has no value for `{lacks}`, which is required",
                code="OKR597",
                place=row.place,
                help="nothing was written",
            )


def _may_change(column: Column) -> bool:
    return not (column.counter is not None and column.counter.kind is CounterKind.ALWAYS)
