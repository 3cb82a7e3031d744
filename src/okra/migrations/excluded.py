"""Tables and types that the configuration leaves alone: to OKRA they are not there."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.sqltext import name_of, significant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okra.relational.model import Database, Table


def is_excluded(table: str, patterns: Iterable[str]) -> bool:
    """Whether one of `patterns`, like `legacy_*`, names the table."""
    return any(fnmatchcase(table, pattern) for pattern in patterns)


def leave_out(
    database: Database, patterns: Collection[str], names: Collection[str] = ()
) -> Database:
    """`database` without the tables that `patterns` name, and without those of `names`.

    Types that `patterns` name are left out as well, unless one of the other tables uses them.
    """
    if not patterns and not any(table.name in names for table in database.tables):
        return database
    tables = tuple(
        table
        for table in database.tables
        if table.name not in names and not is_excluded(table.name, patterns)
    )
    alone = {enum.name for enum in database.enums if is_excluded(enum.name, patterns)}
    if alone:
        alone -= used_types(tables)
    enums = tuple(enum for enum in database.enums if enum.name not in alone)
    return replace(database, tables=tables, enums=enums)


def forget_types(kept: Database, whole: Database, other: Database) -> Database:
    """`kept` without the types that only those tables use which were left out of `whole`.

    other   what it is compared with: types that are there as well stay
    """
    if not kept.enums or len(kept.tables) == len(whole.tables):
        return kept
    names = {table.name for table in kept.tables}
    gone = [table for table in whole.tables if table.name not in names]
    strange = used_types(gone) - used_types(kept.tables) - {enum.name for enum in other.enums}
    return replace(kept, enums=tuple(enum for enum in kept.enums if enum.name not in strange))


def used_types(tables: Iterable[Table]) -> set[str]:
    """The names of all types that columns have, those of lists without their brackets."""
    types = {column.type for table in tables for column in table.columns}
    return {
        ".".join(name_of(part) for part in significant(kind.removesuffix("[]")) if part != ".")
        for kind in types
        if isinstance(kind, str)
    }
