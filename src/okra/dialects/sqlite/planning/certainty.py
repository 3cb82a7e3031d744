"""What is certain about rows that nobody has looked at: which new constraints can't fail on them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from okra.dialects.hazards import is_null_everywhere
from okra.dialects.sqlite.planning.rebuild import takes_rowid
from okra.dialects.sqlite.planning.tables import check_sql, column_sql
from okra.dialects.sqlite.quoting import quote
from okra.relational.changes import (
    AddColumn,
    AlterColumn,
    AlterTable,
    DropCheck,
    DropForeignKey,
    RenameValue,
)
from okra.relational.model import Table
from okra.relational.sqltext import TokenKind, name_of, tokens, unquoted
from okra.relational.uses import computed_from, used_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.model import Check, Column, ForeignKey, Index

RANDOM_TEXT = "lower(hex(randomblob(16)))"
RANDOM_BYTES = "randomblob(16)"
ROW_NUMBER = "row_number() OVER ()"
_DIFFERENT = (RANDOM_TEXT, RANDOM_BYTES, ROW_NUMBER)


def added_columns(change: AlterTable) -> dict[str, AddColumn]:
    """The steps that add a column, by its name."""
    return {step.column.name: step for step in change.steps if isinstance(step, AddColumn)}


def has_no_value(step: AddColumn) -> bool:
    """Whether nothing says what the new column holds in rows that are there, and NULL it can't be."""
    column = step.column
    plain = column.default is None and column.generated is None and step.fill is None
    return not column.nullable and plain


def differs_everywhere(columns: Iterable[str], change: AlterTable, current: Table) -> bool:
    """Whether no two rows can be equal in `columns` of the table as it will be."""
    wanted = set(columns)
    for name, step in added_columns(change).items():
        if name not in wanted:
            continue
        if step.fill in _DIFFERENT or takes_rowid(step.column, change.after, current):
            return True
    unchanged = wanted - changed_columns(change)
    return any(key <= unchanged for key in _unique_keys(current))


def changed_columns(change: AlterTable) -> set[str]:
    """The columns in which values may change, and those that are computed from them."""
    found: set[str] = set()
    for step in change.steps:
        match step:
            case AlterColumn(_, after) if _changes_values(step):
                found.add(after.name)
            case RenameValue(column):
                found.add(column)
            case _:
                pass
    return found | {
        each.name for column in sorted(found) for each in computed_from(column, change.after)
    }


def _changes_values(step: AlterColumn) -> bool:
    before, after = step.before, step.after
    return (
        before.type != after.type
        or before.collation != after.collation
        or before.generated != after.generated
        or (before.nullable and not after.nullable)
    )


def _unique_keys(table: Table) -> list[frozenset[str]]:
    """The sets of columns in which no two rows of `table` are equal."""
    keys = [frozenset(table.primary_key.columns)] if table.primary_key else []
    return keys + [
        frozenset(index.columns)
        for index in table.indexes
        if index.unique and index.where is None and is_plain(index)
    ]


def is_plain(index: Index) -> bool:
    """Whether `index` is about whole columns as they compare by themselves."""
    return all(part.column is not None and part.collation is None for part in index.parts)


def key_holds(key: ForeignKey, change: AlterTable) -> bool:
    """Whether a new foreign key can't be violated: its columns are NULL, or it was there before."""
    added = added_columns(change)
    if any(name in added and is_null_everywhere(added[name]) for name in key.columns):
        return True
    return not changed_columns(change) & {*key.columns} and any(
        (step.key.columns, step.key.table, step.key.references)
        == (key.columns, key.table, key.references)
        for step in change.steps
        if isinstance(step, DropForeignKey)
    )


def check_holds(check: Check, change: AlterTable) -> bool:
    """Whether a new check can't be violated: it is about new columns alone, or one like it was there."""
    added = added_columns(change)
    used = used_columns(check.expression, change.after)
    if used and used <= added.keys():
        steps = [added[name] for name in sorted(used)]
        if any(has_no_value(step) for step in steps):
            return True  # there are no rows then, or the column itself fails
        return satisfies(check, [(step.column, step.fill) for step in steps])
    allowed = _allowed(check.expression)
    return allowed is not None and any(
        _widens(_allowed(step.check.expression), allowed, change)
        for step in change.steps
        if isinstance(step, DropCheck)
    )


def satisfies(check: Check, values: Iterable[tuple[Column, str | None]]) -> bool:
    """Whether a row with these (column, SQL) values, None for the default, satisfies `check`. SQLite is asked."""
    pairs = list(values)
    table = Table(name="t", columns=tuple(column for column, _ in pairs))
    lines = [column_sql(column, table) for column in table.columns]
    given = [(quote(column.name), sql) for column, sql in pairs if sql is not None]
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE TABLE t ({', '.join([*lines, check_sql(check)])})")
        if given:
            names = ", ".join(name for name, _ in given)
            connection.execute(
                f"INSERT INTO t ({names}) VALUES ({', '.join(sql for _, sql in given)})"
            )
        else:
            connection.execute("INSERT INTO t DEFAULT VALUES")
    except (sqlite3.Error, sqlite3.Warning):
        return False
    finally:
        connection.close()
    return True


def _allowed(expression: str) -> tuple[str, tuple[str, ...]] | None:
    """The column and the texts of `column IN ('a', 'b')`; None for any other expression."""
    found = [token for token in tokens(expression) if token.kind is not TokenKind.SPACE]
    texts = tuple(token.text for token in found)
    if texts[1:3] != ("IN", "(") or texts[-1:] != (")",):
        return None
    values = found[3:-1]
    if any(token.kind is not TokenKind.STRING for token in values[::2]):
        return None
    if any(token.text != "," for token in values[1::2]):
        return None
    return unquoted(found[0]), tuple(name_of(token.text) for token in values[::2])


def _widens(
    before: tuple[str, tuple[str, ...]] | None,
    after: tuple[str, tuple[str, ...]],
    change: AlterTable,
) -> bool:
    """Whether every text that was allowed is allowed still, under its new name where it has one."""
    if before is None or before[0] != after[0]:
        return False
    renamed = {
        step.before: step.after
        for step in change.steps
        if isinstance(step, RenameValue) and step.column == after[0]
    }
    filled = all(
        step.before.type == step.after.type and step.fill is None
        for step in change.steps
        if isinstance(step, AlterColumn) and step.after.name == after[0]
    )
    return filled and {renamed.get(text, text) for text in before[1]} <= {*after[1]}


def allowed_texts(check: Check, column: str) -> tuple[str, ...]:
    """What `check` allows in `column`, if it lists it."""
    found = _allowed(check.expression)
    return found[1] if found is not None and found[0] == column else ()
