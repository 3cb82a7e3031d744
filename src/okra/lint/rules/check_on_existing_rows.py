"""OKR329: a check on rows that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsCheck, AddsColumn, DropsConstraint
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsCheck):
        if sight.is_new(act.table) or act.requires is not None:
            continue
        if _is_made_again(sight, act) or _is_about_new(sight, act):
            continue
        place = sight.checked_at(step, act)
        if place is None:
            continue
        yield MigrationHit(
            step=place[0],
            at=place[1].at,
            message=f"fails if a row of `{act.table}` is not as the check wants it",
            help=f"look for such rows first: `SELECT * FROM {act.table} WHERE NOT (…)`",
        )


def _is_made_again(sight: MigrationSight, check: AddsCheck) -> bool:
    """Whether a check of the table as it was goes in the same migration: this one takes its place."""
    before = sight.table_before(check.table)
    names = {known.name for known in before.checks} if before is not None else set()
    return check.again or any(
        act.table == check.table and act.name in names for _, act in sight.every(DropsConstraint)
    )


def _is_about_new(sight: MigrationSight, check: AddsCheck) -> bool:
    """Whether the migration adds every column in the check: all rows have what it gives them."""
    words = {word.lower() for word in check.words}
    before = sight.table_before(check.table)
    old = before.columns if before is not None else ()
    if any(column.name.lower() in words for column in old):
        return False
    return any(
        act.table == check.table and act.column.name.lower() in words
        for _, act in sight.every(AddsColumn)
    )


RULE = Rule(
    code="OKR329",
    name="check-on-existing-rows",
    title="rows that are there may not be as a check wants them",
    text="""\
One row that the check forbids, and the statement fails: PostgreSQL with 23514, MySQL with 3819, MariaDB with 4025, SQLite with
"CHECK constraint failed". In PostgreSQL a check added with NOT VALID fails when it is validated.""",
    example="""\
ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18);""",
    safe="""\
1. SELECT * FROM users WHERE NOT (age >= 18);
2. remove or mend those rows, in a migration before this one""",
    said_as=(HazardKind.MAY_FAIL,),
    migration=check,
)
