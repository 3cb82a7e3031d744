"""One statement → what it does. A statement that is not known does nothing here: no rule is about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.lint.acts import (
    Act,
    AddsValue,
    ChangesAccess,
    CreatesIndex,
    CreatesTable,
    CreatesView,
    DropsCascading,
    DropsIndexes,
    DropsTables,
    GivesLongName,
    RenamesTable,
    RenamesValue,
    RunsCode,
    Sets,
    WritesAnew,
)
from okra.lint.altering import alter_table
from okra.lint.cursor import Cursor, joined, lexemes
from okra.lint.rows import row_acts
from okra.naming import MAX_BYTES
from okra.relational.sqltext import TokenKind, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Script
    from okra.relational.sqltext import SqlToken

_OBJECTS = frozenset({"TYPE", "SCHEMA", "VIEW", "DOMAIN", "FUNCTION", "SEQUENCE", "EXTENSION"})


# No rule asks for more of CREATE TABLE than its name: the rest is most of what a large migration has.
_CREATES_TABLE = re.compile(r"\s*CREATE\s+(?:\w+\s+){0,3}?TABLE\b", re.IGNORECASE | re.ASCII)
_HEAD = 16  # tokens; a name with its schema ends before
_PLAIN_TABLE = re.compile(r"CREATE TABLE ([\"`])([^\"`]+)\1 \(")  # as OKRA's own files have it

_OWN_BLOCK = re.compile(r"\s*DO \$okra\d*\$")  # the mark of blocks that OKRA writes

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_LONG_WORD = re.compile(rf"[\w$]{{{MAX_BYTES + 1}}}", re.ASCII)


def acts_of(script: Script, provider: str) -> tuple[Act, ...]:
    """What the statement does, in its order."""
    sql = script.sql
    maybe_long = provider == "postgres" and _may_have_long_names(sql)
    plain = None if maybe_long else _PLAIN_TABLE.match(sql)
    if plain is not None:
        return (CreatesTable(at=plain.start(1), table=plain[2], lenient=False),)
    if provider == "postgres" and _OWN_BLOCK.match(sql):
        return ()
    head = not maybe_long and _CREATES_TABLE.match(sql) is not None
    found = lexemes(sql, provider, at_most=_HEAD if head else None)
    cursor = Cursor(found, lower=provider == "postgres")
    at = cursor.at
    names = tuple(_long_names(found)) if maybe_long else ()
    return (*_acts(cursor, at, provider), *names)


def _acts(cursor: Cursor, at: int, provider: str) -> tuple[Act, ...]:
    match cursor.word():
        case "ALTER":
            cursor.skip()
            if cursor.take("TABLE"):
                return tuple(alter_table(cursor, provider))
            return _alter_type(cursor, at)
        case "CREATE":
            cursor.skip()
            return _create(cursor, at)
        case "DROP":
            cursor.skip()
            return _drop(cursor, at)
        case "RENAME":
            return _rename_tables(cursor)
        case "UPDATE" | "DELETE" | "TRUNCATE" | "MERGE" | "REPLACE" | "INSERT" | "WITH":
            return tuple(row_acts(cursor, provider))
        case "VACUUM" | "CLUSTER" | "REINDEX" | "OPTIMIZE":
            return _anew(cursor, at)
        case "SET" | "PRAGMA":
            return _set(cursor)
        case "CALL" | "EXECUTE" as verb:
            return (RunsCode(at=at, verb=verb),)
        case "DO" as verb if provider == "postgres":
            return (RunsCode(at=at, verb=verb),)
        case "GRANT" | "REVOKE" as verb:
            return (ChangesAccess(at=at, what=verb),)
        case _:
            return ()


def _may_have_long_names(sql: str) -> bool:
    """False where no name is longer than a server keeps; quick."""
    if not sql.isascii():
        return True
    if '""' not in sql and max(map(len, sql.split('"'))) <= MAX_BYTES:
        return False
    if max(map(len, sql.split()), default=0) > MAX_BYTES and _LONG_WORD.search(sql):
        return True
    return max(map(len, _QUOTED.findall(sql)), default=0) > MAX_BYTES


def _long_names(found: Sequence[SqlToken]) -> Iterator[Act]:
    """Names that are longer than a server keeps, whatever they are given to."""
    if found and found[0].text.upper() in ("CREATE", "ALTER"):
        for token in found:
            if token.kind in (TokenKind.NAME, TokenKind.WORD):
                name = name_of(token.text)
                if len(name.encode()) > MAX_BYTES:
                    yield GivesLongName(at=token.start, name=name)


def _create(cursor: Cursor, at: int) -> tuple[Act, ...]:
    cursor.take("OR", "REPLACE")
    temporary = cursor.take("TEMP") or cursor.take("TEMPORARY")
    cursor.take("UNLOGGED")
    if cursor.take("TABLE"):
        lenient = cursor.take("IF", "NOT", "EXISTS")
        place = cursor.at
        return () if temporary else (CreatesTable(at=place, table=cursor.name(), lenient=lenient),)
    if cursor.take("VIEW"):
        return (CreatesView(at=at, name=cursor.name()),)
    if cursor.take("POLICY"):
        return (ChangesAccess(at=at, what="CREATE POLICY"),)
    unique = cursor.take("UNIQUE")
    _ = cursor.take("FULLTEXT") or cursor.take("SPATIAL")
    if not cursor.take("INDEX"):
        return ()
    concurrent = cursor.take("CONCURRENTLY")
    lenient = cursor.take("IF", "NOT", "EXISTS")
    name = "" if cursor.word() == "ON" else cursor.name()
    while not cursor.done and not cursor.take("ON"):
        cursor.skip()
    cursor.take("ONLY")
    table = cursor.name()
    if cursor.take("USING"):
        cursor.skip()
    columns, parts = cursor.parts()
    while not cursor.done and not cursor.take("WHERE"):
        cursor.skip()
    return (
        CreatesIndex(
            at=at,
            table=table,
            name=name,
            columns=columns,
            parts=parts,
            where=joined(cursor.until(frozenset())),
            unique=unique,
            concurrent=concurrent,
            lenient=lenient,
        ),
    )


def _drop(cursor: Cursor, at: int) -> tuple[Act, ...]:
    if cursor.take("POLICY"):
        return (ChangesAccess(at=at, what="DROP POLICY"),)
    if cursor.take("INDEX"):
        return _drop_index(cursor, at)
    if cursor.word() in _OBJECTS:
        what = cursor.word().lower()
        return (DropsCascading(at=at, what=what),) if "CASCADE" in cursor.rest() else ()
    if cursor.word() == "TEMPORARY" or not cursor.take("TABLE"):
        return ()
    cursor.take("IF", "EXISTS")
    cascade = "CASCADE" in cursor.rest()
    tables = tuple(item.name() for item in cursor.clauses())
    return (DropsTables(at=at, tables=tables, cascade=cascade),)


def _drop_index(cursor: Cursor, at: int) -> tuple[Act, ...]:
    cursor.take("CONCURRENTLY")
    cursor.take("IF", "EXISTS")
    names = []
    table = ""
    for item in cursor.clauses():
        names.append(item.name().rpartition(".")[2])
        table = item.name() if item.take("ON") else table
    return (DropsIndexes(at=at, names=tuple(names), table=table),)


def _alter_type(cursor: Cursor, at: int) -> tuple[Act, ...]:
    if not cursor.take("TYPE"):
        return ()
    name = cursor.name()
    if cursor.take("ADD", "VALUE"):
        cursor.take("IF", "NOT", "EXISTS")
        return (AddsValue(at=at, type=name, value=name_of(cursor.word())),)
    if cursor.take("RENAME", "VALUE"):
        before = name_of(cursor.word())
        cursor.skip()
        cursor.take("TO")
        return (RenamesValue(at=at, type=name, value=before, after=name_of(cursor.word())),)
    return ()


def _rename_tables(cursor: Cursor) -> tuple[Act, ...]:
    """RENAME TABLE a TO b, c TO d: MySQL's."""
    if not (cursor.take("RENAME", "TABLE") or cursor.take("RENAME", "TABLES")):
        return ()
    found = []
    for item in cursor.clauses():
        at, before = item.at, item.name()
        if item.take("TO"):
            found.append(RenamesTable(at=at, table=before, after=item.name()))
    return tuple(found)


