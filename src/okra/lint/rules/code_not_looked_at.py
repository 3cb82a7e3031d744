"""OKR362: a statement runs code that only the server reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import RunsCode
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(RunsCode):
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"{act.verb} runs code that no rule looks at: it may drop, lock or delete anything",
            help="write the statements themselves where that is possible; else read it, "
            "and say above it what it does: `-- okra:ignore OKR362 …`",
        )


RULE = Rule(
    code="OKR362",
    name="code-not-looked-at",
    title="a statement runs code that no rule looks at",
    text="""\
What a DO block, a procedure or a prepared statement does is known to the server alone: it may be put together while it runs.
No rule finds a DELETE or a DROP in it, and that nothing else is found in such a migration says nothing. Blocks that
OKRA itself has written are not meant.""",
    example="""\
CALL remove_old_users();""",
    safe="""\
DELETE FROM users WHERE age > 120;
-- okra:ignore OKR362 counts the posts of every user anew, and changes nothing else
CALL count_posts();""",
    providers=("mysql", "postgres"),
    migration=check,
)
