"""OKR309: the index of a key is built while nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsKey
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsKey):
        if act.ready or sight.is_new(act.table):
            continue
        what = "primary key" if act.primary else "unique constraint"
        word = "PRIMARY KEY" if act.primary else "UNIQUE"
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"nobody can read or write `{act.table}` while the index of its {what} is built",
            help=f"`CREATE UNIQUE INDEX CONCURRENTLY i`, then `ADD CONSTRAINT c {word} USING INDEX i`, which is instant",
        )


RULE = Rule(
    code="OKR309",
    name="key-built-under-a-lock",
    title="a unique constraint or primary key builds its index under a lock",
    text="""\
ADD UNIQUE and ADD PRIMARY KEY take ACCESS EXCLUSIVE and build an index under it: readers and writers wait until it is
there. An index can be built beforehand, while others go on, and made the constraint's own in an instant.""",
    example="""\
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);""",
    safe="""\
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
