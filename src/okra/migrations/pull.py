"""A live database → the schema that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect as dialect_of
from okra.errors import UnsupportedChange
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.raising import Existing, Raised, raised
from okra.relational.diff import diff
from okra.relational.model import Database

if TYPE_CHECKING:
    from okra.dialects.base import Dialect, Session
    from okra.relational.model import Table


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
) -> Pulled:
    """The schema of the database behind `session`.

    existing  a schema whose names, order, types and descriptions stay where they fit the database
    without   tables that are not the user's, like a history table of another name
    Raises    DatabaseError if the database can't be read
    """
    dialect = dialect_of(provider)
    found = dialect.introspect(session)
    database = Database(
        tables=tuple(table for table in found.database.tables if table.name not in without)
    )
    result = raise_native(database, dialect, existing)
    return Pulled(definition=result.definition, ignored=(*found.ignored, *result.ignored))


def raise_native(
    database: Database, dialect: Dialect, existing: SchemaDefinition | None = None
) -> Raised:
    """The schema of a native database. A table that it can't express is left alone, and named."""
    known = None if existing is None else _known(database, dialect, existing)
    logical = dialect.logical(database, None if known is None else known.like)
    alone: dict[str, str] = {}
    while True:
        result = raised(logical, dialect.name, existing=known, alone=alone)
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
        if table.name in live and not diff(_only(live[table.name]), _only(table))
    ]
    return Existing(definition=existing, like=like, same=same)


def _only(table: Table) -> Database:
    return Database(tables=(table,))


def _misfits(database: Database, dialect: Dialect, definition: SchemaDefinition) -> dict[str, str]:
    """The tables that `definition` doesn't lead to, with the reason."""
    wrong: dict[str, str] = {}
    live = {table.name: table for table in database.tables}
    lowered = lower(definition, dialect.name)
    for table in lowered.tables:
        before = live.get(table.name)
        if before is None:
            continue
        try:
            after = dialect.resolve(Database(tables=(table,), enums=lowered.enums)).database
        except UnsupportedChange as error:
            wrong[table.name] = error.message
            continue
        if diff(_only(before), after):
            wrong[table.name] = "a schema can't say everything about it"
    return wrong
