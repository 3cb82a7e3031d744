"""The simple SQL of checks, read so that a language can say it: comparisons with AND, OR and NOT.

What the reader does not know makes the whole expression one that is left to the database.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec


class Column(msgspec.Struct, frozen=True, tag=True):
    name: str


class Length(msgspec.Struct, frozen=True, tag=True):
    """`length(name)`: the characters of a text, the bytes of Bytes."""

    of: Column


class Number(msgspec.Struct, frozen=True, tag=True):
    """A number as digits, `-`, a point and an exponent."""

    text: str


class Text(msgspec.Struct, frozen=True, tag=True):
    value: str


class Truth(msgspec.Struct, frozen=True, tag=True):
    value: bool


class Compare(msgspec.Struct, frozen=True, tag=True):
    """`operator` is one of `=`, `<>`, `<`, `<=`, `>`, `>=`."""

    operator: str
    left: Operand
    right: Operand


class IsNull(msgspec.Struct, frozen=True, tag=True):
    of: Column


class Not(msgspec.Struct, frozen=True, tag=True):
    of: Condition


class All(msgspec.Struct, frozen=True, tag=True):
    of: tuple[Condition, ...]


class Any(msgspec.Struct, frozen=True, tag=True):
    of: tuple[Condition, ...]


Operand: TypeAlias = Column | Length | Number | Text | Truth
Condition: TypeAlias = Compare | IsNull | Not | All | Any | Column | Truth
Node: TypeAlias = Operand | Condition

_MAX_TOKENS = 500
_MAX_DEPTH = 30
_TOKEN = re.compile(
    r"\s+|(?P<string>'[^'\\]*(?:''[^'\\]*)*')|(?P<name>\"[^\"]+\"|`[^`]+`)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<symbol><=|>=|<>|!=|==|[-=<>(),.])"
)
_OPERATORS = {"==": "=", "!=": "<>", **{sign: sign for sign in ("=", "<>", "<", "<=", ">", ">=")}}
_LENGTHS = frozenset({"LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH"})
_KEPT = frozenset(
    {"AND", "OR", "NOT", "IS", "IN", "BETWEEN", "LIKE", "NULL", "CASE", "EXISTS", "SELECT"}
)


class _TooMuch(Exception):
    """The expression has something that the reader does not know."""


def read(expression: str) -> Condition | None:
    """What a check says, or None where it is more than simple comparisons."""
    try:
        reader = _Reader(_tokens(expression))
        return reader.whole()
    except _TooMuch:
        return None


def _tokens(expression: str) -> list[tuple[str, str]]:
    """(kind, text) pairs; names without their quotes, words as they are."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None or len(found) >= _MAX_TOKENS:
            raise _TooMuch
        at = match.end()
        if match.lastgroup is not None:
            found.append((match.lastgroup, match.group()))
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Condition:
        found = _condition(self._either())
        if self._at < len(self._tokens):
            raise _TooMuch
        return found

    def _next(self) -> tuple[str, str]:
        if self._at == len(self._tokens):
            raise _TooMuch
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, *texts: str) -> bool:
        """Whether these words or symbols follow; they are then behind us."""
        end = self._at + len(texts)
        following = self._tokens[self._at : end]
        if [text.upper() for kind, text in following if kind in {"word", "symbol"}] != [*texts]:
            return False
        self._at = end
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise _TooMuch

    def _either(self) -> Node:
        """`either = both { OR both }`."""
        found = self._both()
        if not self._take("OR"):
            return found
        parts = [_condition(found), _condition(self._both())]
        while self._take("OR"):
            parts.append(_condition(self._both()))
        return Any(tuple(parts))

    def _both(self) -> Node:
        """`both = denied { AND denied }`."""
        found = self._denied()
        if not self._take("AND"):
            return found
        parts = [_condition(found), _condition(self._denied())]
        while self._take("AND"):
            parts.append(_condition(self._denied()))
        return All(tuple(parts))

    def _denied(self) -> Node:
        """`denied = { NOT } predicate`."""
        times = 0
        while self._take("NOT"):
            times += 1
        found = self._predicate()
        return Not(_condition(found)) if times % 2 else found

    def _predicate(self) -> Node:
        """`predicate = operand [ IS … | [NOT] IN … | [NOT] BETWEEN … | operator operand ]`."""
        left = self._primary()
        if self._take("IS"):
            return self._is(left)
        if self._take("NOT", "IN"):
            return Not(self._among(_operand(left)))
        if self._take("IN"):
            return self._among(_operand(left))
        if self._take("NOT", "BETWEEN"):
            return Not(self._between(_operand(left)))
        if self._take("BETWEEN"):
            return self._between(_operand(left))
        for sign, operator in _OPERATORS.items():
            if self._take(sign):
                return Compare(operator, _operand(left), _operand(self._primary()))
        return left

    def _is(self, left: Node) -> Condition:
        """`IS [NOT] NULL` alone: TRUE and FALSE are never NULL there, which no comparison here says."""
        denied = self._take("NOT")
        self._expect("NULL")
        if not isinstance(left, Column):
            raise _TooMuch
        return Not(IsNull(left)) if denied else IsNull(left)

    def _among(self, left: Operand) -> Condition:
        self._expect("(")
        found: list[Condition] = []
        while True:
            found.append(Compare("=", left, _operand(self._primary())))
            if not self._take(","):
                break
        self._expect(")")
        return Any(tuple(found))

    def _between(self, left: Operand) -> Condition:
        low = _operand(self._primary())
        self._expect("AND")
        high = _operand(self._primary())
        return All((Compare(">=", left, low), Compare("<=", left, high)))

    def _primary(self) -> Node:
        """`primary = "(" either ")" | number | string | TRUE | FALSE | length "(" name ")" | name`."""
        kind, text = self._next()
        if (kind, text) == ("symbol", "("):
            return self._inside()
        if kind == "string":
            return Text(text[1:-1].replace("''", "'"))
        if kind == "number":
            return Number(text)
        if (kind, text) == ("symbol", "-"):
            kind, text = self._next()
            if kind == "number":
                return Number(f"-{text}")
        if kind == "name":
            return self._column(text[1:-1])
        if kind == "word":
            return self._word(text)
        raise _TooMuch

    def _inside(self) -> Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _TooMuch
        found = self._either()
        self._expect(")")
        self._depth -= 1
        return found

    def _word(self, text: str) -> Node:
        upper = text.upper()
        if upper in {"TRUE", "FALSE"}:
            return Truth(upper == "TRUE")
        if upper in _LENGTHS and self._take("("):
            of = self._primary()
            self._expect(")")
            if isinstance(of, Column):
                return Length(of)
            raise _TooMuch
        if upper in _KEPT:
            raise _TooMuch
        return self._column(text)

    def _column(self, name: str) -> Column:
        """`name`, or `table.name`, whose table is the check's own."""
        if not self._take("."):
            return Column(name)
        kind, text = self._next()
        if kind not in {"name", "word"}:
            raise _TooMuch
        return Column(text[1:-1] if kind == "name" else text)


def _operand(node: Node) -> Operand:
    if isinstance(node, Column | Length | Number | Text | Truth):
        return node
    raise _TooMuch


def _condition(node: Node) -> Condition:
    if isinstance(node, Length | Number | Text):
        raise _TooMuch
    return node
