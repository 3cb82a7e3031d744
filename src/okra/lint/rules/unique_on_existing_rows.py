"""OKR308: a unique index or key on rows that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsColumn, AddsKey, CreatesIndex
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight
    from okra.relational.model import Index


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step in sight.steps:
        for act in step.acts:
            match act:
                case CreatesIndex(
                    table=table, columns=columns, unique=True, parts=parts, where=where
                ):
                    again = _is_made_again(sight, table, act.name)
                case AddsKey(table=table, columns=columns, ready=False):
                    parts, where, again = columns, "", False
                case _:
                    continue
            whole = len(parts) == len(columns) and not where
            if (
                sight.is_new(table)
                or again
                or (whole and _is_unique_already(sight, table, columns))
            ):
                continue
            if columns and any(sight.stays_null(table, column) for column in columns):
                continue
            listed = ", ".join(parts)
            among = f" among those with {where}" if where else ""
            condition = f" WHERE {where}" if where else ""
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"fails if two rows of `{table}` have the same `{listed}`{among}",
                help=f"look for them first: `SELECT {listed}, count(*) FROM {table}{condition} GROUP BY {listed} HAVING count(*) > 1`",
            )


def _is_made_again(sight: MigrationSight, table: str, name: str) -> bool:
    """Whether the table had the same index before."""
    before, after = sight.table_before(table), sight.table_after(table)
    if before is None or after is None:
        return False
    one = [index for index in before.indexes if index.name == name]
    return bool(one) and one == [index for index in after.indexes if index.name == name]


def _is_unique_already(sight: MigrationSight, table: str, columns: tuple[str, ...]) -> bool:
    """Whether a key of the table as it was makes sure of it."""
    before = sight.table_before(table)
    if before is None or not columns:
        return False
    if any(_is_counted(sight, table, column) for column in columns):
        return True
    names = {sight.name_before(table, name).lower() for name in columns}
    keys = [index.columns for index in before.indexes if _is_plain_key(index)]
    if before.primary_key is not None:
        keys.append(before.primary_key.columns)
    return any({name.lower() for name in key} <= names for key in keys if key)


def _is_counted(sight: MigrationSight, table: str, column: str) -> bool:
    """Whether the migration adds the column, and rows get numbers in it."""
    return any(
        act.table == table and act.column.name == column and act.column.identity
        for _, act in sight.every(AddsColumn)
    )


def _is_plain_key(index: Index) -> bool:
    plain = all(part.column is not None and part.length is None for part in index.parts)
    return index.unique and index.where is None and plain


RULE = Rule(
    code="OKR308",
    name="unique-on-existing-rows",
    title="rows that are there must be different from now on",
    text="""\
Two equal rows, and the statement fails: PostgreSQL with 23505, MySQL and MariaDB with 1062, SQLite with "UNIQUE constraint
failed". A concurrent build in PostgreSQL then leaves an invalid index behind. Columns that the migration itself adds
without values are not meant.""",
    example="""\
CREATE UNIQUE INDEX users_email_key ON users (email);""",
    safe="""\
-- find and mend the equal rows first
SELECT email, count(*) FROM users GROUP BY email HAVING count(*) > 1;""",
    said_as=(HazardKind.MAY_FAIL,),
    migration=check,
)
