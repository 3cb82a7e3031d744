"""What a database can have before any of the old is taken away: the state between two others that suits the code of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.model import Database, EnumType
from okra.relational.renaming import Renames, applicable
from okra.relational.sqltext import ascii_lower, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from okra.relational.model import Column, ForeignKey, Table


def expanded(before: Database, after: Database, renames: Renames) -> Database:
    """`before` with what `after` has besides, as far as code that knows `before` alone goes on working.

    Added are tables, columns that may stay empty or have a default, and values of enums; columns that need no
    value any more need none. Renames, drops, keys, checks, indexes and other types of what is there are left out.
    Both databases are native.
    """
    chosen = applicable(renames, before, after)
    tables = dict(chosen.tables)
    columns = {(each.table, each.after) for each in chosen.columns}
    wanted = {table.name: table for table in after.tables}
    there = {ascii_lower(table.name) for table in before.tables}
    enums = _enums(before, after, chosen)
    taken = _names_of_parts(before)
    types = {enum.name for enum in after.enums} - {enum.name for enum in enums}
    types |= {
        value.enum for value in chosen.values
    }  # a default may be a value that is not there yet
    found = []
    for table in before.tables:
        other = wanted.get(tables.get(table.name, table.name))
        moved_in = table.name not in tables and table.name in tables.values()
        found.append(table if other is None or moved_in else _widened(table, other, columns, types))
    made = [
        table
        for table in after.tables
        if ascii_lower(table.name) not in there
        and table.name not in tables.values()
        and not any(_is_of(column, types) for column in table.columns)
        and (table.primary_key is None or _folded(table.primary_key.name) not in taken)
    ]
    known = {table.name: table for table in found}
    for table in made:
        keys = [key for key in table.foreign_keys if _is_kept(key, table, made, known, wanted)]
        found.append(
            replace(
                table,
                indexes=tuple(each for each in table.indexes if _folded(each.name) not in taken),
                foreign_keys=tuple(key for key in keys if _folded(key.name) not in taken),
                checks=tuple(each for each in table.checks if _folded(each.name) not in taken),
            )
        )
    return Database(tables=tuple(found), enums=enums)


def still_there(middle: Database, after: Database, renames: Renames) -> Database:
    """`after` with the tables and columns of `middle` that it has no more, as far as their names are free.

    What holds them together, keys and indexes and checks of such columns, is left out: it holds no data.
    """
    chosen = applicable(renames, middle, after)
    names = dict(chosen.tables)
    gone = {(each.table, each.before) for each in chosen.columns}
    taken = _names_of_parts(after)
    changed = _changed_enums(middle, after)
    tables = {table.name: table for table in after.tables}
    there = {ascii_lower(table.name) for table in after.tables}
    kept = []
    for table in middle.tables:
        name = names.get(table.name, table.name)
        replaced = table.name not in names and name in names.values()
        if name in tables and not replaced:
            moved = {column for owner, column in gone if owner == name}
            tables[name] = _with_old_columns(tables[name], table, moved, changed)
        elif ascii_lower(table.name) not in there and not any(
            _is_of(column, changed) for column in table.columns
        ):
            kept += _alone(table, taken)
    found = (*tables.values(), *kept)
    used = [
        enum
        for enum in middle.enums
        if any(_is_of(c, {enum.name}) for t in found for c in t.columns)
    ]
    known = {enum.name for enum in after.enums}
    enums = (*after.enums, *(enum for enum in used if enum.name not in known))
    return Database(tables=found, enums=enums)


def with_wider_types(database: Database, plain: Database, wide: Database) -> Database:
    """`database` with the types, enums and checks in which `wide` differs from `plain`.

    plain, wide  the same tables, but that enums have more values in `wide`
    """
    pairs = {
        table.name: (table, other)
        for table, other in zip(plain.tables, wide.tables, strict=True)
        if table != other
    }
    enums = {
        enum.name: other
        for enum, other in zip(plain.enums, wide.enums, strict=True)
        if enum != other
    }
    return Database(
        tables=tuple(
            _with_types(table, *pairs[table.name]) if table.name in pairs else table
            for table in database.tables
        ),
        enums=tuple(enums.get(enum.name, enum) for enum in database.enums),
    )


def union(enum: EnumType, other: EnumType) -> EnumType:
    """`enum` with the values that only `other` has, each behind the one that it stands behind there.

    One that differs in the case of its letters alone is left out: some servers take both for one.
    """
    values = list(enum.values)
    there = {ascii_lower(value) for value in values}
    behind: str | None = None
    for value in other.values:
        if ascii_lower(value) not in there:
            values.insert(values.index(behind) + 1 if behind in values else 0, value)
        behind = value
    return enum if len(values) == len(enum.values) else replace(enum, values=tuple(values))


def _names_of_parts(database: Database) -> set[str]:
    """What keys, indexes and checks are called: some servers know each name once in a whole database."""
    names = [
        part.name
        for table in database.tables
        for part in (table.primary_key, *table.indexes, *table.foreign_keys, *table.checks)
        if part is not None
    ]
    return {_folded(name) for name in names} - {""}


def _folded(name: str | None) -> str:
    return ascii_lower(name or "")


def _enums(before: Database, after: Database, renames: Renames) -> tuple[EnumType, ...]:
    """The enums of `before`, with the values of `after` besides, and those that only `after` has."""
    changed = {name for pair in renames.enums for name in pair}
    changed |= {each.enum for each in renames.values}
    wanted = {enum.name: enum for enum in after.enums}
    there = {enum.name for enum in before.enums}
    found = [
        union(enum, wanted[enum.name]) if enum.name in wanted and enum.name not in changed else enum
        for enum in before.enums
    ]
    found += [each for each in after.enums if each.name not in there and each.name not in changed]
    return tuple(found)


def _widened(
    table: Table, other: Table, renamed: Collection[tuple[str, str]], types: Collection[str]
) -> Table:
    """A table with the columns that `other` has besides.

    renamed  (table, column) as they are called after, which come by a rename
    types    enums that are not there yet, or not with all their values
    """
    there = {ascii_lower(column.name) for column in table.columns}
    key = table.primary_key.columns if table.primary_key else ()
    columns = []
    for column in table.columns:
        later = other.column(column.name)
        freed = later is not None and later.nullable and column.name not in key
        columns.append(replace(column, nullable=True) if freed else column)
    for column in other.columns:
        if (
            ascii_lower(column.name) in there
            or (other.name, column.name) in renamed
            or column.identity
            or column.generated is not None
            or _is_of(column, types)
        ):
            continue
        columns.append(replace(column, nullable=column.nullable or column.default is None))
    return replace(table, columns=tuple(columns))


def _is_kept(
    key: ForeignKey,
    table: Table,
    made: Collection[Table],
    known: Mapping[str, Table],
    wanted: Mapping[str, Table],
) -> bool:
    """Whether a new table's key finds what it refers to before anything is renamed or changed."""
    if key.table == table.name or any(each.name == key.table for each in made):
        return True
    target, later = known.get(key.table), wanted.get(key.table)
    if target is None or later is None:
        return False
    same = all(
        (column := target.column(name)) is not None
        and (other := later.column(name)) is not None
        and column.type == other.type
        and column.collation == other.collation
        for name in key.references
    )
    unique = [index.columns for index in target.indexes if index.unique and index.where is None]
    primary = target.primary_key.columns if target.primary_key else ()
    return same and (key.references == primary or key.references in unique)


