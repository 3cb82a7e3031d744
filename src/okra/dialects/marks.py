"""`?` in OKRA's own SQL as the drivers want parameters: `%s`, with every other `%` doubled."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"('[^']*'|\"[^\"]*\"|`[^`]*`)|%|\?")


@lru_cache(maxsize=256)
def percent_marks(sql: str) -> str:
    """`sql` with each `?` outside of quotes as `%s`."""
    return _PART.sub(lambda match: _marked(match.group()), sql)


def _marked(part: str) -> str:
    return "%s" if part == "?" else part.replace("%", "%%")
