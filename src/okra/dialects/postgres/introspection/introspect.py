"""What a live PostgreSQL database holds: one query for each kind of object, however many tables there are."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.base import Introspection
from okra.dialects.postgres.introspection import queries
from okra.dialects.postgres.introspection.catalogue_rows import (
    RelationRow,
    Rows,
    array,
    enum_rows,
    relations,
    table_rows,
)
from okra.dialects.postgres.introspection.catalogue_tables import Read, counts, read_tables
from okra.dialects.postgres.introspection.settling import settled
from okra.dialects.postgres.natives.spelling import path
from okra.dialects.postgres.natives.typenames import canonical_type
from okra.dialects.postgres.quoting import split_name
from okra.errors import DatabaseError, visible
from okra.naming import is_own
from okra.relational.model import Database, EnumType
from okra.relational.trash import without_trash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from contextlib import AbstractContextManager

    from okra.dialects.base import Session
    from okra.relational.model import Table

_PARTITION = 2
_KINDS = {"v": "view", "m": "materialized view", "f": "foreign table", "S": "sequence"}


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The server and the schemas that are read.

    version  like 150018
    names    all schemas by their ids
    read     the ids of the schemas that are read, the default one first
    """

    version: int
    names: dict[int, str]
    counts: dict[int, int]
    read: tuple[int, ...]

    @property
    def default(self) -> int:
        return self.read[0]


def introspect(
    session: Session,
    tables: Collection[str] | None = None,
    *,
    wanted: Database | None = None,
) -> Introspection:
    """All tables of the schemas that are read, or those of the names in `tables`, and what the model can't hold.

    wanted  what it will be compared with: an expression that the server would print in the same way comes
            back as it stands there
    Raises  DatabaseError if the database can't be read
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            version, found = _read(session, tables, wanted)
            break
        except DatabaseError as error:
            within = getattr(session, "in_transaction", False)
            passing = any(words in error.message for words in _DROPPED_MEANWHILE)
            if not passing or within or attempt == _ATTEMPTS:
                raise
    database = found.database
    if wanted is not None:
        database = settled(session, database, wanted, version)
    return msgspec.structs.replace(found, database=database)


# The functions that print definitions look at the newest state, whatever the snapshot: a table that is
# dropped between two queries makes them fail.
_DROPPED_MEANWHILE = ("cache lookup failed", "could not open relation with OID")
_ATTEMPTS = 5


def _read(
    session: Session, tables: Collection[str] | None, wanted: Database | None
) -> tuple[int, Introspection]:
    """The server's version, and what it holds as it spells it."""
    named = [*(tables or ()), *(() if wanted is None else _names(wanted))]
    with _one_moment(session):
        context = read_context(session, named)
        found = relations(session, context.read)
        found = [row for row in found if not is_own(row.name)]
        chosen = [row for row in found if _fault(row) is None]
        if tables is not None:
            names = set(tables)
            chosen = [row for row in chosen if _path(context, row) in names]
        rows = table_rows(session, [row.oid for row in chosen], context.version)
        read = read_tables(chosen, rows, context.names, context.default)
        enums, unsayable = _sayable(_enums(session, context), wanted)
        ignored = [] if tables is not None else _ignored(session, context, found, rows, read)
        ignored += unsayable if tables is None else ()
    if tables is not None:
        enums = _used(enums, read.tables, wanted)
    database = Database(tables=without_trash(read.tables), enums=enums)
    return context.version, Introspection(
        database=database, ignored=tuple(visible(text) for text in ignored)
    )


def _one_moment(session: Session) -> AbstractContextManager[None]:
    """All queries see one state of the catalogue, where the session can do that."""
    moment: Callable[[], AbstractContextManager[None]] | None = getattr(session, "moment", None)
    return nullcontext() if moment is None else moment()


def read_context(session: Session, names: Iterable[str] = ()) -> Context:
    """Which schemas are to be read: the default one, those the session was opened for, and those in `names`.

    Raises  DatabaseError where there is no default schema
    """
    [(version, current)] = session.query(queries.CONTEXT)
    schemas = {
        str(row[1]): (int(row[0] or 0), int(row[2] or 0)) for row in session.query(queries.SCHEMAS)
    }
    if current not in schemas:
        raise DatabaseError(
            "the default schema does not exist in this database",
            code="OKR236",
            help="make it with CREATE SCHEMA, or name another one in the URL: `?schema=…`",
        )
    wished = [str(current), *getattr(session, "schemas", ())]
    wished += sorted({split_name(name)[0] or "" for name in names})
    read = dict.fromkeys(schemas[name][0] for name in wished if name in schemas)
    return Context(
        version=int(version or 0),
        names={oid: name for name, (oid, _) in schemas.items()},
        counts=dict(schemas.values()),
        read=tuple(read),
    )