def _changed_enums(middle: Database, after: Database) -> set[str]:
    """The enums that have another name or other values in the end: columns of theirs are not put off."""
    known = {enum.name: enum for enum in after.enums}
    return {enum.name for enum in middle.enums if enum.name in known and known[enum.name] != enum}


def _with_old_columns(
    table: Table, old: Table, moved: Collection[str], enums: Collection[str]
) -> Table:
    """`table` with the columns of `old` that are dropped.

    moved  those of `old` that have another name now
    enums  what is of one of these is dropped at once
    """
    there = {ascii_lower(column.name) for column in table.columns}
    columns = [
        column
        for column in old.columns
        if ascii_lower(column.name) not in there
        and column.name not in moved
        and not column.identity
        and column.generated is None
        and not _is_of(column, enums)
    ]
    return replace(table, columns=(*table.columns, *columns)) if columns else table


def _alone(table: Table, taken: Collection[str]) -> list[Table]:
    """A table that is dropped, without its keys to others and without names that others have in the end."""
    key = table.primary_key
    if key is not None and _folded(key.name) in taken:
        return []
    return [
        replace(
            table,
            indexes=tuple(each for each in table.indexes if _folded(each.name) not in taken),
            foreign_keys=(),
            checks=tuple(each for each in table.checks if _folded(each.name) not in taken),
        )
    ]


def _with_types(table: Table, plain: Table, wide: Table) -> Table:
    types = {
        column.name: other.type
        for column, other in zip(plain.columns, wide.columns, strict=True)
        if column.type != other.type
    }
    checks = {
        check: other
        for check, other in zip(plain.checks, wide.checks, strict=True)
        if check != other
    }
    return replace(
        table,
        columns=tuple(
            replace(column, type=types.get(column.name, column.type)) for column in table.columns
        ),
        checks=tuple(checks.get(check, check) for check in table.checks),
    )


def _is_of(column: Column, types: Collection[str]) -> bool:
    """Whether the column's values are of one of `types`, or lists of them."""
    if not types or not isinstance(column.type, str):
        return False
    parts = significant(column.type.removesuffix("[]"))
    return ".".join(name_of(part) for part in parts if part != ".") in types
