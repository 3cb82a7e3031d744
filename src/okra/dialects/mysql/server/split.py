"""The statements of a .sql file, cut where the mysql client would cut them, and where it could not."""

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

REMARK = r"#[^\n]*|--(?=[\s\0]|\Z)[^\n]*|/\*(?!M?!).*?\*/"
_QUOTED = (
    r"'(?:[^'\\]|\\.|'')*'"
    r'|"(?:[^"\\]|\\.|"")*"'
    r"|`[^`]*(?:``[^`]*)*`"
)
# Everything beyond ASCII may be part of a name; written as what is left out, which compiles faster.
PART = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_WORDS = r"BEGIN|CASE|END|IF|LOOP|REPEAT|WHILE|DELIMITER"
_MARK = re.compile(
    rf"{_QUOTED}|{REMARK}|/\*(?!M?!)|/\*M?!|\*/|[()\0;]|['\"`]"
    rf"|(?<![@.])(?<!{PART})(?i:{_WORDS})(?!{PART})",
    re.DOTALL,
)
_COMMENT = re.compile(REMARK, re.DOTALL)
_WORD = re.compile(rf"{_QUOTED}|{REMARK}|/\*M?![0-9]*|\*/|\s+|({PART}+)|(.)", re.DOTALL)
_DELIMITER = re.compile(r"[ \t]*delimiter[ \t]+(\S+)[^\n]*(?:\n|\Z)", re.IGNORECASE)
_COMPOUND = re.compile(
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:AGGREGATE\s+)?(?:DEFINER\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?"
    r"(?:AGGREGATE\s+)?(?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*\(")
_CONDITION = re.compile(r"\s+(?:NOT\s+)?EXISTS\b", re.IGNORECASE)
_ENDED = re.compile(r"\s+(?:IF|CASE|LOOP|REPEAT|WHILE)\b", re.IGNORECASE)
_UNCLOSED = {"'": "text", '"': "text", "`": "name"}


def split(text: str) -> tuple[Script, ...]:
    """The statements of `text`, in order, each with the comment lines right above it.

    A trigger or routine ends with its body, with DELIMITER and without. Line ends are one thing: a file
    whose lines all end in CRLF gives what it gives with LF.

    Raises  DirectoryError with `line:column` as its place for a quote, comment or parenthesis that is not
            closed, a parenthesis that closes nothing, and a NUL
    Source  MySQL 8.0 manual, 11.7 Comments, 27.1 Defining Stored Programs
    """
    return scripts(text, _spans, comment_end)


def words(sql: str, count: int) -> list[str]:
    """The first `count` words of a statement in upper case, through `/*! */`; signs stand for themselves."""
    found: list[str] = []
    for match in _WORD.finditer(sql):
        word = match[1] or match[2]
        if word:
            found.append(word.upper())
            if len(found) == count:
                break
    return found


def masked(sql: str) -> str:
    """`sql` with blanks for comments and signs that mean nothing for what is in quotes; everything keeps its place."""
    return _MARK.sub(mask, sql)


def comment_end(text: str, at: int, end: int) -> int | None:
    """Where the comment ends that begins at `at`; None where none does. `/*! */` is none."""
    found = _COMMENT.match(text, at, end)
    return found.end() if found else None


def _spans(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where each statement begins, with its comments, and where its delimiter stands."""
    start = at = depth = 0
    delimiter = ";"
    executed = False  # inside `/*! */`, where no statement ends
    opened = Parentheses(source)
    pattern = _MARK
    while (match := pattern.search(text, at)) is not None:
        mark, place, at = match.group(), match.start(), match.end()
        if mark == delimiter:
            if depth or executed:
                continue
            opened.check_closed()
            yield start, place
            start = at
        elif mark in ("/*!", "/*M!", "*/"):
            executed = mark != "*/"
        elif mark in ("(", ")"):
            opened.see(mark, place)
        elif mark in ("/*", "'", '"', "`", "\0"):
            raise unclosed(source, place, mark, _UNCLOSED.get(mark, "text"))
        elif mark[0].isalpha() and mark.upper() == "DELIMITER":
            change = _DELIMITER.match(text, text.rfind("\n", 0, place) + 1)
            if change is not None and _is_empty(text, start, place):
                delimiter, start, at = change[1], change.end(), change.end()
                pattern = _with_delimiter(delimiter)
        elif mark[0].isalpha() and delimiter == ";":
            depth, at = _deeper(depth, mark.upper(), text, start, place, at)
    opened.check_closed()
    if depth:
        raise fault(source, len(text), "the body is not closed", "OKR485", "add its `END;`")
    yield start, len(text)


def _with_delimiter(delimiter: str) -> re.Pattern[str]:
    """The marks where statements end with `delimiter`."""
    if delimiter == ";":
        return _MARK
    return re.compile(f"{re.escape(delimiter)}|{_MARK.pattern.replace(';]', ']')}", re.DOTALL)


def _deeper(depth: int, word: str, text: str, start: int, place: int, at: int) -> tuple[int, int]:
    """How many blocks are open behind `word` of a trigger or routine, and where to go on."""
    if not depth:
        if word != "BEGIN":
            return 0, at
        begin, _ = lead(text, start, place, comment_end)
        return int(_COMPOUND.match(text, begin, place) is not None), at
    if word == "END":
        ended = _ENDED.match(text, at)
        return depth - 1, ended.end() if ended else at
    if word in ("IF", "REPEAT") and _CALLED.match(text, at) and not _is_statement(text, place):
        return depth, at
    if word == "IF" and _CONDITION.match(text, at):
        return depth, at
    return depth + 1, at


def _is_statement(text: str, place: int) -> bool:
    """Whether a statement may begin at `place`, and not a call of a function."""
    before = re.search(
        r"(;|:|\b(?:BEGIN|THEN|ELSE|DO|LOOP|REPEAT))\s*\Z", text[:place], re.IGNORECASE
    )
    return before is not None


def _is_empty(text: str, start: int, place: int) -> bool:
    """Whether nothing but comments stands between a statement's begin and `place`."""
    begin, _ = lead(text, start, place, comment_end)
    return begin >= place
