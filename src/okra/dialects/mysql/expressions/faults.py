"""What MySQL reads otherwise than other servers: backslashes in texts, double quotes, `#`."""

from __future__ import annotations

from functools import lru_cache

from okra.dialects.mysql.expressions.lexer import Kind, has_comment, tokens


@lru_cache(maxsize=1 << 14)
def fault(text: str) -> str | None:
    """Why `text` can't stand as one expression inside a longer statement of MySQL; None if it can.

    `expression_fault` knows what all servers share; nothing at all is no expression.
    """
    depth = 0
    if not tokens(text):
        return "it is empty"
    if has_comment(text):
        return "it has a comment"
    for token in tokens(text):
        if token.kind is Kind.BROKEN:
            return f"the quote {token.text[0]} is not closed"
        if token.kind is not Kind.SYMBOL:
            continue
        if token.text == ";" or (token.text == "," and not depth):
            return f"it has a `{token.text}` where it would end"
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return "a `)` closes nothing"
    return "a `(` is not closed" if depth else None
