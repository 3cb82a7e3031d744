"""Native tables → tables with logical types: what `resolve` makes of the result is the native database again.

A wrong guess changes what the generated code says, never the database: where a guess would not resolve to the
native form, it carries the native form along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.mysql.natives.guesses import (
    TEXTS,
    default_of,
    enum_values,
    kind_of,
    logical_type,
)
from okra.dialects.mysql.natives.resolving import resolve
from okra.dialects.tied import known_columns, known_enum, refers, tied_columns
from okra.relational.model import Column, Database, EnumType, LogicalKind, LogicalType, Table

if TYPE_CHECKING:
    from okra.dialects.tied import Place


class _Guess(msgspec.Struct):
    """What a column is taken for. known: the column of `like` that it is."""

    table: Table
    column: Column
    kind: LogicalKind
    known: Column | None = None


def logical(database: Database, like: Database | None = None) -> Database:
    """The logical form of `database`; a guessed enum is called `table.column`.

    like  a logical database whose columns are taken over where they resolve to what `database` has
    """
    known = {} if like is None else known_columns(database, like, resolve)
    guesses = {
        (table.name, column.name): _guess(table, column, known.get((table.name, column.name)))
        for table in database.tables
        for column in table.columns
    }
    for group in tied_columns(database):
        _agree([guesses[place] for place in group if place in guesses])
    used = {known_enum(guess.known) for guess in guesses.values()}
    enums = [] if like is None else [enum for enum in like.enums if enum.name in used]
    enums += (
        EnumType(name=f"{table}.{column}", values=enum_values(str(guess.column.type)))
        for (table, column), guess in guesses.items()
        if guess.kind is LogicalKind.ENUM and guess.known is None
    )
    return Database(
        tables=tuple(_table(table, guesses) for table in database.tables), enums=tuple(enums)
    )


def _guess(table: Table, column: Column, known: Column | None) -> _Guess:
    if known is not None and isinstance(known.type, LogicalType):
        return _Guess(table, column, known.type.kind, known=known)
    return _Guess(table, column, kind_of(column, table))


def _agree(group: list[_Guess]) -> None:
    """Give all columns of a group one kind: that of the column that the others refer to."""
    if not group:
        return
    kind = _common(group)
    if kind not in TEXTS and any(guess.column.collation for guess in group):
        kind = LogicalKind.NATIVE
    for guess in group:
        if guess.known is not None and guess.kind is not kind:
            guess.known = None
        guess.kind = kind


def _common(group: list[_Guess]) -> LogicalKind:
    known = [guess for guess in group if guess.known is not None]
    keys = [guess for guess in group if not refers(guess.column, guess.table)]
    kind = (known or keys or group)[0].kind
    if kind is LogicalKind.ENUM and not known:
        return LogicalKind.NATIVE  # each guess would be an enum of its own
    return kind


def _table(table: Table, guesses: dict[Place, _Guess]) -> Table:
    return replace(
        table,
        columns=tuple(_column(guesses[table.name, column.name]) for column in table.columns),
    )


def _column(guess: _Guess) -> Column:
    column = guess.column
    if guess.known is not None:
        return guess.known
    enum = f"{guess.table.name}.{column.name}" if guess.kind is LogicalKind.ENUM else None
    kind = logical_type(str(column.type), guess.kind, enum)
    return replace(column, type=kind, default=default_of(column, kind))
