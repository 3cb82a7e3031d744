"""OKR336: PRAGMA foreign_keys in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import Sets
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_IDLE = ("foreign_keys", "journal_mode", "synchronous")


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Sets):
        if act.name in _IDLE and act.value:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"PRAGMA {act.name} does nothing here: the file runs in a transaction",
                help="leave it out: OKRA switches foreign keys off before it begins, and checks all of them before it commits",
            )


RULE = Rule(
    code="OKR336",
    name="sqlite-pragma",
    title="a PRAGMA does nothing inside a transaction",
    text="""\
SQLite ignores PRAGMA foreign_keys inside a transaction, without a word: what looks like a safeguard is none. OKRA does it
around the transaction, and looks at every foreign key before it commits.""",
    example="""\
PRAGMA foreign_keys = OFF;""",
    safe="""\
-- leave it out""",
    providers=("sqlite",),
    migration=check,
)
