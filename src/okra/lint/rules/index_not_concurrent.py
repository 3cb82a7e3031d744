"""OKR310: CREATE INDEX without CONCURRENTLY."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import CreatesIndex
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(CreatesIndex):
        if act.concurrent or sight.is_new(act.table):
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"nobody can write to `{act.table}` while {_called(act)} is built",
            help="build it with CONCURRENTLY, outside a transaction: `-- okra: outside a transaction` above it",
        )


def _called(act: CreatesIndex) -> str:
    return f"index `{act.name}`" if act.name else f"an index on `{', '.join(act.parts)}`"


RULE = Rule(
    code="OKR310",
    name="index-not-concurrent",
    title="an index is built while nobody can write",
    text="""\
CREATE INDEX takes SHARE: writers wait until the whole table is read and sorted. With CONCURRENTLY nobody waits; it takes
about twice as long, and has to run outside a transaction. Tables that the migration makes itself have no rows.""",
    example="""\
CREATE INDEX posts_author_id_idx ON posts (author_id);""",
    safe="""\
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY posts_author_id_idx ON posts (author_id);""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
