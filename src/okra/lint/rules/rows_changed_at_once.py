"""OKR304: one statement writes every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ChangesRows
from okra.lint.rule import MigrationHit, Rule
from okra.lint.step import marks
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_BATCH = "okra:batch"


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(ChangesRows):
        removed = act.bare and act.verb != "UPDATE"
        batched = any(line.startswith(_BATCH) for line in marks(step.script))
        if act.whole and not removed and not batched and not sight.is_new(act.table):
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"{act.verb} of all rows of `{act.table}` in one statement: others wait for every row it has "
                "written until it is committed",
                help="write the rows in batches, each committed by itself, from a migration of its own",
            )


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
-- in batches, each committed by itself
UPDATE users SET state = 'active' WHERE state IS NULL AND id BETWEEN 1 AND 10000;""",
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
