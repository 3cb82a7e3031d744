"""OKR326: a file sets its own timeouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import Sets
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_NAMES = ("lock_timeout", "lock_wait_timeout", "innodb_lock_wait_timeout", "busy_timeout")


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Sets):
        if act.name in _NAMES:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"`{act.name}` in the file takes the place of OKRA's own: everybody waits behind a statement that waits",
                help="leave it out: OKRA waits a short while, lets others through, and tries again",
            )


RULE = Rule(
    code="OKR326",
    name="waits-without-end",
    title="the file changes how long statements wait for a lock",
    text="""\
A statement that waits for a table keeps everybody who comes after it waiting too, readers included. OKRA therefore waits
briefly, gives up, lets the others through and tries again. A file that sets the timeout itself undoes that.""",
    example="""\
SET lock_timeout = 0;""",
    safe="""\
-- leave it out""",
    migration=check,
)
