"""What is dangerous about a change on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.rebuild import value_for_null
from okra.plan import Hazard, HazardKind
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterOptions,
    AlterPrimaryKey,
    DropColumn,
    RenameValue,
    TableStep,
)

if TYPE_CHECKING:
    from okra.relational.model import Column, Table

_NUMBERS = ("int", "real", "floa", "doub", "num", "dec", "bool", "date", "time")


def table_loss(table: Table) -> Hazard:
    return Hazard(
        kind=HazardKind.LOSES_DATA, message=f"drops table `{table.name}` with all its rows"
    )


def step_hazards(table: Table, step: TableStep) -> tuple[Hazard, ...]:
    """The hazards of one step on `table`, which is the table as it will be."""
    match step:
        case DropColumn(column):
            return _drop_column(table, column)
        case AddColumn(column, fill):
            return _add_column(table, column, fill)
        case AlterColumn():
            return _alter_column(table, step)
        case AddIndex(index) if index.unique:
            columns = ", ".join(index.columns) or "an expression"
            return (
                _may_fail(
                    f"`{table.name}` may have rows with equal `{columns}`: index `{index.name}`"
                ),
            )
        case AddForeignKey(key):
            columns = ", ".join(key.columns)
            return (
                _may_fail(
                    f"`{table.name}.{columns}` may hold values that `{key.table}` does not have"
                ),
            )
        case AddCheck(check):
            return (_may_fail(f"rows of `{table.name}` may not satisfy `{check.expression}`"),)
        case AlterPrimaryKey(_, after) if after is not None:
            columns = ", ".join(after.columns)
            return (_may_fail(f"`{table.name}` may have rows with equal or no `{columns}`"),)
        case AlterOptions(_, after) if "strict" in after:
            return (_may_fail(f"`{table.name}` may hold values that a strict table refuses"),)
        case RenameValue(column, before, after):
            return (
                Hazard(
                    kind=HazardKind.BREAKS_CODE,
                    message=f"`{table.name}.{column}` holds '{after}' in place of '{before}'",
                ),
            )
        case _:
            return ()


def _may_fail(message: str) -> Hazard:
    return Hazard(kind=HazardKind.MAY_FAIL, message=message)


def _drop_column(table: Table, column: Column) -> tuple[Hazard, ...]:
    name = f"{table.name}.{column.name}"
    breaks = Hazard(kind=HazardKind.BREAKS_CODE, message=f"code that uses `{name}` fails")
    if column.generated is not None:
        return (breaks,)
    return (
        Hazard(kind=HazardKind.LOSES_DATA, message=f"drops column `{name}` with its values"),
        breaks,
    )


def _add_column(table: Table, column: Column, fill: str | None) -> tuple[Hazard, ...]:
    key = table.primary_key
    counted = key is not None and key.columns == (column.name,) and column.type == "integer"
    if column.nullable or column.default is not None or column.generated or fill or counted:
        return ()
    name = f"{table.name}.{column.name}"
    return (_may_fail(f"`{name}` is required and has no default: fails if there are rows"),)


def _alter_column(table: Table, step: AlterColumn) -> tuple[Hazard, ...]:
    name = f"{table.name}.{step.after.name}"
    found = []
    if step.before.nullable and not step.after.nullable:
        value = value_for_null(step)
        if value is None:
            found.append(_may_fail(f"`{name}` becomes required: fails if a row has NULL there"))
        else:
            found.append(
                Hazard(kind=HazardKind.CHANGES_DATA, message=f"NULLs in `{name}` become {value}")
            )
    if step.before.type != step.after.type:
        found += _type_hazards(name, step, strict="strict" in table.options)
    if step.before.generated is None and step.after.generated is not None:
        found.append(
            Hazard(
                kind=HazardKind.LOSES_DATA,
                message=f"`{name}` becomes computed: the values it has are replaced",
            )
        )
    return tuple(found)


def _type_hazards(name: str, step: AlterColumn, *, strict: bool) -> list[Hazard]:
    before, after = str(step.before.type), str(step.after.type)
    if strict:
        return [_may_fail(f"`{name}` may hold values that are no `{after}`")]
    if _is_number(after) and not _is_number(before):
        message = f"text in `{name}` that looks like a number becomes one: '007' becomes 7"
        return [Hazard(kind=HazardKind.CHANGES_DATA, message=message)]
    return []


def _is_number(kind: str) -> bool:
    return any(word in kind for word in _NUMBERS)
