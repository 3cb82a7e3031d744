"""Where a table stands in the middle of its changes: under which names, before any step but the renames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational.changes import AlterTable, RenameColumn, RenameTable
from okra.relational.model import Database
from okra.relational.renaming import ColumnRename, Renames, renamed_database

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.changes import Change
    from okra.relational.model import Table


def current_table(change: AlterTable) -> Table:
    """`change.before` once its columns are renamed."""
    renames = Renames(
        columns=tuple(
            ColumnRename(table=change.before.name, before=step.before, after=step.after)
            for step in change.steps
            if isinstance(step, RenameColumn)
        )
    )
    return renamed_database(Database(tables=(change.before,)), renames).tables[0]


def original_names(changes: Iterable[Change]) -> dict[str, str]:
    """The name that each renamed table has now, by its new one."""
    return {change.after: change.before for change in changes if isinstance(change, RenameTable)}
