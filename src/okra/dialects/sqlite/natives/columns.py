"""The columns that an expression of a table names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.expressions.canonical import canonical
from okra.dialects.sqlite.expressions.keywords import RESERVED, VALUE_WORDS
from okra.relational.sqltext import (
    TokenKind,
    ascii_lower,
    ascii_upper,
    is_quoted_name,
    is_word,
    name_of,
    significant,
    tokens,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.relational.sqltext import SqlToken

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


def own_expression(text: str, table: str, columns: tuple[str, ...]) -> str:
    """The canonical spelling of an expression of `table`, which has these `columns`.

    The table's own name before a column is left out: while the table is made anew it has another name.
    """
    found = canonical(text, columns)
    if "." not in found:
        return found
    stripped = _unqualified(found, table)
    return found if stripped == found else canonical(stripped, columns)


def _unqualified(expression: str, table: str) -> str:
    found = list(tokens(expression))
    parts = []
    skip = 0
    for number, token in enumerate(found):
        if skip:
            skip -= 1
        elif _is_qualifier(found[number : number + 3], table):
            skip = 1
        else:
            parts.append(token.text)
    return "".join(parts)


def _is_qualifier(found: list[SqlToken], table: str) -> bool:
    names = (TokenKind.NAME, TokenKind.WORD)
    if [token.text for token in found[1:2]] != ["."] or found[-1].kind not in names:
        return False
    return found[0].kind in names and ascii_lower(unquoted(found[0])) == ascii_lower(table)
