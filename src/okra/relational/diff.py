"""Two databases → what changes between them. Pure, and by name: the order of things means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

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
from okra.relational.diff_enums import alter_enum
from okra.relational.pairs import freed_first
from okra.relational.renaming import (
    NO_RENAMES,
    Renames,
    applicable,
    renamed_database,
    renamed_tables,
    respelled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from okra.relational.model import (
        Database,
        EnumType,
        Table,
    )

_Part = TypeVar("_Part", bound=msgspec.Struct)

Fills = dict[tuple[str, str], str]
"""(table, column) → SQL for the value that rows get which are there already; names as they are after."""


def diff(
    before: Database,
    after: Database,
    renames: Renames = NO_RENAMES,
    fills: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Change, ...]:
    """What turns `before` into `after`, in no useful order (see `order`).

    renames  what may count as the same thing under another name; hints that no longer apply do nothing
    fills    one-off values for rows that are there already
    """
    chosen = applicable(renames, before, after) if renames != NO_RENAMES else renames
    if before == after and chosen == NO_RENAMES:
        return ()
    between = renamed_tables(before, chosen) if chosen != NO_RENAMES else before
    moved = renamed_database(before, chosen)
    return (
        *_enum_changes(moved, before, after, chosen),
        *(RenameTable(before=old, after=new) for old, new in chosen.tables),
        *_table_changes(between, moved, after, chosen, fills or {}),
    )


def _table_changes(
    between: Database,
    moved: Database,
    after: Database,
    renames: Renames,
    fills: Mapping[tuple[str, str], str],
) -> list[Change]:
    unrenamed = {table.name: table for table in between.tables}
    known = {table.name: table for table in moved.tables}
    wanted = {table.name: table for table in after.tables}
    changes: list[Change] = [
        DropTable(table=table) for name, table in known.items() if name not in wanted
    ]
    for name, table in wanted.items():
        current = known.get(name)
        if current is None:
            changes.append(CreateTable(table=table))
            continue
        column_renames = [r for r in renames.columns if r.table == name]
        texts = [t for t in renames.texts if t.table == name and current.column(t.column)]
        if current == table and not column_renames and not texts:
            continue
        if column_renames or renames.enums:
            current = respelled(current, table)
        steps = (
            *(
                RenameColumn(before=old, after=new)
                for old, new in freed_first([(r.before, r.after) for r in column_renames])
            ),
            *_steps(current, table, fills),
            *(
                RenameValue(column=t.column, before=t.before, after=t.after, list=t.list)
                for t in texts
            ),
        )
        if steps:
            changes.append(AlterTable(before=unrenamed[name], after=table, steps=steps))
    return changes


def _steps(before: Table, after: Table, fills: Mapping[tuple[str, str], str]) -> list[TableStep]:
    """What differs between two tables of one name whose columns are renamed already."""
    keys = _key_steps(before, after)
    checks = _check_steps(before, after)
    indexes = _index_steps(before, after)
    columns = _column_steps(before, after, fills)
    drops = (DropForeignKey, DropCheck, DropIndex, DropColumn)
    constraints = [*keys, *checks, *indexes]
    steps: list[TableStep] = [
        *(step for step in constraints if isinstance(step, drops)),
        *(step for step in columns if isinstance(step, DropColumn)),
    ]
    if before.primary_key != after.primary_key:
        steps.append(AlterPrimaryKey(before=before.primary_key, after=after.primary_key))
    steps += (step for step in columns if not isinstance(step, DropColumn))
    steps += (step for step in constraints if not isinstance(step, drops))
    if before.options != after.options:
        steps.append(AlterOptions(before=before.options, after=after.options))
    if before.comment != after.comment:
        steps.append(AlterTableComment(before=before.comment, after=after.comment))
    return steps


def _column_steps(
    before: Table, after: Table, fills: Mapping[tuple[str, str], str]
) -> list[AddColumn | DropColumn | AlterColumn]:
    known = {column.name: column for column in before.columns}
    wanted = {column.name: column for column in after.columns}
    steps: list[AddColumn | DropColumn | AlterColumn] = [
        DropColumn(column=column) for name, column in known.items() if name not in wanted
    ]
    for name, column in wanted.items():
        current = known.get(name)
        fill = fills.get((after.name, name))
        if current is None:
            steps.append(AddColumn(column=column, fill=fill))
        elif current != column:
            required = current.nullable and not column.nullable
            steps.append(AlterColumn(before=current, after=column, fill=fill if required else None))
    return steps


def _index_steps(before: Table, after: Table) -> list[AddIndex | DropIndex | RenameIndex]:
    gone, come, same = _pairs(
        before.indexes, after.indexes, lambda index: (replace(index, name=""),)
    )
    return [
        *(DropIndex(index=index) for index in gone),
        *(RenameIndex(before=old, after=new) for old, new in same),
        *(AddIndex(index=index) for index in come),
    ]


def _key_steps(
    before: Table, after: Table
) -> list[AddForeignKey | DropForeignKey | RenameForeignKey]:
    gone, come, same = _pairs(
        before.foreign_keys, after.foreign_keys, lambda key: (replace(key, name=None),)
    )
    return [
        *(DropForeignKey(key=key) for key in gone),
        *(RenameForeignKey(before=old, after=new) for old, new in same),
        *(AddForeignKey(key=key) for key in come),
    ]


def _check_steps(before: Table, after: Table) -> list[AddCheck | DropCheck | RenameCheck]:
    gone, come, same = _pairs(before.checks, after.checks, lambda check: (check.expression,))
    return [
        *(DropCheck(check=check) for check in gone),
        *(RenameCheck(before=old, after=new) for old, new in same),
        *(AddCheck(check=check) for check in come),
    ]


def _pairs(
    before: Sequence[_Part], after: Sequence[_Part], content: Callable[[_Part], tuple[object, ...]]
) -> tuple[list[_Part], list[_Part], list[tuple[_Part, _Part]]]:
    """What only `before` has, what only `after` has, and what differs in its name alone."""
    gone = _without(before, after)
    come = _without(after, before)
    same: list[tuple[_Part, _Part]] = []
    if not gone or not come:
        return gone, come, same
    waiting: dict[tuple[object, ...], list[_Part]] = {}
    for part in gone:
        waiting.setdefault(content(part), []).append(part)
    left = []
    for part in come:
        matches = waiting.get(content(part))
        if matches:
            old = matches.pop(0)
            gone.remove(old)
            same.append((old, part))
        else:
            left.append(part)
    return gone, left, same


def _without(parts: Sequence[_Part], others: Iterable[_Part]) -> list[_Part]:
    left = list(others)
    result = []
    for part in parts:
        if part in left:
            left.remove(part)
        else:
            result.append(part)
    return result


def _enum_changes(
    moved: Database, before: Database, after: Database, renames: Renames
) -> list[Change]:
    known: dict[str, EnumType] = {enum.name: enum for enum in moved.enums}
    wanted = {enum.name: enum for enum in after.enums}
    original = {dict(renames.enums).get(enum.name, enum.name): enum for enum in before.enums}
    changes: list[Change] = [RenameEnum(before=old, after=new) for old, new in renames.enums]
    changes += [DropEnum(enum=enum) for name, enum in known.items() if name not in wanted]
    for name, enum in wanted.items():
        if name not in known:
            changes.append(CreateEnum(enum=enum))
            continue
        values = [v for v in renames.values if v.enum == name]
        if known[name] != enum or values:
            start = replace(original[name], name=name)
            changes.append(alter_enum(start, known[name], enum, values))
    return changes
