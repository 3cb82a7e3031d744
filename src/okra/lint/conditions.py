"""Whether a condition is true of every row, whatever is in it; and which columns it wants to be NULL."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from okra.lint.cursor import outer
from okra.relational.sqltext import is_number, is_string, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DEEPEST = 20
_COMPARISON = 3  # tokens
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def truth(words: Sequence[str], deep: int = 0) -> bool | None:
    """What a condition is for all rows; None where it depends on them, or can't be told.

    words  its tokens, keywords in upper case
    """
    words = bared(words)
    top = [*outer(words)]
    if not words or deep > _DEEPEST or any(word == "BETWEEN" for _, word in top):
        return None  # the AND of a BETWEEN is another one
    for word, decides in (("OR", True), ("AND", False)):
        cuts = [at for at, text in top if text == word]
        if cuts:
            pairs = zip([-1, *cuts], [*cuts, len(words)], strict=True)
            parts = [truth(words[begin + 1 : end], deep + 1) for begin, end in pairs]
            return decides if decides in parts else None if None in parts else not decides
    if words[0] == "NOT":
        denied = truth(words[1:], deep + 1)
        return None if denied is None else not denied
    return _constant(words)


def nulls(words: Sequence[str]) -> tuple[str, ...]:
    """The columns of `a IS NULL OR b IS NULL`; none where the condition is another one."""
    columns = []
    rest = bared(words)
    while rest:
        if len(rest) >= 3 and list(rest[1:3]) == ["IS", "NULL"]:  # noqa: PLR2004 - the words of one test
            columns.append(name_of(rest[0]).lower())
            rest = rest[3:]
            if list(rest[:1]) == ["OR"] and rest[1:]:
                rest = rest[1:]
                continue
        break
    return () if rest else tuple(columns)


def bared(words: Sequence[str]) -> Sequence[str]:
    """Without the parentheses around all of it."""
    opening: list[int] = []
    closing: dict[int, int] = {}
    for at, word in enumerate(words):
        if word == "(":
            opening.append(at)
        elif word == ")" and opening:
            closing[opening.pop()] = at
    begin, end = 0, len(words)
    while closing.get(begin) == end - 1:
        begin, end = begin + 1, end - 1
    return words[begin:end]


def _constant(words: Sequence[str]) -> bool | None:
    """What is said without any column: TRUE, 1, 1 = 1, 'a' = 'a'."""
    if len(words) == _COMPARISON:
        one, sign, other = words
        if is_string(one) and one == other and sign in ("=", "=="):
            return True
        compare, left, right = _COMPARE.get(sign), _number(one), _number(other)
        return None if compare is None or left is None or right is None else compare(left, right)
    number = _number(words[0]) if len(words) == 1 else None
    return None if number is None else number != 0


def _number(word: str) -> float | None:
    if word in ("TRUE", "FALSE"):
        return float(word == "TRUE")
    try:
        return float(word) if is_number(word) else None
    except ValueError:
        return None
