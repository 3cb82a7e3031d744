"""OKR311: what OKRA does itself, or can't undo, stands in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError, Severity
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step in sight.steps:
        try:
            dialect(sight.provider).refuse_misplaced([step.script])
        except DatabaseError as refused:
            yield MigrationHit(step=step, at=0, message=refused.message, help=refused.help or "")


RULE = Rule(
    code="OKR311",
    name="transaction-control",
    title="a statement may not stand in a migration",
    text="""\
OKRA begins and commits transactions itself: it has to know what is committed together with its own history. BEGIN,
COMMIT, ROLLBACK, SAVEPOINT and the like in a file would tear that apart, so `db:migrate:up` refuses the file before it
runs any of it.""",
    example="BEGIN;\nUPDATE users SET state = 'active';\nCOMMIT;",
    safe="""\
-- nothing around it: the file is one transaction where the server has such
UPDATE users SET state = 'active';
-- and this line above a statement, where everything before it is to be committed first
-- okra: new transaction""",
    severity=Severity.ERROR,
    migration=check,
)
