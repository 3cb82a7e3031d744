"""Native tables → tables with logical types: what `resolve` makes of the result is the native database again.

SQLite keeps little of what a column is for, so types are guessed: from the declared type, the default, a
CHECK that lists values, and what foreign keys refer to. A wrong guess changes what the generated code says,
never the database: where a guess would not resolve to the native form, it carries the native form along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.sqlite.natives.guesses import (
    TEXTS,
    default_of,
    enum_values,
    kind_of,
    precision_of,
)
from okra.dialects.sqlite.natives.resolving import resolve
from okra.dialects.sqlite.natives.types import TYPES
from okra.dialects.tied import known_columns, known_enum, refers, tied_columns
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    LogicalKind,
    LogicalType,
    Table,
)

if TYPE_CHECKING:
    from okra.dialects.tied import Place


class _Guess(msgspec.Struct):
    """What a column is taken for. known: the column of `like` that it is."""

    table: Table
    column: Column
    kind: LogicalKind
    check: Check | None = None
    values: tuple[str, ...] = ()
    known: Column | None = None


def logical(database: Database, like: Database | None = None) -> Database:
    """The logical form of `database`; a guessed enum is called `table.column`.

    like  a logical database whose columns are taken over where they resolve to what `database` has
    """
    known = {} if like is None else known_columns(database, like, resolve, _has_values)
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
        EnumType(name=f"{table}.{column}", values=guess.values)
        for (table, column), guess in guesses.items()
        if guess.kind is LogicalKind.ENUM and guess.known is None
    )
    return Database(
        tables=tuple(_table(table, guesses) for table in database.tables), enums=tuple(enums)
    )


def _guess(table: Table, column: Column, known: Column | None) -> _Guess:
    kind = kind_of(column, table)
    found = enum_values(column, table)
    if known is not None and isinstance(known.type, LogicalType):
        check = None if found is None or known.type.kind is not LogicalKind.ENUM else found[0]
        return _Guess(table, column, known.type.kind, check=check, known=known)
    if found is not None and kind is LogicalKind.STRING:
        return _Guess(table, column, LogicalKind.ENUM, check=found[0], values=found[1])
    return _Guess(table, column, kind)


def _has_values(column: Column, current: Table, native: Table) -> bool:
    """Whether an enum's check is there as well."""
    kind = column.type
    if not isinstance(kind, LogicalType) or kind.kind is not LogicalKind.ENUM:
        return True
    if kind.list or kind.native is not None:
        return True
    here = next(item for item in current.columns if item.name == column.name)
    found, wanted = enum_values(here, current), enum_values(here, native)
    return found is not None and wanted is not None and found[1] == wanted[1]


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
        guess.check = None
        guess.values = ()


def _common(group: list[_Guess]) -> LogicalKind:
    known = [guess for guess in group if guess.known is not None]
    counted = [guess for guess in group if guess.column.identity or guess.column.updated_at]
    keys = [guess for guess in group if not refers(guess.column, guess.table)]
    for guess in (*known, *counted, *keys, *group):
        if guess.kind is not LogicalKind.ENUM:
            return guess.kind
    return LogicalKind.STRING


def _table(table: Table, guesses: dict[Place, _Guess]) -> Table:
    own = [guesses[table.name, column.name] for column in table.columns]
    enums = [guess.check for guess in own if guess.check is not None]
    return replace(
        table,
        columns=tuple(_column(guess) for guess in own),
        checks=tuple(check for check in table.checks if check not in enums),
    )


def _column(guess: _Guess) -> Column:
    column = guess.column
    if guess.known is not None:
        return guess.known
    native = str(column.type)
    digits = precision_of(native) if guess.kind is LogicalKind.DECIMAL else None
    enum = f"{guess.table.name}.{column.name}" if guess.kind is LogicalKind.ENUM else None
    own = "text" if guess.kind is LogicalKind.ENUM else TYPES.get(guess.kind)
    return replace(
        column,
        type=LogicalType(
            kind=guess.kind,
            enum=enum,
            precision=digits,
            native=None if native == own else _writable(native),
        ),
        default=default_of(column, guess.kind, guess.values, digits),
    )


def _writable(native: str) -> str:
    """A native type as `@db(type:)` can say it: no type at all is called `none`."""
    return {"": "none", "none": '"none"'}.get(native, native)
