"""What SHOW CREATE TABLE says: it tells more than information_schema, and costs a query for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions.lexer import tokens
from okra.dialects.mysql.quoting import quote

if TYPE_CHECKING:
    from okra.dialects.base import Session
    from okra.dialects.mysql.expressions.lexer import Token


def shown(session: Session, table: str) -> str:
    """What SHOW CREATE TABLE says, as bytes first: a binary default in it is no text."""
    session.execute("SET character_set_results = binary")
    try:
        ((_, text),) = session.query(f"SHOW CREATE TABLE {quote(table)}")
    finally:
        session.execute("SET character_set_results = utf8mb4")
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)


def definitions(text: str) -> list[list[Token]]:
    """What stands between the outermost parentheses of `text`, cut at its commas: columns, keys and checks."""
    depth = 0
    parts: list[list[Token]] = [[]]
    for token in tokens(text):
        depth += token.text == "("
        if depth == 1 and token.text == ",":
            parts.append([])
        elif depth > 1 or (depth == 1 and token.text not in ("(", ")")):
            parts[-1].append(token)
        depth -= token.text == ")"
        if not depth and parts[-1]:
            break
    return [part for part in parts if part]
