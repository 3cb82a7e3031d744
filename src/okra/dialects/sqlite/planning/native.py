"""Which changes SQLite's own ALTER TABLE can make, decided by the definition alone.

An empty table accepts more than a full one, so nothing is ever found out by trying.
Source: SQLite documentation, ALTER TABLE ADD COLUMN and DROP COLUMN; measured on 3.40.
"""

from __future__ import annotations

from sqlite3 import sqlite_version_info
from typing import TYPE_CHECKING, assert_never

from okra.dialects.sqlite.planning.tables import check_sql, column_sql, is_constant, references_sql
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
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from okra.relational.model import Check, Column, ForeignKey, Table

DROP_COLUMN = (3, 35, 0)


def rebuilds(change: AlterTable, current: Table) -> bool:
    """Whether `change` needs the table to be made anew; `current` is the table with its columns renamed."""
    return any(_rebuilds(step, change, current) for step in change.steps)


def keeps_no_column(change: AlterTable, current: Table) -> bool:
    """Whether none of the table's own columns is left: then new ones have to come before old ones go."""
    dropped = _dropped(change)
    return all(c.name in dropped for c in current.columns if c.generated is None)


def _dropped(change: AlterTable) -> set[str]:
    return {step.column.name for step in change.steps if isinstance(step, DropColumn)}


def _rebuilds(step: TableStep, change: AlterTable, current: Table) -> bool:
    match step:
        case RenameColumn() | AlterTableComment() | RenameForeignKey():
            return False
        case AddIndex(index) | DropIndex(index) | RenameIndex(index):
            return bool(index.constraint)
        case AddColumn(column, fill):
            return fill is not None or not _can_add(column, change.after)
        case DropColumn(column):
            return not _can_drop(column, current, _dropped(change))
        case AlterColumn(before, after):
            return column_sql(before, current) != column_sql(after, change.after)
        case AddForeignKey(key):
            return not _inline_key(key, change)
        case AddCheck(check):
            return not _inline_check(check, change)
        case DropForeignKey() | DropCheck() | RenameCheck() | AlterPrimaryKey() | AlterOptions():
            return True
        case RenameValue():
            return True  # an UPDATE would fire triggers; the copy of a rebuild does not
        case _:
            assert_never(step)


def _can_add(column: Column, table: Table) -> bool:
    if column.identity or (table.primary_key and column.name in table.primary_key.columns):
        return False
    if column.generated is not None:
        return not column.generated.stored
    if column.default is None:
        return column.nullable
    return is_constant(str(column.default))


def _can_drop(column: Column, current: Table, dropped: set[str]) -> bool:
    if sqlite_version_info < DROP_COLUMN:
        return False
    if current.primary_key and column.name in current.primary_key.columns:
        return False
    if any(column.name in key.columns for key in current.foreign_keys):
        return False
    if any(index.constraint and column.name in index.columns for index in current.indexes):
        return False
    texts = [check.expression for check in current.checks]
    texts += (
        other.generated.expression
        for other in current.columns
        if other.generated is not None and other.name not in dropped
    )
    return not any(column.name in used_columns(text, current) for text in texts)


def _inline_key(key: ForeignKey, change: AlterTable) -> bool:
    """Whether the key can be made together with its one column, which is new and starts as NULL."""
    added = _added(change).get(key.columns[0])
    return len(key.columns) == 1 and added is not None and added.default is None and added.nullable


def _inline_check(check: Check, change: AlterTable) -> bool:
    """Whether the check is about one new column alone, and can be made together with it."""
    return _checked_column(check, change) is not None


def _checked_column(check: Check, change: AlterTable) -> str | None:
    used = used_columns(check.expression, change.after)
    if len(used) != 1:
        return None
    (name,) = used
    return name if name in _added(change) else None


def _added(change: AlterTable) -> dict[str, Column]:
    return {step.column.name: step.column for step in change.steps if isinstance(step, AddColumn)}


def inline_steps(column: Column, change: AlterTable) -> list[AddForeignKey | AddCheck]:
    """The keys and checks that are about the new `column` alone: they come with it."""
    found: list[AddForeignKey | AddCheck] = []
    for step in change.steps:
        match step:
            case AddForeignKey(key) if key.columns == (column.name,):
                found.append(step)
            case AddCheck(check) if _checked_column(check, change) == column.name:
                found.append(step)
            case _:
                pass
    return found


def native_column(column: Column, change: AlterTable) -> str:
    """The column as ADD COLUMN takes it, with the keys and the checks that are about it alone."""
    words = [column_sql(column, change.after)]
    for step in inline_steps(column, change):
        match step:
            case AddForeignKey(key):
                words.append(references_sql(key))
            case AddCheck(check):
                words.append(check_sql(check))
    return " ".join(words)
