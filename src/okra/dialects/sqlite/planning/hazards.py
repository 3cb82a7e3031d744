"""What is dangerous about a change on SQLite."""

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
from okra.dialects.notices import may_fail
from okra.dialects.sqlite.planning.certainty import check_holds, differs_everywhere, key_holds
from okra.dialects.sqlite.planning.changed_values import (
    Retyped,
    alter_column_hazards,
    becomes_rowid,
    computed_hazards,
    fill_hazards,
    rename_value_hazards,
)
from okra.dialects.sqlite.planning.rebuild import takes_rowid
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
    TableStep,
)

if TYPE_CHECKING:
    from okra.plan import Hazard
    from okra.relational.model import Index, Table


def step_hazards(
    step: TableStep, change: AlterTable, current: Table, others: Retyped
) -> list[Hazard]:
    """The hazards of one step of `change`; `current` is the table with its columns renamed."""
    name = change.after.name
    match step:
        case DropColumn(column):
            return drop_column_hazards(name, column)
        case AddColumn():
            return _add_column(step, change, current)
        case AlterColumn():
            return alter_column_hazards(step, change, current, others)
        case AddIndex() | AddForeignKey() | AddCheck():
            return _add_constraint(step, change, current)
        case AlterPrimaryKey():
            return _alter_primary_key(change, current)
        case AlterOptions():
            return _alter_options(step, change, current)
        case RenameValue():
            return rename_value_hazards(step, change, current)
        case RenameColumn(before, _):
            return rename_hazards(f"{name}.{before}")
        case DropCheck() | DropForeignKey() | DropIndex() | AlterTableComment():
            return []
        case RenameCheck() | RenameForeignKey() | RenameIndex():
            return []
        case _:
            assert_never(step)


def _add_column(step: AddColumn, change: AlterTable, current: Table) -> list[Hazard]:
    column = step.column
    name = f"{change.after.name}.{column.name}"
    if column.generated is not None:
        return computed_hazards(column, change.after)
    if column.nullable or takes_rowid(column, change.after, current):
        return []
    found = []
    if step.fill is not None:
        found += fill_hazards(step.fill, column, change)
    elif column.default is None:
        found.append(may_fail(f"`{name}` is required and has no default: fails if there are rows"))
    if column.default is None:
        found.append(left_out_hazard(change.after.name, column))
    return found


def _add_constraint(
    step: AddIndex | AddForeignKey | AddCheck, change: AlterTable, current: Table
) -> list[Hazard]:
    name = change.after.name
    match step:
        case AddIndex(index):
            return _add_index(index, change, current)
        case AddForeignKey(key):
            return [] if key_holds(key, change) else [unknown_values_hazard(name, key)]
        case AddCheck(check):
            return [] if check_holds(check, change) else [check_hazard(name, check)]


def _add_index(index: Index, change: AlterTable, current: Table) -> list[Hazard]:
    if not index.unique or _is_null_somewhere(index, change):
        return []
    plain = [part.column for part in index.parts if part.column and part.collation is None]
    if differs_everywhere(plain, change, current):
        return []
    return [equal_rows_hazard(change.after.name, index.columns, index)]


def _is_null_somewhere(index: Index, change: AlterTable) -> bool:
    """Whether each row has a NULL among the columns of `index`, so that no two are equal."""
    return any(
        isinstance(step, AddColumn)
        and step.column.name in index.columns
        and is_null_everywhere(step)
        for step in change.steps
    )


def _alter_primary_key(change: AlterTable, current: Table) -> list[Hazard]:
    after = change.after.primary_key
    if after is None:
        return []
    found = []
    if not differs_everywhere(after.columns, change, current):
        found.append(equal_rows_hazard(change.after.name, after.columns))
    return found + becomes_rowid(change, current)


def _alter_options(step: AlterOptions, change: AlterTable, current: Table) -> list[Hazard]:
    found = becomes_rowid(change, current)
    if "strict" in step.after and "strict" not in step.before:
        text = f"`{change.after.name}` may hold values that a strict table refuses"
        found.append(may_fail(text))
    return found
