"""`-- okra:batch size=10000 key=id`: an UPDATE or DELETE that is run in ranges of a key, and how it is cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DirectoryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Script

_DIRECTIVE = re.compile(r"^--[ \t]*okra:[ \t]*batch\b(.*)$", re.MULTILINE)
_OPTION = re.compile(r'(\w+)=("[^"]*"|`[^`]*`|\[[^\]]*\]|\S+)')
_SHAPE = "write `-- okra:batch size=10000 key=id`: how many rows at a time, and the column that tells them apart"
_DEFAULT_SIZE = 10_000

_WORD = re.compile(r"[A-Za-z_]\w*|[()]")
_STARTS = re.compile(r"\s*(UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?)\s+", re.IGNORECASE)
_NAME = r"(?:[^\W\d][\w$]*|\x01+)"
_TABLE = re.compile(rf"({_NAME}(?:\s*\.\s*{_NAME})*)(?:\s+(?:AS\s+)?({_NAME}))?", re.IGNORECASE)
_REFUSED = frozenset(("LIMIT", "ORDER", "RETURNING", "OFFSET"))
_NAMES = re.compile(_NAME)
_NO_ALIAS = frozenset(
    (
        "SET",
        "WHERE",
        "USING",
        "FROM",
        "JOIN",
        "LEFT",
        "INNER",
        "CROSS",
        "ORDER",
        "LIMIT",
        "RETURNING",
    )
)
_BEHIND_SET = frozenset(("WHERE", "FROM"))


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What the comment above a statement says: so many rows at a time, in the order of the column `key`."""

    size: int
    key: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a statement has come that is run in ranges.

    statement  the hash of its text
    key        its column
    ranges     how many are done
    after      the key of the last row that was done, as an SQL literal
    rows       how many rows the ranges had: their size may have been changed meanwhile
    """

    statement: str
    key: str
    ranges: int
    after: str
    rows: int = 0

    def encode(self) -> str:
        """For the history."""
        return msgspec.json.encode(self).decode()


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A statement and the place where a range goes into it.

    table, name  the table as it stands in the statement, and what its columns are called by
    source       the table for a FROM, under that name
    head         what stands before the condition, with WHERE
    condition    the statement's own, in parentheses and followed by AND; or empty
    """

    table: str
    name: str
    source: str
    head: str
    condition: str

    def within(self, range_: str) -> str:
        """The statement for the rows of one range."""
        return f"{self.head} {self.condition}{range_}"


def decode_progress(text: str) -> Progress | None:
    """What `Progress.encode` has written; None for what nobody has written so."""
    try:
        return msgspec.json.decode(text, type=Progress)
    except msgspec.DecodeError:
        return None


def batch_of(script: Script, file: str) -> Batch | None:
    """What the comment above the statement says of ranges; None where it says nothing.

    file    where the statement stands
    Raises  DirectoryError with its line in `file` for what can't be read
    """
    found = _DIRECTIVE.findall(script.comment) if "okra:" in script.comment else []
    if not found:
        return None
    if len(found) > 1:
        raise _unreadable(script, file, "it stands twice above one statement", _SHAPE)
    options = dict(_OPTION.findall(found[0]))
    rest = _OPTION.sub("", found[0]).strip()
    unknown = [name for name in options if name not in ("size", "key")]
    if rest or unknown:
        raise _unreadable(script, file, f"`{rest or unknown[0]}` means nothing there", _SHAPE)
    size, key = options.get("size", str(_DEFAULT_SIZE)), options.get("key", "")
    if not size.isdecimal() or not int(size):
        raise _unreadable(script, file, f"the size `{size}` is no number of rows", _SHAPE)
    if not key:
        raise _unreadable(script, file, "it names no key", _SHAPE)
    if "," in key or key.startswith("("):
        raise _unreadable(
            script,
            file,
            f"the key `{key}` has several columns",
            "name one column that is unique by itself; where there is none, write several statements, each "
            "with a range in its WHERE",
        )
    return Batch(size=int(size), key=key)


