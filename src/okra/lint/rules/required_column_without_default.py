"""OKR305: rows that are there have nothing to put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import AddsColumn
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_WHAT_HAPPENS = {
    "postgres": "the statement fails if there is a row",
    "sqlite": "the statement fails if there is a row",
    "mysql": "rows that are there get an empty text, 0 or the like, which nobody chose",
}


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsColumn):
        column = act.column
        given = column.default is not None or column.generated or column.identity
        if column.required and not given and not sight.is_new(act.table):
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"`{act.table}.{column.name}` is required and has no default: {_WHAT_HAPPENS[sight.provider]}",
                help=f"give it one with `@default`, or rows a value with "
                f"`okra db:migrate:generate --default {act.table}.{column.name}=SQL`",
            )


RULE = Rule(
    code="OKR305",
    name="required-column-without-default",
    title="a required column is added without a default",
    text="""\
Rows that are there already need a value. PostgreSQL and SQLite refuse the statement when there are any (SQLite always,
PostgreSQL with error 23502), so it works at your desk and fails in production. MySQL and MariaDB fill in the type's own
empty value: an empty text, 0, the zero date.""",
    example="""\
ALTER TABLE users ADD COLUMN country text NOT NULL;""",
    safe="""\
ALTER TABLE users ADD COLUMN country text NOT NULL DEFAULT 'unknown';
-- or: add it nullable, fill it in batches, then make it required""",
    severity=Severity.ERROR,
    said_as=(HazardKind.MAY_FAIL,),
    migration=check,
)
