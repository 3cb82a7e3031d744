"""What a live MySQL or MariaDB database holds: one query for each kind of object, however many tables there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from okra.dialects.mysql.introspection.exact import with_exact_texts
from okra.dialects.mysql.introspection.hidden_rules import with_all_rules
from okra.dialects.mysql.introspection.reading import introspection
from okra.dialects.mysql.introspection.rows import (
    Catalogue,
    CheckRow,
    ColumnRow,
    IndexRow,
    KeyRow,
    OtherRow,
    RuleRow,
    TableRow,
)
from okra.dialects.mysql.introspection.settling import settled
from okra.dialects.mysql.natives.mariadb import flavour

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okra.dialects.base import Introspection, Row, Session
    from okra.relational.model import Database

_TABLES = (
    "SELECT table_name, table_type, engine, table_collation, COALESCE(create_options, ''),"
    " table_comment FROM information_schema.tables WHERE table_schema = DATABASE()"
)
_COLUMNS = (
    "SELECT table_name, column_name, column_default, is_nullable, column_type, collation_name,"
    " extra, column_comment, NULLIF(generation_expression, ''), {srs_id}"
    " FROM information_schema.columns WHERE table_schema = DATABASE()"
)
_INDEXES = (
    "SELECT table_name, index_name, non_unique, column_name, collation, sub_part, index_type,"
    " index_comment, {visible}, {expression}"
    " FROM information_schema.statistics WHERE table_schema = DATABASE()"
)
_KEYS = (
    "SELECT table_name, constraint_name, column_name, referenced_table_schema,"
    " referenced_table_name, referenced_column_name FROM information_schema.key_column_usage"
    " WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL"
)
_RULES = (
    "SELECT table_name, constraint_name, update_rule, delete_rule"
    " FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()"
)
_OTHERS = (
    "SELECT 'trigger', trigger_name, event_object_table FROM information_schema.triggers"
    " WHERE trigger_schema = DATABASE()"
    " UNION ALL SELECT LOWER(routine_type), routine_name, NULL FROM information_schema.routines"
    " WHERE routine_schema = DATABASE()"
    " UNION ALL SELECT 'event', event_name, NULL FROM information_schema.events"
    " WHERE event_schema = DATABASE()"
)


def introspect(
    session: Session,
    tables: Collection[str] | None = None,
    *,
    wanted: Database | None = None,
) -> Introspection:
    """All tables of the database, or those of the names in `tables`, and what the model can't hold.

    wanted  where only the spelling of an expression differs from it, its own text comes back

    Raises  DatabaseError if the database can't be read
    """
    catalogue = with_exact_texts(session, with_all_rules(session, read_catalogue(session, tables)))
    found = introspection(catalogue)
    if wanted is None:
        return found
    live = found.database
    if catalogue.folds_names:
        live = respelled(live, (table.name for table in wanted.tables))
    return replace(found, database=settled(session, live, wanted))


def respelled(database: Database, names: Iterable[str]) -> Database:
    """`database` with its tables called as in `names`, whatever letters the server has made of them."""
    known = {name.lower(): name for name in names}

    def spelled(name: str) -> str:
        return known.get(name.lower(), name)

    return replace(
        database,
        tables=tuple(
            replace(
                table,
                name=spelled(table.name),
                foreign_keys=tuple(
                    replace(key, table=spelled(key.table)) for key in table.foreign_keys
                ),
            )
            for table in database.tables
        ),
    )


def read_catalogue(session: Session, tables: Collection[str] | None = None) -> Catalogue:
    """The rows that say all about the database, or about `tables`."""
    ((version, schema, letters),) = session.query(
        "SELECT VERSION(), DATABASE(), @@lower_case_table_names"
    )
    server = flavour(str(version))
    rows = partial(_rows, session, None if tables is None else tuple(dict.fromkeys(tables)))
    columns = _COLUMNS.format(srs_id=server.srs_id)
    indexes = _INDEXES.format(visible=server.index_visible, expression=server.index_expression)

    check_table = "table_name" if server.is_mariadb else "t.table_name"
    return Catalogue(
        version=str(version),
        schema=str(schema),
        folds_names=bool(letters),
        tables=[TableRow(*cast("TableRow", row)) for row in rows(_TABLES, " ORDER BY 1")],
        columns=[
            ColumnRow(*cast("ColumnRow", row))
            for row in rows(columns, " ORDER BY table_name, ordinal_position")
        ],
        indexes=[
            IndexRow(*cast("IndexRow", row))
            for row in rows(indexes, " ORDER BY table_name, index_name, seq_in_index")
        ],
        keys=[
            KeyRow(*cast("KeyRow", row))
            for row in rows(_KEYS, " ORDER BY table_name, constraint_name, ordinal_position")
        ],
        rules=[RuleRow(*cast("RuleRow", row)) for row in rows(_RULES)],
        checks=[CheckRow(*cast("CheckRow", row)) for row in rows(server.checks, "", check_table)],
        others=[]
        if tables is not None
        else [OtherRow(*cast("OtherRow", r)) for r in session.query(_OTHERS)],
    )


def _rows(
    session: Session,
    names: tuple[str, ...] | None,
    sql: str,
    order: str = "",
    column: str = "table_name",
) -> list[Row]:
    """The rows of one query, or those whose `column` is among `names`."""
    if names is None:
        return session.query(sql + order)
    if not names:
        return []
    marks = ", ".join("?" * len(names))
    return session.query(f"{sql} AND {column} IN ({marks}){order}", names)
