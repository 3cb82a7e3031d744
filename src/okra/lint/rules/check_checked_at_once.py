"""OKR315: ADD CHECK without NOT VALID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsCheck
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsCheck):
        if act.unchecked or sight.is_new(act.table):
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"nobody can read or write `{act.table}` while all its rows are checked",
            help="add it with NOT VALID, and `VALIDATE CONSTRAINT` in another transaction; "
            "a check behind a new column as a constraint of its own",
        )


RULE = Rule(
    code="OKR315",
    name="check-checked-at-once",
    title="a check looks at every row under a lock",
    text="""\
ADD CHECK takes ACCESS EXCLUSIVE and reads the whole table under it; so does a CHECK behind a column that is added. With
NOT VALID it holds for what comes from now on, in an instant; VALIDATE CONSTRAINT then looks at the rows that are there
while others read and write.""",
    example="""\
ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18);""",
    safe="""\
ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
-- okra: new transaction
ALTER TABLE users VALIDATE CONSTRAINT grown_up;""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
