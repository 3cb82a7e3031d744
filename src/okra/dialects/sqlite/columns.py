"""Which names in an expression are columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.keywords import RESERVED, VALUE_WORDS
from okra.relational.sqltext import ascii_upper, is_quoted_name, is_word, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Iterator

# Keywords that may be names, but are none where an expression has them.
_SYNTAX = RESERVED | VALUE_WORDS | {"CAST", "END", "GLOB", "LIKE", "MATCH", "RAISE", "REGEXP"}


def names_of_columns(expression: str) -> Iterator[str]:
    """Every name in `expression` that can only be a column: no function, type, collation, table or keyword.

    A text with a subquery has none: whose columns it names can't be told, and SQLite refuses it anyway.
    """
    words = significant(expression)
    if any(ascii_upper(word) == "SELECT" for word in words):
        return
    depth = 0
    casts: list[int] = []  # how deep the AS of each open CAST stands: behind it comes a type
    for number, word in enumerate(words):
        before = ascii_upper(words[number - 1]) if number else ""
        after = words[number + 1] if number + 1 < len(words) else ""
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
            while casts and casts[-1] > depth:
                casts.pop()
        elif ascii_upper(word) == "AS":
            casts.append(depth)
        elif casts or before == "COLLATE" or after == ".":
            continue
        elif is_quoted_name(word) or (
            is_word(word) and after != "(" and ascii_upper(word) not in _SYNTAX
        ):
            yield name_of(word)
