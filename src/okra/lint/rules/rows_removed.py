"""OKR303: rows go, and nothing says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import ChangesRows
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(ChangesRows):
        if act.verb != "UPDATE" and act.bare and not sight.is_new(act.table):
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"{act.verb} removes every row of `{act.table}`",
                help="say which rows with WHERE; no rollback brings them back",
            )


RULE = Rule(
    code="OKR303",
    name="rows-removed",
    title="every row of a table is removed",
    text="""\
DELETE without WHERE and TRUNCATE leave nothing of a table, and no rollback brings rows back. TRUNCATE also locks the
table against readers in PostgreSQL, and commits whatever is open in MySQL. A WHERE that is true of every row, like
`WHERE true` or `WHERE 1 = 1`, says no more than none; the same is true of a DELETE in a WITH, and of a MERGE ON true.""",
    example="""\
DELETE FROM sessions;""",
    safe="""\
DELETE FROM sessions WHERE expires_at < '2024-01-01';""",
    severity=Severity.ERROR,
    migration=check,
)
