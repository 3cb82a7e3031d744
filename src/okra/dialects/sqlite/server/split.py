"""The statements of a .sql file, cut where SQLite itself would cut them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.splitting import Parentheses, lead, mask, scripts, unclosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Script
    from okra.source import Source

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
    return scripts(text, _spans, _comment_end)


def masked(sql: str) -> str:
    """`sql` with blanks for comments and signs that mean nothing for what is in quotes; everything keeps its place."""
    return _MARK.sub(mask, sql)


def _spans(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where each statement begins, with its comments, and where its semicolon stands."""
    start = piece = 0  # a piece ends at each semicolon, a statement only at some
    opened = Parentheses(source)
    triggers = "trigger" in text.lower()
    for match in _MARK.finditer(text):
        mark = match.group()
        at = match.start()
        if mark == ";":
            opened.check_closed()
            inside = triggers and (piece != start or _begins_trigger(text, start, at))
            if not inside or _bare(text[piece:at]).upper() == "END":
                yield start, at
                start = at + 1
            piece = at + 1
        elif mark in ("(", ")"):
            opened.see(mark, at)
        elif len(mark) == 1 or mark == "/*":
            raise unclosed(source, at, mark, _UNCLOSED.get(mark, "text"))
    opened.check_closed()
    yield start, len(text)


def _begins_trigger(text: str, start: int, end: int) -> bool:
    begin, _ = lead(text, start, end, _comment_end)
    return text[begin] in "cCeE" and _TRIGGER.match(_bare(text[begin:end])) is not None


def _bare(text: str) -> str:
    """`text` without comments and the white space around it."""
    return (_COMMENT.sub(" ", text) if "-" in text or "/" in text else text).strip()


def _comment_end(text: str, at: int, end: int) -> int | None:
    found = _COMMENT.match(text, at, end)
    return found.end() if found else None
