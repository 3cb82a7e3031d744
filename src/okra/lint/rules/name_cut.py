"""OKR337: a name of more than 63 bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import GivesLongName
from okra.lint.rule import MigrationHit, Rule
from okra.naming import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(GivesLongName):
        kept = act.name.encode()[:MAX_BYTES].decode(errors="ignore")
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"PostgreSQL keeps {MAX_BYTES} bytes of `{act.name}`: it is called `{kept}`, without a word",
            help="give it a shorter name",
        )


RULE = Rule(
    code="OKR337",
    name="name-cut",
    title="a name is longer than PostgreSQL keeps",
    text="""\
PostgreSQL cuts names at 63 bytes and only notes it. Two names that differ behind that are one, and whoever looks for the
whole name in the catalogue does not find it. OKRA shortens its own names with a hash, so that they stay different.""",
    example="""\
CREATE INDEX users_by_their_name_and_nothing_else_but_the_name_of_the_user_at_all ON users (name);""",
    safe="""\
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);""",
    providers=("postgres",),
    migration=check,
)
