"""Which statements are sent together, without waiting for the answer to each: those that make tables, and their indexes.

It saves a large first migration a way to the server and back for each of them. What takes long is never
among them: its answer would keep what is said of the others waiting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script

_AT_MOST = 32
_NAME = r'"(?:[^"]|"")+"(?:\."(?:[^"]|"")+")?'
# As OKRA's own files have them; what is written otherwise is sent alone.
_TABLE = re.compile(rf"CREATE (?:UNLOGGED )?TABLE ({_NAME}) \(")
_INDEX = re.compile(rf"CREATE (?:UNIQUE )?INDEX {_NAME} ON ({_NAME}) ")
_FROM_ROWS = re.compile(r"\bAS[\s(]+(?:SELECT|TABLE|VALUES|WITH|EXECUTE)\b", re.IGNORECASE)
_NO_ROWS = re.compile(r"(?:ALTER|COMMENT|CREATE|DROP|GRANT|REVOKE|RESET|SET)\b", re.IGNORECASE)


class Together:
    """The statements of one file, asked about in their order."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self._made: set[str] = set()

    def end(self, number: int, stop: int) -> int:
        """Behind the last statement that can be sent with the one that has this number, from 0; at most `stop`."""
        at = number
        while at < min(stop, number + _AT_MOST) and self._is_quick(self._scripts[at].sql):
            at += 1
        return max(at, number + 1)

    def _is_quick(self, sql: str) -> bool:
        table = _TABLE.match(sql)
        if table is not None:
            if _FROM_ROWS.search(sql):
                return False
            self._made.add(table[1])
            return True
        index = _INDEX.match(sql)
        if index is not None:
            return index[1] in self._made
        if not _NO_ROWS.match(sql):  # it may fill them
            self._made.clear()
        return False
