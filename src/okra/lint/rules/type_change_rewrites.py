"""OKR312: ALTER COLUMN TYPE writes the table anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import SetsType
from okra.lint.rule import MigrationHit, Rule
from okra.lint.types import type_after
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(SetsType):
        before = sight.column_before(act.table, act.column)
        if before is None or sight.is_new(act.table):
            continue
        from okra.dialects.postgres.planning.casts import cast

        enums = [enum.name for enum in sight.database.enums]
        after = type_after(sight, act.type)
        if cast(str(before.type), after, enums).rewrites:
            change = _change(str(before.type), after)
            what = "all its rows and indexes are written anew"
        elif act.collated and _is_indexed(sight, act.table, before.name):
            change = "another collation"
            what = f"the indexes on `{act.column}` are built anew"
        else:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"{change}: nobody can read or write `{act.table}` while {what}",
            help=f"add a column of type `{after}`, fill it in batches, let code use it, and drop `{act.column}` later",
        )


def _is_indexed(sight: MigrationSight, table: str, column: str) -> bool:
    before = sight.table_before(table)
    return before is not None and any(column in index.columns for index in before.indexes)


def _change(before: str, after: str) -> str:
    return f"to the new `{after}`" if before == after else f"from `{before}` to `{after}`"


RULE = Rule(
    code="OKR312",
    name="type-change-rewrites",
    title="a change of type writes every row anew under a lock",
    text="""\
ALTER COLUMN … TYPE takes ACCESS EXCLUSIVE, and most changes write the table and all its indexes anew under it: integer
to bigint, text to varchar(n), json to jsonb, every array. These don't: a longer varchar, varchar to text, numeric with more
digits and the same scale, a timestamp with more precision. Another collation builds the indexes on the column anew.""",
    example="""\
ALTER TABLE events ALTER COLUMN id TYPE bigint;""",
    safe="""\
ALTER TABLE events ADD COLUMN id_new bigint;
-- fill it in batches, keep it up to date with a trigger, then swap the two names in one short transaction""",
    providers=("postgres",),
    said_as=(HazardKind.REWRITES, HazardKind.BLOCKS),
    migration=check,
)
