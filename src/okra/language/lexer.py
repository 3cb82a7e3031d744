"""Text → tokens: plain tuples, because there are many.

Spaces, line ends and commas mean nothing. Comments are kept aside: the parser never sees them, the
formatter and the comment form of `@renamed` do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.errors import Diagnostic
from okra.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARACTERS = 16 * 1024 * 1024

# Kinds are plain integers, the numbers of the groups below: a name would cost a tenth of the time.
NAME, MARK, DIRECTIVE, STRING, NUMBER, COMMENT, QUOTE, STRAY, END = range(1, 10)

# (kind, text, 0-based offset). A STRING's text has its quotes. STRAY is what can't be read:
# `Tokens.errors` says why.
Token: TypeAlias = tuple[int, str, int]

_TOKEN = re.compile(
    r"""
    [ \t\r\n,]*+
    (?: ([A-Za-z_][A-Za-z0-9_]*+)
      | ([{}()\[\]:!?])
      | (@@?[A-Za-z_][A-Za-z0-9_]*+)
      | ("(?!"")[^"\\\r\n]*+")
      | (-?\.?[0-9][A-Za-z0-9_.+-]*+)
      | (\#[^\r\n]*+)
      | (")
      | ([\s\S])
      | (\Z)
    )
    """,
    re.VERBOSE,
)
_FIRST_SURROGATE = 0xD800
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]|\r(?!\n)")
_QUOTES = 'strings stand between double quotes: `"text"`'
_ALLOWED_BYTES = b"\t\n" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))  # of UTF-8
_CONFLICT = "<" * 7
_STRAY_HINTS = {
    "'": _QUOTES,
    "`": _QUOTES,
    "“": _QUOTES,
    "”": _QUOTES,
    "@": "a directive is `@` and a name, without a space: `@unique`",
    "/": "comments begin with `#`",
    ";": "take it out: a line needs no end mark",
    "=": "arguments are written `name: value`",
    "-": "numbers are written like `-1` and `2.50`",
    ".": "numbers are written like `0.5`",
    "\ufeff": "take the byte order mark out; only the file's first character may be one",
    "": "names are made of the letters A to Z, digits and `_`; other text stands in quotes",
}
_PLAIN = re.compile(r'[^"\\\r\n]*+')


def drawable(sources: Iterable[Source]) -> dict[str, Source]:
    """Sources by name, to draw errors with; without those that are too large to look at."""
    return {source.name: source for source in sources if len(source.text) <= MAX_CHARACTERS}


class Comment(msgspec.Struct, frozen=True, gc=False):
    """`text` begins with `#` and ends before the line end."""

    text: str
    start: int


class Tokens(msgspec.Struct, frozen=True):
    """All of one file. Two END tokens close it, so that one may look ahead; `errors` are by the offset of their STRAY token."""

    tokens: list[Token]
    comments: tuple[Comment, ...]
    errors: dict[int, Diagnostic]


def tokenize(source: Source) -> Tokens:
    """The tokens and comments of one file; what can't be read becomes a STRAY token and an error."""
    text = source.text
    tokens: list[Token] = []
    errors: dict[int, Diagnostic] = {}
    bad = None if _is_clean(text) else _FORBIDDEN.search(text)
    if len(text) > MAX_CHARACTERS:
        errors[0] = _too_large(source)
    elif bad is not None:
        errors[bad.start()] = _forbidden(source, bad.start())
    if errors:
        start = next(iter(errors))
        tokens = [
            (STRAY, text[start : start + 1], start),
            (END, "", len(text)),
            (END, "", len(text)),
        ]
        return Tokens(tokens, (), errors)
    at = 1 if text.startswith("\ufeff") else 0
    while at != -1:
        at = _run(source, at, tokens, errors)
    comments: tuple[Comment, ...] = ()
    if "#" in text:
        comments = tuple(Comment(item, start) for kind, item, start in tokens if kind == COMMENT)
        tokens = [token for token in tokens if token[0] != COMMENT]
    return Tokens(tokens, comments, errors)


def _is_clean(text: str) -> bool:
    """Whether `text` surely has none of `_FORBIDDEN`: forty times as fast as looking where it would be."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return b"\r" not in data and not data.translate(None, _ALLOWED_BYTES)


def _run(source: Source, at: int, tokens: list[Token], errors: dict[int, Diagnostic]) -> int:
    """Append tokens from `at` on, up to a string that needs a closer look; -1 when all is read."""
    text = source.text
    append = tokens.append
    for match in _TOKEN.finditer(text, at):
        kind = match.lastindex or STRAY
        start = match.start(kind)
        if kind < QUOTE:
            append((kind, match[kind], start))
        elif kind == QUOTE:
            end, problem = _string_end(source, start)
            if problem is not None:
                errors[start] = problem
            append((STRAY if problem else STRING, text[start:end], start))
            return end
        elif kind == STRAY:
            errors[start] = _stray(source, start)
            append((STRAY, match[kind], start))
        else:
            append((END, "", start))
            append((END, "", start))
    return -1


def _string_end(source: Source, start: int) -> tuple[int, Diagnostic | None]:
    """Where the string that opens at `start` ends, behind its closing quote."""
    text = source.text
    if text.startswith('"""', start):
        at = text.find('"""', start + 3)
        while at != -1 and text[at - 1] == "\\":
            at = text.find('"""', at + 3)
        if at != -1:
            return at + 3, None
        return len(text), _unclosed(source, start, '"""')
    at = start + 1
    while True:
        match = _PLAIN.match(text, at)
        at = len(text) if match is None else match.end()
        closing = text[at : at + 1]
        if closing == '"':
            return at + 1, None
        if closing != "\\" or text[at + 1 : at + 2] in ("\r", "\n", ""):
            return at, _unclosed(source, start, '"')
        at += 2


def _unclosed(source: Source, start: int, quote: str) -> Diagnostic:
    line = "" if quote == '"""' else ' on the same line; `"""` holds text of several lines'
    return Diagnostic(
        code="OKR003",
        message="this string is not closed",
        span=Span(source.name, start, start + len(quote)),
        help=f"end it with `{quote}`{line}",
    )


def _too_large(source: Source) -> Diagnostic:
    return Diagnostic(
        code="OKR001",
        message=(
            f"the file has {len(source.text):,} characters; "
            f"a schema file may have {MAX_CHARACTERS:,} at most"
        ),
        span=Span(source.name, 0, 0),
        help="split it into several files; they are read as one schema",
    )


def _forbidden(source: Source, start: int) -> Diagnostic:
    number = ord(source.text[start])
    if number == ord("\r"):
        hint = "end lines with a line feed; a carriage return may only stand before one"
    elif number == 0 or number >= _FIRST_SURROGATE:
        hint = "save the file as UTF-8 text"
    else:
        hint = f'take it out; inside a string write it as `"\\u{number:04X}"`'
    return Diagnostic(
        code="OKR002",
        message=f"the character U+{number:04X} can't be in a schema file",
        span=Span(source.name, start, start + 1),
        help=hint,
    )


def _stray(source: Source, start: int) -> Diagnostic:
    character = source.text[start]
    hint = _STRAY_HINTS.get(character)
    if source.text.startswith(_CONFLICT, start):
        hint = "git has left a conflict here: keep what is meant, and take out `<<<<<<<`, `=======` and `>>>>>>>`"
    elif hint is None:
        hint = "use an ordinary space" if character.isspace() else _STRAY_HINTS[""]
    shown = f"`{character}`" if character.isprintable() else f"the character U+{ord(character):04X}"
    return Diagnostic(
        code="OKR002",
        message=f"{shown} can't stand here",
        span=Span(source.name, start, start + 1),
        help=hint,
    )