def _anew(cursor: Cursor, at: int) -> tuple[Act, ...]:
    words = cursor.rest()
    verb = words[0]
    if verb == "VACUUM":
        full = "FULL" in words
        return (WritesAnew(at=at, what="VACUUM FULL", table=_last(cursor)),) if full else ()
    if verb == "REINDEX" and ("CONCURRENTLY" in words or len(words) < 2):  # noqa: PLR2004
        return ()
    table = "" if verb == "REINDEX" and words[1] != "TABLE" else _last(cursor)
    return (WritesAnew(at=at, what=verb, table=table),)


_MAINTENANCE = ("VACUUM", "FULL", "CLUSTER", "REINDEX", "OPTIMIZE", "TABLE", "VERBOSE", "ANALYZE")


def _last(cursor: Cursor) -> str:
    """The table that such a statement names; empty where it names none."""
    while cursor.word() in _MAINTENANCE or cursor.word() == "(":
        if not cursor.group():
            cursor.skip()
    return "" if cursor.done else cursor.name()


def _set(cursor: Cursor) -> tuple[Act, ...]:
    cursor.skip()
    _ = cursor.take("LOCAL") or cursor.take("SESSION") or cursor.take("GLOBAL")
    found = []
    for item in cursor.clauses():
        at = item.at
        while item.word() == "@":
            item.skip()
        name = item.name()
        if name.upper() in ("SESSION", "GLOBAL"):
            name = item.name()
        _ = item.take("=") or item.take(":") or item.take("TO") or item.take("(")
        item.take("=")
        value = name_of(item.word()).lower()
        found.append(Sets(at=at, name=name.rpartition(".")[2].lower(), value=value))
    return tuple(found)
