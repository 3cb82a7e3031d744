"""Declared column types of SQLite in their one canonical spelling."""

from __future__ import annotations

import re
from functools import lru_cache

from okra.dialects.sqlite.expressions.keywords import RESERVED
from okra.dialects.sqlite.quoting import quote
from okra.relational.sqltext import (
    ascii_lower,
    ascii_upper,
    is_broken,
    is_quoted_name,
    is_string,
    is_word,
    name_of,
    significant,
)

_TYPE_SIZE = re.compile(r"\( (?:[+-] )?[0-9][0-9a-fxeE.]*(?: , (?:[+-] )?[0-9][0-9a-fxeE.]*)? \)")
_NO_TYPE = RESERVED | frozenset(
    {"CROSS", "FULL", "INDEXED", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT"}
)


@lru_cache(maxsize=1 << 14)
def canonical_type(text: str) -> str:
    """A declared type in canonical spelling: lower case, single spaces, `decimal(10,2)`.

    Words that SQLite would not take for a type as they stand are one quoted name. `none` is no type at all.
    """
    parts = significant(text)
    if not parts:
        return ""
    if is_broken(parts[-1]):
        return quote(ascii_lower(text.strip()))
    if is_quoted_name(parts[0]) or is_string(parts[0]):  # SQLite keeps only what the quotes hold
        return declared_type(name_of(parts[0]))
    plain = _plain_type(parts)
    if plain == "none":
        return ""
    return quote(ascii_lower(text.strip())) if plain is None else plain


@lru_cache(maxsize=1 << 14)
def declared_type(text: str) -> str:
    """The canonical spelling of a type as SQLite's catalogue shows it: without its outer quotes."""
    if not text:
        return ""
    parts = significant(text)
    opens_quoted = bool(parts) and (is_quoted_name(parts[0]) or is_string(parts[0]))
    plain = None if opens_quoted else _plain_type(parts)
    return quote(ascii_lower(text)) if plain is None else plain


def _plain_type(parts: list[str]) -> str | None:
    """Words with up to two numbers behind them, as SQLite's grammar has it, or None."""
    if not parts or is_broken(parts[-1]):
        return None
    count = 0
    while count < len(parts) and _type_word(parts[count]):
        count += 1
    rest = parts[count:]
    if not count or (rest and _TYPE_SIZE.fullmatch(" ".join(rest)) is None):
        return None
    return ascii_lower(" ".join(parts[:count]) + "".join(rest).replace("+", ""))


def _type_word(part: str) -> bool:
    if is_word(part):
        return ascii_upper(part) not in _NO_TYPE
    return is_quoted_name(part) or is_string(part)