def is_batch(script: Script) -> bool:
    """Whether the comment above the statement says something of ranges."""
    return "okra:" in script.comment and _DIRECTIVE.search(script.comment) is not None


def cut_of(script: Script, masked: str, key: str, file: str) -> Cut:
    """The statement with the place for a range.

    masked  its text without quotes and comments
    key     the column that the ranges are of
    Raises  DirectoryError for a statement that can't be run in ranges
    """
    start = _STARTS.match(masked)
    if start is None:
        raise _no_ranges(script, file, "it is no plain UPDATE or DELETE of one table")
    table = _TABLE.match(masked, start.end())
    if table is None:
        raise _no_ranges(script, file, "the table that it changes can't be made out")
    words = [(match.group().upper(), match.start(), match.end()) for match in _top_level(masked)]
    for word, _, _ in words:
        if word in _REFUSED:
            raise _no_ranges(script, file, f"it has `{word}`")
    alias = table[2] if table[2] and table[2].upper() not in _NO_ALIAS else None
    named = script.sql[table.start(2) : table.end(2)] if alias else None
    path = script.sql[table.start(1) : table.end(1)]
    if start[1].upper().startswith("UPDATE") and _assigns(script.sql, masked, words, key):
        raise _no_ranges(script, file, f"it changes its own key `{key}`")
    where = next(((at, end) for word, at, end in words if word == "WHERE"), None)
    text = script.sql.rstrip()
    if where is None:
        head, condition = f"{text}\nWHERE", ""
    else:
        head, condition = text[: where[1]], f"({text[where[1] :]}\n) AND "
    return Cut(
        table=path,
        name=named or _last(path),
        source=f"{path} AS {named}" if named else path,
        head=head,
        condition=condition,
    )


def _top_level(masked: str) -> list[re.Match[str]]:
    """The words that stand in no parentheses."""
    depth = 0
    found = []
    for match in _WORD.finditer(masked):
        if match.group() in "()":
            depth += 1 if match.group() == "(" else -1
        elif not depth:
            found.append(match)
    return found


def _assigns(sql: str, masked: str, words: list[tuple[str, int, int]], key: str) -> bool:
    """Whether SET gives the key another value."""
    start = next((end for word, _, end in words if word == "SET"), None)
    if start is None:
        return False
    end = next((at for word, at, _ in words if word in _BEHIND_SET and at > start), len(masked))
    for first, last in _targets(masked, start, end):
        names = [sql[m.start() : m.end()] for m in _NAMES.finditer(masked, first, last)]
        if any(_bare(name).lower() == _bare(key).lower() for name in names):
            return True
    return False


def _targets(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where what SET gives values to begins and ends: `a` of `a = 1`, `(a, b)` of `(a, b) = (1, 2)`."""
    depth = 0
    first = start
    given = False
    for at in range(start, end):
        sign = masked[at]
        depth += (sign == "(") - (sign == ")")
        if depth:
            continue
        if sign == "," and given:
            first, given = at + 1, False
        elif sign == "=" and not given:
            given = True
            yield first, at


def _bare(name: str) -> str:
    return name[1:-1] if name[:1] in '"`[' else name


def _last(path: str) -> str:
    """The last part of a table's name, quoted as it was."""
    parts: list[str] = re.findall(r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[^\s.]+', path)
    return parts[-1]


def _unreadable(script: Script, file: str, why: str, help: str) -> DirectoryError:
    return DirectoryError(
        f"`okra:batch` can't be read: {why}",
        code="OKR497",
        place=f"{file}:{script.line}",
        help=help,
    )


def _no_ranges(script: Script, file: str, why: str) -> DirectoryError:
    return DirectoryError(
        f"the statement below `okra:batch` can't be run in ranges: {why}",
        code="OKR498",
        place=f"{file}:{script.line}",
        help="write it as one UPDATE or DELETE of one table whose rows WHERE alone chooses; or take "
        "`okra:batch` away, and it runs as one statement",
    )
