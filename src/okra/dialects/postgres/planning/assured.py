"""What is certain about rows that nobody has looked at: which keys and checks hold for them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.canonical import tree_of
from okra.dialects.postgres.expressions.tree import Kind, names_in
from okra.dialects.postgres.natives.spelling import identifier
from okra.dialects.postgres.planning.certainty import satisfies
from okra.relational.sqltext import ascii_upper, is_word, significant

if TYPE_CHECKING:
    from okra.dialects.postgres.planning.certainty import Known
    from okra.dialects.postgres.planning.work import Work
    from okra.relational.model import Check, Index, Table


def is_met(check: Check, table: Table, column: str, sql: str) -> bool:
    """Whether the constant `sql` in `column` of `table` certainly satisfies `check`, which is about nothing else."""
    name = identifier(column)
    types = tuple((each.name, str(each.type)) for each in table.columns)
    tree, value = tree_of(check.expression, types), tree_of(sql, ())
    if tree is None or value is None or set(names_in(tree)) != {name}:
        return False
    known: Known
    if value.kind is Kind.STRING:
        known = value.text
    elif value.kind is Kind.NUMBER:
        known = Decimal(value.text)
    elif value.kind is Kind.WORD and value.text in ("true", "false"):
        known = value.text == "true"
    else:
        return False
    return satisfies(tree, name, known)


def new_columns(work: Work) -> set[str]:
    """Columns that are NULL in every row that is there."""
    return {
        step.column.name
        for step in work.added.values()
        if step.column.nullable
        and step.column.default is None
        and step.column.generated is None
        and not step.column.identity
        and step.fill is None
    }


def settled(work: Work) -> list[tuple[frozenset[str], bool]]:
    """What is unique in rows that are there, and stays so: columns, and whether one of them may be empty."""
    moved = {retype.after.name for retype in work.retyped} | {c.name for c in work.remade}
    moved |= filled(work)
    late = work.postponed.indexes or work.postponed.primary is not None
    gone = work.drop_indexes if late else []  # rows may come in between
    keys = [work.current.primary_key] if work.current.primary_key is not None else []
    found = [
        (frozenset(key.columns), False) for key in keys if not late or key != work.drop_primary
    ]
    found += (
        (frozenset(index.columns), index.nulls_distinct)
        for index in work.current.indexes
        if index.unique
        and index not in gone
        and index.where is None
        and not index.deferrable
        and all(p.column is not None and p.collation is None for p in index.parts)
    )
    return [(columns, empty) for columns, empty in found if not columns & moved]


def is_unique_already(work: Work, index: Index) -> bool:
    """Whether an older key makes sure that a new one holds."""
    if any(part.column is None or part.collation is not None for part in index.parts):
        return False
    columns = {*index.columns}
    return any(
        known <= columns and (index.nulls_distinct or not empty) for known, empty in settled(work)
    )


def starts_well(work: Work, check: Check, used: set[str]) -> bool:
    """Whether the check is about one new column alone, and what all rows get there satisfies it."""
    if len(used) != 1:
        return False
    (name,) = used
    step = work.added.get(name)
    if step is None:
        return False
    value = step.fill if step.fill is not None else step.column.default
    return value is not None and is_met(check, work.after, name, str(value))


def holds_already(work: Work, check: Check, used: set[str]) -> bool:
    """Whether the same check was there, and values that it is about keep what they are."""
    texts = {each.expression for each in work.current.checks}
    lossy = {r.after.name for r in work.retyped if r.cast.loss is not None or r.cast.using}
    moved = lossy | {column.name for column in work.remade} | set(work.added)
    return check.expression in texts and not used & (moved | filled(work))


def filled(work: Work) -> set[str]:
    """Columns in which rows get a value that had none."""
    return {s.after.name for s in work.altered if s.before.nullable and not s.after.nullable}


_COMPARES = frozenset({"AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "ILIKE", "ANY", "ALL", "ARRAY"})
_KNOWS_NULL = frozenset({"IS", "NULL", "ISNULL", "NOTNULL", "CASE", "TRUE", "FALSE", "DISTINCT"})


def lets_null(expression: str) -> bool:
    """Whether a check is certain not to be false where all its columns are NULL: it only compares them."""
    found = significant(expression)
    for token, following in pairwise([*found, ""]):
        word = ascii_upper(token) if is_word(token) else ""
        if word in _KNOWS_NULL or (word and following == "(" and word not in _COMPARES):
            return False
    return True
