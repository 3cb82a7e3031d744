"""PostgreSQL's tokens inside one expression or type: strings come decoded, comments are left out.

Source  PostgreSQL manual, "Lexical Structure"
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from okra.relational.sqltext import ascii_lower


class Kind(Enum):
    WORD = auto()  # a bare identifier or keyword; text in lower case
    NAME = auto()  # a quoted identifier; text without its quotes
    STRING = auto()  # text without its quotes
    BITS = auto()  # B'101', X'1f'
    NUMBER = auto()
    OPERATOR = auto()
    SYMBOL = auto()
    END = auto()


class Token(NamedTuple):
    kind: Kind
    text: str


END = Token(Kind.END, "")

_PATTERN = re.compile(
    r"""
    (?P<space>[ \t\n\r\f\v]+)
  | (?P<comment>/\*|--)
  | (?P<escaped>[eE]'(?:[^'\\]|\\.|'')*')
  | (?P<unicode>[uU]&(?:'(?:[^']|'')*'|"(?:[^"]|"")*"))
  | (?P<bits>[bB]'[01]*'|[xX]'[0-9a-fA-F]*')
  | (?P<string>[nN]?'(?:[^']|'')*')
  | (?P<dollar>\$(?P<tag>[^\W\d]\w*)?\$.*?\$(?(tag)(?P=tag))\$)
  | (?P<name>"(?:[^"]|"")+")
  | (?P<number>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+
      |(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<symbol>::|:=|\.\.|[()\[\],;.:])
  | (?P<operator>(?:(?!--|/\*)[-+*/<>=~!@\#%^&|`?])+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))|''", re.DOTALL
)
_UNICODE = re.compile(r"\\(?:\\|\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))")
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_NOT_LAST = re.compile(r"[~!@#%^&|`?]")


class Odd(Exception):
    """The tokens are no expression that OKRA knows."""


class Unreadable(Exception):
    """The text has no tokens to be read: why, in words that go on from "it has"."""


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order.

    Raises  Unreadable for a comment, a quote that is not closed, or a character that begins no token
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None:
            raise Unreadable(_fault(text[at]))
        kind, piece = match.lastgroup, match.group()
        at = match.end()
        if kind == "comment":
            raise Unreadable("a comment")
        if kind == "operator":
            cut = _operator(piece)
            at -= len(piece) - len(cut)
            found.append(Token(Kind.OPERATOR, cut))
        elif kind not in (None, "space"):
            found.append(_token(str(kind), piece))
    return found


def _token(kind: str, piece: str) -> Token:
    match kind:
        case "word":
            return Token(Kind.WORD, ascii_lower(piece))
        case "name":
            return Token(Kind.NAME, piece[1:-1].replace('""', '"'))
        case "string":
            return Token(Kind.STRING, piece[piece.index("'") + 1 : -1].replace("''", "'"))
        case "escaped":
            return Token(Kind.STRING, _ESCAPE.sub(_unescaped, piece[2:-1]))
        case "dollar":
            tag = piece.index("$", 1) + 1
            return Token(Kind.STRING, piece[tag:-tag])
        case "unicode":
            quote = piece[2]
            body = _UNICODE.sub(_code_point, piece[3:-1].replace(quote * 2, quote))
            return Token(Kind.STRING if quote == "'" else Kind.NAME, body)
        case "bits":
            return Token(Kind.BITS, piece.lower())
        case "number":
            return Token(Kind.NUMBER, piece)
        case _:
            return Token(Kind.SYMBOL, piece)


def _fault(mark: str) -> str:
    if mark in "'\"":
        return f"a quote {mark} that is not closed"
    return f"a `{mark}` where nothing can begin"


def _operator(piece: str) -> str:
    """As much of a run of operator characters as the server takes for one operator."""
    while len(piece) > 1 and piece[-1] in "+-" and not _NOT_LAST.search(piece):
        piece = piece[:-1]
    return piece


def _unescaped(match: re.Match[str]) -> str:
    if match.group() == "''":
        return "'"
    short, long, hexadecimal, octal, letter = match.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter)
    if octal is not None:
        return chr(int(octal, 8))
    return chr(int(short or long or hexadecimal, 16))


def _code_point(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return "\\" if digits is None else chr(int(digits, 16))
