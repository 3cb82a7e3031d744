"""What is dangerous about a change on MySQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.algorithms import Way
from okra.dialects.notices import blocks, breaks_code, loses_data, may_fail, rewrites
from okra.relational.changes import DropColumn

if TYPE_CHECKING:
    from okra.plan import Hazard
    from okra.relational.changes import AlterTable, TableStep
    from okra.relational.model import ForeignKey, Table


def table_hazards(table: Table) -> list[Hazard]:
    """The hazards of dropping `table`."""
    return [
        loses_data(f"drops table `{table.name}` with all its rows"),
        breaks_code(f"code that uses `{table.name}` fails"),
    ]


def rename_hazards(name: str) -> list[Hazard]:
    """The hazards of renaming what is called `name`."""
    return [breaks_code(f"code that uses the name `{name}` fails")]


def way_hazards(table: str, way: Way) -> tuple[Hazard, ...]:
    """What the way that the server takes means for others."""
    match way:
        case Way.COPY:
            return (blocks(f"copies all rows of `{table}`; nobody else can write to it meanwhile"),)
        case Way.SHARED:
            return (blocks(f"reads all rows of `{table}`; nobody else can write to it meanwhile"),)
        case Way.REBUILD:
            return (rewrites(f"writes all rows of `{table}` anew, while others read and write"),)
        case _:
            return ()


def key_hazards(
    key: ForeignKey, table: Table, change: AlterTable | None, *, kept: bool
) -> list[Hazard]:
    """The hazards of adding `key` to `table`."""
    if kept:
        return []
    columns = ", ".join(f"`{table.name}.{column}`" for column in key.columns)
    return [may_fail(f"{columns} may hold values that `{key.table}` does not have")]


def step_hazards(step: TableStep, change: AlterTable, current: Table) -> list[Hazard]:
    name = change.after.name
    match step:
        case DropColumn(column):
            breaks = breaks_code(f"code that uses `{name}.{column.name}` fails")
            if column.generated is not None:
                return [breaks]
            return [loses_data(f"drops column `{name}.{column.name}` with its values"), breaks]
        case _:
            return []
