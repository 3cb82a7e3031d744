"""OKR304: one statement writes every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ChangesRows
from okra.lint.rule import MigrationHit, Rule
from okra.lint.step import is_batch
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight
    from okra.lint.step import Step


_IN_RANGES = "`-- okra:batch size=10000 key=id` above it: it is then run in ranges of the key, each committed by itself"
_ALONE = f"write it as an UPDATE of its own, with {_IN_RANGES}"


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(ChangesRows):
        removed = act.bare and act.verb != "UPDATE"
        if act.whole and not removed and not is_batch(step.script) and not sight.is_new(act.table):
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"{act.verb} of all rows of `{act.table}` in one statement: others wait for every row it has "
                "written until it is committed",
                help=_IN_RANGES if _stands_alone(step, act) else _ALONE,
            )


def _stands_alone(step: Step, act: ChangesRows) -> bool:
    """Whether it is the whole statement: what stands in a WITH or a MERGE can't be run in ranges."""
    return step.script.sql[: len(act.verb)].upper() == act.verb


RULE = Rule(
    code="OKR304",
    name="rows-changed-at-once",
    title="all rows are changed in one statement",
    text="""\
Every row that one statement has written stays locked until its transaction ends: whoever wants to change one of them
waits. On a large table that is minutes, the server keeps both versions of all rows for so long, and replicas fall
behind. In SQLite nobody else writes at all meanwhile.""",
    example="""\
UPDATE users SET state = 'active' WHERE state IS NULL;""",
    safe="""\
-- okra:batch size=10000 key=id
UPDATE users SET state = 'active' WHERE state IS NULL;""",
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
