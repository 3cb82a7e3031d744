"""The tokens of one statement, read from left to right; strings of every dialect are made plain first."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from okra.relational.sqltext import (
    SqlToken,
    TokenKind,
    ascii_lower,
    ascii_upper,
    name_of,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLAIN = r"'[^']*(?:''[^']*)*'|\"[^\"]*(?:\"\"[^\"]*)*\"|--[^\n]*|/\*(?s:.*?)\*/"
_POSTGRES = re.compile(
    rf"(?P<odd>(?<!\w)[eE]'(?:[^'\\]|\\.|'')*'|(?<!\w)\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)|{_PLAIN}",
    re.DOTALL,
)
_MYSQL = re.compile(
    r"(?P<odd>'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\")|(?P<remark>\#[^\n]*)"
    r"|`[^`]*`|--[ \t][^\n]*|/\*(?s:.*?)\*/",
    re.DOTALL,
)
_SILENT = (TokenKind.SPACE, TokenKind.COMMENT)


def lexemes(sql: str, provider: str, at_most: int | None = None) -> list[SqlToken]:
    """The tokens of a statement without space and comments, each where it stands in `sql`.

    What only this server takes for one string, like `$$…$$`, is one string of as many characters.

    at_most  how many are wanted, where the statement has no strings among these; None: all
    """
    if at_most is None:
        sql = _with_plain_strings(sql, provider)
    return [*islice((token for token in tokens(sql) if token.kind not in _SILENT), at_most)]


def _with_plain_strings(sql: str, provider: str) -> str:
    if provider == "postgres" and ("$" in sql or "E'" in sql or "e'" in sql):
        return _POSTGRES.sub(_made_plain, sql)
    return _MYSQL.sub(_made_plain, sql) if provider == "mysql" else sql


def _made_plain(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "remark":
        return " " * len(text)
    if match["odd"] is None or (text[0] == "'" and "\\" not in text):
        return text
    return "'" + "x" * (len(text) - 2) + "'"


class Cursor:
    """A place in the tokens of a statement."""

    __slots__ = ("_at", "_lower", "_tokens")

    def __init__(self, found: Sequence[SqlToken], *, lower: bool) -> None:
        self._tokens = found
        self._at = 0
        self._lower = lower

    @property
    def at(self) -> int:
        """Where the next token stands in the statement."""
        if self._at < len(self._tokens):
            return self._tokens[self._at].start
        return self._tokens[-1].start if self._tokens else 0

    @property
    def done(self) -> bool:
        return self._at >= len(self._tokens)

    def word(self, ahead: int = 0) -> str:
        """The token `ahead` of the next one as a keyword, or as it is; empty behind the last."""
        place = self._at + ahead
        if place >= len(self._tokens):
            return ""
        token = self._tokens[place]
        return ascii_upper(token.text) if token.kind is TokenKind.WORD else token.text

    def take(self, *words: str) -> bool:
        """Go past `words`, if they come next."""
        if any(self.word(number) != word for number, word in enumerate(words)):
            return False
        self._at += len(words)
        return True

    def skip(self) -> None:
        self._at += 1

    def name(self) -> str:
        """The name that comes next, as the model has it: without quotes, folded, without `public.`."""
        parts = [self._identifier()]
        while self.word() == "." and not self.done:
            self.skip()
            parts.append(self._identifier())
        if self._lower and parts[0] == "public" and len(parts) > 1:
            del parts[0]
        return ".".join(parts)

    def names(self) -> tuple[str, ...]:
        """The names in the parentheses that come next; expressions and what stands behind a name are left out."""
        return self.parts()[0]

    def parts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names in the parentheses that come next, and all parts: a name by itself, an expression as it is written."""
        names, parts = [], []
        for item in self.group():
            first = item[0]
            plain = len(item) == 1 or item[1].text not in ("(", ".") or first.kind is TokenKind.NAME
            if first.kind in (TokenKind.NAME, TokenKind.WORD) and plain:
                names.append(self._folded(first))
                parts.append(self._folded(first))
            else:
                parts.append(joined(item))
        return tuple(names), tuple(parts)

    def group(self) -> list[list[SqlToken]]:
        """The tokens in the parentheses that come next, cut at their commas; empty where none come."""
        if not self.take("("):
            return []
        items: list[list[SqlToken]] = [[]]
        depth = 0
        while not self.done:
            token = self._tokens[self._at]
            self._at += 1
            if token.text == ")" and not depth:
                break
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "," and not depth:
                items.append([])
            else:
                items[-1].append(token)
        return [item for item in items if item]

    def inside(self) -> Cursor:
        """What is in the parentheses that come next; empty where none come."""
        if not self.take("("):
            return Cursor((), lower=self._lower)
        found = self.until(frozenset({")"}))
        self.skip()
        return Cursor(found, lower=self._lower)

    def before(self, words: frozenset[str]) -> Cursor:
        """What comes before the next of `words` that is in no parentheses, or all that is left."""
        return Cursor(self.until(words), lower=self._lower)

    def clauses(self) -> list[Cursor]:
        """The rest, cut at its commas."""
        found: list[list[SqlToken]] = [[]]
        depth = 0
        for token in self._tokens[self._at :]:
            depth += (token.text == "(") - (token.text == ")")
            if token.text == "," and not depth:
                found.append([])
            else:
                found[-1].append(token)
        return [Cursor(item, lower=self._lower) for item in found if item]

    def until(self, words: frozenset[str]) -> list[SqlToken]:
        """The tokens before the next of `words` that is in no parentheses and no CASE, or all that are left."""
        begin = self._at
        opened: list[str] = []
        while not self.done:
            text = self.word()
            if text in words and not opened:
                break
            _nest(opened, text)
            self._at += 1
        return list(self._tokens[begin : self._at])

    def rest(self) -> list[str]:
        """The words that are left."""
        return [self.word(number) for number in range(len(self._tokens) - self._at)]

    def _identifier(self) -> str:
        if self.done:
            return ""
        token = self._tokens[self._at]
        self._at += 1
        return self._folded(token)

    def _folded(self, token: SqlToken) -> str:
        if token.kind is TokenKind.NAME:
            return name_of(token.text)
        return ascii_lower(token.text) if self._lower else token.text


_ENDS = {"(": ")", "CASE": "END"}


def _nest(opened: list[str], text: str) -> None:
    """Put `text` onto what is open, or take off what it closes."""
    if text in _ENDS:
        opened.append(text)
    elif opened and _ENDS[opened[-1]] == text:
        opened.pop()


def outer(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The words that are in no parentheses and no CASE, with their places; `(` and `)` themselves are among them."""
    opened: list[str] = []
    for at, word in enumerate(words):
        inside = bool(opened)
        _nest(opened, word)
        if not opened or not inside:
            yield at, word


def joined(found: Sequence[SqlToken]) -> str:
    """Tokens as one text, spaces where there was any."""
    text, end = "", 0
    for token in found:
        gap = " " if text and token.start > end else ""
        text += gap + token.text
        end = token.start + len(token.text)
    return text
