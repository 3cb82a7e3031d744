"""An SQLite expression read token by token.

One bit of memory (does an operand come next, or an operator?) and a stack of open parentheses are enough to
tell `-` from `-`, `LIKE` from `like()`, and a grouping parenthesis from a list.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from okra.dialects.sqlite.expressions.keywords import RESERVED, VALUE_WORDS
from okra.dialects.sqlite.natives.spelling import collation, function, identifier, number
from okra.dialects.sqlite.natives.typenames import canonical_type
from okra.dialects.sqlite.quoting import literal
from okra.relational.sqltext import (
    ascii_lower,
    ascii_upper,
    is_number,
    is_quoted_name,
    is_string,
    is_word,
    name_of,
)

_INFIX = frozenset({"||", "*", "/", "%", "+", "-", "&", "|", "<<", ">>", "->", "->>"}) | frozenset(
    {"<", ">", "<=", ">=", "=", "==", "<>", "!="}
)
_ONE_SPELLING = {"==": "=", "!=": "<>"}
_NEGATABLE = frozenset({"IN", "LIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN"})
_COMPARING = _NEGATABLE | {"IS", "ESCAPE", "COLLATE"}
_ROW_IDS = frozenset({"rowid", "_rowid_", "oid"})


class Role(Enum):
    VALUE = auto()
    PREFIX = auto()
    INFIX = auto()
    RANGE = auto()  # the AND of a BETWEEN
    JUNCTION = auto()  # AND, OR
    SLOT = auto()  # WHEN, THEN, ELSE
    CASE = auto()
    END = auto()
    POSTFIX = auto()
    CALL = auto()
    GROUP = auto()  # a parenthesis that only groups
    LIST = auto()  # a parenthesis of a call or of IN
    CLOSE = auto()
    COMMA = auto()
    DOT = auto()


class Piece(NamedTuple):
    text: str
    role: Role


class Odd(Exception):
    """The tokens are no expression that a table may hold."""


class _Frame:
    """An open parenthesis or CASE: what closes it, and how many BETWEEN wait for their AND."""

    __slots__ = ("kind", "ranges")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.ranges = 0


class Reader:
    """Tokens → pieces."""

    __slots__ = ("at", "columns", "frames", "lexemes", "operand", "pieces")

    def __init__(self, lexemes: list[str], columns: dict[str, str] | None) -> None:
        self.lexemes = lexemes
        self.columns = columns
        self.at = 0
        self.operand = True
        self.pieces: list[Piece] = []
        self.frames = [_Frame("")]

    def read(self) -> list[Piece]:
        while self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            self.at += 1
            if lexeme == ")":
                self._close()
            elif self.operand:
                self._operand(lexeme)
            else:
                self._operator(lexeme)
        if self.operand or len(self.frames) > 1:
            raise Odd
        return self.pieces

    def _next(self) -> str:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else ""

    def _last(self) -> str:
        return self.pieces[-1].text if self.pieces else ""

    def _add(self, text: str, role: Role, *, operand: bool) -> None:
        self.pieces.append(Piece(text, role))
        self.operand = operand

    def _operand(self, lexeme: str) -> None:
        if lexeme == "(":
            self._open()
        elif is_number(lexeme):
            self._number(lexeme)
        elif is_string(lexeme):
            blob = ascii_lower(lexeme) if lexeme[0] != "'" else lexeme
            self._add(blob, Role.VALUE, operand=False)
        elif is_quoted_name(lexeme):
            self._name(lexeme)
        elif is_word(lexeme):
            self._word(lexeme)
        elif lexeme in ("-", "+", "~"):
            self._add(lexeme, Role.PREFIX, operand=True)
        elif lexeme == "*" and self.pieces and self.pieces[-1].role is Role.LIST:
            self._add(lexeme, Role.VALUE, operand=False)
        else:
            raise Odd

    def _number(self, lexeme: str) -> None:
        text = number(lexeme)
        if text is None:
            raise Odd
        self._add(text, Role.VALUE, operand=False)

    def _open(self) -> None:
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.role is Role.CALL:
            self.frames.append(_Frame("cast" if last.text == "CAST" else "list"))
            self._add("(", Role.LIST, operand=True)
        elif last is not None and last.text == "IN" and last.role is Role.INFIX:
            self.frames.append(_Frame("list"))
            self._add("(", Role.LIST, operand=True)
        else:
            self.frames.append(_Frame("group"))
            self._add("(", Role.GROUP, operand=True)

    def _close(self) -> None:
        if self.frames[-1].kind not in ("list", "group", "cast"):
            raise Odd
        if self.operand and self.pieces[-1].role is not Role.LIST:
            raise Odd
        self.frames.pop()
        self._add(")", Role.CLOSE, operand=False)

    def _name(self, lexeme: str) -> None:
        name = name_of(lexeme)
        if self._next() == "(":
            self._add(function(name), Role.CALL, operand=True)
            return
        known = self.columns is None or ascii_lower(name) in self.columns
        free = self._next() != "." and self._last() != "." and ascii_lower(name) not in _ROW_IDS
        if not known and free and lexeme[0] == '"':
            self._add(literal(name), Role.VALUE, operand=False)
        else:
            self._identifier(name)

    def _identifier(self, name: str) -> None:
        if self.columns is not None:
            name = self.columns.get(ascii_lower(name), name)
        self._add(identifier(name), Role.VALUE, operand=False)

    def _word(self, lexeme: str) -> None:
        word = ascii_upper(lexeme)
        call = self._next() == "("
        if self._last() == ".":
            self._identifier(lexeme)
        elif word in ("NOT", "DISTINCT", "FROM"):
            self._add(word, Role.PREFIX, operand=True)
        elif word == "CASE":
            self.frames.append(_Frame("case"))
            self._add(word, Role.CASE, operand=True)
        elif word == "WHEN" and self.pieces and self.pieces[-1].role is Role.CASE:
            self._add(word, Role.SLOT, operand=True)
        elif word == "CAST" and call:
            self._add(word, Role.CALL, operand=True)
        elif word in VALUE_WORDS and not call and not self._is_column(word):
            self._add(word, Role.VALUE, operand=False)
        elif word in RESERVED or (word == "RAISE" and call):
            raise Odd
        elif call:
            self._add(function(lexeme), Role.CALL, operand=True)
        else:
            self._identifier(lexeme)

    def _is_column(self, word: str) -> bool:
        boolean = word in ("TRUE", "FALSE")
        return boolean and self.columns is not None and ascii_lower(word) in self.columns

    def _operator(self, lexeme: str) -> None:
        if lexeme in _INFIX:
            self._add(_ONE_SPELLING.get(lexeme, lexeme), Role.INFIX, operand=True)
        elif lexeme == ",":
            if self.frames[-1].kind not in ("list", "group"):
                raise Odd
            self._add(lexeme, Role.COMMA, operand=True)
        elif lexeme == ".":
            if self.pieces[-1].role is not Role.VALUE:
                raise Odd
            self._add(lexeme, Role.DOT, operand=True)
        elif is_word(lexeme):
            self._operator_word(ascii_upper(lexeme))
        else:
            raise Odd

    def _operator_word(self, word: str) -> None:
        frame = self.frames[-1]
        if word == "AND" and frame.ranges:
            frame.ranges -= 1
            self._add(word, Role.RANGE, operand=True)
        elif word in ("AND", "OR"):
            self._add(word, Role.JUNCTION, operand=True)
        elif word in _COMPARING:
            self._compare(word)
        elif word == "NOT" and ascii_upper(self._next()) in _NEGATABLE:
            self._add(word, Role.INFIX, operand=False)
        elif word in ("ISNULL", "NOTNULL", "NOT"):
            self._postfix(word)
        elif word in ("WHEN", "THEN", "ELSE") and frame.kind == "case":
            self._add(word, Role.SLOT, operand=True)
        elif word == "END" and frame.kind == "case":
            self.frames.pop()
            self._add(word, Role.END, operand=False)
        elif word == "AS" and frame.kind == "cast":
            self._cast_type()
        else:
            raise Odd

    def _compare(self, word: str) -> None:
        if word == "COLLATE":
            lexeme = self._next()
            if not lexeme or not (is_quoted_name(lexeme) or is_string(lexeme) or is_word(lexeme)):
                raise Odd
            self.at += 1
            self._add(word, Role.INFIX, operand=True)
            self._add(collation(name_of(lexeme)), Role.VALUE, operand=False)
            return
        if word == "BETWEEN":
            self.frames[-1].ranges += 1
        elif word == "IN" and self._next() != "(":
            raise Odd
        self._add(word, Role.INFIX, operand=True)

    def _postfix(self, word: str) -> None:
        """`ISNULL`, `NOTNULL` and `NOT NULL` are `IS NULL` and `IS NOT NULL` where nothing binds tighter."""
        if word == "NOT":
            if ascii_upper(self._next()) != "NULL":
                raise Odd
            self.at += 1
        following = ascii_upper(self._next())
        if following in ("", ")", ",", "AND", "OR", "WHEN", "THEN", "ELSE", "END"):
            self._add("IS", Role.INFIX, operand=True)
            if word != "ISNULL":
                self._add("NOT", Role.PREFIX, operand=True)
            self._add("NULL", Role.VALUE, operand=False)
        else:
            text = "ISNULL" if word == "ISNULL" else "NOTNULL"
            self._add(text, Role.POSTFIX, operand=False)

    def _cast_type(self) -> None:
        depth = 0
        start = self.at
        while (lexeme := self._next()) and (depth or lexeme != ")"):
            depth += (lexeme == "(") - (lexeme == ")")
            self.at += 1
        self._add("AS", Role.INFIX, operand=True)
        self._add(
            canonical_type(" ".join(self.lexemes[start : self.at])), Role.VALUE, operand=False
        )
