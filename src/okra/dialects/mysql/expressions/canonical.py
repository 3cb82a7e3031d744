"""Expressions of MySQL and MariaDB in their one canonical spelling.

What isn't an expression that a table may hold, or one that this reader does not know, is left as it is but
for white space.
"""

from __future__ import annotations

from functools import lru_cache

from okra.dialects.mysql.expressions.lexer import Kind, tokens
from okra.dialects.mysql.expressions.nodes import Odd
from okra.dialects.mysql.expressions.parser import parse
from okra.dialects.mysql.expressions.printer import printed
from okra.dialects.mysql.expressions.rules import simplified
from okra.relational.sqltext import ascii_lower

_CACHED = 1 << 16


@lru_cache(maxsize=_CACHED)
def canonical(text: str, columns: tuple[str, ...] | None = None) -> str:
    """`text`, an SQL expression, in the spelling that all equal spellings share.

    columns  the columns of the table it belongs to, if known: names get their upper and lower case
    """
    try:
        return printed(simplified(parse(text), _by_lower_case(columns or ())))
    except (Odd, RecursionError):
        return _plain(text)


@lru_cache(maxsize=256)
def _by_lower_case(columns: tuple[str, ...]) -> dict[str, str]:
    return {ascii_lower(name): name for name in columns}


def _plain(text: str) -> str:
    """`text` with single spaces where it has any."""
    parts: list[str] = []
    end = 0
    for token in tokens(text):
        if token.start > end and parts:
            parts.append(" ")
        parts.append(ascii_lower(token.text) if token.kind is Kind.BYTES else token.text)
        end = token.start + len(token.text)
    return "".join(parts)
