"""What a change of tables means for statements of code that knows them as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from okra.compatibility import columns, constraints
from okra.compatibility.finding import BOTH, Finding, breaking, found, safe
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterEnum,
    AlterOptions,
    AlterPrimaryKey,
    AlterTable,
    AlterTableComment,
    Change,
    CreateEnum,
    CreateTable,
    DropCheck,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    DropTable,
    RenameCheck,
    RenameColumn,
    RenameEnum,
    RenameForeignKey,
    RenameIndex,
    RenameTable,
    RenameValue,
    TableStep,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from okra.relational.model import Column, Table

Known: TypeAlias = "Callable[[str, str], tuple[Column | None, Column | None]]"
"""Table and column as they are called after → the column as the schema has it, before and after."""


def table_findings(changes: Iterable[Change], known: Known) -> tuple[Finding, ...]:
    """What `changes` mean; enums are no types of their own in them, but text."""
    return tuple(finding for change in changes for finding in _of_change(change, known))


def _of_change(change: Change, known: Known) -> tuple[Finding, ...]:
    match change:
        case CreateTable(table):
            return (
                *found(table.name, "a new table", safe("older code does not know it")),
                *_keys_of_new(table),
            )
        case DropTable(table):
            return found(
                table.name,
                "the table is dropped",
                breaking(BOTH, "statements that name it fail"),
                instead="first deploy code that does not name it any more, then drop it",
            )
        case RenameTable(before, after):
            return found(
                before,
                f"the table is renamed to `{after}`",
                breaking(BOTH, "statements that name it as it was called fail"),
                instead=f'rename the model alone and keep the table: `@table(name: "{before}")`',
            )
        case AlterTable(_, after, steps):
            return _of_steps(after, steps, known)
        case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum():
            return ()
        case _:
            assert_never(change)


def _keys_of_new(table: Table) -> tuple[Finding, ...]:
    """Rows of a new table can hold on to those of one that older code writes."""
    own = [column.name for column in table.columns]
    findings = [
        finding
        for key in table.foreign_keys
        if key.table != table.name
        for finding in constraints.added_key(table, key, own)
    ]
    return tuple(findings)


def _of_steps(table: Table, steps: tuple[TableStep, ...], known: Known) -> tuple[Finding, ...]:
    new = {step.column.name for step in steps if isinstance(step, AddColumn)}
    gone_columns = {step.column.name for step in steps if isinstance(step, DropColumn)}
    return (
        *(finding for step in steps for finding in _of_step(table, step, new, known)),
        *constraints.indexes(
            table,
            [
                step.index
                for step in steps
                if isinstance(step, DropIndex) and not gone_columns & set(step.index.columns)
            ],
            [step.index for step in steps if isinstance(step, AddIndex)],
            new,
        ),
        *constraints.foreign_keys(
            table,
            [
                step.key
                for step in steps
                if isinstance(step, DropForeignKey) and not gone_columns & set(step.key.columns)
            ],
            [step.key for step in steps if isinstance(step, AddForeignKey)],
            new,
        ),
    )


def _of_step(
    table: Table, step: TableStep, new: Collection[str], known: Known
) -> tuple[Finding, ...]:
    match step:
        case AddColumn(column):
            return columns.added(table.name, column, known(table.name, column.name)[1])
        case DropColumn(column):
            return columns.dropped(table.name, column)
        case RenameColumn(before, after):
            return columns.renamed(table.name, before, after)
        case AlterColumn(before, after):
            return columns.altered(table.name, before, after, *known(table.name, after.name))
        case AlterPrimaryKey(before, after):
            return constraints.primary_key(table, before, after)
        case AddCheck(check):
            return constraints.added_check(table, check, new)
        case DropCheck(check):
            return constraints.dropped_check(table, check)
        case AlterOptions(before, after):
            return constraints.table_options(table, before, after)
        case RenameIndex() | RenameForeignKey() | RenameCheck() | AlterTableComment():
            return found(table.name, "a name or a comment changes", safe("no statement notices"))
        case AddIndex() | DropIndex() | AddForeignKey() | DropForeignKey() | RenameValue():
            return ()  # judged together: what goes may come back in another form
        case _:
            assert_never(step)