def _names(database: Database) -> list[str]:
    names = [table.name for table in database.tables]
    return [*names, *(enum.name for enum in database.enums)]


def _path(context: Context, row: RelationRow) -> str:
    return row.name if row.schema == context.default else f"{context.names[row.schema]}.{row.name}"


def _fault(row: RelationRow) -> str | None:
    """What a relation is that is no table of ours, as a few words; None for one of ours."""
    if row.kind in _KINDS:
        return _KINDS[row.kind]
    if row.kind == "p":
        return "partitioned table"
    if row.inherits:
        return "partition" if row.inherits == _PARTITION else "table that inherits from another:"
    if row.has_children:
        return "table that others inherit from:"
    if row.typed:
        return "table of a type:"
    if "." in row.name:
        return "table with a point in its name:"
    return None


def _enums(session: Session, context: Context) -> tuple[EnumType, ...]:
    values: dict[tuple[int, str], list[str]] = {}
    comments: dict[tuple[int, str], str | None] = {}
    for row in enum_rows(session, context.read):
        place = (row.schema, row.name)
        comments[place] = row.comment
        own = values.setdefault(place, [])
        if row.value is not None:
            own.append(row.value)
    return tuple(
        EnumType(
            name=name if schema == context.default else f"{context.names[schema]}.{name}",
            values=tuple(own),
            comment=comments[schema, name],
        )
        for (schema, name), own in values.items()
        if "." not in name
    )


def _sayable(
    enums: Iterable[EnumType], wanted: Database | None
) -> tuple[tuple[EnumType, ...], list[str]]:
    """Those that a schema can describe, and those that are wanted; and the others, as a few words each."""
    names = set() if wanted is None else {enum.name for enum in wanted.enums}
    found, ignored = [], []
    for enum in enums:
        fault = None if enum.values else "it has no values"
        if not all(value.strip() for value in enum.values):
            fault = "it has a value without any character"
        if fault is None or enum.name in names:
            found.append(enum)
        else:
            ignored.append(f"enum type `{enum.name}`: {fault}")
    return tuple(found), ignored


def _used(
    enums: tuple[EnumType, ...], tables: tuple[Table, ...], wanted: Database | None
) -> tuple[EnumType, ...]:
    """The enums that the tables have, and those that are wanted."""
    types = {str(column.type).removesuffix("[]") for table in tables for column in table.columns}
    names = set() if wanted is None else {enum.name for enum in wanted.enums}
    return tuple(enum for enum in enums if enum.name in names or path(enum.name) in types)


def _ignored(
    session: Session, context: Context, found: list[RelationRow], rows: Rows, read: Read
) -> list[str]:
    """What the database has and the model can't hold, as a few words each."""
    types = {(row.table, row.number): canonical_type(row.type) for row in rows.columns}
    by_place = {(row.table, row.number): row for row in rows.columns}
    counting = set()
    for sequence in rows.sequences:
        place = (sequence.table, sequence.column)
        column = by_place.get(place)
        if column is not None and counts(column, sequence, types[place]):
            counting.add(sequence.oid)
    said = [
        f"{_fault(row)} `{_path(context, row)}`"
        for row in found
        if _fault(row) is not None and row.oid not in counting
    ]
    said += read.ignored
    for kind, schema, name, table in session.query(
        queries.OTHERS.format(schemas=array(context.read))
    ):
        foreign = schema not in (0, context.default)
        prefix = f"{context.names[int(schema or 0)]}." if foreign else ""
        owner = f"{name!s}` of table `{prefix}{table!s}" if table else f"{prefix}{name!s}"
        said.append(f"{kind!s} `{owner}`")
    said += (
        f"schema `{context.names[oid]}` with {count} table{'' if count == 1 else 's'}"
        for oid, count in context.counts.items()
        if oid not in context.read and count
    )
    return said
