"""Rows that satisfy every constraint: those of a test, and made-up ones."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from okra.dialects.rows import row_writer
from okra.errors import DatabaseError
from okra.nearest import nearest
from okra.trials.spelling import empty_row
from okra.trials.values import Sql, Values, bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.base import Dialect, Session
    from okra.relational.model import Column, Database, ForeignKey, Table
    from okra.trials.cases import GivenRow

ROWS = 3
"""How many rows a table gets: two that have a value in every column, and one without those that may be missing."""

_TRIES = 80
_SEED = 20240120


class Unmade(Exception):
    """A row could not be put into the database. The text says why."""


class Maker:
    """Puts rows into the tables of a scratch database.

    nulls  whether the last row of a table leaves out all that may be missing
    """

    def __init__(
        self, session: Session, speaks: Dialect, database: Database, kinds: Database, *, nulls: bool
    ) -> None:
        self._session = session
        self._speaks = speaks
        self._database = database
        self._values = Values(speaks, database, kinds)
        self._path = row_writer(speaks.name).path
        self._nulls = nulls
        self._counts: dict[str, int] = {}

    def fill(self) -> tuple[str, ...]:
        """Rows for every table; what got none, as sentences."""
        left = []
        for table in ordered(self._database.tables):
            for number in range(ROWS):
                sparse = self._nulls and number == ROWS - 1
                try:
                    self._make(table, {}, sparse=sparse)
                except Unmade as error:
                    if number == 0:
                        left.append(f"`{table.name}` has no rows: {error}")
                    break
        return tuple(left)

    def put(self, row: GivenRow) -> None:
        """A row of a test; columns that it leaves out and that are required get a value, and their parents a row.

        Raises  Unmade
        """
        table = self._database.table(row.table)
        if table is None:
            raise Unmade(
                _unknown("table", row.table, [each.name for each in self._database.tables])
            )
        given: dict[str, Sql] = {}
        for name, raw in row.values.items():
            column = table.column(name)
            if column is None:
                names = [each.name for each in table.columns]
                raise Unmade(_unknown(f"column of `{table.name}`", name, names))
            given[name] = self._values.given(table, column, raw)
        self._make(table, given, sparse=True)

    def _make(self, table: Table, given: Mapping[str, Sql], *, sparse: bool) -> None:
        """Add one row; where the server refuses it, with other values in place of the made-up ones."""
        source = Random(f"{_SEED} {table.name} {self._counts.get(table.name, 0)}")  # noqa: S311 - no secret
        said: DatabaseError | None = None
        parents = self._parents(table, given, sparse=sparse)
        for attempt in range(_TRIES):
            row = {**self._made(table, given, parents, attempt, source, sparse=sparse), **given}
            try:
                self._insert(table, row)
            except DatabaseError as error:
                said = said or error
                if not set(row) - set(given):
                    break  # there is nothing to be made up
            else:
                self._counts[table.name] = self._counts.get(table.name, 0) + 1
                return
        raise Unmade(said.message if said else "no value is known that it takes")

    def _made(
        self,
        table: Table,
        given: Mapping[str, Sql],
        parents: Mapping[str, Sql],
        attempt: int,
        source: Random,
        *,
        sparse: bool,
    ) -> dict[str, Sql]:
        number = self._counts.get(table.name, 0) + (attempt if attempt > 1 else 0)
        found: dict[str, Sql] = {}
        for column in table.columns:
            if column.name in given or _is_set(column):
                continue
            if column.name in parents:
                found[column.name] = parents[column.name]
            elif sparse and (column.nullable or column.default is not None) and attempt == 0:
                continue
            elif attempt == 0 or source.random() < 0.3:  # noqa: PLR2004 - most values change from try to try
                found[column.name] = self._values.usual(table, column, number)
            elif column.nullable and source.random() < 0.3:  # noqa: PLR2004
                found[column.name] = bound(None)
            else:
                found[column.name] = source.choice(self._values.others(table, column, number))
        return found

    def _parents(self, table: Table, given: Mapping[str, Sql], *, sparse: bool) -> dict[str, Sql]:
        """The values of keys to other tables, taken from these; a parent that has to be there is made.

        Raises  Unmade
        """
        found: dict[str, Sql] = {}
        for key in table.foreign_keys:
            names = [name for name in key.columns if name not in given and name not in found]
            columns = [column for name in names if (column := table.column(name)) is not None]
            if not columns or any(column.generated is not None for column in columns):
                continue
            optional = any(column.nullable for column in columns)
            there = self._count(key.table)
            if optional and (sparse or there == 0 or key.table == table.name):
                found.update((column.name, bound(None)) for column in columns if column.nullable)
                continue
            if there == 0 and key.table != table.name:
                self._make_parent(table, key)
                there = 1
            for column in columns:
                found[column.name] = self._key(table, key, column, there)
        return found

    def _make_parent(self, table: Table, key: ForeignKey) -> None:
        parent = self._database.table(key.table)
        if parent is None or _needs(parent, table.name, self._database, set()):
            raise Unmade(f"a row needs one of `{key.table}`, which needs one of `{table.name}`")
        self._make(parent, {}, sparse=False)

    def _key(self, table: Table, key: ForeignKey, column: Column, there: int) -> Sql:
        """A parent's key: each row has another one, as long as there are enough of them."""
        target = key.references[key.columns.index(column.name)]
        if key.table == table.name and there == 0:
            own = table.column(target)
            if own is None or _is_set(own):
                raise Unmade(
                    "its first row would have to refer to itself, by a key that the database makes"
                )
            return self._values.usual(table, own, self._counts.get(table.name, 0))
        number = self._counts.get(table.name, 0) % there
        order = ", ".join(self._speaks.quote(name) for name in key.references)
        sql = (
            f"SELECT {self._speaks.quote(target)} FROM {self._path(key.table)}"
            f" ORDER BY {order} LIMIT 1 OFFSET {number}"
        )
        return Sql(f"(SELECT * FROM ({sql}) AS okra_parent)")

    def _count(self, table: str) -> int:
        return int(self._session.query(f"SELECT count(*) FROM {self._path(table)}")[0][0] or 0)

    def _insert(self, table: Table, row: Mapping[str, Sql]) -> None:
        path = self._path(table.name)
        if not row:
            self._session.execute(f"INSERT INTO {path} {empty_row(self._speaks.name)}")
            return
        names = ", ".join(self._speaks.quote(name) for name in row)
        values = ", ".join(value.text for value in row.values())
        self._session.execute(
            f"INSERT INTO {path} ({names}) VALUES ({values})",
            [value.parameter for value in row.values() if value.bound],
        )


