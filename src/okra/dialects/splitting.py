"""What cutting a .sql file into statements has in common for all dialects: comments above, places, faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.base import Script
from okra.errors import DirectoryError
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SPACE = " \t\n\r\f\v\ufeff"
_HIDDEN = "\x01"  # part of no word and no operator
_BLANK = re.compile(f"[{_SPACE}]*")


def plain_lines(text: str) -> str:
    """`text` with LF where all its lines end in CRLF: git may have changed them, and they mean the same."""
    if "\r" in text and text.count("\r\n") == text.count("\n"):
        return text.replace("\r\n", "\n")
    return text


def scripts(
    text: str,
    spans: Callable[[str, Source], Iterable[tuple[int, int]]],
    comment_end: Callable[[str, int, int], int | None],
) -> tuple[Script, ...]:
    """The statements of `text`, each with the comment lines right above it.

    Line ends are one thing: a file whose lines all end in CRLF gives what it gives with LF.

    spans        where each begins, with its comments, and where its semicolon stands
    comment_end  (text, at, end) → where the comment ends that begins at `at`; None where none does
    """
    text = plain_lines(text)
    source = Source("", text)
    found = []
    for start, end in spans(text, source):
        begin, comment = lead(text, start, end, comment_end)
        if begin < end:
            sql = text[begin:end].rstrip(_SPACE)
            found.append(Script(sql=sql, line=source.position(begin).line, comment=comment))
    return tuple(found)


def lead(
    text: str, start: int, end: int, comment_end: Callable[[str, int, int], int | None]
) -> tuple[int, str]:
    """Where the statement itself begins, and the comment lines right above it.

    A comment behind the previous statement, on its line, and one with an empty line below are not meant.
    """
    at = start
    above = start == 0
    lines: list[str] = []
    while True:
        blank = _BLANK.match(text, at)
        gap = blank.group() if blank else ""
        above = above or "\n" in gap
        if gap.count("\n") > 1:
            lines.clear()
        at += len(gap)
        stop = comment_end(text, at, end) if at < end else None
        if stop is None:
            return at, "\n".join(lines)
        if above:
            lines.append(text[at:stop].rstrip())
        at = stop


def mask(match: re.Match[str]) -> str:
    """In place of a quote or comment that a dialect has found: as long, and with no word of SQL in it."""
    found = match.group()
    if len(found) == 1 or found.isalpha():
        return found
    return (" " if found.startswith(("--", "/*", "#")) else _HIDDEN) * len(found)


def unclosed(source: Source, at: int, mark: str, what: str = "text") -> DirectoryError:
    """The error for `mark`, which opens a quote or comment that nothing closes, and for a NUL."""
    if mark == "\0":
        return fault(source, at, "the file holds a NUL character", "OKR484", "remove it")
    if mark == "/*":
        return fault(source, at, "the comment is not closed", "OKR483", "add `*/` where it ends")
    closing = "]" if mark == "[" else mark
    message = f"the {what} that begins with `{mark}` is not closed"
    return fault(source, at, message, "OKR480", f"add the closing `{closing}`")


class Parentheses:
    """The parentheses that are open at one place of a file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._opened: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._opened)

    def see(self, mark: str, at: int) -> None:
        """Take `(` or `)` in.

        Raises  DirectoryError for one that closes nothing
        """
        if mark == "(":
            self._opened.append(at)
        elif self._opened:
            self._opened.pop()
        else:
            raise fault(
                self._source, at, "`)` closes nothing", "OKR482", "remove it, or add its `(`"
            )

    def check_closed(self) -> None:
        """Nothing, if all are closed.

        Raises  DirectoryError
        """
        if self._opened:
            at = self._opened[-1]
            raise fault(self._source, at, "`(` is not closed", "OKR481", "add the `)`")


def fault(source: Source, at: int, message: str, code: str, help: str) -> DirectoryError:
    """An error with `line:column` as its place."""
    position = source.position(at)
    return DirectoryError(message, code=code, place=f"{position.line}:{position.column}", help=help)
