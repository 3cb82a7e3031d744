"""What is dangerous about values that change: another type, a value in place of NULL or of another text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.hazards import (
    becomes_computed_hazards,
    kept_check_hazards,
    left_out_hazard,
    stays_unique,
)
from okra.dialects.mysql.natives.collations import charset_of
from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.planning.certainty import changed_columns, kept_texts, merges
from okra.dialects.mysql.planning.columns import collation, enum_values
from okra.dialects.mysql.planning.conversions import conversion, family
from okra.dialects.mysql.planning.values import value_for_null
from okra.dialects.notices import breaks_code, changes_data, may_fail
from okra.relational.changes import (
    AddColumn,
    RenameValue,
)
from okra.relational.uses import computed_from, must_be_given

if TYPE_CHECKING:
    from okra.plan import Hazard
    from okra.relational.changes import AlterColumn, AlterOptions, AlterTable
    from okra.relational.model import Column, Table


def alter_column_hazards(step: AlterColumn, change: AlterTable, current: Table) -> list[Hazard]:
    """The hazards of a column that changes in place."""
    table, before, after = change.after, step.before, step.after
    name = f"{table.name}.{after.name}"
    found: list[Hazard] = []
    if before.nullable and not after.nullable and after.generated is None:
        found += _becomes_required(step, change)
    elif before.default is not None and after.default is None and must_be_given(after):
        found.append(left_out_hazard(table.name, after))
    found += _retyped(name, step)
    found += _recollated(name, step, change, current)
    if after.identity and not before.identity:
        found.append(changes_data(f"a row with 0 or NULL in `{name}` gets the next number"))
        found.append(may_fail(f"`{name}` may have such a row when the next number is taken"))
    if after.generated is not None and before.generated != after.generated:
        found += computed_hazards(after, table)
    if before.generated is None and after.generated is not None:
        found += becomes_computed_hazards(name)
    if before.type != after.type or merges(before, after, step, change, current):
        found += contradictions(after.name, change, current)
    return found


def rename_value_hazards(step: RenameValue, change: AlterTable) -> list[Hazard]:
    """The hazards of a text that is another from now on."""
    column = step.column
    name = f"{change.after.name}.{column}"
    found = [breaks_code(f"`{name}` holds '{step.after}' in place of '{step.before}'")]
    if step.after in kept_texts(step, change):
        pair = f"'{step.before}' and '{step.after}'"
        text = f"rows with {pair} in `{name}` can't be told apart any more"
        found.append(changes_data(text, spoils=name))
    return found + contradictions(column, change, change.after)


def computed_hazards(column: Column, table: Table) -> list[Hazard]:
    """The hazards of a column that is computed from rows that are there."""
    if column.generated is None or not column.generated.stored:
        return []
    name = f"{table.name}.{column.name}"
    return [may_fail(f"`{name}` may come out as a value that is no `{column.type}`")]


def option_hazards(step: AlterOptions, change: AlterTable, current: Table) -> list[Hazard]:
    """The hazards of another engine, or of another collation of the table."""
    table = change.after
    found: list[Hazard] = []
    if option(step.before, "engine") != option(step.after, "engine"):
        engine = option(step.after, "engine") or "InnoDB"
        found.append(may_fail(f"`{table.name}` may hold what {engine} can't"))
    for column in table.columns:
        before = current.column(column.name)
        if before is None or before != column:
            continue
        names = collation(before, current), collation(column, table)
        if names[0] != names[1]:
            found += _other_characters(f"{table.name}.{column.name}", *names)
            found += contradictions(column.name, change, current)
    return found


def contradictions(column: str, change: AlterTable, current: Table) -> list[Hazard]:
    """What changed values of `column`, and what is computed from them, may contradict that stays."""
    table = change.after
    name = f"{table.name}.{column}"
    computed = computed_from(column, table)
    columns = {column, *(each.name for each in computed)}
    found = [hazard for each in computed for hazard in computed_hazards(each, table)]
    if columns & changed_columns(change, current) and stays_unique(columns, columns, change):
        found.append(may_fail(f"values of `{name}` that were different may be equal now"))
    return found + kept_check_hazards(columns, change)


def _becomes_required(step: AlterColumn, change: AlterTable) -> list[Hazard]:
    name = f"{change.after.name}.{step.after.name}"
    added = any(isinstance(s, AddColumn) and s.column.name == step.after.name for s in change.steps)
    if added and step.fill is None:
        return [may_fail(f"`{name}` is required and has no default: fails if there are rows")]
    if added:
        return _fill_hazards(step, name)
    if step.after.identity:
        return []
    value = value_for_null(step)
    if value is None:
        return [
            may_fail(f"`{name}` becomes required: fails if a row has NULL there"),
            breaks_code(f"code that leaves `{name}` out or empty fails"),
        ]
    filled = changes_data(f"NULLs in `{name}` become {value}")
    return [filled, *_fill_hazards(step, name)]


def _fill_hazards(step: AlterColumn, name: str) -> list[Hazard]:
    """An expression may be anything, for some row."""
    fill = (step.fill or "").upper()
    if (
        not fill
        or fill == "UUID()"
        or not any(sign in fill for sign in "(`ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    ):
        return []
    if fill[0] == "'" and fill[-1] == "'" and "'" not in fill[1:-1].replace("''", ""):
        return []
    return [may_fail(f"`{name}` may not be able to hold what `{step.fill}` gives for some row")]


def _retyped(name: str, step: AlterColumn) -> list[Hazard]:
    turned = conversion(str(step.before.type), str(step.after.type))
    found = [] if turned.doubt is None else [may_fail(f"`{name}` {turned.doubt}")]
    if turned.loss is not None:
        found.append(changes_data(f"`{name}` {turned.loss}", spoils=name))
    if family(str(step.before.type)) != family(str(step.after.type)):
        found.append(breaks_code(f"code that takes `{name}` for `{step.before.type}` fails"))
    left = enum_values(str(step.after.type))
    found += (
        breaks_code(f"code that writes '{value}' into `{name}` fails")
        for value in enum_values(str(step.before.type)) or ()
        if left is not None and value not in left
    )
    return found


def _recollated(name: str, step: AlterColumn, change: AlterTable, current: Table) -> list[Hazard]:
    old, new = collation(step.before, current), collation(step.after, change.after)
    if old is None or new is None or old == new:
        return []
    return _other_characters(name, old, new)


def _other_characters(name: str, before: str | None, after: str | None) -> list[Hazard]:
    if before is None or after is None or charset_of(before) == charset_of(after):
        return []
    if charset_of(after) == "utf8mb4" and charset_of(before) != "binary":
        return []
    return [may_fail(f"`{name}` may hold characters that {charset_of(after)} has not")]
