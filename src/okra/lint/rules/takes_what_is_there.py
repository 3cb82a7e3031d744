"""OKR325: IF NOT EXISTS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import CreatesIndex, CreatesTable
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step in sight.steps:
        for act in step.acts:
            match act:
                case CreatesTable(table=name, lenient=True):
                    what = f"a table `{name}` that is there already is taken as it is, with whatever columns it has"
                case CreatesIndex(name=name, lenient=True, concurrent=True):
                    what = f"an invalid `{name}`, which a broken build has left, is taken for the index"
                case CreatesIndex(name=name, lenient=True):
                    what = f"an index `{name}` that is there already is taken as it is, on whatever columns"
                case _:
                    continue
            yield MigrationHit(
                step=step,
                at=act.at,
                message=what,
                help="leave IF NOT EXISTS out: OKRA's history knows what was run, and goes on where it stopped",
            )


RULE = Rule(
    code="OKR325",
    name="takes-what-is-there",
    title="IF NOT EXISTS takes what is there, whatever it is",
    text="""\
IF NOT EXISTS looks at the name alone. A table of another shape, an index on other columns and the invalid index of a
concurrent build that failed are all taken for what was wanted, and the migration goes on as if it were there.""",
    example="""\
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_email_idx ON users (email);""",
    safe="""\
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);""",
    migration=check,
)
