"""Native tables and the schema: which columns share a type, and which are in a schema already. For every dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from okra.errors import UnsupportedChange
from okra.relational.model import LogicalType

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.base import Resolved
    from okra.relational.model import Column, Database, Table

Place: TypeAlias = tuple[str, str]
"""table, column"""


def tied_columns(database: Database) -> list[list[Place]]:
    """The columns that foreign keys tie together: each group must have one type."""
    leaders: dict[Place, Place] = {}

    def leader(place: Place) -> Place:
        while (above := leaders.setdefault(place, place)) != place:
            leaders[place] = leaders[above]
            place = above
        return place

    for table in database.tables:
        for key in table.foreign_keys:
            for column, reference in zip(key.columns, key.references, strict=False):
                leaders[leader((table.name, column))] = leader((key.table, reference))
    groups: dict[Place, list[Place]] = {}
    for place in leaders:
        groups.setdefault(leader(place), []).append(place)
    return list(groups.values())


def known_columns(
    live: Database,
    like: Database,
    resolve: Callable[[Database], Resolved],
    same: Callable[[Column, Table, Table], bool] = lambda *_: True,
) -> dict[Place, Column]:
    """The columns of `like`, a logical database, that `resolve` makes what `live` has; none where it can't.

    same  (wanted, live, native) → whether what the tables say of the column besides is the same
    """
    try:
        resolved = resolve(like).database
    except UnsupportedChange:
        return {}
    tables = {table.name: table for table in live.tables}
    found: dict[Place, Column] = {}
    for table, native in zip(like.tables, resolved.tables, strict=True):
        current = tables.get(native.name)
        if current is None:
            continue
        columns = {column.name: column for column in current.columns}
        for wanted, column in zip(table.columns, native.columns, strict=True):
            if columns.get(column.name) == column and same(wanted, current, native):
                found[native.name, column.name] = wanted
    return found


def known_enum(known: Column | None) -> str | None:
    """The enum of a column of the schema; None for any other column, and for none."""
    kind = None if known is None else known.type
    return kind.enum if isinstance(kind, LogicalType) else None


def refers(column: Column, table: Table) -> bool:
    """Whether a foreign key of `table` is about `column`."""
    return any(column.name in key.columns for key in table.foreign_keys)
