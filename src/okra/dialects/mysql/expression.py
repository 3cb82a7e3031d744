"""Expressions of MySQL and MariaDB in their one canonical spelling."""

from __future__ import annotations

from functools import lru_cache

from okra.dialects.mysql.lexer import Kind, name_of, text_of, tokens
from okra.dialects.mysql.quoting import literal, quote
from okra.relational.sqltext import ascii_lower


@lru_cache(maxsize=1 << 16)
def canonical(text: str, columns: tuple[str, ...] | None = None) -> str:
    """`text`, an SQL expression, in the spelling that all equal spellings share.

    columns  the columns of the table it belongs to, if known
    """
    del columns
    parts = []
    for token in tokens(text):
        if token.kind is Kind.TEXT:
            parts.append(literal(text_of(token.text)))
        elif token.kind is Kind.NAME:
            parts.append(quote(name_of(token.text)))
        else:
            parts.append(ascii_lower(token.text))
    return (
        " ".join(parts).replace(" (", "(").replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    )
