"""Columns that no MODIFY can change: they go and come again, with all that is built on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.planning.columns import is_remade
from okra.relational.changes import (
    AddIndex,
    AlterColumn,
    DropIndex,
)
from okra.relational.uses import used_by_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.changes import TableStep
    from okra.relational.model import Table


def remade_steps(steps: Sequence[TableStep], current: Table, after: Table) -> list[TableStep]:
    """`steps` with those indexes that would go with a column taken along by name.

    An index that stays loses the column that goes, so it is dropped before and made afterwards.
    """
    columns = {
        step.after.name
        for step in steps
        if isinstance(step, AlterColumn) and is_remade(step.before, step.after)
    }
    if not columns:
        return list(steps)
    known = {step.index for step in steps if isinstance(step, AddIndex | DropIndex)}
    more: list[TableStep] = []
    last: list[TableStep] = []
    for index in after.indexes:
        used = {*index.columns, *used_by_index(index, after)}
        if index not in known and index in current.indexes and used & columns:
            more.append(DropIndex(index=index))
            last.append(AddIndex(index=index))
    return [*more, *steps, *last]
