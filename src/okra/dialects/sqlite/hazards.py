"""What is dangerous about a change on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from okra.dialects.sqlite.certainty import (
    allowed_texts,
    check_holds,
    differs_everywhere,
    is_null_everywhere,
    key_holds,
    satisfies,
    used_columns,
)
from okra.dialects.sqlite.rebuild import takes_rowid, value_for_null
from okra.dialects.sqlite.tables import is_rowid_alias
from okra.dialects.sqlite.types import Affinity, affinity
from okra.plan import Hazard, HazardKind
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
    from collections.abc import Iterable

    from okra.relational.changes import Change
    from okra.relational.model import Column, Index, Table


def table_hazards(table: Table) -> tuple[Hazard, ...]:
    """The hazards of dropping `table`."""
    return (
        Hazard(kind=HazardKind.LOSES_DATA, message=f"drops table `{table.name}` with all its rows"),
        _breaks(f"code that uses `{table.name}` fails"),
    )


def rename_hazards(name: str) -> tuple[Hazard, ...]:
    """The hazards of renaming what is called `name`."""
    return (_breaks(f"code that uses the name `{name}` fails"),)


Retyped: TypeAlias = frozenset[tuple[str, str, Affinity, Affinity]]
"""table, column, and what values were and are turned into: all columns whose type changes"""


def retyped(changes: Iterable[Change]) -> Retyped:
    """What `step_hazards` has to know of all other tables."""
    return frozenset(
        (change.after.name, step.after.name, *_affinities(step))
        for change in changes
        if isinstance(change, AlterTable)
        for step in change.steps
        if isinstance(step, AlterColumn) and step.before.type != step.after.type
    )


def _affinities(step: AlterColumn) -> tuple[Affinity, Affinity]:
    return affinity(str(step.before.type)), affinity(str(step.after.type))


def step_hazards(
    step: TableStep, change: AlterTable, current: Table, others: Retyped
) -> tuple[Hazard, ...]:
    """The hazards of one step of `change`; `current` is the table with its columns renamed."""
    name = change.after.name
    match step:
        case DropColumn(column):
            return _drop_column(name, column)
        case AddColumn():
            return _add_column(step, change, current)
        case AlterColumn():
            return _alter_column(step, change, current, others)
        case AddIndex() | AddForeignKey() | AddCheck():
            return _add_constraint(step, change, current)
        case AlterPrimaryKey():
            return _alter_primary_key(change, current)
        case AlterOptions():
            return _alter_options(step, change, current)
        case RenameValue():
            return _rename_value(step, change, current)
        case RenameColumn(before, _):
            return rename_hazards(f"{name}.{before}")
        case DropCheck() | DropForeignKey() | DropIndex() | AlterTableComment():
            return ()
        case RenameCheck() | RenameForeignKey() | RenameIndex():
            return ()
        case _:
            assert_never(step)


def _may_fail(message: str) -> Hazard:
    return Hazard(kind=HazardKind.MAY_FAIL, message=message)


def _changes_data(message: str) -> Hazard:
    return Hazard(kind=HazardKind.CHANGES_DATA, message=message)


def _breaks(message: str) -> Hazard:
    return Hazard(kind=HazardKind.BREAKS_CODE, message=message)


def _loses(message: str) -> Hazard:
    return Hazard(kind=HazardKind.LOSES_DATA, message=message)


def _drop_column(table: str, column: Column) -> tuple[Hazard, ...]:
    name = f"{table}.{column.name}"
    breaks = _breaks(f"code that uses `{name}` fails")
    if column.generated is not None:
        return (breaks,)
    return (_loses(f"drops column `{name}` with its values"), breaks)


def _add_column(step: AddColumn, change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    column = step.column
    name = f"{change.after.name}.{column.name}"
    if column.generated is not None:
        return _computed(column, change.after)
    if column.nullable or takes_rowid(column, change.after, current):
        return ()
    found = []
    if step.fill is not None:
        found += _fill_hazards(step.fill, column, change)
    elif column.default is None:
        found.append(_may_fail(f"`{name}` is required and has no default: fails if there are rows"))
    if column.default is None:
        found.append(
            _breaks(f"code that inserts into `{change.after.name}` without `{column.name}` fails")
        )
    return tuple(found)


def _computed(column: Column, table: Table) -> tuple[Hazard, ...]:
    """Of a column that is computed from rows that are there."""
    name = f"{table.name}.{column.name}"
    found = []
    if not column.nullable:
        found.append(_may_fail(f"`{name}` is required: fails if it comes out as NULL for a row"))
    if "strict" in table.options and column.type != "any":
        found.append(_may_fail(f"`{name}` may come out as a value that is no `{column.type}`"))
    return tuple(found)


def _fill_hazards(fill: str, column: Column, change: AlterTable) -> list[Hazard]:
    """Of a value that many rows get: what it may contradict that was there before."""
    table = change.after
    name = f"{table.name}.{column.name}"
    found = []
    new = {step.check for step in change.steps if isinstance(step, AddCheck)}
    for check in table.checks:
        used = used_columns(check.expression, table)
        if column.name not in used or check in new:
            continue
        if used != {column.name} or not satisfies(check, [(column, fill)]):
            found.append(_may_fail(f"{fill} in `{name}` may not satisfy `{check.expression}`"))
    keys = {step.key for step in change.steps if isinstance(step, AddForeignKey)}
    found += (
        _may_fail(f"`{key.table}` may not have the value that `{name}` gets")
        for key in table.foreign_keys
        if column.name in key.columns and key not in keys
    )
    return found


def _alter_column(
    step: AlterColumn, change: AlterTable, current: Table, others: Retyped
) -> tuple[Hazard, ...]:
    table, before, after = change.after, step.before, step.after
    name = f"{table.name}.{after.name}"
    found: list[Hazard] = []
    if before.nullable and not after.nullable and after.generated is None:
        found += _becomes_required(step, change)
    elif before.default is not None and after.default is None and _is_needed(after):
        found.append(_breaks(f"code that inserts into `{table.name}` without `{after.name}` fails"))
    if _is_rowid(after, table):
        found += _becomes_rowid(change, current)
    if before.type != after.type:
        types = _type_hazards(name, step, strict="strict" in table.options)
        found += types
        found += _of_constraints(step, change, others, merges=bool(types))
    elif before.collation != after.collation:
        found += _of_constraints(step, change, others, merges=after.collation is not None)
    if after.generated is not None and before.generated != after.generated:
        found += _computed(after, table)
        found += _of_constraints(step, change, others, merges=True)
    if before.generated is None and after.generated is not None:
        found.append(_loses(f"`{name}` becomes computed: the values it has are replaced"))
        found.append(_breaks(f"code that writes `{name}` fails"))
    return tuple(found)


def _is_needed(column: Column) -> bool:
    return not column.nullable and not column.identity and column.generated is None


def _becomes_required(step: AlterColumn, change: AlterTable) -> list[Hazard]:
    table = change.after
    name = f"{table.name}.{step.after.name}"
    value = value_for_null(step)
    if _is_rowid(step.after, table):
        return [_changes_data(f"rows without `{name}` get the next number")]
    if value is None:
        return [
            _may_fail(f"`{name}` becomes required: fails if a row has NULL there"),
            _breaks(f"code that leaves `{name}` out or empty fails"),
        ]
    found = [_changes_data(f"NULLs in `{name}` become {value}")]
    found += _fill_hazards(value, step.after, change)
    for index in table.indexes:
        if index.unique and step.after.name in index.columns and "random" not in value:
            found.append(_may_fail(f"`{table.name}` may have a row with {value} already"))
    return found


def _is_rowid(column: Column, table: Table) -> bool:
    key = table.primary_key
    return is_rowid_alias(table) and key is not None and key.columns == (column.name,)


def _type_hazards(name: str, step: AlterColumn, *, strict: bool) -> list[Hazard]:
    before, after = _affinities(step)
    if strict:
        same = before is after or str(step.after.type) == "any"
        return [] if same else [_may_fail(f"`{name}` may hold values that are no `{after}`")]
    if after.is_number and not before.is_number:
        return [
            _changes_data(f"text in `{name}` that looks like a number becomes one: '007' becomes 7")
        ]
    if before is Affinity.NONE and after is Affinity.TEXT:
        text = f"bytes in `{name}` become text as they are: what is no UTF-8 can't be read any more"
        return [_changes_data(text)]
    if before is Affinity.REAL and after is Affinity.TEXT:
        return [_changes_data(f"numbers in `{name}` become text with 15 digits")]
    if after is Affinity.REAL and before is not after:
        return [_changes_data(f"whole numbers in `{name}` keep 15 digits")]
    return []


def _of_constraints(
    step: AlterColumn, change: AlterTable, others: Retyped, *, merges: bool
) -> list[Hazard]:
    """What values that are written or compared in another way may contradict.

    merges  values that were different may be equal from now on
    """
    table, column = change.after, step.after.name
    name = f"{table.name}.{column}"
    found = []
    new = {each.index for each in change.steps if isinstance(each, AddIndex)}
    keys = [table.primary_key.columns] if table.primary_key else []
    keys += [index.columns for index in table.indexes if index.unique and index not in new]
    if merges and any(column in columns for columns in keys):
        found.append(_may_fail(f"values of `{name}` that were different may be equal now"))
    if merges:
        found += _of_keys(step, change, others)
    checks = {each.check for each in change.steps if isinstance(each, AddCheck)}
    for check in table.checks:
        if check not in checks and column in used_columns(check.expression, table):
            found.append(_may_fail(f"rows of `{table.name}` may not satisfy `{check.expression}`"))
    return found


def _of_keys(step: AlterColumn, change: AlterTable, others: Retyped) -> list[Hazard]:
    """A key that stays may break, unless what it refers to changes in the same way."""
    table, column = change.after, step.after.name
    found = []
    new = {each.key for each in change.steps if isinstance(each, AddForeignKey)}
    for key in table.foreign_keys:
        if column not in key.columns or key in new:
            continue
        target = key.references[key.columns.index(column)]
        if (key.table, target, *_affinities(step)) not in others:
            text = f"`{table.name}.{column}` may hold values that `{key.table}` does not have"
            found.append(_may_fail(text))
    return found


def _rename_value(step: RenameValue, change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    table, column = change.after, step.column
    name = f"{table.name}.{column}"
    found = [_breaks(f"`{name}` holds '{step.after}' in place of '{step.before}'")]
    moved = {s.before for s in change.steps if isinstance(s, RenameValue) and s.column == column}
    known = {text for check in current.checks for text in allowed_texts(check, column)}
    if step.after in known - moved:
        text = (
            f"rows with '{step.before}' and '{step.after}' in `{name}` can't be told apart any more"
        )
        found.append(_changes_data(text))
        keys = [table.primary_key.columns] if table.primary_key else []
        keys += [index.columns for index in table.indexes if index.unique]
        if any(column in columns for columns in keys):
            found.append(_may_fail(f"values of `{name}` that were different may be equal now"))
    return tuple(found)


def _add_constraint(
    step: AddIndex | AddForeignKey | AddCheck, change: AlterTable, current: Table
) -> tuple[Hazard, ...]:
    name = change.after.name
    match step:
        case AddIndex(index):
            return _add_index(index, change, current)
        case AddForeignKey(key):
            columns = ", ".join(f"`{name}.{column}`" for column in key.columns)
            text = f"{columns} may hold values that `{key.table}` does not have"
            return () if key_holds(key, change) else (_may_fail(text),)
        case AddCheck(check):
            text = f"rows of `{name}` may not satisfy `{check.expression}`"
            return () if check_holds(check, change) else (_may_fail(text),)


def _add_index(index: Index, change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    if not index.unique or _is_null_somewhere(index, change):
        return ()
    plain = [part.column for part in index.parts if part.column and part.collation is None]
    if differs_everywhere(plain, change, current):
        return ()
    columns = ", ".join(index.columns) or "an expression"
    table = change.after.name
    return (_may_fail(f"`{table}` may have rows with equal `{columns}`: index `{index.name}`"),)


def _is_null_somewhere(index: Index, change: AlterTable) -> bool:
    """Whether each row has a NULL among the columns of `index`, so that no two are equal."""
    return any(
        isinstance(step, AddColumn)
        and step.column.name in index.columns
        and is_null_everywhere(step)
        for step in change.steps
    )


def _alter_primary_key(change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    after = change.after.primary_key
    if after is None:
        return ()
    found = []
    if not differs_everywhere(after.columns, change, current):
        columns = ", ".join(after.columns)
        found.append(_may_fail(f"`{change.after.name}` may have rows with equal `{columns}`"))
    return (*found, *_becomes_rowid(change, current))


def _alter_options(step: AlterOptions, change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    found = _becomes_rowid(change, current)
    if "strict" in step.after and "strict" not in step.before:
        text = f"`{change.after.name}` may hold values that a strict table refuses"
        return (*found, _may_fail(text))
    return found


def _becomes_rowid(change: AlterTable, current: Table) -> tuple[Hazard, ...]:
    """The rowid is always a whole number; a key that is not the rowid may be anything."""
    key = change.after.primary_key
    if key is None or not is_rowid_alias(change.after) or current.column(key.columns[0]) is None:
        return ()
    if is_rowid_alias(current) and current.primary_key == key:
        return ()
    name = f"{change.after.name}.{key.columns[0]}"
    return (_may_fail(f"`{name}` may hold values that are no whole numbers"),)
