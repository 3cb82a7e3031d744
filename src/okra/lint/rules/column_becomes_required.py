"""OKR306: rows may have NULL there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ChangesRows, Redefines, SetsNotNull
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight
    from okra.lint.step import Step


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    filled: set[tuple[str, str]] = set()
    for step in sight.steps:
        for act in step.acts:
            match act:
                case ChangesRows(table=table, fills=fills):
                    filled |= {(table.lower(), name.lower()) for name in fills}
                case SetsNotNull(at=at, table=table, column=column):
                    yield from _hit(sight, step, at, table, column, filled)
                case Redefines(at=at, table=table, column=column, definition=text) if text.required:
                    yield from _hit(sight, step, at, table, column, filled)
                case _:
                    pass


def _hit(
    sight: MigrationSight,
    step: Step,
    at: int,
    table: str,
    column: str,
    filled: set[tuple[str, str]],
) -> Iterator[MigrationHit]:
    before = sight.column_before(table, column)
    sure = before is not None and not before.nullable
    if sure or sight.is_new(table) or (table.lower(), column.lower()) in filled:
        return
    if before is None and sight.adds(table, column):
        return
    yield MigrationHit(
        step=step,
        at=at,
        message=f"`{table}.{column}` becomes required: fails if a row has NULL there",
        help=f"fill it first: `UPDATE {table} SET {column} = … WHERE {column} IS NULL`, or "
        f"`okra db:migrate:generate --default {table}.{column}=SQL`",
    )


RULE = Rule(
    code="OKR306",
    name="column-becomes-required",
    title="a column with rows becomes required",
    text="""\
One row with NULL, and the migration fails: PostgreSQL with 23502, MySQL and MariaDB in strict mode with 1265 or 1138,
SQLite with "NOT NULL constraint failed". Without strict mode MySQL turns the NULLs into 0 or an empty text. A migration that
fills the column first is not meant.""",
    example="""\
ALTER TABLE users ALTER COLUMN email SET NOT NULL;""",
    safe="""\
UPDATE users SET email = '' WHERE email IS NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;""",
    said_as=(HazardKind.MAY_FAIL,),
    migration=check,
)
