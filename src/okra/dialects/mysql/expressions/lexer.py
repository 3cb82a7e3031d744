"""MySQL's SQL cut into tokens: backquoted names, backslashes in texts, introducers, `#` comments.

relational/sqltext.py knows the SQL that all servers share; here a double quote opens a text, and a
backslash in it is an escape.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    SPACE = auto()
    COMMENT = auto()
    TEXT = auto()
    BYTES = auto()
    NAME = auto()
    WORD = auto()
    NUMBER = auto()
    SYMBOL = auto()
    BROKEN = auto()


class Token(NamedTuple):
    """`text` as written, `start` its 0-based offset."""

    kind: Kind
    text: str
    start: int


_SINGLE = r"'(?:[^'\\]|\\.|'')*'"
_DOUBLE = r'"(?:[^"\\]|\\.|"")*"'
# [A-Za-z0-9_$\x80-\U0010ffff], and with @, written as what is left out: `re` takes 10 ms to compile a class that goes
# that far.
_LETTER = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_WORD = r"[^\x00-#%-/:-?\[-^`{-\x7f]+"
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>--(?=\s|\Z)[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<bytes>[xX]'[0-9a-fA-F]*'|0x[0-9a-fA-F]+(?![A-Za-z0-9_$])|[bB]'[01]*'|0b[01]+(?![A-Za-z0-9_$]))"
    f"|(?P<text>[nN]?{_SINGLE}|{_DOUBLE})"
    r"|(?P<name>`(?:[^`]|``)*`)"
    rf"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?!{_LETTER})|\.[0-9]+)"
    rf"|(?P<word>{_WORD})"
    r"|(?P<broken>['\"`])"
    r"|(?P<symbol><=>|->>|->|\|\||&&|<<|>>|<=|>=|<>|!=|:=|.)",
    re.DOTALL,
)
_KINDS = {kind.name.lower(): kind for kind in Kind}
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_DOUBLE_ESCAPE = re.compile(r'\\(.)|""', re.DOTALL)
_ESCAPED = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}


def tokens(text: str, count: int | None = None) -> list[Token]:
    """The first `count` tokens of `text`, or all, but white space and comments; only the last one can be BROKEN."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = _KINDS[match.lastgroup or "symbol"]
        if kind is Kind.BROKEN:
            found.append(Token(kind, text[match.start() :], match.start()))
            break
        if kind not in (Kind.SPACE, Kind.COMMENT):
            found.append(Token(kind, match.group(), match.start()))
            if len(found) == count:
                break
    return found


def has_comment(text: str) -> bool:
    """Whether something in `text` would be taken for a comment."""
    return any(match.lastgroup == "comment" for match in _TOKEN.finditer(text))


def text_of(token: str) -> str:
    """What a text token stands for: without its quotes and escapes.

    Source  MySQL manual, "String Literals": an unknown escape is the character itself
    """
    body = token[1:] if token[0] in "nN" else token
    quote = body[0]
    body = body[1:-1]
    if "\\" not in body:
        return body.replace(quote * 2, quote)
    return (_ESCAPE if quote == "'" else _DOUBLE_ESCAPE).sub(_unescape, body)


def _unescape(match: re.Match[str]) -> str:
    mark = match[1]
    if mark is None:
        return match[0][0]
    if mark in "%_":  # these stay for LIKE
        return match[0]
    return _ESCAPED.get(mark, mark)


def name_of(token: str) -> str:
    """The identifier that a backquoted or bare token stands for."""
    if token[:1] == "`":
        return token[1:-1].replace("``", "`")
    return token


def bytes_of(token: str) -> bytes:
    """The bytes that `x'…'` or `0x…` stands for; of a bit literal, the number's."""
    head = token[:2]
    if head in ("0b", "0B") or head[0] in "bB":
        bits = token[2:].rstrip("'") if head[0] == "0" else token[2:-1]
        return int(bits or "0", 2).to_bytes((len(bits) + 7) // 8, "big")
    digits = token[2:] if head[0] == "0" else token[2:-1]
    return bytes.fromhex("0" * (len(digits) % 2) + digits)


def is_bits(token: str) -> bool:
    """Whether a BYTES token is a bit literal."""
    return token[0] in "bB" or token[1:2] in ("b", "B")
