"""The rows of SQLite's catalogue → Database. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from okra.dialects.base import Introspection
from okra.dialects.sqlite.expressions.canonical import canonical_default, split_collation
from okra.dialects.sqlite.introspection.ddl_reader import (
    NOTHING,
    KeyText,
    TableText,
    read_index,
    read_table,
)
from okra.dialects.sqlite.introspection.shadows import shadow_tables
from okra.dialects.sqlite.natives.columns import own_expression
from okra.dialects.sqlite.natives.typenames import declared_type
from okra.dialects.sqlite.planning.triggers import updated_at_trigger
from okra.errors import visible
from okra.naming import is_own, trigger_name, unique_name
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)
from okra.relational.sqltext import ascii_lower, ascii_upper, is_word, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Iterable

ObjectRow: TypeAlias = tuple[str, str, str, str | None, int]
"""type, name, table, sql, root page"""
ColumnRow: TypeAlias = tuple[str, str, str, int, str | None, int, int]
"""table, name, type, NOT NULL, default, place in the primary key from 1, hidden (2, 3: generated)"""
IndexRow: TypeAlias = tuple[str, str, int, str, int, str | None, int, int, str]
"""table, index, unique, origin, partial, column, column number (-2: expression), descending, collation"""
KeyRow: TypeAlias = tuple[str, int, str, str, str | None, str, str]
"""table, number from the last, parent, column, parent's column, on update, on delete"""

_Row = TypeVar("_Row", ColumnRow, IndexRow, KeyRow)
_EXPRESSION = -2
_GENERATED = "generated"


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """objects: sqlite_master; columns: also those of tables that are only referred to."""

    objects: list[ObjectRow]
    columns: list[ColumnRow]
    indexes: list[IndexRow]
    keys: list[KeyRow]


def introspection(catalogue: Catalogue) -> Introspection:
    """The Database that the rows describe, and what of them the model can't hold."""
    return _Reader(catalogue).read()


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self.objects = catalogue.objects
        self.columns = _by_table(catalogue.columns)
        self.indexes = _by_table(catalogue.indexes)
        self.keys = _by_table(catalogue.keys)
        self.names = {ascii_lower(name): name for name in self.columns}
        self.sql = {row[1]: row[3] or "" for row in self.objects if row[0] == "index"}
        self.triggers: dict[str, list[ObjectRow]] = defaultdict(list)
        self.ignored: list[str] = []

    def read(self) -> Introspection:
        virtual = {
            row[1]: row[3] or "" for row in self.objects if row[0] == "table" and row[4] == 0
        }
        own = {row[1] for row in self.objects if row[0] == "table" and is_managed(row[1])}
        shadows = shadow_tables(virtual, own)
        for row in self.objects:
            if row[0] == "trigger":
                self.triggers[ascii_lower(row[2])].append(row)
        tables = []
        for kind, name, _, sql, root in self.objects:
            if kind == "view":
                self.ignored.append(f"view `{name}`")
            elif kind == "table" and root == 0:
                self.ignored.append(f"virtual table `{name}`")
            elif kind == "table" and name in own and name not in shadows:
                table = self._table(name, sql or "")
                if table is not None:
                    tables.append(table)
        return Introspection(
            database=Database(tables=tuple(tables)),
            ignored=tuple(visible(text) for text in self.ignored),
        )

    def _table(self, name: str, sql: str) -> Table | None:
        rows = self.columns[name]
        if not name or any(not row[1] for row in rows):
            what = (
                f"table `{name}`, which has a column without a name"
                if name
                else "a table without a name"
            )
            self.ignored.append(what)
            return None
        text = read_table(sql)
        names = tuple(row[1] for row in rows)
        key = _primary_key(rows)
        table = Table(
            name=name,
            columns=tuple(_column(row, text, names) for row in rows),
            primary_key=key,
            indexes=self._indexes(name, names, text),
            foreign_keys=self._foreign_keys(name, text),
            checks=tuple(
                Check(expression=own_expression(check.expression, name, names), name=check.name)
                for check in text.checks
            ),
            options=text.options,
        )
        self._note(table, rows, text)
        return self._with_triggers(table)

    def _note(self, table: Table, rows: list[ColumnRow], text: TableText) -> None:
        """Name what of the table is left out."""
        name = table.name
        for place in text.conflicts:
            what = f"`{name}.{place}`" if place else f"a constraint of `{name}`"
            self.ignored.append(f"the ON CONFLICT clause of {what}")
        for row in rows:
            if row[5] and not row[3] and not _is_alias(rows, table.options):
                self.ignored.append(f"NULL in `{name}.{row[1]}`, a primary key without NOT NULL")
        collations = {column.name: column.collation or "BINARY" for column in table.columns}
        for index in self.indexes.get(name, ()):
            if index[3] != "pk":
                continue
            if index[7]:
                self.ignored.append(f"DESC in the primary key of `{name}`")
            if ascii_upper(index[8]) != collations.get(index[5] or "", "BINARY"):
                self.ignored.append(f"COLLATE in the primary key of `{name}`")

    def _indexes(self, table: str, columns: tuple[str, ...], text: TableText) -> tuple[Index, ...]:
        groups: dict[str, list[IndexRow]] = {}
        for row in self.indexes.get(table, ()):
            if row[3] != "pk":
                groups.setdefault(row[1], []).append(row)
        found = []
        for name in reversed(groups):  # the catalogue has the newest first
            if not name:
                self.ignored.append(f"an index without a name on `{table}`")
                continue
            index = self._index(name, groups[name], columns, text)
            if index.constraint:
                index = replace(index, name=unique_name(table, index.columns))
            found.append(index)
        return tuple(found)

    def _index(
        self, name: str, rows: list[IndexRow], columns: tuple[str, ...], text: TableText
    ) -> Index:
        first = rows[0]
        partial = bool(first[4])
        expressions: tuple[str, ...] = ()
        where = None
        if partial or any(row[6] == _EXPRESSION for row in rows):
            found = read_index(self.sql.get(name, ""))
            expressions = found.parts
            where = (
                None if found.where is None else own_expression(found.where, rows[0][0], columns)
            )
        return Index(
            name=name,
            parts=tuple(
                _part(row, expressions[number] if number < len(expressions) else "", columns, text)
                for number, row in enumerate(rows)
            ),
            unique=bool(first[2]),
            constraint=first[3] == "u",
            where=where,
        )

    def _foreign_keys(self, table: str, text: TableText) -> tuple[ForeignKey, ...]:
        groups: dict[int, list[KeyRow]] = {}
        for row in self.keys.get(table, ()):
            groups.setdefault(row[1], []).append(row)
        count = len(groups)
        return tuple(
            self._foreign_key(groups[number], _key_text(text, count - 1 - number))
            for number in sorted(groups, reverse=True)  # the catalogue has the last one first
        )

    def _foreign_key(self, rows: list[KeyRow], text: KeyText) -> ForeignKey:
        first = rows[0]
        parent = self.names.get(ascii_lower(first[2]), first[2])
        known = self.columns.get(parent, [])
        if first[4] is None:
            key = _primary_key(known)
            references = () if key is None else key.columns
        else:
            spelled = {ascii_lower(row[1]): row[1] for row in known}
            references = tuple(spelled.get(ascii_lower(row[4] or ""), row[4] or "") for row in rows)
        return ForeignKey(
            columns=tuple(row[3] for row in rows),
            table=parent,
            references=references,
            on_delete=Action(first[6]),
            on_update=Action(first[5]),
            deferrable=text.deferrable,
            initially_deferred=text.initially_deferred,
        )

    def _with_triggers(self, table: Table) -> Table:
        """The table with `updated_at` set where the trigger is there; other triggers are left out."""
        triggers = self.triggers.get(ascii_lower(table.name))
        if not triggers:
            return table
        expected = {trigger_name(table.name, column.name): column for column in table.columns}
        kept = set()
        for _, name, _, sql, _ in triggers:
            column = expected.get(name)
            if column is not None and _statement(sql or "") == _statement(
                updated_at_trigger(table, column)[1]
            ):
                kept.add(column.name)
            else:
                self.ignored.append(f"trigger `{name}` on `{table.name}`")
        if not kept:
            return table
        return replace(
            table,
            columns=tuple(
                replace(column, updated_at=True) if column.name in kept else column
                for column in table.columns
            ),
        )


