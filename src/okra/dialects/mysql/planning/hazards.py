"""What is dangerous about a change on MySQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from okra.dialects.hazards import (
    check_hazard,
    drop_column_hazards,
    equal_rows_hazard,
    is_null_everywhere,
    left_out_hazard,
    rename_hazards,
    unknown_values_hazard,
)
from okra.dialects.mysql.natives.mariadb import is_mariadb
from okra.dialects.mysql.planning.algorithms import Way
from okra.dialects.mysql.planning.certainty import (
    check_holds,
    differs_everywhere,
    keeps_pairs,
    key_holds,
)
from okra.dialects.mysql.planning.changed_values import (
    alter_column_hazards,
    computed_hazards,
    option_hazards,
    rename_value_hazards,
)
from okra.dialects.notices import blocks, rewrites
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
    from okra.relational.model import ForeignKey, Index, Table


_MYSQL_ALONE = "MySQL, unlike MariaDB, "


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
    return message.startswith(_MYSQL_ALONE) and is_mariadb(server_version)


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
    return [unknown_values_hazard(table.name, key)]


def step_hazards(step: TableStep, change: AlterTable, current: Table) -> list[Hazard]:
    """The hazards of one step on the table `current`, which is part of `change`."""
    name = change.after.name
    match step:
        case DropColumn(column):
            return drop_column_hazards(name, column)
        case AddColumn():
            return _add_column(step, change)
        case AlterColumn():
            return alter_column_hazards(step, change, current)
        case AddIndex(index):
            return _add_index(index, change, current)
        case AddCheck(check):
            return [] if check_holds(check, change) else [check_hazard(name, check)]
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


def _add_column(step: AddColumn, change: AlterTable) -> list[Hazard]:
    column = step.column
    if column.generated is not None:
        return computed_hazards(column, change.after)
    if column.nullable or column.identity:
        return []
    return [left_out_hazard(change.after.name, column)] if column.default is None else []


def _add_index(index: Index, change: AlterTable, current: Table) -> list[Hazard]:
    if not index.unique:
        return []
    added = {s.column.name: s for s in change.steps if isinstance(s, AddColumn)}
    if any(name in added and is_null_everywhere(added[name]) for name in index.columns):
        return []
    whole = [part.column for part in index.parts if part.column and part.length is None]
    if len(whole) == len(index.parts) and differs_everywhere(whole, change, current):
        return []
    return [equal_rows_hazard(change.after.name, index.columns, index)]


def _alter_primary_key(change: AlterTable, current: Table) -> list[Hazard]:
    after = change.after.primary_key
    if after is None or differs_everywhere(after.columns, change, current):
        return []
    return [equal_rows_hazard(change.after.name, after.columns)]
