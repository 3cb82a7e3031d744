"""What is dropped and kept aside under a name of OKRA's own, so that the way back finds its data again. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.naming import MAX_BYTES, OWN
from okra.relational.model import Column, Database, Table
from okra.relational.renaming import (
    ColumnRename,
    Renames,
    applicable,
    renamed_database,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

TRASH = f"{OWN}trash_"
_KEY = f"{OWN}aside_"  # the primary keys of such tables: nobody looks for them
PENDING = "00000000_000000"
"""Stands for the version in names that are made before it is known; it is as long."""

_VERSION = r"[0-9]{8}_[0-9]{6}"
_NAME = re.compile(rf"{TRASH}[^\"`]*?_{_VERSION}")
_UNNAMED = re.compile(rf"(?:{TRASH}|{_KEY})[^\"`]*?_{PENDING}")
_NAMED = re.compile(rf"(?:{TRASH}|{_KEY})[^\"`]*?_{_VERSION}")
_LENGTH = MAX_BYTES - len(f"{TRASH}_{PENDING}")
_DIGITS = 8


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A migration's goal with what it drops kept aside.

    database  what it leads to, with that under its new names
    renames   what is the same thing under another name on the way there
    """

    database: Database
    renames: Renames


def is_trash(name: str) -> bool:
    """Whether a table or column of this name was dropped and is kept aside."""
    return name.startswith(TRASH)


def trash_name(what: str, prefix: str = TRASH) -> str:
    """The name under which `what` is kept aside: within the limit of every server, and no other's."""
    schema, point, inner = what.rpartition(".")
    encoded = inner.encode()
    if len(encoded) > _LENGTH:
        from hashlib import sha256

        digest = sha256(encoded).hexdigest()[:_DIGITS]
        inner = f"{encoded[: _LENGTH - _DIGITS - 1].decode(errors='ignore')}_{digest}"
    return f"{schema}{point}{prefix}{inner}_{PENDING}"


def with_version(text: str, version: str) -> str:
    """`text` with the version in all names of what it keeps aside."""
    return _UNNAMED.sub(lambda name: name[0].removesuffix(PENDING) + version, text)


def as_it_was_called(text: str) -> str:
    """`text` with what a migration without a version yet keeps aside under the names that it had before."""
    return _UNNAMED.sub(
        lambda name: name[0].removeprefix(TRASH).removeprefix(_KEY).removesuffix(f"_{PENDING}"),
        text,
    )


def with_other_version(text: str, before: str, after: str) -> str:
    """`text` of the migration `before` as one of `after`: what it keeps aside is called so."""
    return _NAMED.sub(
        lambda name: name[0].removesuffix(before) + after if name[0].endswith(before) else name[0],
        text,
    )


def names_in(text: str) -> frozenset[str]:
    """The names of what is kept aside that a .sql file speaks of."""
    return frozenset(_NAME.findall(text))


def version_of(name: str) -> str:
    """The version of the migration that has put aside what is called so."""
    return name[-len(PENDING) :]


def kept_since(name: str) -> datetime | None:
    """When the migration was made that has put it aside, in UTC; None where the name does not say it."""
    try:
        return datetime.strptime(version_of(name), "%Y%m%d_%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def aside(before: Database, after: Database, renames: Renames) -> Aside:
    """How `before` becomes `after` where tables and columns are renamed that would be dropped.

    What is computed is dropped all the same: it can be computed again.
    """
    taken = applicable(renames, before, after)
    moved = renamed_database(before, taken)
    wanted = {table.name: table for table in after.tables}
    enums = frozenset(enum.name for enum in before.enums)
    tables: list[Table] = []
    columns: list[ColumnRename] = []
    kept: dict[str, list[Column]] = {}
    gone: list[tuple[str, str]] = []
    for table in moved.tables:
        target = wanted.get(table.name)
        if target is None:
            gone.append((table.name, trash_name(table.name)))
            tables.append(_table_aside(table, enums))
            continue
        for column in table.columns:
            if target.column(column.name) is None and column.generated is None:
                name = trash_name(column.name)
                columns.append(ColumnRename(table=table.name, before=column.name, after=name))
                kept.setdefault(table.name, []).append(_column_aside(column, name, enums))
    if not gone and not kept:
        return Aside(database=after, renames=renames)
    return Aside(
        database=replace(
            after,
            tables=(
                *(
                    replace(table, columns=(*table.columns, *kept.get(table.name, ())))
                    for table in after.tables
                ),
                *tables,
            ),
        ),
        renames=replace(renames, tables=(*taken.tables, *gone), columns=(*taken.columns, *columns)),
    )


def without_trash(tables: Iterable[Table]) -> tuple[Table, ...]:
    """`tables` without the columns that are kept aside in them."""
    return tuple(
        replace(table, columns=tuple(c for c in table.columns if not is_trash(c.name)))
        if any(is_trash(column.name) for column in table.columns)
        else table
        for table in tables
    )


def _column_aside(column: Column, name: str, enums: frozenset[str]) -> Column:
    """`column` as it hinders no insert, and no change of an enum."""
    return replace(
        _without_enum(column, enums),
        name=name,
        nullable=True,
        default=None,
        identity=False,
        counter=None,
        updated_at=False,
    )


def _table_aside(table: Table, enums: frozenset[str]) -> Table:
    """`table` with its rows and its primary key: what else it has would bind others, or hold names that they want."""
    key = table.primary_key
    first = key.columns[:1] if key is not None else ()
    return replace(
        table,
        name=trash_name(table.name),
        columns=tuple(
            replace(
                _without_enum(column, enums),
                updated_at=False,
                identity=column.identity and (column.name,) == first,
                counter=column.counter if (column.name,) == first else None,
            )
            for column in table.columns
        ),
        primary_key=None
        if key is None
        else replace(key, name=None if key.name is None else trash_name(key.name, _KEY)),
        indexes=(),
        foreign_keys=(),
        checks=(),
    )


def _without_enum(column: Column, enums: frozenset[str]) -> Column:
    """A type that is the schema's changes, and is dropped, without looking at what is kept aside."""
    name = str(column.type)
    plain = name.removesuffix("[]").replace('"', "")
    if plain not in enums:
        return column
    return replace(column, type="text[]" if name.endswith("[]") else "text", default=None)
