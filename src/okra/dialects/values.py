"""Literals of SQL that are values of the schema language, and in its spelling: for every dialect."""

from __future__ import annotations

import json
import re

INT = range(-(2**31), 2**31)
BIG_INT = range(-(2**63), 2**63)

_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")


def is_whole(text: str, bounds: range) -> bool:
    """Whether `text` is a whole number within `bounds`; one of thousands of digits is not even read."""
    return (
        _WHOLE.fullmatch(text) is not None
        and len(text) <= len(str(bounds[0]))
        and int(text) in bounds
    )


def is_decimal(text: str, digits: tuple[int, int] | None) -> bool:
    """Whether `text` is a decimal number that has room in `digits`: all, and those behind the point."""
    match = _NUMBER.fullmatch(text)
    if match is None or digits is None:
        return match is not None
    total, scale = digits
    before, after = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    return len(before) <= total - scale and len(after) <= scale


def spelled_json(text: str | None) -> str | None:
    """The JSON `text` as OKRA spells it; None where it is none."""
    if text is None:
        return None
    try:
        tree = json.loads(text)
        return json.dumps(
            tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        )
    except (ValueError, RecursionError):
        return None
