"""Statements that are the same on several servers, but for how names are quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.hazards import drop_table_hazards
from okra.plan import Hazard, Statement
from okra.relational.changes import DropTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.relational.changes import Change
    from okra.relational.model import Index, Table


def drop_tables(changes: Sequence[Change], quote: Callable[[str], str]) -> list[Statement]:
    """Each table by itself."""
    return [
        Statement(
            sql=f"DROP TABLE {quote(change.table.name)}",
            purpose=f"drop table {change.table.name}",
            hazards=tuple(drop_table_hazards(change.table)),
        )
        for change in changes
        if isinstance(change, DropTable)
    ]


def plain_index(
    sql: str, table: Table, index: Index, hazards: tuple[Hazard, ...] = ()
) -> Statement:
    """An index that is built at once, by `sql`."""
    kind = "unique index" if index.unique else "index"
    return Statement(
        sql=sql,
        purpose=f"{kind} {table.name} by {', '.join(index.columns) or 'an expression'}",
        hazards=hazards,
    )
