"""Native tables → tables with logical types: what `resolve` makes of the result is the native database again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.postgres.natives.guesses import default_of, enum_types, kind_of, of_kind
from okra.dialects.postgres.natives.resolving import resolve
from okra.dialects.tied import known_columns, refers, tied_columns
from okra.relational.model import (
    Column,
    Database,
    LogicalKind,
    LogicalType,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Guess(msgspec.Struct):
    """What a column is taken for. known: the column of `like` that it is."""

    table: Table
    column: Column
    kind: LogicalType
    known: Column | None = None


def logical(database: Database, like: Database | None = None) -> Database:
    """The logical form of `database`; its enums stay as they are.

    like  a logical database whose columns are taken over where they resolve to what `database` has
    """
    known = {} if like is None else known_columns(database, like, resolve)
    enums = enum_types(enum.name for enum in database.enums)
    guesses = {
        (table.name, column.name): _guess(
            table, column, known.get((table.name, column.name)), enums
        )
        for table in database.tables
        for column in table.columns
    }
    for group in tied_columns(database):
        _agree([guesses[place] for place in group if place in guesses])
    tables = tuple(
        replace(
            table,
            columns=tuple(_column(guesses[table.name, column.name]) for column in table.columns),
        )
        for table in database.tables
    )
    return replace(database, tables=tables)


def _guess(table: Table, column: Column, known: Column | None, enums: Mapping[str, str]) -> _Guess:
    if known is not None and isinstance(known.type, LogicalType):
        return _Guess(table, column, known.type, known=known)
    return _Guess(table, column, kind_of(column, enums))


def _agree(group: list[_Guess]) -> None:
    """Give all columns of a group one kind: that of the column that the others refer to."""
    kinds = {(guess.kind.kind, guess.kind.enum) for guess in group}
    if len(kinds) <= 1:
        return
    kind = _common(group)
    for guess in group:
        if guess.kind.kind is not kind:
            guess.known = None
            guess.kind = of_kind(kind, str(guess.column.type))


def _common(group: list[_Guess]) -> LogicalKind:
    known = [guess for guess in group if guess.known is not None]
    keys = [guess for guess in group if not refers(guess.column, guess.table)]
    for guess in (*known, *keys, *group):
        if guess.kind.kind is not LogicalKind.ENUM:
            return guess.kind.kind
    return LogicalKind.NATIVE


def _column(guess: _Guess) -> Column:
    if guess.known is not None:
        return guess.known
    column = guess.column
    return replace(column, type=guess.kind, default=default_of(column, guess.kind))
