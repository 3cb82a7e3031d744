"""The only place where SQLite names and literals become SQL."""

from __future__ import annotations

import re
from math import isfinite

from okra.errors import UnsupportedChange

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def quote(name: str) -> str:
    """`name` as an identifier.

    Raises  UnsupportedChange for an empty name and one that SQLite can't hold
    """
    bad = unwritable(name) if name else "no character at all"
    if bad is not None:
        raise UnsupportedChange(
            f"{name!a} can't be a name in SQLite: it has {bad}",
            code="OKR403",
            help="use another name",
        )
    return '"' + name.replace('"', '""') + '"'


def literal(value: bool | float | str | bytes | None) -> str:
    """`value` as an SQL literal; booleans are 0 and 1.

    Raises  UnsupportedChange for a text that SQLite can't hold
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, (int, float)):
        if not isfinite(value):
            raise _unwritable_text(str(value), "no end")
        return repr(value)
    bad = unwritable(value)
    if bad is not None:
        raise _unwritable_text(value, bad)
    return "'" + value.replace("'", "''") + "'"


def unwritable(text: str) -> str | None:
    """What in `text` no SQL text can hold: a NUL would end it, half a character has no bytes; None if nothing."""
    found = _UNWRITABLE.search(text)
    if found is None:
        return None
    return "a NUL character" if found.group() == "\0" else "half of a character"


def _unwritable_text(text: str, bad: str) -> UnsupportedChange:
    return UnsupportedChange(
        f"{text!a} can't be written in SQLite: it has {bad}",
        code="OKR403",
        help="use another value",
    )
