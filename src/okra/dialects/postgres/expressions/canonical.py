"""Expressions and defaults of PostgreSQL in their one canonical spelling.

What the reader doesn't know (a window call, some new syntax) is left as it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.postgres.expressions.lexer import Kind as Mark
from okra.dialects.postgres.expressions.lexer import Odd, Unreadable, tokens
from okra.dialects.postgres.expressions.literals import canonical_literal
from okra.dialects.postgres.expressions.reader import Reader
from okra.dialects.postgres.expressions.rules import simplified
from okra.dialects.postgres.expressions.tree import Kind, Level, Node, level, text_of
from okra.dialects.postgres.natives.spelling import identifier, is_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

Types: TypeAlias = tuple[tuple[str, str], ...]
"""The columns of a table with their types."""

_CACHED = 1 << 16
_NULL = Node(Kind.WORD, "NULL")


@lru_cache(maxsize=_CACHED)
def canonical(text: str, types: Types = ()) -> str:
    """`text`, an SQL expression, in the spelling that all equal spellings share.

    types  the columns of the table it belongs to
    """
    if is_plain(text):
        return text
    node = tree_of(text, types)
    return text.strip() if node is None else text_of(node)


@lru_cache(maxsize=_CACHED)
def canonical_default(text: str, native: str) -> str | None:
    """A default of a column of the type `native` in canonical spelling; None for none and for NULL.

    Behind DEFAULT a server takes no operators like AND or IN without parentheses.
    """
    node = tree_of(text, ())
    if node is None:
        return _enclosed(text.strip())
    if node == _NULL or (node.kind is Kind.CAST and node.parts[0] == _NULL):
        return None
    node = canonical_literal(node, native)
    found = text_of(node)
    return found if level(node) >= Level.CAST or node.kind is Kind.NUMBER else f"({found})"


def split_collation(text: str) -> tuple[str, str | None]:
    """A canonical expression without the COLLATE that is about all of it, and the name of that collation."""
    node = tree_of(text, ()) if " COLLATE " in text else None
    if node is None or node.kind is not Kind.COLLATE:
        return text, None
    name = node.text
    return text_of(node.parts[0]), name[1:-1].replace('""', '"') if name[0] == '"' else name


def _enclosed(text: str) -> str | None:
    """A text that can't be read, so that it is one expression behind DEFAULT, and nothing more."""
    if not text:
        return None
    return text if _is_enclosed(text) else f"({text})"


def _is_enclosed(text: str) -> bool:
    """Whether the first parenthesis of `text` is closed by its last character."""
    try:
        marks = [token.text if token.kind is Mark.SYMBOL else "" for token in tokens(text)]
    except Unreadable:
        return False
    depth = 0
    for number, mark in enumerate(marks, start=1):
        depth += (mark == "(") - (mark == ")")
        if not depth:
            return number == len(marks) and number > 1
    return False


@lru_cache(maxsize=_CACHED)
def tree_of(text: str, types: Types) -> Node | None:
    """The canonical tree of an expression, None for what can't be read."""
    try:
        return simplified(Reader(text).read(), _by_name(types))
    except (Odd, Unreadable, RecursionError):
        return None


@lru_cache(maxsize=256)
def _by_name(types: Types) -> Mapping[str, str]:
    return {identifier(name): kind for name, kind in types}
