"""A live database → the schema that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect as dialect_of
from okra.errors import UnsupportedChange
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.migrations.excluded import forget_types, leave_out
from okra.raising import Existing, Raised, raised
from okra.raising.habits import habits
from okra.relational.diff import diff
from okra.relational.model import Database

if TYPE_CHECKING:
    from okra.dialects.base import Dialect, Session
    from okra.relational.model import Table

_WHY = "a schema can't say everything about it"


class Pulled(msgspec.Struct, frozen=True, kw_only=True):
    """The schema of a live database.

    definition  lowered and resolved, it is what the database holds, but for models that it leaves alone
    ignored     what the database holds and the schema does not say, as sentences
    """

    definition: SchemaDefinition
    ignored: tuple[str, ...] = ()


def pull(
    session: Session,
    *,
    existing: SchemaDefinition | None = None,
    provider: str = "sqlite",
    without: frozenset[str] = frozenset(),
    exclude: tuple[str, ...] = (),
) -> Pulled:
    """The schema of the database behind `session`.

    existing  a schema whose names, order, types and descriptions stay where they fit the database
    without   tables that are not the user's, like a history table of another name
    exclude   patterns of tables that are left alone
    Raises    DatabaseError if the database can't be read
    """
    dialect = dialect_of(provider)
    found = dialect.introspect(session, wanted=_wanted(existing, dialect))
    database = leave_out(found.database, exclude, without)
    database = forget_types(database, found.database, Database())
    result = raise_native(database, dialect, existing)
    return Pulled(definition=result.definition, ignored=(*found.ignored, *result.ignored))


def _wanted(existing: SchemaDefinition | None, dialect: Dialect) -> Database | None:
    """What `existing` leads to, or None where it leads nowhere."""
    if existing is None:
        return None
    try:
        return dialect.resolve(lower(existing, dialect.name)).database
    except UnsupportedChange:
        return None


def raise_native(
    database: Database, dialect: Dialect, existing: SchemaDefinition | None = None
) -> Raised:
    """The schema of a native database. A table that it can't express is left alone, and named."""
    known = None if existing is None else _known(database, dialect, existing)
    logical = dialect.logical(database, None if known is None else known.like)
    own = habits(dialect.name, dialect.quote)
    alone: dict[str, str] = {}
    while True:
        result = raised(logical, own, existing=known, alone=alone)
        wrong = _misfits(database, dialect, result.definition)
        if not wrong.keys() - alone.keys():
            return result
        alone |= wrong


def _known(database: Database, dialect: Dialect, existing: SchemaDefinition) -> Existing | None:
    try:
        like = lower(existing, dialect.name)
        resolved = dialect.resolve(like).database
    except UnsupportedChange:
        return Existing(definition=existing, like=Database())
    live = {table.name: table for table in database.tables}
    same = [
        table.name
        for table in resolved.tables
        if table.name in live and not _differs(live[table.name], table)
    ]
    return Existing(definition=existing, like=like, native=resolved, same=same)


def _differs(one: Table, other: Table) -> bool:
    return one != other and bool(diff(Database(tables=(one,)), Database(tables=(other,))))


def _misfits(database: Database, dialect: Dialect, definition: SchemaDefinition) -> dict[str, str]:
    """The tables that `definition` doesn't lead to, with the reason."""
    live = {table.name: table for table in database.tables}
    lowered = lower(definition, dialect.name)
    wanted = [table for table in lowered.tables if table.name in live]
    try:
        resolved = dialect.resolve(msgspec.structs.replace(lowered, tables=tuple(wanted)))
    except UnsupportedChange:
        return _misfits_one_by_one(wanted, lowered, live, dialect)
    tables = resolved.database.tables
    return {table.name: _WHY for table in tables if _differs(live[table.name], table)}


def _misfits_one_by_one(
    wanted: list[Table], lowered: Database, live: dict[str, Table], dialect: Dialect
) -> dict[str, str]:
    """The same where a table can't be resolved."""
    wrong: dict[str, str] = {}
    for table in wanted:
        one = msgspec.structs.replace(lowered, tables=(table,))
        try:
            (after,) = dialect.resolve(one).database.tables
        except UnsupportedChange as error:
            wrong[table.name] = error.message
            continue
        if _differs(live[table.name], after):
            wrong[table.name] = _WHY
    return wrong
