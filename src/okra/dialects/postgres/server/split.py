"""The statements of a .sql file, cut where psql would cut them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.splitting import (
    Parentheses,
    fault,
    lead,
    mask,
    scripts,
    unclosed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Script
    from okra.source import Source

# Everything beyond ASCII may be part of a name; written as what is left out, which compiles faster.
_WORD = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_TAG = r"(?:[^\x00-@\[-^`{-\x7f][^\x00-/:-@\[-^`{-\x7f]*)?"
_MARK = re.compile(
    rf"(?<!{_WORD})[eE]'(?:[^'\\]|\\.|'')*'"
    rf"|(?<!{_WORD})[eE]'"
    r"|'[^']*(?:''[^']*)*'"
    r'|"[^"]*(?:""[^"]*)*"'
    rf"|(?<!{_WORD})\$(?P<tag>{_TAG})\$.*?\$(?P=tag)\$"
    rf"|(?<!{_WORD})\${_TAG}\$"
    r"|--[^\n]*|/\*|[;()\0]|['\"]"
    rf"|(?<!{_WORD})(?i:BEGIN|CASE|END)(?!{_WORD})",
    re.DOTALL,
)
_LINE = re.compile(r"--[^\n]*")
_NESTING = re.compile(r"/\*|\*/")
_FUNCTION = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE)
_RULE = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?RULE\b", re.IGNORECASE)
_BODY = re.compile(r"BEGIN\s+ATOMIC\b", re.IGNORECASE)
_UNCLOSED = {"'": "text", '"': "name"}


def split(text: str) -> tuple[Script, ...]:
    """The statements of `text`, in order, each with the comment lines right above it.

    Line ends are one thing: a file whose lines all end in CRLF gives what it gives with LF.

    Raises  DirectoryError with `line:column` as its place for a quote, comment or parenthesis that is not
            closed, a parenthesis that closes nothing, and a NUL
    Source  PostgreSQL manual, Lexical Structure; psql, "Notes": the body of a function may be
            BEGIN ATOMIC … END, and a rule's may stand in parentheses
    """
    return scripts(text, _spans, comment_end)


def _spans(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where each statement begins, with its comments, and where its semicolon stands."""
    start = at = depth = 0
    opened = Parentheses(source)
    while (match := _MARK.search(text, at)) is not None:
        mark, place, at = match.group(), match.start(), match.end()
        if mark == ";":
            if depth or (opened and _begins(_RULE, text, start, place)):
                continue
            opened.check_closed()
            yield start, place
            start = at
        elif mark in ("(", ")"):
            opened.see(mark, place)
        elif mark == "/*":
            at = _nested_end(text, place, len(text), source)
        elif mark in ("'", '"', "\0"):
            raise unclosed(source, place, mark, _UNCLOSED.get(mark, "text"))
        elif mark in ("E'", "e'"):
            raise unclosed(source, place + 1, "'")
        elif mark[0] == "$" and match["tag"] is None:
            raise unclosed(source, place, mark)
        elif mark[0] in "bBcCeE" and mark[-1] != "'":
            depth = _deeper(depth, mark.upper(), text, start, place)
    opened.check_closed()
    if depth:
        raise fault(
            source, len(text), "the body of the function is not closed", "OKR485", "add its `END;`"
        )
    yield start, len(text)


def masked(sql: str) -> str:
    """`sql` with blanks for comments and signs that mean nothing for what is in quotes; everything keeps its place."""
    parts = []
    at = 0
    while (match := _MARK.search(sql, at)) is not None:
        parts.append(sql[at : match.start()])
        at = match.end()
        if match.group() == "/*":
            at = _nested_end(sql, match.start(), len(sql), None)
            parts.append(" " * (at - match.start()))
        else:
            parts.append(mask(match))
    return "".join([*parts, sql[at:]])


def _deeper(depth: int, word: str, text: str, start: int, at: int) -> int:
    """How many BEGIN ATOMIC and CASE are open behind `word`; 0 outside the body of a function."""
    if not depth:
        if word != "BEGIN" or not _BODY.match(text, at):
            return 0
        return 1 if _begins(_FUNCTION, text, start, at) else 0
    return depth - 1 if word == "END" else depth + 1 if word == "CASE" else depth


def _begins(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    begin, _ = lead(text, start, end, comment_end)
    return pattern.match(text, begin, end) is not None


def comment_end(text: str, at: int, end: int) -> int | None:
    """Where the comment ends that begins at `at`; None where none does. Comments nest."""
    if text.startswith("/*", at, end):
        return _nested_end(text, at, end, None)
    found = _LINE.match(text, at, end)
    return found.end() if found else None


def _nested_end(text: str, at: int, end: int, source: Source | None) -> int:
    """Where the block comment at `at` ends; a file that does not close it was refused before without `source`."""
    depth = 0
    for mark in _NESTING.finditer(text, at, end):
        depth += 1 if mark.group() == "/*" else -1
        if not depth:
            return mark.end()
    if source is not None:
        raise unclosed(source, at, "/*")
    return end
