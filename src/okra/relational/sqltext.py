"""SQL text cut into tokens, and the names in it changed: as much SQL as every dialect shares.

This is no SQL parser. It knows where strings, quoted names and comments begin and end, so that nobody
ever looks for a word or a semicolon inside one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import UnsupportedChange
from okra.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


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


# Servers take ASCII white space only; every character beyond ASCII may be part of a name.
_BLANK = r"[ \t\n\r\f\v]+|\ufeff"
_REMARK = r"--[^\n]*|/\*(?s:.*?)(?:\*/|\Z)"
_STRING = r"[xXbB]?'[^']*(?:''[^']*)*'"
_NAME = r"\"[^\"]*(?:\"\"[^\"]*)*\"|`[^`]*(?:``[^`]*)*`|\[[^\]]*\]"
_NUMBER = r"0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?"
# [A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*, written as what is left out: `re` takes 10 ms to
# compile a class that goes that far.
_WORD = r"[^\x00-@\[-^`{-\x7f][^\x00-#%-/:-@\[-^`{-\x7f]*"
_SYMBOL = r"->>|->|\|\||<<|>>|<=|>=|<>|!=|==|::|."

# A quote that never ends is BROKEN: the rest of the text belongs to it.
_TOKEN = re.compile(
    f"(?P<space>{_BLANK})|(?P<comment>{_REMARK})|(?P<string>{_STRING})|(?P<name>{_NAME})"
    f"|(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<broken>['\"`\\[])|(?P<symbol>{_SYMBOL})",
    re.DOTALL,
)
_SIGNIFICANT = re.compile(
    f"(?:{_BLANK}|{_REMARK})|({_STRING}|{_NAME}|{_NUMBER}|{_WORD}|['\"`\\[].*|{_SYMBOL})",
    re.DOTALL,
)
_QUOTED = re.compile(f"{_STRING}|{_NAME}", re.DOTALL)
_KINDS = {kind.value: kind for kind in TokenKind}
_OPENING_QUOTES = frozenset('"`[')
_QUOTES = frozenset("\"`['")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_DIGITS = frozenset("0123456789")


def tokens(text: str) -> Iterator[SqlToken]:
    """All tokens of `text`; joined together again they are `text`."""
    for match in _TOKEN.finditer(text):
        kind = _KINDS[match.lastgroup or "symbol"]
        if kind is TokenKind.BROKEN:
            yield SqlToken(kind, text[match.start() :], match.start())
            return
        yield SqlToken(kind, match.group(), match.start())


def significant(text: str) -> list[str]:
    """The texts of all tokens but white space and comments, fast.

    Only the last one can be broken: a quote that never ends, with all that follows it.
    """
    return [token for token in _SIGNIFICANT.findall(text) if token]


def is_broken(token: str) -> bool:
    """Whether `token`, the last one of `significant`, begins with a quote that nothing closes."""
    return token[0] in _QUOTES and _QUOTED.fullmatch(token) is None


def is_quoted_name(token: str) -> bool:
    return token[0] in _OPENING_QUOTES


def is_string(token: str) -> bool:
    return token[-1] == "'"


def is_word(token: str) -> bool:
    """Whether `token`, one of `significant`, is a bare identifier or a keyword."""
    first = token[0]
    return (first.isalpha() or first == "_" or first >= "\x80") and token[-1] != "'"


def is_number(token: str) -> bool:
    return token[0] in _DIGITS or (token[0] == "." and len(token) > 1)


def ascii_lower(text: str) -> str:
    """`text` in lower case as servers fold names: letters beyond ASCII stay as they are."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def ascii_upper(text: str) -> str:
    """`text` in upper case, but for letters beyond ASCII."""
    return text.upper() if text.isascii() else text.translate(_UPPER)


def name_of(token: str) -> str:
    """The identifier, or the text, that a quoted or bare token stands for."""
    if token[:1] not in _QUOTES:
        return token
    quote = token[-1]
    body = token[1:-1]
    return body if quote == "]" else body.replace(quote * 2, quote)


def unquoted(token: SqlToken) -> str:
    """The identifier that a NAME or WORD token stands for."""
    return name_of(token.text) if token.kind is TokenKind.NAME else token.text


def expression_key(text: str) -> tuple[str, ...]:
    """What two spellings of one expression share: its tokens without space, comments and name quotes."""
    skipped = (TokenKind.SPACE, TokenKind.COMMENT)
    return tuple(unquoted(token) for token in tokens(text) if token.kind not in skipped)


def expression_fault(text: str) -> str | None:
    """Why `text` can't stand as one expression inside a longer statement; None if it can.

    It must not end the statement, open a comment, or close what it did not open.
    """
    depth = 0
    empty = True
    for kind, mark, _ in tokens(text):
        if kind is TokenKind.SPACE:
            continue
        empty = False
        if kind is TokenKind.COMMENT:
            return "it has a comment"
        if kind is TokenKind.BROKEN:
            return f"the quote {mark[0]} is not closed"
        if kind is not TokenKind.SYMBOL:
            continue
        if mark == ";" or (mark == "," and not depth):
            return f"it has a `{mark}` where it would end"
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            return "a `)` closes nothing"
    if depth:
        return "a `(` is not closed"
    return "it is empty" if empty else None


def no_expression(what: str, fault: str, place: str) -> UnsupportedChange:
    """The error for a text that is not one expression; `fault` is from `expression_fault`."""
    return UnsupportedChange(
        f"{what} is not one SQL expression: {fault}",
        code="OKR217",
        place=place,
        help="write one expression, without comments and with its quotes and parentheses closed",
    )


def no_column(name: str, table: str, columns: Sequence[str], place: str) -> UnsupportedChange:
    """The error for an expression with the name `name`, which is none of the `columns` of `table`."""
    near = nearest(name, columns)
    hint = f"did you mean `{near}`?" if near else "write the column's name in SQL."
    return UnsupportedChange(
        f"`{name}` is no column of `{table}`",
        code="OKR220",
        place=place,
        help=f"{hint} A text stands in single quotes",
    )


def rename_columns(expression: str, renames: Mapping[str, str], quote: str = '"') -> str:
    """`expression` with every column name in `renames` replaced by its new, quoted name.

    A name in front of `(` is a function and stays, as do collations, the types of casts, and everything
    inside strings and comments.
    """
    if not renames:
        return expression
    found = list(tokens(expression))
    parts: list[str] = []
    for number, token in enumerate(found):
        new = None
        if token.kind in (TokenKind.NAME, TokenKind.WORD):
            new = renames.get(unquoted(token))
        if new is None or _is_no_column(found, number):
            parts.append(token.text)
        else:
            parts.append(quote + new.replace(quote, quote * 2) + quote)
    return "".join(parts)


def _is_no_column(found: list[SqlToken], number: int) -> bool:
    """Whether the name is that of a function, a collation, a type or a table."""
    before = _neighbour(found, range(number - 1, -1, -1))
    after = _neighbour(found, range(number + 1, len(found)))
    if after == "(" and found[number].kind is TokenKind.WORD:
        return True
    return after == "." or ascii_upper(before) in ("COLLATE", "AS")


def _neighbour(found: list[SqlToken], places: range) -> str:
    """The nearest token at `places` that says anything."""
    for place in places:
        if found[place].kind not in (TokenKind.SPACE, TokenKind.COMMENT):
            return found[place].text
    return ""
