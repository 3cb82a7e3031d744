"""One thing that rows don't fit, and what columns hold before and after a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.relational.changes import AddColumn, AlterColumn

if TYPE_CHECKING:
    from okra.declarative.counting import Counts
    from okra.relational.changes import AlterTable

_CONSTANT = re.compile(r"-?\d+(\.\d+)?|'([^'\\]|'')*'")
"""An SQL literal that means the same wherever it stands."""


class Misfit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows that don't fit what their table is to become.

    what     the columns, as people write them: `users.email`
    reason   what is wrong, as a sentence that begins with their number
    count    how many rows, or groups of equal rows
    way_out  what to do so that they fit
    """

    what: str
    reason: str
    count: int
    way_out: str

    @property
    def text(self) -> str:
        """One line: `users.email: 12 rows have no value, and it becomes required`."""
        return f"{self.what}: {self.reason}"


def held(counts: Counts, change: AlterTable, name: str) -> str | None:
    """SQL for what the rows that are there will hold in a column; None where no query can tell."""
    new = [s for s in change.steps if isinstance(s, AddColumn) and s.column.name == name]
    if not new:
        return _filled(counts, change, name)
    ((column, fill),) = ((step.column, step.fill) for step in new)
    if column.identity or column.generated is not None:
        return None
    text = fill if fill is not None else column.default
    if text is None:
        return "NULL"
    return text if isinstance(text, str) and _CONSTANT.fullmatch(text) else None


def _filled(counts: Counts, change: AlterTable, name: str) -> str:
    """SQL for a column that stays, with the value that rows get which have none, where that is a constant."""
    column = counts.column(change, name)
    for step in change.steps:
        if isinstance(step, AlterColumn) and step.after.name == name and step.fill is not None:
            constant = _CONSTANT.fullmatch(step.fill) and step.before.type == step.after.type
            return f"coalesce({column}, {step.fill})" if constant else column
    return column


def added(change: AlterTable) -> set[str]:
    """The columns that come, by name."""
    return {step.column.name for step in change.steps if isinstance(step, AddColumn)}


def retyped(change: AlterTable) -> set[str]:
    """The columns whose values become others, by the names after."""
    return {
        step.after.name
        for step in change.steps
        if isinstance(step, AlterColumn)
        and (step.before.type != step.after.type or step.before.generated != step.after.generated)
    }


def keeps_values(step: AlterColumn) -> bool:
    """Whether its values are to become those of another type; computed ones are made anew."""
    computed = step.before.generated or step.after.generated
    return step.before.type != step.after.type and computed is None
