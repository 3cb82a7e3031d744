"""What became of a statement that no transaction could undo, told from the definitions before and after it.

Source  MySQL 8.0 manual, "Atomic Data Definition Statement Support"; MariaDB Knowledge Base, "Atomic DDL": a
        statement is done as a whole or not at all, also when the server dies. Only a DROP or RENAME of
        several tables at once is not one such statement in MariaDB.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from okra.dialects.mysql.planning.reach import Name, Part, Promise, reach, renames
from okra.dialects.mysql.quoting import quote
from okra.dialects.mysql.server.split import words
from okra.dialects.session import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import MigrationSession

# What is part of a transaction; everything else commits it, or can't be undone by it.
_ROWS = frozenset(
    ("INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH", "DO", "SET", "VALUES")
)
_REPEATABLE = frozenset(("ANALYZE", "OPTIMIZE", "CHECK", "FLUSH", "GRANT"))

# A counter moves with the rows that others write meanwhile.
_COUNTER = re.compile(r"^(\)[^\n']*?) AUTO_INCREMENT=\d+", re.MULTILINE)
_OBJECT_QUERIES = {
    "VIEW": "SELECT view_definition, check_option FROM information_schema.views"
    " WHERE table_schema = {database} AND table_name = ?",
    "TRIGGER": "SELECT action_statement, action_timing, event_manipulation, event_object_table"
    " FROM information_schema.triggers WHERE trigger_schema = {database} AND trigger_name = ?",
    "PROCEDURE": "SELECT routine_definition, sql_data_access FROM information_schema.routines"
    " WHERE routine_schema = {database} AND routine_type = 'PROCEDURE' AND routine_name = ?",
    "FUNCTION": "SELECT routine_definition, dtd_identifier FROM information_schema.routines"
    " WHERE routine_schema = {database} AND routine_type = 'FUNCTION' AND routine_name = ?",
    "EVENT": "SELECT event_definition, status, interval_value, interval_field"
    " FROM information_schema.events WHERE event_schema = {database} AND event_name = ?",
}
_PART_QUERIES = {
    Part.TABLE: "SELECT 1 FROM information_schema.tables"
    " WHERE table_schema = {database} AND table_name = ? AND ? = ''",
    Part.COLUMN: "SELECT 1 FROM information_schema.columns"
    " WHERE table_schema = {database} AND table_name = ? AND column_name = ?",
    Part.INDEX: "SELECT 1 FROM information_schema.statistics"
    " WHERE table_schema = {database} AND table_name = ? AND index_name = ?",
    Part.CONSTRAINT: "SELECT 1 FROM information_schema.table_constraints"
    " WHERE table_schema = {database} AND table_name = ? AND constraint_name = ?",
}


def runs_outside(script: Script, *, marked: bool) -> bool:
    """Whether no transaction can undo the statement: all but those that change rows."""
    del marked
    return words(script.sql, 1)[:1] not in [[word] for word in _ROWS]


def is_setting(script: Script) -> bool:
    """Whether the statement changes nothing but the session."""
    return words(script.sql, 1) == ["SET"]


def blocked(script: Script) -> tuple[str, ...]:
    """The tables whose definitions the statement changes."""
    found = reach(script.sql)
    return tuple(_quoted(name) for name in found.tables) if found else ()


def sole_object(script: Script) -> str | None:
    """The table that the statement makes or drops: the definitions of all others stay as they are."""
    if words(script.sql, 1) not in (["CREATE"], ["DROP"]):
        return None
    found = reach(script.sql)
    if found is None or len(found.tables) != 1 or found.promises[0].part is not Part.TABLE:
        return None
    return _quoted(found.tables[0]).lower()


def renamed(script: Script) -> tuple[tuple[str, str], ...]:
    """The tables that the statement renames: what each was called, and is called then."""
    if words(script.sql, 1) not in (["RENAME"], ["ALTER"]):
        return ()
    return tuple((_quoted(before), _quoted(after)) for before, after in renames(script.sql))


def mark(session: MigrationSession, script: Script) -> str:
    """A fingerprint of the definitions that the statement is about to change; empty where it changes none."""
    found = reach(script.sql)
    if found is None:
        return ""
    objects = []
    for kind, name in found.objects:
        query, given = _located(_OBJECT_QUERIES[kind], name)
        objects.append(repr(session.query(query, (*given, name.name))))
    return _digest([_definition(session, name) for name in found.tables], objects)


def marks(session: MigrationSession, scripts: Sequence[Script]) -> list[str]:
    """The mark of each: one question answers for all where none of their tables is there yet."""
    reached = [reach(script.sql) for script in scripts]
    if all(found and found.tables and not found.objects for found in reached):
        names = {name for found in reached if found for name in found.tables}
        if len(names) > 1 and not _is_any_there(session, names):
            return [_digest(["" for _ in found.tables]) for found in reached if found]
    return [mark(session, script) for script in scripts]


def outcome(session: MigrationSession, script: Script, before: str) -> Finding:
    """Whether the statement was done: the definitions changed, and what it promises is there."""
    if words(script.sql, 1)[:1] in [[word] for word in _REPEATABLE]:
        return Finding.NOT_DONE
    found = reach(script.sql)
    if found is None or not before:
        return Finding.UNCLEAR
    if mark(session, script) == before:
        return Finding.NOT_DONE
    kept = all(_is_kept(session, promise) for promise in found.promises)
    return Finding.DONE if kept else Finding.UNCLEAR


def clear(session: MigrationSession, script: Script) -> None:
    """Nothing: the server itself takes away what a broken-off statement has begun."""
    del session, script


def _definition(session: MigrationSession, name: Name) -> str:
    """How the table was made, without the counter; empty where it is not there."""
    if not _is_kept(session, Promise(Part.TABLE, name, "", there=True)):
        return ""
    row = session.query(f"SHOW CREATE TABLE {_quoted(name)}")[0]
    return _COUNTER.sub(r"\1", str(row[1]))


def _digest(tables: Iterable[str], objects: Iterable[str] = ()) -> str:
    digest = sha256()
    for definition in tables:
        digest.update(definition.encode())
        digest.update(b"\0")
    for definition in objects:
        digest.update(definition.encode())
    return digest.hexdigest()


def _is_any_there(session: MigrationSession, names: Collection[Name]) -> bool:
    """Whether the server has a table of any of these names, in whichever letters."""
    if any(name.database is not None for name in names):
        return True
    rows = session.query(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = database()"
        f" AND table_name IN ({', '.join('?' for _ in names)}) LIMIT 1",
        tuple(name.name for name in names),
    )
    return bool(rows)


def _is_kept(session: MigrationSession, promise: Promise) -> bool:
    query, given = _located(_PART_QUERIES[promise.part], promise.table)
    rows = session.query(query, (*given, promise.table.name, promise.name))
    return bool(rows) == promise.there


def _located(query: str, name: Name) -> tuple[str, tuple[str, ...]]:
    """The query with the database that `name` lies in, and the parameters for that."""
    if name.database is None:
        return query.format(database="database()"), ()
    return query.format(database="?"), (name.database,)


def _quoted(name: Name) -> str:
    table = quote(name.name)
    return f"{quote(name.database)}.{table}" if name.database else table
