"""Functions that PostgreSQL's grammar writes with words between their arguments, and their plain readings.

Source  PostgreSQL manual, "String Functions and Operators", "Date/Time Functions and Operators"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.lexer import Kind as Lexeme
from okra.dialects.postgres.expressions.tree import Kind, Level, Node
from okra.dialects.postgres.natives.spelling import identifier

if TYPE_CHECKING:
    from okra.dialects.postgres.expressions.reader import Reader

SPECIAL = frozenset({"extract", "position", "substring", "overlay", "trim", "normalize"})


def read_special(reader: Reader, word: str) -> Node | None:
    """The call of `word`, whose parenthesis comes next; None where it is an ordinary call."""
    start = reader.at
    reader.expect("(")
    match word:
        case "extract":
            node = _extract(reader)
        case "position":
            node = _position(reader)
        case "substring":
            node = _words(reader, "SUBSTRING", ("from", "for"))
        case "overlay":
            node = _words(reader, "OVERLAY", ("placing", "from", "for"))
        case "trim":
            node = _trim(reader)
        case _:
            node = Node(Kind.SYNTAX, "NORMALIZE({})", (reader.expression(),))
            if not reader.take_symbol(")"):
                node = None
    if node is None:
        reader.at = start
    return node


def _extract(reader: Reader) -> Node | None:
    token = reader.next()
    if token.kind not in (Lexeme.WORD, Lexeme.NAME, Lexeme.STRING) or not reader.take("from"):
        return None
    node = reader.expression()
    reader.expect(")")
    field = identifier(token.text.lower()).replace("{", "{{").replace("}", "}}")
    return Node(Kind.SYNTAX, f"EXTRACT({field} FROM {{}})", (node,))


def _position(reader: Reader) -> Node | None:
    first = reader.expression(Level.LIKE + 1)
    if not reader.take("in"):
        return None
    second = reader.expression(Level.LIKE + 1)
    reader.expect(")")
    return Node(Kind.SYNTAX, "POSITION(({}) IN ({}))", (first, second))


def _words(reader: Reader, name: str, words: tuple[str, ...]) -> Node | None:
    """`SUBSTRING(text FROM 1 FOR 2)`."""
    parts = [reader.expression()]
    text = f"{name}({{}}"
    for word in words:
        if reader.take(word):
            parts.append(reader.expression())
            text += f" {word.upper()} {{}}"
    if len(parts) == 1:
        return None
    reader.expect(")")
    return Node(Kind.SYNTAX, f"{text})", tuple(parts))


def _trim(reader: Reader) -> Node | None:
    """`TRIM(BOTH 'x' FROM text)`, which the server writes in full."""
    side = "BOTH"
    for word in ("both", "leading", "trailing"):
        if reader.take(word):
            side = word.upper()
    if reader.take("from"):
        parts = [reader.expression()]
    else:
        parts = [reader.expression()]
        if reader.take("from"):
            parts.append(reader.expression())
    if not reader.take_symbol(")"):
        return None
    between = "{} " if len(parts) > 1 else ""
    return Node(Kind.SYNTAX, f"TRIM({side} {between}FROM {{}})", tuple(parts))
