"""The only place where MySQL names and literals become SQL."""

from __future__ import annotations

import re
from math import isfinite

from okra.errors import UnsupportedChange

MAX_NAME_CHARACTERS = 64

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_FOUR_BYTES = re.compile("[\U00010000-\U0010ffff]")


def quote(name: str) -> str:
    """`name` as an identifier.

    Raises  UnsupportedChange for an empty name and one that MySQL can't hold
    """
    bad = _fault(name)
    if bad is not None:
        raise UnsupportedChange(
            f"{_shown(name)} can't be a name in MySQL: it has {bad}",
            code="OKR403",
            help="use another name",
        )
    return "`" + name.replace("`", "``") + "`"


def _shown(name: str) -> str:
    return f"`{name}`" if name.isprintable() and name else f"{name!a}"


def literal(value: bool | float | str | bytes | None) -> str:
    """`value` as an SQL literal, for sessions without NO_BACKSLASH_ESCAPES.

    Raises  UnsupportedChange for a text that can't be written
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, (int, float)):
        if not isfinite(value):
            raise _unwritable(str(value))
        return repr(value)
    if _UNWRITABLE.search(value):
        raise _unwritable(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _unwritable(text: str) -> UnsupportedChange:
    return UnsupportedChange(
        f"{text!a} can't be written in MySQL",
        code="OKR403",
        help="use another value",
    )


def _fault(name: str) -> str | None:
    if not name:
        return "no character at all"
    if _UNWRITABLE.search(name):
        return "a NUL, or half of a character"
    if _FOUR_BYTES.search(name):
        return "a character outside the Basic Multilingual Plane"
    if name[-1].isspace():
        return "a space at its end"
    if len(name) > MAX_NAME_CHARACTERS:
        return f"more than {MAX_NAME_CHARACTERS} characters"
    return None
