"""What one statement touches, and what it promises will be there: read from its text, as far as that goes."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from okra.dialects.mysql.expressions.lexer import Kind, Token, name_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(StrEnum):
    """What a promise is about."""

    TABLE = "table"
    COLUMN = "column"
    INDEX = "index"
    CONSTRAINT = "constraint"


class Name(NamedTuple):
    """A name in a database; None: in the one at hand."""

    database: str | None
    name: str


class Promise(NamedTuple):
    """What has to be there once the statement is done, or must not be there. `name` is empty for the table itself."""

    part: Part
    table: Name
    name: str
    there: bool


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What the statement touches.

    tables    whose definitions it changes
    objects   views, triggers and routines: their kind and name
    promises  what is true behind it
    """

    tables: tuple[Name, ...] = ()
    objects: tuple[tuple[str, Name], ...] = ()
    promises: tuple[Promise, ...] = ()


_OBJECTS = frozenset(("VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"))
_INDEXES = frozenset(("INDEX", "KEY", "FULLTEXT", "SPATIAL", "UNIQUE"))
_HEAD = 16
_BEGINNING = 24  # tokens in which a CREATE has said what it makes, and on which table
# As OKRA's own files have it: a large first migration is made of little else.
_NEW_TABLE = re.compile(r"CREATE TABLE (`(?:[^`]|``)+`) \(")


@lru_cache(maxsize=256)
def reach(sql: str) -> Reach | None:
    """What `sql` touches; None for a statement that changes no definition, or in a way that can't be told.

    The last ones are kept: what is about to run is asked before it and after it.
    """
    new = _NEW_TABLE.match(sql)
    if new is not None:
        return _of_tables((Name(None, name_of(new[1])),), made=True)
    found = tokens(sql, _BEGINNING)
    if _words(found)[:1] == ["CREATE"]:
        return _made_or_dropped(found, _words(found))
    found = tokens(sql)
    words = _words(found)
    match words[:1]:
        case ["DROP"]:
            return _made_or_dropped(found, words)
        case ["ALTER"] if "TABLE" in words[1:4]:
            return _altered(found, words)
        case ["RENAME"] if words[1:2] == ["TABLE"]:
            return _renamed(found, words)
        case _:
            return None


def renames(sql: str) -> tuple[tuple[Name, Name], ...]:
    """The tables that `sql` renames: what each was called, and is called then."""
    found = tokens(sql)
    words = _words(found)
    if words[:2] == ["RENAME", "TABLE"]:
        return tuple(_pairs(found, words) or ())
    reached = _altered(found, words) if words[:1] == ["ALTER"] and "TABLE" in words[1:4] else None
    promises = reached.promises if reached else ()
    match [promise for promise in promises if promise.part is Part.TABLE]:
        case [before, after]:
            return ((before.table, after.table),)
        case _:
            return ()


def _words(found: list[Token]) -> list[str]:
    """The texts of tokens, bare words in upper case."""
    return [token.text.upper() if token.kind is Kind.WORD else token.text for token in found]


def _made_or_dropped(found: list[Token], words: list[str]) -> Reach | None:
    made = words[0] == "CREATE"
    for at, word in enumerate(words[1:_HEAD], start=1):
        if word == "TABLE" and "TEMPORARY" not in words[:at]:
            return _tables(found, words, at + 1, made=made)
        if word in ("INDEX", "KEY"):
            return _index(found, words, at + 1, made=made)
        if word in _OBJECTS:
            name, _ = _name(found, _skip_condition(words, at + 1))
            return Reach(objects=((word, name),)) if name else None
    return None


def _tables(found: list[Token], words: list[str], at: int, *, made: bool) -> Reach | None:
    at = _skip_condition(words, at)
    names = []
    while True:
        name, at = _name(found, at)
        if name is None:
            return None
        names.append(name)
        if made or words[at : at + 1] != [","]:
            break
        at += 1
    return _of_tables(tuple(names), made=made)


def _of_tables(names: tuple[Name, ...], *, made: bool) -> Reach:
    promises = tuple(Promise(Part.TABLE, name, "", made) for name in names)
    return Reach(tables=names, promises=promises)


def _index(found: list[Token], words: list[str], at: int, *, made: bool) -> Reach | None:
    name, at = _name(found, _skip_condition(words, at))
    if name is None or "ON" not in words[at:]:
        return None
    table, _ = _name(found, words.index("ON", at) + 1)
    if table is None:
        return None
    return Reach(tables=(table,), promises=(Promise(Part.INDEX, table, name.name, made),))


def _pairs(found: list[Token], words: list[str]) -> list[tuple[Name, Name]] | None:
    """What RENAME TABLE renames, and what that is called then."""
    at = _skip_condition(words, 2)
    pairs = []
    while True:
        before, at = _name(found, at)
        after, at = _name(found, at + 1)
        if before is None or after is None:
            return None
        pairs.append((before, after))
        if words[at : at + 1] != [","]:
            return pairs
        at += 1


def _renamed(found: list[Token], words: list[str]) -> Reach | None:
    pairs = _pairs(found, words)
    if pairs is None:
        return None
    there: dict[Name, bool] = {}
    for before, after in pairs:
        if {before, after} & there.keys():
            return None  # tables change places: the names say nothing
        there |= {before: False, after: True}
    promises = tuple(Promise(Part.TABLE, name, "", found) for name, found in there.items())
    return Reach(tables=tuple(there), promises=promises)