def is_managed(name: str) -> bool:
    """Whether a table of that name is the user's: neither SQLite's nor OKRA's own."""
    return not (name.startswith("sqlite_") or is_own(name))


def _by_table(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _column(row: ColumnRow, text: TableText, columns: tuple[str, ...]) -> Column:
    _, name, kind, required, default, place, _ = row
    more = text.columns.get(ascii_lower(name)) if text is not NOTHING else None
    generated = None
    if more is not None and more.generated is not None:
        expression = own_expression(more.generated, row[0], columns)
        generated = Generated(expression=expression, stored=more.stored)
        # SQLite takes GENERATED ALWAYS off the type, but only ALWAYS where a comment stands in between.
        words = declared_type(kind)
        if words.endswith(_GENERATED) and not ascii_lower(kind).endswith(_GENERATED):
            kind = words.removesuffix(_GENERATED)
    return Column(
        name=name,
        type=declared_type(kind),
        nullable=not required and not place,
        default=canonical_default(default),
        identity=more is not None and more.identity,
        generated=generated,
        collation=None if more is None else more.collation,
    )


def _primary_key(rows: list[ColumnRow]) -> PrimaryKey | None:
    keyed = sorted((row[5], row[1]) for row in rows if row[5])
    return PrimaryKey(columns=tuple(name for _, name in keyed)) if keyed else None


def _is_alias(rows: list[ColumnRow], options: tuple[str, ...]) -> bool:
    """Whether the primary key is the rowid itself."""
    keyed = [row for row in rows if row[5]]
    integer = len(keyed) == 1 and ascii_lower(keyed[0][2]) == "integer"
    return integer and "without_rowid" not in options


def _part(row: IndexRow, expression: str, columns: tuple[str, ...], text: TableText) -> IndexPart:
    _, _, _, _, _, column, number, descending, collation = row
    collation = ascii_upper(collation)
    if number == _EXPRESSION:
        spelled, own = split_collation(own_expression(expression, row[0], columns))
        found = collation if own is None else own
        return IndexPart(
            expression=spelled,
            descending=bool(descending),
            collation=None if found == "BINARY" else found,
        )
    more = text.columns.get(ascii_lower(column or ""))
    own = "BINARY" if more is None or more.collation is None else more.collation
    return IndexPart(
        column=column or "rowid",
        descending=bool(descending),
        collation=None if collation == own else collation,
    )


def _key_text(text: TableText, number: int) -> KeyText:
    return text.keys[number] if number < len(text.keys) else _PLAIN_KEY


_PLAIN_KEY = KeyText()


def _statement(sql: str) -> list[str]:
    """`sql` as it compares: without white space, comments and optional quotes, words in one case."""
    return [
        ascii_lower(name_of(word)) if is_word(word) or word[0] in '"`[' else word
        for word in significant(sql)
    ]