def ordered(tables: Sequence[Table]) -> list[Table]:
    """`tables`, each behind those that it refers to; where they go in circles, behind those it can't do without."""
    waiting = {table.name: table for table in tables}
    found = []
    while waiting:
        chosen = next(
            (
                each
                for optional in (True, False)
                for each in waiting.values()
                if not _referred(each, optional=optional) & waiting.keys()
            ),
            next(iter(waiting.values())),
        )
        found.append(waiting.pop(chosen.name))
    return found


def _referred(table: Table, *, optional: bool) -> set[str]:
    """The other tables that a row has to refer to, and with `optional` those that it may."""
    return {
        key.table
        for key in table.foreign_keys
        if key.table != table.name and (optional or not _may_be_missing(table, key))
    }


def _may_be_missing(table: Table, key: ForeignKey) -> bool:
    columns = [column for name in key.columns if (column := table.column(name)) is not None]
    return any(column.nullable for column in columns)


def _needs(table: Table, wanted: str, database: Database, seen: set[str]) -> bool:
    """Whether a row of `table` can't be there without one of `wanted`, by way of any tables."""
    for key in table.foreign_keys:
        if _may_be_missing(table, key) or key.table in seen:
            continue
        seen.add(key.table)
        parent = database.table(key.table)
        if key.table == wanted or (parent and _needs(parent, wanted, database, seen)):
            return True
    return False


def _is_set(column: Column) -> bool:
    """Whether the database alone gives the column its value."""
    return column.identity or column.generated is not None


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    return f"there is no {what} called `{name}`" + (f": did you mean `{near}`?" if near else "")
