"""What is dangerous about a change on every server, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import breaks_code, loses_data, may_fail
from okra.relational.changes import AddCheck, AddIndex, AlterPrimaryKey
from okra.relational.uses import used_by_index, used_columns

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from okra.plan import Hazard
    from okra.relational.changes import AddColumn, AlterTable
    from okra.relational.model import Check, Column, ForeignKey, Index, Table


def drop_table_hazards(table: Table) -> list[Hazard]:
    """The hazards of dropping `table`."""
    return [
        loses_data(f"drops table `{table.name}` with all its rows"),
        breaks_code(f"code that uses `{table.name}` fails"),
    ]


def drop_column_hazards(table: str, column: Column) -> list[Hazard]:
    """The hazards of dropping `column`; what is computed can be computed again."""
    name = f"{table}.{column.name}"
    breaks = breaks_code(f"code that uses `{name}` fails")
    if column.generated is not None:
        return [breaks]
    return [loses_data(f"drops column `{name}` with its values"), breaks]


def rename_hazards(name: str) -> list[Hazard]:
    """The hazards of renaming what is called `name`."""
    return [breaks_code(f"code that uses the name `{name}` fails")]


def becomes_computed_hazards(name: str) -> list[Hazard]:
    """The hazards of computing a column from now on that had values of its own."""
    return [
        loses_data(f"`{name}` becomes computed: the values it has are replaced", spoils=name),
        breaks_code(f"code that writes `{name}` fails"),
    ]


def left_out_hazard(table: str, column: Column) -> Hazard:
    """What becomes of code that does not know of a required column without default."""
    return breaks_code(f"code that inserts into `{table}` without `{column.name}` fails")


def equal_rows_hazard(table: str, columns: Iterable[str], index: Index | None = None) -> Hazard:
    """Rows may be equal in what is unique from now on: in the primary key, or in `index`."""
    which = "" if index is None else f": index `{index.name}`"
    listed = ", ".join(columns) or "an expression"
    return may_fail(f"`{table}` may have rows with equal `{listed}`{which}")


def unknown_values_hazard(table: str, key: ForeignKey) -> Hazard:
    """Rows may refer to what is not there."""
    columns = ", ".join(f"`{table}.{column}`" for column in key.columns)
    return may_fail(f"{columns} may hold values that `{key.table}` does not have")


def check_hazard(table: str, check: Check) -> Hazard:
    """Rows may not be as `check` wants them."""
    return may_fail(f"rows of `{table}` may not satisfy `{check.expression}`")


def kept_check_hazards(
    columns: set[str], change: AlterTable, met: Container[str] = ()
) -> list[Hazard]:
    """What new values of `columns` may contradict: the checks that stay, but for those with an expression in `met`."""
    table = change.after
    new = {step.check for step in change.steps if isinstance(step, AddCheck)}
    return [
        check_hazard(table.name, check)
        for check in table.checks
        if check not in new
        and check.expression not in met
        and columns & used_columns(check.expression, table)
    ]


def stays_unique(whole: set[str], within: set[str], change: AlterTable) -> bool:
    """Whether a key that stays is about one of `whole` as a whole, or has one of `within` in an expression."""
    table = change.after
    stays = not any(isinstance(step, AlterPrimaryKey) for step in change.steps)
    if stays and table.primary_key is not None and whole & {*table.primary_key.columns}:
        return True
    new = {step.index for step in change.steps if isinstance(step, AddIndex)}
    return any(
        whole & {*index.columns} or within & used_by_index(index, table)
        for index in table.indexes
        if index.unique and index not in new
    )


def is_null_everywhere(step: AddColumn) -> bool:
    """Whether the new column is NULL in every row that is there."""
    column = step.column
    plain = column.default is None and column.generated is None and step.fill is None
    return column.nullable and plain and not column.identity
