"""What is dangerous about a change on MySQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from okra.dialects.mysql.planning.algorithms import Way
from okra.dialects.mysql.planning.certainty import (
    check_holds,
    differs_everywhere,
    is_null_everywhere,
    keeps_pairs,
    key_holds,
)
from okra.dialects.mysql.planning.changed_values import (
    alter_column_hazards,
    computed_hazards,
    option_hazards,
    rename_value_hazards,
)
from okra.dialects.notices import blocks, breaks_code, loses_data, may_fail, rewrites
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterOptions,
    AlterPrimaryKey,
    AlterTable,
    AlterTableComment,
    DropCheck,
    DropColumn,
    DropForeignKey,
    DropIndex,
    RenameCheck,
    RenameColumn,
    RenameForeignKey,
    RenameIndex,
    RenameValue,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.plan import Hazard
    from okra.relational.changes import TableStep
    from okra.relational.model import Column, ForeignKey, Index, Table


_MYSQL_ALONE = "MySQL, unlike MariaDB, "


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


def copied_by_mysql(table: str) -> Hazard:
    """MySQL copies `table`, and MariaDB changes only what it knows about it."""
    return blocks(f"{_MYSQL_ALONE}copies all rows of `{table}`; nobody else can write meanwhile")


def is_spared(message: str, server_version: str) -> bool:
    """Whether the hazard with this message is none on a server of this version: one file is for both servers."""
    return message.startswith(_MYSQL_ALONE) and "mariadb" in server_version.lower()


def key_hazards(
    key: ForeignKey, table: Table, altered: Mapping[str, AlterTable], *, kept: bool
) -> list[Hazard]:
    """The hazards of adding `key` to `table`.

    altered  the changed tables, by name
    kept     the key was there before, so that rows satisfied it
    """
    change = altered.get(table.name)
    if change is not None and key_holds(key, change):
        return []
    if kept and keeps_pairs(key, table.name, altered):
        return []
    columns = ", ".join(f"`{table.name}.{column}`" for column in key.columns)
    return [may_fail(f"{columns} may hold values that `{key.table}` does not have")]


def step_hazards(step: TableStep, change: AlterTable, current: Table) -> list[Hazard]:
    """The hazards of one step on the table `current`, which is part of `change`."""
    name = change.after.name
    match step:
        case DropColumn(column):
            return _drop_column(name, column)
        case AddColumn():
            return _add_column(step, change)
        case AlterColumn():
            return alter_column_hazards(step, change, current)
        case AddIndex(index):
            return _add_index(index, change, current)
        case AddCheck(check):
            text = f"rows of `{name}` may not satisfy `{check.expression}`"
            return [] if check_holds(check, change) else [may_fail(text)]
        case AlterPrimaryKey():
            return _alter_primary_key(change, current)
        case AlterOptions():
            return option_hazards(step, change, current)
        case RenameValue():
            return rename_value_hazards(step, change)
        case RenameColumn(before, _):
            return rename_hazards(f"{name}.{before}")
        case DropCheck() | DropIndex() | AlterTableComment() | RenameCheck() | RenameIndex():
            return []
        case AddForeignKey() | DropForeignKey() | RenameForeignKey():
            return []
        case _:
            assert_never(step)


def _drop_column(table: str, column: Column) -> list[Hazard]:
    name = f"{table}.{column.name}"
    breaks = breaks_code(f"code that uses `{name}` fails")
    if column.generated is not None:
        return [breaks]
    return [loses_data(f"drops column `{name}` with its values"), breaks]


def _add_column(step: AddColumn, change: AlterTable) -> list[Hazard]:
    column = step.column
    if column.generated is not None:
        return computed_hazards(column, change.after)
    if column.nullable or column.identity:
        return []
    if column.default is None:
        text = f"code that inserts into `{change.after.name}` without `{column.name}` fails"
        return [breaks_code(text)]
    return []


def _add_index(index: Index, change: AlterTable, current: Table) -> list[Hazard]:
    if not index.unique:
        return []
    added = {s.column.name: s for s in change.steps if isinstance(s, AddColumn)}
    if any(name in added and is_null_everywhere(added[name]) for name in index.columns):
        return []
    whole = [part.column for part in index.parts if part.column and part.length is None]
    if len(whole) == len(index.parts) and differs_everywhere(whole, change, current):
        return []
    columns = ", ".join(index.columns) or "an expression"
    table = change.after.name
    return [may_fail(f"`{table}` may have rows with equal `{columns}`: index `{index.name}`")]


def _alter_primary_key(change: AlterTable, current: Table) -> list[Hazard]:
    after = change.after.primary_key
    if after is None or differs_everywhere(after.columns, change, current):
        return []
    columns = ", ".join(after.columns)
    return [may_fail(f"`{change.after.name}` may have rows with equal `{columns}`")]
