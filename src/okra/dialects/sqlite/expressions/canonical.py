"""Expressions and defaults of SQLite in their one canonical spelling.

What isn't an expression that a table may hold (a subquery, an unclosed parenthesis) is left as it is but for
white space.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okra.dialects.sqlite.expressions.keywords import VALUE_WORDS
from okra.dialects.sqlite.expressions.reader import Odd, Piece, Reader, Role
from okra.dialects.sqlite.quoting import literal
from okra.relational.sqltext import (
    ascii_lower,
    ascii_upper,
    is_broken,
    is_quoted_name,
    is_word,
    name_of,
    significant,
)

_CACHED = 1 << 16
_DEFAULTS: dict[str, str | None] = {"NULL": None, "TRUE": "1", "FALSE": "0", "-0": "0", "": None}
_SIGNED = re.compile(r"\+(?:'(?:[^']|'')*'|[0-9.][0-9.e+-]*)")


@lru_cache(maxsize=_CACHED)
def canonical(text: str, columns: tuple[str, ...] | None = None) -> str:
    """`text`, an SQL expression, in the spelling that all equal spellings share.

    columns  the columns of the table it belongs to, if known: names get the columns' own upper and lower
             case, and a double-quoted word that is no column is the string that SQLite takes it for
    """
    tokens = significant(text)
    if not tokens or is_broken(tokens[-1]):
        return text.strip()
    try:
        pieces = Reader(tokens, _index(columns)).read()
    except Odd:
        return " ".join(tokens)
    return _joined(_in_order(_lean(pieces)))


@lru_cache(maxsize=_CACHED)
def canonical_default(text: str | None) -> str | None:
    """A column's default in canonical spelling; None for none and for NULL.

    A bare or double-quoted word is a string, true and false are 1 and 0.
    """
    if text is None:
        return None
    tokens = significant(text)
    if len(tokens) == 1 and not is_broken(tokens[0]):
        token = tokens[0]
        bare = is_word(token)
        if is_quoted_name(token) or (bare and ascii_upper(token) not in VALUE_WORDS):
            return literal(name_of(token))
    found = canonical(text, ())
    if _SIGNED.fullmatch(found):
        found = found[1:]
    return _DEFAULTS.get(found, found)


def split_collation(expression: str) -> tuple[str, str | None]:
    """A canonical expression without the COLLATE that is about all of it, and that collation or None.

    An index part is the same whether its collation is written inside or behind its parentheses.
    """
    head, found, collation = expression.rpartition(" COLLATE ")
    if not found:
        return expression, None
    try:
        pieces = Reader(significant(expression), None).read()
    except Odd:
        return expression, None
    if len(pieces) <= _COLLATED or pieces[-2] != Piece("COLLATE", Role.INFIX):
        return expression, None
    depth = 0
    for piece in pieces[:-2]:
        if piece.role in _OPENS:
            depth += 1
        elif piece.role in _CLOSES:
            depth -= 1
        elif not depth and (piece.role not in _WITHIN_OPERAND or piece.text in _LOOSE):
            return expression, None
    return canonical(head), collation


@lru_cache(maxsize=256)
def _index(columns: tuple[str, ...] | None) -> dict[str, str] | None:
    return None if columns is None else {ascii_lower(name): name for name in columns}


_OPENS = frozenset({Role.GROUP, Role.LIST, Role.CASE})
_CLOSES = frozenset({Role.CLOSE, Role.END})
_WITHIN_OPERAND = frozenset({Role.VALUE, Role.PREFIX, Role.CALL, Role.DOT})
_LOOSE = frozenset({"NOT", "DISTINCT", "FROM"})  # prefixes that bind less tightly than COLLATE
_SHORTEST_LIST = 5  # a IN ( 'x' )
_COLLATED = 2  # COLLATE and its name
_SLOT_BEGINS = frozenset({Role.LIST, Role.GROUP, Role.COMMA, Role.SLOT, Role.CASE})
_SLOT_ENDS = frozenset({Role.CLOSE, Role.COMMA, Role.SLOT, Role.END})


def _lean(pieces: list[Piece]) -> list[Piece]:
    """`pieces` without the parentheses that change nothing about how they are read."""
    out: list[Piece] = []
    opened: list[int] = []
    for number, piece in enumerate(pieces):
        if piece.role in (Role.GROUP, Role.LIST):
            opened.append(len(out))
        elif piece.role is Role.CLOSE:
            begin = opened.pop()
            before = out[begin - 1].role if begin else None
            after = pieces[number + 1].role if number + 1 < len(pieces) else None
            if out[begin].role is Role.GROUP and _needless(out[begin + 1 :], before, after):
                del out[begin]
                continue
        out.append(piece)
    return out


def _needless(content: list[Piece], before: Role | None, after: Role | None) -> bool:
    if len(content) == 1:
        return True
    depth = 0
    junction = False
    for piece in content:
        if piece.role in (Role.GROUP, Role.LIST, Role.CASE):
            depth += 1
        elif piece.role is Role.CLOSE or piece.role is Role.END:
            depth -= 1
        elif not depth:
            if piece.role is Role.COMMA:
                return False
            junction = junction or piece.role is Role.JUNCTION
    whole = (before is None or before in _SLOT_BEGINS) and (after is None or after in _SLOT_ENDS)
    if whole:
        return True
    begins = before is None or before in _SLOT_BEGINS or before is Role.JUNCTION
    ends = after is None or after in _SLOT_ENDS or after is Role.JUNCTION
    return begins and ends and not junction


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """`column IN ('b', 'a')` with its texts sorted: the check of an enum, whatever the order of its values."""
    texts = pieces[3:-1:2]
    if len(pieces) < _SHORTEST_LIST or pieces[1] != Piece("IN", Role.INFIX):
        return pieces
    if any(piece.role is not Role.VALUE or piece.text[0] != "'" for piece in texts):
        return pieces
    if any(piece.role is not Role.COMMA for piece in pieces[4:-1:2]):
        return pieces
    sorted_pieces = list(pieces)
    sorted_pieces[3:-1:2] = sorted(texts, key=lambda piece: name_of(piece.text))
    return sorted_pieces


def _joined(pieces: list[Piece]) -> str:
    parts: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before is not None and _apart(before, piece):
            parts.append(" ")
        parts.append(piece.text)
        before = piece
    return "".join(parts)


def _apart(before: Piece, piece: Piece) -> bool:
    if piece.role in (Role.CLOSE, Role.COMMA, Role.DOT):
        return False
    if before.role in (Role.GROUP, Role.LIST, Role.DOT, Role.CALL):
        return False
    if before.role is Role.PREFIX and not is_word(before.text):
        return before.text == "-" and piece.text[0] == "-"
    return True
