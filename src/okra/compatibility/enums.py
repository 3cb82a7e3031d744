"""Enums in tables: what other values, another order and another type mean for statements of older code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.compatibility.finding import BOTH, READERS, Finding, found, risky
from okra.compatibility.values import enum_meanings
from okra.dialects import dialect
from okra.relational.model import Database, LogicalKind, LogicalType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from okra.relational.model import Column, Table
    from okra.relational.renaming import Renames, TextRename

_TEXT_LENGTH = 64  # enough to tell from other types, and short enough for a key of several


class Columns:
    """The columns of two logical databases, found by the names that they have after."""

    def __init__(self, before: Database, after: Database, renames: Renames) -> None:
        self._before = {table.name: table for table in before.tables}
        self._after = {table.name: table for table in after.tables}
        self._tables = {new: old for old, new in renames.tables}
        self._columns = {(each.table, each.after): each.before for each in renames.columns}
        self._values = [
            {enum.name: enum.values for enum in database.enums} for database in (before, after)
        ]

    def find(self, table: str, column: str) -> tuple[Column | None, Column | None]:
        """A column before and after."""
        new = self._after.get(table)
        old = self._before.get(self._tables.get(table, table))
        return (
            old.column(self._columns.get((table, column), column)) if old else None,
            new.column(column) if new else None,
        )

    def texts(
        self, table: str, column: str
    ) -> tuple[Sequence[str] | None, Sequence[str] | None] | None:
        """The texts that a column takes before and after, None for any; None where it is not both times text."""
        before, after = (_type(each) for each in self.find(table, column))
        if before is None or after is None or before.list != after.list:
            return None
        if not _is_text(before) or not _is_text(after):
            return None
        return self._texts_of(before, 0), self._texts_of(after, 1)

    def all(self) -> Iterator[tuple[str, str]]:
        """Table and column, for all that are there after."""
        for table in self._after.values():
            for column in table.columns:
                yield table.name, column.name

    def _texts_of(self, kind: LogicalType, side: int) -> Sequence[str] | None:
        return None if kind.enum is None else self._values[side].get(kind.enum)


def plain_native(logical: Database, provider: str) -> Database:
    """The native form with enums as mere text: how a server keeps them says nothing of the values they take.

    A key that a server counts up by itself says so.
    """
    tables = tuple(
        replace(table, columns=tuple(_textual(column) for column in table.columns))
        for table in logical.tables
    )
    kind = dialect(provider)
    native = kind.resolve(replace(logical, tables=tables, enums=())).database
    if not kind.counts_keys:
        return native
    return replace(native, tables=tuple(_counted(table) for table in native.tables))


def _textual(column: Column) -> Column:
    kind = column.type
    if not isinstance(kind, LogicalType) or kind.kind is not LogicalKind.ENUM or kind.native:
        return column
    text = LogicalType(kind=LogicalKind.STRING, list=kind.list, length=_TEXT_LENGTH)
    return replace(column, type=text)


def _counted(table: Table) -> Table:
    key = table.primary_key
    if key is None or len(key.columns) != 1 or "without_rowid" in table.options:
        return table
    columns = tuple(
        replace(column, identity=True)
        if column.name == key.columns[0] and column.type == "integer"
        else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def ordered_columns(native: Database, plain: Database) -> set[tuple[str, str]]:
    """Table and column of what is ordered as its enum says: all that are no mere text on this server."""
    texts = {
        (table.name, column.name): column for table in plain.tables for column in table.columns
    }
    return {
        (table.name, column.name)
        for table in native.tables
        for column in table.columns
        if column.type != texts[table.name, column.name].type
    }


def value_findings(
    columns: Columns, renamed: Sequence[TextRename], ordered: Collection[tuple[str, str]]
) -> Iterator[Finding]:
    """What it means that columns take other values, or order them in another way.

    renamed  what becomes of the texts that rows hold
    """
    moved: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in renamed:
        moved.setdefault((each.table, each.column), []).append((each.before, each.after))
    for table, column in columns.all():
        texts = columns.texts(table, column)
        if texts is None:
            continue
        name = f"{table}.{column}"
        meanings = enum_meanings(*texts, moved.get((table, column), ()))
        yield from found(name, "it takes other values", *meanings)
        if (table, column) in ordered and _is_reordered(*texts):
            meaning = risky(READERS, "rows that are ordered by it come in another order")
            yield from found(name, "the order of its values changes", meaning)


def _is_reordered(before: Sequence[str] | None, after: Sequence[str] | None) -> bool:
    if before is None or after is None:
        return False
    return [text for text in before if text in after] != [text for text in after if text in before]


def enum_type_findings(before: Database, after: Database, renames: Renames) -> Iterator[Finding]:
    """What it means that types of their own go or have other names, on a server that keeps enums so."""
    kept = {enum.name for enum in after.enums}
    names = dict(renames.enums)
    for enum in before.enums:
        new = names.get(enum.name)
        if new is None and enum.name in kept:
            continue
        change = f"the type is renamed to `{new}`" if new else "the type goes"
        yield from found(
            enum.name, change, risky(BOTH, "statements that cast to it by its name fail")
        )


def _type(column: Column | None) -> LogicalType | None:
    return column.type if column is not None and isinstance(column.type, LogicalType) else None


def _is_text(kind: LogicalType) -> bool:
    return kind.kind in (LogicalKind.STRING, LogicalKind.ENUM) and kind.native is None
