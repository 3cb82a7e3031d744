"""What a statement does to the tables, read off its first words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from okra.relational.sqltext import SqlToken, TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = SqlToken(TokenKind.SPACE, "", 0)
_UPPER_TO_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


# Most statements by far, and those of a first migration all: they need no tokens.
_USUAL = re.compile(
    r'CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) "((?:[^"]|"")+)" (?=[(OAB])', re.IGNORECASE
)


class Verb(StrEnum):
    CREATE_TABLE = "create table"
    CREATE_INDEX = "create index"
    CREATE_TRIGGER = "create trigger"
    CREATE_VIEW = "create view"
    DROP_TABLE = "drop table"
    DROP_INDEX = "drop index"
    DROP_TRIGGER = "drop trigger"
    DROP_VIEW = "drop view"
    RENAME_TABLE = "rename table"
    RENAME_COLUMN = "rename column"
    ADD_COLUMN = "add column"
    ALTER_TABLE = "alter table"
    WRITE = "write"
    PRAGMA = "pragma"
    OTHER = "other"


_CREATES = {
    "TABLE": Verb.CREATE_TABLE,
    "INDEX": Verb.CREATE_INDEX,
    "TRIGGER": Verb.CREATE_TRIGGER,
    "VIEW": Verb.CREATE_VIEW,
}


class Effect(NamedTuple):
    """`name` is what the statement is about, folded; of OTHER it is the first word.

    other  of RENAME_TABLE the new name, folded
    """

    verb: Verb
    name: str
    other: str = ""


def fold(name: str) -> str:
    """`name` as SQLite compares names: only the letters of ASCII lose their case."""
    return name.translate(_UPPER_TO_LOWER)


def effect(sql: str) -> Effect:
    """What `sql`, one statement without comments in front, does."""
    usual = _USUAL.match(sql)
    if usual is not None:
        return Effect(_CREATES[usual[1].upper()], fold(usual[2].replace('""', '"')))
    words = _Words(_significant(sql))
    first = words.take().upper()
    match first:
        case "CREATE":
            return _create(words)
        case "DROP":
            return _drop(words)
        case "ALTER":
            return _alter(words)
        case "INSERT" | "REPLACE" | "UPDATE" | "DELETE":
            return _write(first, words)
        case "WITH":
            return _with(sql)
        case "PRAGMA":
            return Effect(Verb.PRAGMA, fold(words.name()))
        case _:
            return Effect(Verb.OTHER, first)


class _Words:
    """The significant tokens of a statement, read only as far as they are taken."""

    def __init__(self, found: Iterator[SqlToken]) -> None:
        self._found = found
        self._next = next(found, _END)

    def _pop(self) -> SqlToken:
        token = self._next
        self._next = next(self._found, _END)
        return token

    def take(self) -> str:
        """The next token's text, empty at the end."""
        return self._pop().text

    def skip(self, *words: str) -> bool:
        """Whether the next token was one of `words`; then it is behind us."""
        if self._next.text.upper() in words:
            self._pop()
            return True
        return False

    def skip_if_exists(self) -> None:
        """`IF EXISTS` or `IF NOT EXISTS`."""
        if self.skip("IF"):
            self.skip("NOT")
            self.skip("EXISTS")

    def name(self) -> str:
        """The next name, without the database it may be qualified with."""
        found = self._one_name()
        return self._one_name() if self.skip(".") else found

    def _one_name(self) -> str:
        token = self._pop()
        if token.kind is TokenKind.STRING:  # SQLite takes 'x' for a name where only a name can be
            return token.text[1:-1].replace("''", "'")
        return unquoted(token)


def _significant(sql: str) -> Iterator[SqlToken]:
    for token in tokens(sql):
        if token.kind not in (TokenKind.SPACE, TokenKind.COMMENT):
            yield token


def _create(words: _Words) -> Effect:
    words.skip("TEMP", "TEMPORARY")
    words.skip("UNIQUE", "VIRTUAL")
    kind = words.take().upper()
    words.skip_if_exists()
    name = fold(words.name())
    verb = _CREATES.get(kind)
    return Effect(Verb.OTHER, "CREATE") if verb is None else Effect(verb, name)


def _drop(words: _Words) -> Effect:
    kind = words.take().upper()
    words.skip_if_exists()
    name = fold(words.name())
    match kind:
        case "TABLE":
            return Effect(Verb.DROP_TABLE, name)
        case "INDEX":
            return Effect(Verb.DROP_INDEX, name)
        case "TRIGGER":
            return Effect(Verb.DROP_TRIGGER, name)
        case "VIEW":
            return Effect(Verb.DROP_VIEW, name)
        case _:
            return Effect(Verb.OTHER, "DROP")


def _alter(words: _Words) -> Effect:
    words.skip("TABLE")
    table = fold(words.name())
    if words.skip("RENAME"):
        if words.skip("TO"):
            return Effect(Verb.RENAME_TABLE, table, fold(words.name()))
        return Effect(Verb.RENAME_COLUMN, table)
    if words.skip("ADD") and not words.skip("CONSTRAINT", "CHECK"):
        return Effect(Verb.ADD_COLUMN, table)
    return Effect(Verb.ALTER_TABLE, table)


def _write(first: str, words: _Words) -> Effect:
    if words.skip("OR"):
        words.take()
    if first != "UPDATE":
        words.skip("INTO", "FROM")
    return Effect(Verb.WRITE, fold(words.name()))


def _with(sql: str) -> Effect:
    """The statement behind a WITH clause: the first such word outside of parentheses."""
    depth = 0
    found = list(_significant(sql))
    for at, token in enumerate(found):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        word = token.text.upper()
        if depth == 0 and word in ("INSERT", "REPLACE", "UPDATE", "DELETE"):
            return _write(word, _Words(iter(found[at + 1 :])))
    return Effect(Verb.OTHER, "WITH")
