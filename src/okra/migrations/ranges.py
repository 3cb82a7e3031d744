"""A statement run in ranges of a key: where the next range ends, and the statement for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.ranges import key_ranges
from okra.errors import DatabaseError
from okra.migrations.batch import Batch, Cut, batch_of, cut_of
from okra.relational.sqltext import ascii_lower, name_of, significant

if TYPE_CHECKING:
    from okra.dialects.base import Dialect, Script, Session
    from okra.relational.model import Column, Table

_LITERAL = re.compile(
    r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?|[EXex]?'(?:[^'\\]|\\.|'')*'|CAST\(X'[0-9A-F]*' AS TEXT\)",
    re.DOTALL,
)


class Ranged(msgspec.Struct, frozen=True, kw_only=True):
    """A statement whose key is known.

    key      the column, as it stands in the statement
    literal  SQL for its value as the text of a literal
    """

    batch: Batch
    cut: Cut
    key: str
    literal: str

    def end(self, session: Session, after: str | None) -> str | None:
        """The key of the last row of the range behind `after`; None where the range goes to the end."""
        beyond = "" if after is None else f" WHERE {self.key} > {after}"
        rows = session.query(
            f"SELECT {self.literal} FROM {self.cut.source}{beyond} ORDER BY {self.key}"
            f" LIMIT 1 OFFSET {self.batch.size - 1}"
        )
        return str(rows[0][0]) if rows else None

    def sql(self, after: str | None, end: str | None) -> str:
        """The statement for the rows behind `after` up to and with `end`."""
        bounds = [f"{self.key} > {after}" if after is not None else ""]
        bounds.append(f"{self.key} <= {end}" if end is not None else "")
        range_ = " AND ".join(bound for bound in bounds if bound)
        return self.cut.within(range_ or f"{self.key} IS NOT NULL")


def ranged(dialect: Dialect, session: Session, script: Script, file: str) -> Ranged | None:
    """The statement and its key, looked up in the database; None for one that is run as a whole.

    file    where the statement stands, as messages name it
    Raises  DirectoryError for a statement that can't be run in ranges, DatabaseError for a key that is none
    """
    batch = batch_of(script, file)
    if batch is None:
        return None
    keys = key_ranges(dialect.name)
    cut = cut_of(script, keys.masked(script.sql), batch.key, file)
    table = _table(dialect, session, cut)
    column = None if table is None else _column(table, batch.key)
    if table is None:
        raise _no_key(script, file, f"OKRA finds no table {cut.table} among those that it manages")
    if column is None:
        raise _no_key(script, file, f"`{table.name}` has no column `{batch.key}`")
    hindrance = keys.hindrance(table)
    if hindrance is not None:
        raise _no_ranges(
            script,
            file,
            f"of `{table.name}` no range can be committed with its progress: {hindrance}",
        )
    if not _is_key(table, column):
        raise _no_key(
            script, file, f"`{table.name}.{column.name}` is not unique by itself, or may be NULL"
        )
    key = f"{cut.name}.{dialect.quote(column.name)}"
    if session.query(f"SELECT 1 FROM {cut.source} WHERE {key} IS NULL LIMIT 1"):
        # SQLite allows it in a primary key
        raise _no_key(script, file, f"there are rows whose `{table.name}.{column.name}` is NULL")
    literal = keys.literal_of(column, key)
    if literal is None:
        raise _no_key(script, file, f"values of the type {column.type} can't be named exactly")
    return Ranged(batch=batch, cut=cut, key=key, literal=literal)


def is_literal(text: str) -> bool:
    """Whether `text` is one SQL literal, as `Ranged.end` gives it, and nothing else."""
    return _LITERAL.fullmatch(text) is not None


def _table(dialect: Dialect, session: Session, cut: Cut) -> Table | None:
    name = ".".join(name_of(part) for part in significant(cut.table) if part != ".")
    for wanted in dict.fromkeys((name, ascii_lower(name))):
        found = dialect.introspect(session, {wanted}).database
        for table in found.tables:
            if table.name == wanted:
                return table
    return None


def _column(table: Table, key: str) -> Column | None:
    name = name_of(key)
    exact = table.column(name)
    if exact is not None:
        return exact
    alike = [each for each in table.columns if ascii_lower(each.name) == ascii_lower(name)]
    return alike[0] if len(alike) == 1 else None


def _is_key(table: Table, column: Column) -> bool:
    if table.primary_key is not None and table.primary_key.columns == (column.name,):
        return True
    if column.nullable:
        return False
    return any(
        index.unique
        and index.where is None
        and len(index.parts) == 1
        and index.parts[0].column == column.name
        and not index.parts[0].length
        for index in table.indexes
    )


def _no_ranges(script: Script, file: str, why: str) -> DatabaseError:
    return DatabaseError(
        f"the statement below `okra:batch` can't be run in ranges: {why}",
        code="OKR498",
        place=f"{file}:{script.line}",
        help="take `okra:batch` away: it then runs as one statement",
    )


def _no_key(script: Script, file: str, why: str) -> DatabaseError:
    return DatabaseError(
        f"the key of `okra:batch` can't be used: {why}",
        code="OKR499",
        place=f"{file}:{script.line}",
        help="name a column of the table that is required and unique: its primary key, where that is one column",
    )
