"""The statements of a .sql file, cut where SQLite itself would cut them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.base import Script
from okra.errors import DirectoryError
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMARK = r"--[^\n]*|/\*.*?\*/"
_MARK = re.compile(
    r"'[^']*(?:''[^']*)*'"
    r'|"[^"]*(?:""[^"]*)*"'
    r"|`[^`]*(?:``[^`]*)*`"
    r"|\[[^\]]*\]"
    f"|{_REMARK}"
    r"|[;()\0]|['\"`\[]|/\*",
    re.DOTALL,
)
_BLANK = re.compile(r"[ \t\n\r\f\v\ufeff]*")
_COMMENT = re.compile(_REMARK, re.DOTALL)
_TRIGGER = re.compile(
    r"(?:EXPLAIN\s+(?:QUERY\s+PLAN\s+)?)?CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TRIGGER\b",
    re.IGNORECASE,
)
_UNCLOSED = {"'": "text", '"': "name", "`": "name", "[": "name"}


def split(text: str) -> tuple[Script, ...]:
    """The statements of `text`, in order, each with the comment lines right above it.

    Line ends are one thing: a file whose lines all end in CRLF gives what it gives with LF.

    Raises  DirectoryError with `line:column` as its place for a quote, comment or parenthesis that is not
            closed, a parenthesis that closes nothing, and a NUL
    Source  SQLite documentation, sqlite3_complete(): a trigger ends at `; END ;`
    """
    if "\r" in text and text.count("\r\n") == text.count("\n"):
        text = text.replace("\r\n", "\n")
    source = Source("", text)
    found = []
    for start, end in _spans(text, source):
        begin, comment = _lead(text, start, end)
        if begin < end:
            sql = text[begin:end].rstrip(" \t\n\r\f\v\ufeff")
            found.append(Script(sql=sql, line=source.position(begin).line, comment=comment))
    return tuple(found)


def _spans(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where each statement begins, with its comments, and where its semicolon stands."""
    start = piece = 0  # a piece ends at each semicolon, a statement only at some
    opened: list[int] = []
    triggers = "trigger" in text.lower()
    for match in _MARK.finditer(text):
        mark = match.group()
        at = match.start()
        if mark == ";":
            _check_parentheses(opened, source)
            inside = triggers and (piece != start or _begins_trigger(text, start, at))
            if not inside or _bare(text[piece:at]).upper() == "END":
                yield start, at
                start = at + 1
            piece = at + 1
        elif mark == "(":
            opened.append(at)
        elif mark == ")":
            if not opened:
                raise _error(
                    source, at, "`)` closes nothing", "OKR482", "remove it, or add its `(`"
                )
            opened.pop()
        elif len(mark) == 1 or mark == "/*":
            raise _unclosed(source, at, mark)
    _check_parentheses(opened, source)
    yield start, len(text)


def _check_parentheses(opened: list[int], source: Source) -> None:
    if opened:
        raise _error(source, opened[-1], "`(` is not closed", "OKR481", "add the `)`")


def _begins_trigger(text: str, start: int, end: int) -> bool:
    begin, _ = _lead(text, start, end)
    return text[begin] in "cCeE" and _TRIGGER.match(_bare(text[begin:end])) is not None


def _bare(text: str) -> str:
    """`text` without comments and the white space around it."""
    return (_COMMENT.sub(" ", text) if "-" in text or "/" in text else text).strip()


def _lead(text: str, start: int, end: int) -> tuple[int, str]:
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
        remark = _COMMENT.match(text, at, end)
        if remark is None:
            return at, "\n".join(lines)
        if above:
            lines.append(remark.group().rstrip())
        at = remark.end()


def _unclosed(source: Source, at: int, mark: str) -> DirectoryError:
    if mark == "\0":
        return _error(source, at, "the file holds a NUL character", "OKR484", "remove it")
    if mark == "/*":
        return _error(source, at, "the comment is not closed", "OKR483", "add `*/` where it ends")
    closing = "]" if mark == "[" else mark
    message = f"the {_UNCLOSED[mark]} that begins with `{mark}` is not closed"
    return _error(source, at, message, "OKR480", f"add the closing `{closing}`")


def _error(source: Source, at: int, message: str, code: str, help: str) -> DirectoryError:
    position = source.position(at)
    return DirectoryError(message, code=code, place=f"{position.line}:{position.column}", help=help)
