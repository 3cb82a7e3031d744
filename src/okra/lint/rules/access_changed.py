"""OKR354: GRANT, REVOKE, owners and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ChangesAccess
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(ChangesAccess):
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"{act.what} changes who may see or do what",
            help="let somebody look at it who answers for that; OKRA does not track it, and the way back does not undo it",
        )


RULE = Rule(
    code="OKR354",
    name="access-changed",
    title="a migration changes who may see or do what",
    text="""\
Rights, owners and policies decide who sees which rows. OKRA does not keep track of them: no snapshot has them, no diff shows
them, and the proof of a migration says nothing about them. ENABLE ROW LEVEL SECURITY without a policy hides every row from
everybody but the owner.""",
    example="""\
REVOKE SELECT ON users FROM PUBLIC;""",
    safe="""\
-- let whoever answers for the data run it apart from the migration""",
    providers=("mysql", "postgres"),
    migration=check,
)
