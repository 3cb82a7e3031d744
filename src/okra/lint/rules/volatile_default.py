"""OKR317: a value of its own for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.planning.volatility import is_stable
from okra.lint.acts import AddsColumn
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsColumn):
        column = act.column
        if sight.is_new(act.table):
            continue
        if column.identity:
            why = "each row gets a number"
        elif column.generated == "stored":
            why = "each row's value is computed"
        elif column.default is not None and not is_stable(column.default):
            why = f"`{column.default}` may be another value for each row"
        else:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"nobody can read or write `{act.table}` while all its rows are written anew: {why}",
            help=f"add `{column.name}` without it, then `SET DEFAULT` for new rows, and fill the others in batches",
        )


RULE = Rule(
    code="OKR317",
    name="volatile-default",
    title="a new column whose values differ by row writes the table anew",
    text="""\
A constant default, and now(), are kept beside the table: adding the column is instant. A default that may differ by row
(gen_random_uuid(), random(), clock_timestamp()), an identity, a serial and a stored computed column have to be written
into every row, under ACCESS EXCLUSIVE.""",
    example="""\
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();""",
    safe="""\
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
-- okra:batch size=10000 key=id
UPDATE users SET token = gen_random_uuid() WHERE token IS NULL;""",
    providers=("postgres",),
    said_as=(HazardKind.REWRITES,),
    migration=check,
)
