"""OKR316: NOT VALID and VALIDATE under one lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsCheck, AddsForeignKey, ValidatesConstraint
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    added: dict[tuple[str, str], int] = {}
    for step in sight.steps:
        for act in step.acts:
            match act:
                case AddsCheck(unchecked=True) | AddsForeignKey(unchecked=True):
                    if not sight.is_new(act.table):
                        added[act.table, act.name] = step.transaction
                case ValidatesConstraint(table=table, name=name):
                    if step.transaction and added.get((table, name)) == step.transaction:
                        yield MigrationHit(
                            step=step,
                            at=act.at,
                            message=f"`{name}` is validated under the lock that adding it took on `{table}`",
                            help="commit between the two: `-- okra: new transaction` above this statement",
                        )
                case _:
                    pass


RULE = Rule(
    code="OKR316",
    name="validated-in-the-same-transaction",
    title="a constraint is validated in the transaction that adds it",
    text="""\
Adding a constraint with NOT VALID takes a strong lock for an instant, and VALIDATE CONSTRAINT reads the table under a weak
one. In one transaction the strong lock is held until the end, through the whole scan: nothing is won.""",
    example="""\
ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT grown_up;""",
    safe="""\
ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
-- okra: new transaction
ALTER TABLE users VALIDATE CONSTRAINT grown_up;""",
    providers=("postgres",),
    migration=check,
)
