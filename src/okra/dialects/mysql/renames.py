"""Columns under other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.algorithms import Operation, alter_sql, way_of
from okra.dialects.mysql.columns import hindrances
from okra.dialects.mysql.hazards import rename_hazards
from okra.dialects.mysql.quoting import quote
from okra.plan import Statement
from okra.relational.changes import RenameColumn

if TYPE_CHECKING:
    from okra.relational.changes import AlterTable


def rename_columns(change: AlterTable) -> list[Statement]:
    """All columns of one table at once: names may change places within one statement."""
    table = change.after.name
    pairs = [(step.before, step.after) for step in change.steps if isinstance(step, RenameColumn)]
    if not pairs:
        return []
    clauses = [f"RENAME COLUMN {quote(before)} TO {quote(after)}" for before, after in pairs]
    way = way_of([Operation.RENAME_COLUMN], hindrances(change.before))
    shown = ", ".join(f"{before} to {after}" for before, after in pairs)
    hazards = [hazard for before, _ in pairs for hazard in rename_hazards(f"{table}.{before}")]
    return [
        Statement(
            sql=alter_sql(table, clauses, way),
            purpose=f"rename in {table}: {shown}",
            hazards=tuple(hazards),
        )
    ]
