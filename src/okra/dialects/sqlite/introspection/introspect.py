"""What a live SQLite database holds, in a handful of queries however many tables it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from okra.dialects.sqlite.introspection.catalogue import (
    Catalogue,
    ColumnRow,
    IndexRow,
    KeyRow,
    ObjectRow,
    introspection,
)
from okra.relational.sqltext import ascii_lower
from okra.relational.trash import without_trash

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.dialects.base import Introspection, Row, Session

# A virtual table has no root page: asking for its columns would load its module.
_TABLES = "m.type = 'table' AND m.rootpage > 0 AND substr(m.name, 1, 7) <> 'sqlite_'"
_OBJECTS = "SELECT m.type, m.name, m.tbl_name, m.sql, m.rootpage FROM main.sqlite_master m"
_COLUMNS = (
    'SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden'
    " FROM main.sqlite_master m JOIN pragma_table_xinfo(m.name, 'main') x"
    f" WHERE {_TABLES}"
)
_INDEXES = (
    'SELECT m.name, l.name, l."unique", l.origin, l.partial, x.name, x.cid, x."desc", x.coll'
    " FROM main.sqlite_master m JOIN pragma_index_list(m.name, 'main') l"
    " JOIN pragma_index_xinfo(l.name, 'main') x"
    f" WHERE {_TABLES} AND x.key = 1"
)
_KEYS = (
    'SELECT m.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete'
    " FROM main.sqlite_master m JOIN pragma_foreign_key_list(m.name, 'main') f"
    f" WHERE {_TABLES}"
)
_CHUNK = 500  # names in one query: SQLite's old versions take 999 parameters


def introspect(session: Session, tables: Collection[str] | None = None) -> Introspection:
    """All tables of the database, or those of the names in `tables`, and what the model can't hold.

    Raises  DatabaseError if the database can't be read
    """
    found = introspect_all(session, tables)
    database = replace(found.database, tables=without_trash(found.database.tables))
    return replace(found, database=database)


def introspect_all(session: Session, tables: Collection[str] | None = None) -> Introspection:
    """The same with the columns that are kept aside."""
    if tables is None:
        return introspection(_read_all(session))
    return introspection(_read_some(session, sorted({ascii_lower(name) for name in tables})))


def _read_all(session: Session) -> Catalogue:
    return _catalogue(
        objects=session.query(_OBJECTS),
        columns=session.query(_COLUMNS),
        indexes=session.query(_INDEXES),
        keys=session.query(_KEYS),
    )


def _read_some(session: Session, names: list[str]) -> Catalogue:
    keys = _query_named(session, f"{_KEYS} AND lower(m.name)", names)
    parents = sorted({ascii_lower(str(row[2])) for row in keys}.union(names))
    return _catalogue(
        objects=_query_named(
            session, f"{_OBJECTS} WHERE m.type <> 'view' AND lower(m.tbl_name)", names
        ),
        columns=_query_named(session, f"{_COLUMNS} AND lower(m.name)", parents),
        indexes=_query_named(session, f"{_INDEXES} AND lower(m.name)", names),
        keys=keys,
    )


def _query_named(session: Session, sql: str, names: list[str]) -> list[Row]:
    """The rows of `sql` with `IN (names)` behind it."""
    rows: list[Row] = []
    for start in range(0, len(names), _CHUNK):
        chunk = names[start : start + _CHUNK]
        rows += session.query(f"{sql} IN ({', '.join('?' * len(chunk))})", chunk)
    return rows


def _catalogue(
    *, objects: list[Row], columns: list[Row], indexes: list[Row], keys: list[Row]
) -> Catalogue:
    return Catalogue(
        objects=cast("list[ObjectRow]", objects),
        columns=cast("list[ColumnRow]", columns),
        indexes=cast("list[IndexRow]", indexes),
        keys=cast("list[KeyRow]", keys),
    )
