"""Whether statements can be run on a database and be undone to the last trace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from okra.dialects.rows import row_writer
from okra.relational.sqltext import significant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.migrations.segments import Segment
    from okra.relational.model import Database

_LASTING = {
    "postgres": frozenset(("SETVAL", "NEXTVAL", "LO_EXPORT")),
    "mysql": frozenset(("GLOBAL", "PERSIST", "OUTFILE", "DUMPFILE")),
}
_ENUM_VALUE = re.compile(r"^\s*ALTER\s+TYPE\b.*\bADD\s+VALUE\b", re.IGNORECASE | re.DOTALL)


class _Course(Protocol):
    """The statements of one migration that are still to run."""

    @property
    def scripts(self) -> tuple[Script, ...]: ...

    @property
    def segments(self) -> tuple[Segment, ...]: ...


def hindrance(provider: str, courses: Sequence[_Course], whole: Database) -> str | None:
    """Why the target can't run all of it in one transaction that is undone; None where it can."""
    for course in courses:
        for segment in course.segments:
            script = course.scripts[segment.start] if segment.start < segment.stop else None
            if segment.outside and script is not None:
                return f"the server could not undo `{_head(script)} …`"
    for table in whole.tables:
        if row_writer(provider).lasting(table):
            return f"the server could not undo what is written to `{table.name}`"
    for script in (script for course in courses for script in course.scripts):
        if word := _lasting_word(provider, script):
            return f"the server could not undo `{word}`"
    if provider == "postgres":
        for script in (script for course in courses for script in course.scripts):
            if _ENUM_VALUE.match(script.sql):
                return "a new value of an enum can be used only when it is committed"
    return None


def _lasting_word(provider: str, script: Script) -> str | None:
    """What of the statement lasts whatever becomes of its transaction: a sequence's counter, a setting, a file."""
    words = [word.upper() for word in significant(script.sql)]
    if provider == "postgres" and words[:1] == ["COPY"] and ("TO" in words or "PROGRAM" in words):
        return "COPY"
    return next((word for word in words if word in _LASTING.get(provider, ())), None)


def _head(script: Script) -> str:
    return " ".join(script.sql.split()[:3])