def _altered(found: list[Token], words: list[str]) -> Reach | None:
    table, at = _name(found, _skip_condition(words, words.index("TABLE") + 1))
    if table is None:
        return None
    tables = [table]
    promises: list[Promise] = []
    for begin, end in _clauses(words, at):
        clause = found[begin:end]
        head = words[begin:end]
        if head[:1] == ["RENAME"] and head[1:2] not in (["COLUMN"], ["INDEX"], ["KEY"]):
            after, _ = _name(clause, 2 if head[1:2] in (["TO"], ["AS"]) else 1)
            if after is None:
                return None
            tables.append(after)
            promises = [
                Promise(Part.TABLE, table, "", there=False),
                Promise(Part.TABLE, after, "", there=True),
            ]
            return Reach(tables=tuple(tables), promises=tuple(promises))
        promises += _promised(table, clause, head)
    return Reach(tables=tuple(tables), promises=_settled(promises))


def _settled(promises: list[Promise]) -> tuple[Promise, ...]:
    """The promises without those that the same statement takes back: what is dropped and added anew is there."""
    there = {(promise.part, promise.name.lower()) for promise in promises if promise.there}
    return tuple(
        promise
        for promise in promises
        if promise.there or (promise.part, promise.name.lower()) not in there
    )


def _promised(table: Name, clause: list[Token], head: list[str]) -> Iterator[Promise]:
    match head:
        case ["ADD", *_]:
            yield from _added(table, clause, head)
        case ["DROP", "PRIMARY" | "PARTITION", *_] | ["RENAME", "INDEX" | "KEY", *_]:
            return
        case ["DROP", "INDEX" | "KEY", *_]:
            yield from _one(table, clause, head, 2, Part.INDEX, there=False)
        case ["DROP", "FOREIGN", "KEY", *_]:
            yield from _one(table, clause, head, 3, Part.CONSTRAINT, there=False)
        case ["DROP", "CONSTRAINT" | "CHECK", *_]:
            yield from _one(table, clause, head, 2, Part.CONSTRAINT, there=False)
        case ["DROP", "COLUMN", *_]:
            yield from _one(table, clause, head, 2, Part.COLUMN, there=False)
        case ["DROP", *_]:
            yield from _one(table, clause, head, 1, Part.COLUMN, there=False)
        case ["CHANGE", *_]:
            at = 2 if head[1:2] == ["COLUMN"] else 1
            yield from _one(table, clause, head, at + 1, Part.COLUMN, there=True)
        case ["MODIFY", *_]:
            at = 2 if head[1:2] == ["COLUMN"] else 1
            yield from _one(table, clause, head, at, Part.COLUMN, there=True)
        case ["RENAME", "COLUMN", *_]:
            yield from _one(table, clause, head, 4, Part.COLUMN, there=True)
        case _:
            return


def _added(table: Name, clause: list[Token], head: list[str]) -> Iterator[Promise]:
    match head[1:]:
        case ["CONSTRAINT", *_]:
            yield from _one(table, clause, head, 2, Part.CONSTRAINT, there=True)
        case ["PRIMARY" | "FOREIGN" | "CHECK" | "PARTITION" | "PERIOD" | "SYSTEM" | "(", *_]:
            return
        case [first, *_] if first in _INDEXES and clause[1].kind is Kind.WORD:
            at = 3 if head[2:3] in (["INDEX"], ["KEY"]) else 2
            if head[at : at + 1] not in (["("], ["USING"]):
                yield from _one(table, clause, head, at, Part.INDEX, there=True)
        case ["COLUMN", *_]:
            yield from _one(table, clause, head, 2, Part.COLUMN, there=True)
        case _:
            yield from _one(table, clause, head, 1, Part.COLUMN, there=True)


def _one(
    table: Name, clause: list[Token], head: list[str], at: int, part: Part, *, there: bool
) -> Iterator[Promise]:
    name, _ = _name(clause, _skip_condition(head, at))
    if name is not None:
        yield Promise(part, table, name.name, there)


def _clauses(words: list[str], at: int) -> Iterator[tuple[int, int]]:
    """Where each part of an ALTER TABLE begins and ends."""
    depth, begin = 0, at
    for place in range(at, len(words)):
        depth += (words[place] == "(") - (words[place] == ")")
        if words[place] == "," and not depth:
            yield begin, place
            begin = place + 1
    yield begin, len(words)


def _skip_condition(words: list[str], at: int) -> int:
    """Behind IF EXISTS and IF NOT EXISTS."""
    if words[at : at + 1] != ["IF"]:
        return at
    return at + (3 if words[at + 1 : at + 2] == ["NOT"] else 2)


def _name(found: list[Token], at: int) -> tuple[Name | None, int]:
    """The name that begins at `at`, and where the next token stands."""
    if at >= len(found) or found[at].kind not in (Kind.NAME, Kind.WORD, Kind.TEXT):
        return None, at
    first = name_of(found[at].text)
    if (
        at + 2 < len(found)
        and found[at + 1].text == "."
        and found[at + 2].kind in (Kind.NAME, Kind.WORD)
    ):
        return Name(first, name_of(found[at + 2].text)), at + 3
    return Name(None, first), at + 1
