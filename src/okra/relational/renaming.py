"""What was renamed, and a database rewritten as if it had always had the new names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from okra.relational.model import (
    Check,
    Column,
    ColumnType,
    Database,
    EnumType,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)
from okra.relational.pairs import followed
from okra.relational.sqltext import (
    expression_key,
    is_word,
    name_of,
    rename_columns,
    significant,
    tokens,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


_T = TypeVar("_T")


class ColumnRename(msgspec.Struct, frozen=True, kw_only=True):
    """`table` is the table's name after all renames."""

    table: str
    before: str
    after: str


class ValueRename(msgspec.Struct, frozen=True, kw_only=True):
    """A value of the enum `enum` (its name after all renames)."""

    enum: str
    before: str
    after: str


class TextRename(msgspec.Struct, frozen=True, kw_only=True):
    """The same in a column that keeps its enum as text; `table` and `column` are the names after.

    list  the text is a JSON array of values
    """

    enum: str
    table: str
    column: str
    before: str
    after: str
    list: bool = False


class Renames(msgspec.Struct, frozen=True, kw_only=True):
    """What `diff` may take for the same thing under another name.

    tables, enums  (before, after) pairs
    """

    tables: tuple[tuple[str, str], ...] = ()
    columns: tuple[ColumnRename, ...] = ()
    enums: tuple[tuple[str, str], ...] = ()
    values: tuple[ValueRename, ...] = ()
    texts: tuple[TextRename, ...] = ()

    def inverted(self) -> Renames:
        """The renames of the way back."""
        tables = dict(self.tables)
        columns_back = {(c.table, c.after): c.before for c in self.columns}
        tables_back = {after: before for before, after in tables.items()}
        enums_back = {after: before for before, after in self.enums}
        return Renames(
            tables=tuple((after, before) for before, after in self.tables),
            columns=tuple(
                ColumnRename(
                    table=tables_back.get(c.table, c.table), before=c.after, after=c.before
                )
                for c in self.columns
            ),
            enums=tuple((after, before) for before, after in self.enums),
            values=tuple(
                ValueRename(enum=enums_back.get(v.enum, v.enum), before=v.after, after=v.before)
                for v in self.values
            ),
            texts=tuple(
                TextRename(
                    enum=enums_back.get(t.enum, t.enum),
                    table=tables_back.get(t.table, t.table),
                    column=columns_back.get((t.table, t.column), t.column),
                    before=t.after,
                    after=t.before,
                    list=t.list,
                )
                for t in self.texts
            ),
        )

    def plus(self, other: Renames) -> Renames:
        """Both together, each rename once."""
        return Renames(
            tables=_once(self.tables + other.tables),
            columns=_once(self.columns + other.columns),
            enums=_once(self.enums + other.enums),
            values=_once(self.values + other.values),
            texts=_once(self.texts + other.texts),
        )


