"""What is certain about rows that nobody has looked at: which new constraints can't fail on them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.hazards import is_null_everywhere
from okra.dialects.mysql.expressions.lexer import Kind, text_of, tokens
from okra.dialects.mysql.planning.columns import collation, enum_values
from okra.dialects.mysql.planning.conversions import conversion
from okra.dialects.mysql.planning.evaluation import holds
from okra.dialects.mysql.planning.numbering import NUMBERED, can_count
from okra.dialects.mysql.planning.values import value_for_null
from okra.relational.changes import (
    AddColumn,
    AlterColumn,
    AlterOptions,
    AlterTable,
    DropForeignKey,
    RenameColumn,
    RenameForeignKey,
    RenameValue,
)
from okra.relational.uses import computed_from, used_by_index, used_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okra.relational.model import Check, Column, ForeignKey, Table

DIFFERENT = ("UUID()", "UNHEX(MD5(UUID()))")
"""Fills that give each row a value of its own."""


_SEES_NULL = frozenset(
    [
        *("is", "isnull", "ifnull", "nullif", "coalesce", "nvl", "nvl2", "if", "case", "concat_ws"),
        *("is_ipv4", "is_ipv6", "is_ipv4_compat", "is_ipv4_mapped", "make_set"),
        *("<=>", "elt", "field", "find_in_set", "json_array", "json_object", "quote", "decode"),
    ]
)
"""Words of expressions that may be false although a column in them is NULL."""


def differs_everywhere(columns: Iterable[str], change: AlterTable, current: Table) -> bool:
    """Whether no two rows can be equal in `columns` of the table as it will be."""
    wanted = set(columns)
    for step in change.steps:
        if not isinstance(step, AddColumn) or step.column.name not in wanted:
            continue
        numbered = step.fill == NUMBERED and can_count(step.column)
        if step.column.identity or numbered or (step.fill or "").upper() in DIFFERENT:
            return True
    unchanged = wanted - changed_columns(change, current)
    return any(key <= unchanged for key in _unique_keys(current))


def changed_columns(change: AlterTable, current: Table) -> set[str]:
    """The columns in which values, or what counts as equal, may change; and those computed from them."""
    found: set[str] = set()
    for step in change.steps:
        match step:
            case AlterColumn(before, after) if merges(before, after, step, change, current):
                found.add(after.name)
            case RenameValue(column, _, text) if not step.list and text in kept_texts(step, change):
                found.add(column)
            case AlterOptions():
                found |= {
                    column.name
                    for column in change.after.columns
                    if collation(column, current) != collation(column, change.after)
                }
            case _:
                pass
    return found | {c.name for name in sorted(found) for c in computed_from(name, change.after)}


def kept_texts(step: RenameValue, change: AlterTable) -> set[str]:
    """The texts that rows may have in the column before and after; any, where they are not listed.

    Of a column of lists nothing is known: none.
    """
    if step.list:
        return set()
    names = {s.after: s.before for s in change.steps if isinstance(s, RenameColumn)}
    column = change.before.column(names.get(step.column, step.column))
    values = None if column is None else enum_values(str(column.type))
    if values is None:
        return {step.after}
    gone = {
        s.before for s in change.steps if isinstance(s, RenameValue) and s.column == step.column
    }
    return {text_of(f"'{value}'") for value in values} - gone


def merges(
    before: Column, after: Column, step: AlterColumn, change: AlterTable, current: Table
) -> bool:
    """Whether values of a column that were different may be equal from now on."""
    turned = conversion(str(before.type), str(after.type))
    return (
        turned.loss is not None
        or (_is_binary(before) and not _is_binary(after))
        or collation(before, current) != collation(after, change.after)
        or before.generated != after.generated
        or (before.nullable and not after.nullable and value_for_null(step) is not None)
        or (after.identity and not before.identity)
    )


def _is_binary(column: Column) -> bool:
    return "blob" in str(column.type) or "binary" in str(column.type)


def _unique_keys(table: Table) -> list[frozenset[str]]:
    """The sets of columns in which no two rows of `table` are equal and none is NULL."""
    nullable = {column.name for column in table.columns if column.nullable}
    keys = [frozenset(table.primary_key.columns)] if table.primary_key else []
    return keys + [
        frozenset(index.columns)
        for index in table.indexes
        if index.unique and not used_by_index(index, table) and not nullable & {*index.columns}
    ]


def key_holds(key: ForeignKey, change: AlterTable) -> bool:
    """Whether a new foreign key can't be violated: its columns are NULL, or it was there before."""
    added = {step.column.name: step for step in change.steps if isinstance(step, AddColumn)}
    if any(name in added and is_null_everywhere(added[name]) for name in key.columns):
        return True
    touched = {s.after.name for s in change.steps if isinstance(s, AlterColumn)}
    touched |= {s.column for s in change.steps if isinstance(s, RenameValue)}
    if touched & {*key.columns}:
        return False
    known = [s.key for s in change.steps if isinstance(s, DropForeignKey)]
    known += [s.before for s in change.steps if isinstance(s, RenameForeignKey)]
    return any(
        (old.columns, old.table, old.references) == (key.columns, key.table, key.references)
        for old in known
    )


def keeps_pairs(key: ForeignKey, table: str, altered: Mapping[str, AlterTable]) -> bool:
    """Whether values that were equal on both sides of `key` are equal still: both sides change alike."""
    return all(
        _turns(altered.get(table), column) == _turns(altered.get(key.table), target)
        for column, target in zip(key.columns, key.references, strict=True)
    )


def _turns(change: AlterTable | None, column: str) -> tuple[object, ...]:
    """What becomes of the values of a column."""
    steps = () if change is None else change.steps
    types = [
        (s.before.type, s.after.type, s.before.generated, s.after.generated, s.fill)
        for s in steps
        if isinstance(s, AlterColumn) and s.after.name == column and _touches_values(s)
    ]
    texts = [
        (s.before, s.after) for s in steps if isinstance(s, RenameValue) and s.column == column
    ]
    return (*types, *texts)


def _touches_values(step: AlterColumn) -> bool:
    before, after = step.before, step.after
    turned = conversion(str(before.type), str(after.type))
    return (
        turned.doubt is not None
        or turned.loss is not None
        or before.generated != after.generated
        or value_for_null(step) is not None
    )


def check_holds(check: Check, change: AlterTable) -> bool:
    """Whether a new check can't be violated: it is about one new column, whose value is known."""
    used = used_columns(check.expression, change.after)
    added = [s for s in change.steps if isinstance(s, AddColumn) and used == {s.column.name}]
    if not added or added[0].column.generated is not None:
        return False
    if is_null_everywhere(added[0]):
        words = {token.text.lower() for token in tokens(check.expression)}
        return not words & _SEES_NULL
    value = _constant(added[0].fill or str(added[0].column.default or ""))
    return value is not None and holds(check.expression, added[0].column.name, value)


def _constant(sql: str) -> str | Decimal | None:
    found = tokens(sql)
    if len(found) == 1 and found[0].kind is Kind.TEXT:
        return text_of(found[0].text)
    if sql and found[-1].kind is Kind.NUMBER and len(found) <= 2:  # noqa: PLR2004  a sign and a number
        return Decimal(sql.replace(" ", ""))
    return None
