"""SQL text cut into tokens, and the names in it changed: as much SQL as every dialect shares.

This is no SQL parser. It knows where strings, quoted names and comments begin and end, so that nobody
ever looks for a word or a semicolon inside one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class TokenKind(StrEnum):
    SPACE = "space"
    COMMENT = "comment"
    STRING = "string"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    SYMBOL = "symbol"
    BROKEN = "broken"


class SqlToken(NamedTuple):
    """`text` as written, `start` its 0-based offset. NAME is a quoted identifier, WORD a bare one or a keyword."""

    kind: TokenKind
    text: str
    start: int


# A quote that never ends is BROKEN: the rest of the text belongs to it.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*|/\*(?s:.*?)(?:\*/|\Z))
    | (?P<string>[xXbB]?'(?:[^']|'')*')
    | (?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
    | (?P<number>0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<broken>['"`\[])
    | (?P<symbol>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|::|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {kind.value: kind for kind in TokenKind}


def tokens(text: str) -> Iterator[SqlToken]:
    """All tokens of `text`; joined together again they are `text`."""
    for match in _TOKEN.finditer(text):
        kind = _KINDS[match.lastgroup or "symbol"]
        if kind is TokenKind.BROKEN:
            yield SqlToken(kind, text[match.start() :], match.start())
            return
        yield SqlToken(kind, match.group(), match.start())


def unquoted(token: SqlToken) -> str:
    """The identifier that a NAME or WORD token stands for."""
    text = token.text
    if token.kind is not TokenKind.NAME:
        return text
    quote = text[-1]
    body = text[1:-1]
    return body if quote == "]" else body.replace(quote * 2, quote)


def rename_columns(expression: str, renames: Mapping[str, str], quote: str = '"') -> str:
    """`expression` with every column name in `renames` replaced by its new, quoted name.

    A name in front of `(` is a function and stays; so does everything inside strings and comments.
    """
    if not renames:
        return expression
    found = list(tokens(expression))
    parts: list[str] = []
    for number, token in enumerate(found):
        new = None
        if token.kind in (TokenKind.NAME, TokenKind.WORD):
            new = renames.get(unquoted(token))
        if new is None or (token.kind is TokenKind.WORD and _calls(found, number)):
            parts.append(token.text)
        else:
            parts.append(quote + new.replace(quote, quote * 2) + quote)
    return "".join(parts)


def _calls(found: list[SqlToken], number: int) -> bool:
    for token in found[number + 1 :]:
        if token.kind in (TokenKind.SPACE, TokenKind.COMMENT):
            continue
        return token.text == "("
    return False