def _once(items: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


NO_RENAMES = Renames()


def applicable(renames: Renames, before: Database, after: Database) -> Renames:
    """Those of `renames` that lead from a name that only `before` has to one that only `after` has.

    A hint that was followed once does nothing from then on.
    """
    tables_before = {table.name: table for table in before.tables}
    tables_after = {table.name: table for table in after.tables}
    tables = followed(renames.tables, tables_before, tables_after)
    old_names = {new: old for old, new in tables}
    columns = []
    for table in {rename.table for rename in renames.columns} & tables_after.keys():
        old = tables_before.get(old_names.get(table, table))
        if old is None:
            continue
        pairs = tuple((r.before, r.after) for r in renames.columns if r.table == table)
        names_before = {column.name for column in old.columns}
        names_after = {column.name for column in tables_after[table].columns}
        columns += [
            ColumnRename(table=table, before=before_name, after=after_name)
            for before_name, after_name in followed(pairs, names_before, names_after)
        ]
    columns.sort(key=lambda rename: (rename.table, rename.before))
    enums_before = {enum.name: enum.values for enum in before.enums}
    enums_after = {enum.name: enum.values for enum in after.enums}
    enums = followed(renames.enums, enums_before, enums_after)
    old_enums = {new: old for old, new in enums}
    values = tuple(
        value
        for value in renames.values
        if value.before in enums_before.get(old_enums.get(value.enum, value.enum), ())
        and value.after in enums_after.get(value.enum, ())
    )
    texts = tuple(text for text in renames.texts if text.enum not in enums_after)
    return Renames(tables=tables, columns=tuple(columns), enums=enums, values=values, texts=texts)


def renamed_database(database: Database, renames: Renames) -> Database:
    """`database` with all tables, columns, enums and enum values under their new names.

    Names of keys and indexes stay: whether they follow is for `diff` to say.
    """
    if renames == NO_RENAMES:
        return database
    tables = dict(renames.tables)
    columns: dict[str, dict[str, str]] = {}
    for rename in renames.columns:
        columns.setdefault(rename.table, {})[rename.before] = rename.after
    enums = dict(renames.enums)
    values: dict[str, dict[str, str]] = {}
    for value in renames.values:
        values.setdefault(value.enum, {})[value.before] = value.after
    return Database(
        tables=tuple(_table(table, tables, columns, enums) for table in database.tables),
        enums=tuple(_enum(enum, enums, values) for enum in database.enums),
    )


def renamed_tables(database: Database, renames: Renames) -> Database:
    """`database` once the tables and enums are renamed, but the columns not yet."""
    return renamed_database(database, Renames(tables=renames.tables, enums=renames.enums))


def _enum(
    enum: EnumType, enums: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> EnumType:
    name = enums.get(enum.name, enum.name)
    renamed = values.get(name)
    if renamed is None and name == enum.name:
        return enum
    return replace(enum, name=name, values=tuple((renamed or {}).get(v, v) for v in enum.values))


def _table(
    table: Table,
    tables: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
    enums: Mapping[str, str],
) -> Table:
    name = tables.get(table.name, table.name)
    own = columns.get(name, {})
    keys = tuple(_foreign_key(key, own, tables, columns) for key in table.foreign_keys)
    if not own and not enums:
        return replace(table, name=name, foreign_keys=keys)
    rename = own.get
    key = table.primary_key
    return replace(
        table,
        name=name,
        columns=tuple(_column(column, own, enums) for column in table.columns),
        primary_key=None
        if key is None
        else PrimaryKey(name=key.name, columns=tuple(rename(c, c) for c in key.columns)),
        indexes=tuple(_index(index, own) for index in table.indexes),
        foreign_keys=keys,
        checks=tuple(
            Check(name=check.name, expression=rename_columns(check.expression, own))
            for check in table.checks
        ),
    )


def _foreign_key(
    key: ForeignKey,
    own: Mapping[str, str],
    tables: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
) -> ForeignKey:
    target = tables.get(key.table, key.table)
    theirs = columns.get(target, {})
    if target == key.table and not own and not theirs:
        return key
    return replace(
        key,
        table=target,
        columns=tuple(own.get(c, c) for c in key.columns),
        references=tuple(theirs.get(c, c) for c in key.references),
    )


def _column(column: Column, own: Mapping[str, str], enums: Mapping[str, str]) -> Column:
    generated = column.generated
    if generated is not None:
        generated = replace(generated, expression=rename_columns(generated.expression, own))
    kind = column.type
    if isinstance(kind, str):
        kind = _renamed_type(kind, enums)
    elif kind.enum is not None:
        kind = replace(kind, enum=enums.get(kind.enum, kind.enum))
    return replace(column, name=own.get(column.name, column.name), generated=generated, type=kind)


def _renamed_type(kind: str, enums: Mapping[str, str]) -> str:
    """A native type, or a list of it, under its new name; quoted, unless `respelled` says otherwise."""
    base = kind.removesuffix("[]")
    name = ".".join(name_of(part) for part in significant(base) if part != ".") if enums else base
    if name not in enums:
        return kind
    parts = enums[name].split(".", 1)
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts) + kind[len(base) :]


def _index(index: Index, own: Mapping[str, str]) -> Index:
    return replace(
        index,
        parts=tuple(_part(part, own) for part in index.parts),
        include=tuple(own.get(c, c) for c in index.include),
        where=None if index.where is None else rename_columns(index.where, own),
    )


def _part(part: IndexPart, own: Mapping[str, str]) -> IndexPart:
    if part.column is not None:
        return replace(part, column=own.get(part.column, part.column))
    return replace(part, expression=rename_columns(part.expression or "", own))


def respelled(table: Table, like: Table) -> Table:
    """`table` with each expression, or at least the names in it, spelled as `like` spells the same.

    A name that was put in by a rename is quoted; the dialect's canonical form may leave the quotes out.
    """
    table = _respelled_types(table, like)
    expressions = list(_expressions(like))
    if not expressions:
        return table
    known = {expression_key(text): text for text in expressions}
    bare = {token for text in expressions for token in significant(text) if is_word(token)}

    def spell(text: str) -> str:
        return known.get(expression_key(text)) or _bare_names(text, bare)

    return replace(
        table,
        columns=tuple(_respelled_column(column, spell) for column in table.columns),
        indexes=tuple(_respelled_index(index, spell) for index in table.indexes),
        checks=tuple(replace(c, expression=spell(c.expression)) for c in table.checks),
    )


def _respelled_types(table: Table, like: Table) -> Table:
    known = {column.name: column.type for column in like.columns}
    return replace(
        table,
        columns=tuple(
            replace(column, type=known[column.name])
            if _is_same_type(column.type, known.get(column.name))
            else column
            for column in table.columns
        ),
    )


def _is_same_type(before: ColumnType, after: ColumnType | None) -> bool:
    """Whether two native types differ only in the quotes around their names."""
    if not isinstance(before, str) or not isinstance(after, str) or before == after:
        return False
    return [name_of(part) for part in significant(before)] == [
        name_of(part) for part in significant(after)
    ]


def _bare_names(text: str, bare: set[str]) -> str:
    return "".join(
        unquoted(token) if unquoted(token) in bare else token.text for token in tokens(text)
    )


def _respelled_column(column: Column, spell: Callable[[str], str]) -> Column:
    generated = column.generated
    if generated is None:
        return column
    return replace(column, generated=replace(generated, expression=spell(generated.expression)))


def _respelled_index(index: Index, spell: Callable[[str], str]) -> Index:
    return replace(
        index,
        where=None if index.where is None else spell(index.where),
        parts=tuple(
            part if part.expression is None else replace(part, expression=spell(part.expression))
            for part in index.parts
        ),
    )


def _expressions(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.generated is not None:
            yield column.generated.expression
    for index in table.indexes:
        if index.where is not None:
            yield index.where
        for part in index.parts:
            if part.expression is not None:
                yield part.expression
    for check in table.checks:
        yield check.expression
