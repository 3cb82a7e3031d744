"""Numbers for rows that must differ: MySQL has no number of a row, but it counts a new column up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.typenames import INTEGERS, base_of
from okra.relational.model import Index, IndexPart

if TYPE_CHECKING:
    from okra.relational.model import Column

NUMBERED = "ROW_NUMBER() OVER ()"
"""The fill that stands for the number of each row. No UPDATE can say it: the plan has a column counted up for it."""

RANDOM = "FLOOR(RAND() * 2147483647)"
"""What stands for it where nothing can be counted."""


def can_count(column: Column) -> bool:
    """Whether `column` may be counted up for a moment, in a table that has no other such column."""
    return base_of(str(column.type)) in INTEGERS


def counted_index(column: Column) -> Index:
    """The index without which nothing is counted up."""
    return Index(name="_okra_counted", parts=(IndexPart(column=column.name),), unique=True)
