"""OKR318: VACUUM FULL, CLUSTER, REINDEX, SET LOGGED."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import WritesAnew
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(WritesAnew):
        if act.table and sight.is_new(act.table):
            continue
        which = f"`{act.table}`" if act.table else "the table"
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"{act.what}: nobody can read or write {which} while all of it is written anew",
            help="REINDEX has CONCURRENTLY; for the others choose a time when nobody needs the table",
        )


RULE = Rule(
    code="OKR318",
    name="table-written-anew",
    title="a table is written anew while nobody can use it",
    text="""\
VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE and SET ACCESS METHOD copy the whole table under ACCESS EXCLUSIVE.
REINDEX locks the table against writers only, but each index against everybody, and every query asks for all of them;
REINDEX CONCURRENTLY keeps nobody waiting.""",
    example="""\
REINDEX TABLE users;""",
    safe="""\
-- okra: outside a transaction
REINDEX TABLE CONCURRENTLY users;""",
    providers=("postgres",),
    migration=check,
)
