"""Tables that the configuration leaves alone: to OKRA they are not there."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okra.relational.model import Database


def is_excluded(table: str, patterns: Iterable[str]) -> bool:
    """Whether one of `patterns`, like `legacy_*`, names the table."""
    return any(fnmatchcase(table, pattern) for pattern in patterns)


def leave_out(
    database: Database, patterns: Collection[str], names: Collection[str] = ()
) -> Database:
    """`database` without the tables that `patterns` name, and without those of `names`."""
    if not patterns and not any(table.name in names for table in database.tables):
        return database
    return replace(
        database,
        tables=tuple(
            table
            for table in database.tables
            if table.name not in names and not is_excluded(table.name, patterns)
        ),
    )
