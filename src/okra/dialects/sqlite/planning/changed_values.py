"""What is dangerous about values that change: another type, a value in place of NULL or of another text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.hazards import (
    becomes_computed_hazards,
    kept_check_hazards,
    left_out_hazard,
    stays_unique,
)
from okra.dialects.notices import breaks_code, changes_data, may_fail
from okra.dialects.sqlite.natives.types import Affinity, affinity
from okra.dialects.sqlite.planning.certainty import allowed_texts, satisfies
from okra.dialects.sqlite.planning.rebuild import value_for_null
from okra.dialects.sqlite.planning.tables import is_rowid_alias
from okra.relational.changes import (
    AddForeignKey,
    AlterColumn,
    AlterTable,
    RenameValue,
)
from okra.relational.uses import computed_from, must_be_given, used_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.plan import Hazard
    from okra.relational.changes import Change
    from okra.relational.model import Column, Table

Retyped: TypeAlias = frozenset[tuple[str, str, Affinity, Affinity]]
"""table, column, and what values were and are turned into: all columns whose type changes"""


def retyped(changes: Iterable[Change]) -> Retyped:
    """What has to be known of all other tables."""
    return frozenset(
        (change.after.name, step.after.name, *_affinities(step))
        for change in changes
        if isinstance(change, AlterTable)
        for step in change.steps
        if isinstance(step, AlterColumn) and step.before.type != step.after.type
    )


def _affinities(step: AlterColumn) -> tuple[Affinity, Affinity]:
    return affinity(str(step.before.type)), affinity(str(step.after.type))


def alter_column_hazards(
    step: AlterColumn, change: AlterTable, current: Table, others: Retyped
) -> list[Hazard]:
    """The hazards of a column that changes in place."""
    table, before, after = change.after, step.before, step.after
    name = f"{table.name}.{after.name}"
    found: list[Hazard] = []
    if before.nullable and not after.nullable and after.generated is None:
        found += _becomes_required(step, change)
    elif before.default is not None and after.default is None and must_be_given(after):
        found.append(left_out_hazard(table.name, after))
    if is_rowid_column(after, table):
        found += becomes_rowid(change, current)
    if before.type != after.type:
        types = _type_hazards(name, step, strict="strict" in table.options)
        found += types
        found += _contradictions(after.name, change, merges=bool(types))
        found += _broken_keys(step, change, others) if types else []
    elif before.collation != after.collation:
        found += _contradictions(after.name, change, merges=after.collation is not None)
    if after.generated is not None and before.generated != after.generated:
        found += computed_hazards(after, table)
        found += _contradictions(after.name, change, merges=True)
    if before.generated is None and after.generated is not None:
        found += becomes_computed_hazards(name)
    return found


def rename_value_hazards(step: RenameValue, change: AlterTable, current: Table) -> list[Hazard]:
    """The hazards of a text that is another from now on."""
    column = step.column
    name = f"{change.after.name}.{column}"
    found = [breaks_code(f"`{name}` holds '{step.after}' in place of '{step.before}'")]
    moved = {
        each.before: each.after
        for each in change.steps
        if isinstance(each, RenameValue) and each.column == column
    }
    known = {text for check in current.checks for text in allowed_texts(check, column)}
    merges = step.after in known - moved.keys()
    if merges:
        pair = f"'{step.before}' and '{step.after}'"
        text = f"rows with {pair} in `{name}` can't be told apart any more"
        found.append(changes_data(text, spoils=name))
    met = [
        check.expression
        for check in change.after.checks
        if (texts := {*allowed_texts(check, column)})
        and {moved.get(text, text) for text in texts} <= texts
    ]
    return found + _contradictions(column, change, merges=merges, met=met)


def fill_hazards(fill: str, column: Column, change: AlterTable) -> list[Hazard]:
    """The hazards of a value that rows get which have none: what it may contradict that was there before."""
    table = change.after
    name = f"{table.name}.{column.name}"
    met = [
        check
        for check in table.checks
        if used_columns(check.expression, table) == {column.name}
        and satisfies(check, [(column, fill)])
    ]
    found = _contradictions(
        column.name, change, merges="random" not in fill, met=[check.expression for check in met]
    )
    keys = {step.key for step in change.steps if isinstance(step, AddForeignKey)}
    found += (
        may_fail(f"`{key.table}` may not have the value that `{name}` gets")
        for key in table.foreign_keys
        if column.name in key.columns and key not in keys
    )
    return found


def computed_hazards(column: Column, table: Table) -> list[Hazard]:
    """The hazards of a column that is computed from rows that are there."""
    name = f"{table.name}.{column.name}"
    found = []
    if not column.nullable:
        found.append(may_fail(f"`{name}` is required: fails if it comes out as NULL for a row"))
    if "strict" in table.options and column.type != "any":
        found.append(may_fail(f"`{name}` may come out as a value that is no `{column.type}`"))
    return found


def becomes_rowid(change: AlterTable, current: Table) -> list[Hazard]:
    """The rowid is always a whole number; a key that is not the rowid may be anything."""
    key = change.after.primary_key
    if key is None or not is_rowid_alias(change.after) or current.column(key.columns[0]) is None:
        return []
    if is_rowid_alias(current) and current.primary_key == key:
        return []
    name = f"{change.after.name}.{key.columns[0]}"
    return [may_fail(f"`{name}` may hold values that are no whole numbers")]


def is_rowid_column(column: Column, table: Table) -> bool:
    """Whether `column` is the rowid of `table`."""
    key = table.primary_key
    return is_rowid_alias(table) and key is not None and key.columns == (column.name,)


def _becomes_required(step: AlterColumn, change: AlterTable) -> list[Hazard]:
    name = f"{change.after.name}.{step.after.name}"
    value = value_for_null(step)
    if is_rowid_column(step.after, change.after):
        return [changes_data(f"rows without `{name}` get the next number")]
    if value is None:
        return [
            may_fail(f"`{name}` becomes required: fails if a row has NULL there"),
            breaks_code(f"code that leaves `{name}` out or empty fails"),
        ]
    filled = changes_data(f"NULLs in `{name}` become {value}")
    return [filled, *fill_hazards(value, step.after, change)]


def _type_hazards(name: str, step: AlterColumn, *, strict: bool) -> list[Hazard]:
    before, after = _affinities(step)
    if strict:
        same = before is after or str(step.after.type) == "any"
        return [] if same else [may_fail(f"`{name}` may hold values that are no `{after}`")]
    if after.is_number and not before.is_number:
        text = f"text in `{name}` that looks like a number becomes one: '007' becomes 7"
    elif before is Affinity.NONE and after is Affinity.TEXT:
        text = f"bytes in `{name}` become text as they are: what is no UTF-8 can't be read any more"
    elif before is Affinity.REAL and after is Affinity.TEXT:
        text = f"numbers in `{name}` become text with 15 digits"
    elif after is Affinity.REAL and before is not after:
        text = f"whole numbers in `{name}` keep 15 digits"
    else:
        return []
    return [changes_data(text, spoils=name)]


def _contradictions(
    column: str, change: AlterTable, *, merges: bool, met: Sequence[str] = ()
) -> list[Hazard]:
    """What changed values of `column`, and what is computed from them, may contradict that stays.

    merges  values that were different may be equal from now on
    met     checks that are certain to hold
    """
    table = change.after
    name = f"{table.name}.{column}"
    computed = computed_from(column, table)
    names = {each.name for each in computed}
    columns = {column, *names}
    found = [hazard for each in computed for hazard in computed_hazards(each, table)]
    if stays_unique({column, *names} if merges else names, columns, change):
        found.append(may_fail(f"values of `{name}` that were different may be equal now"))
    return found + kept_check_hazards(columns, change, met)


def _broken_keys(step: AlterColumn, change: AlterTable, others: Retyped) -> list[Hazard]:
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
            found.append(may_fail(text))
    return found
