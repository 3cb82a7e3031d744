"""OKR323: ADD VALUE and its use in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import AddsValue
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    added: dict[str, int] = {}
    for step in sight.steps:
        for value, transaction in added.items():
            at = step.script.sql.find(f"'{value}'")
            if at >= 0 and step.transaction == transaction and step.transaction:
                yield MigrationHit(
                    step=step,
                    at=at,
                    message=f"'{value}' can't be used before the transaction that adds it is committed",
                    help="`-- okra: new transaction` above this statement",
                )
        for act in step.acts:
            if isinstance(act, AddsValue):
                added[act.value] = step.transaction


RULE = Rule(
    code="OKR323",
    name="enum-value-used-too-early",
    title="a new enum value is used before it is committed",
    text="""\
PostgreSQL adds a value to an enum inside a transaction, and refuses every use of it there: an insert, a default and a
check fail with 55P04 ("unsafe use of new value").""",
    example="""\
ALTER TYPE status ADD VALUE 'archived';
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'archived';""",
    safe="""\
ALTER TYPE status ADD VALUE 'archived';
-- okra: new transaction
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'archived';""",
    severity=Severity.ERROR,
    providers=("postgres",),
    migration=check,
)
