"""OKR321: a column gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import RenamesColumn
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(RenamesColumn):
        same = sight.provider != "postgres" and act.column.lower() == act.after.lower()
        if sight.is_new(act.table) or sight.adds(act.table, act.column) or same:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"code that uses the name `{act.table}.{act.column}` fails from now on",
            help=f'keep the column\'s name in the database: `@column(name: "{act.column}")`; or add `{act.after}`, '
            "write both, and drop the old one later",
        )


RULE = Rule(
    code="OKR321",
    name="column-renamed",
    title="a column is renamed: code that runs does not know its new name",
    text="""\
The rename itself takes an instant. Between it and the moment when the last instance of the new code has started, the
old code fails, or the new one does if it starts first. The field can have a new name in the schema while the column
keeps its own.""",
    example="""\
ALTER TABLE users RENAME COLUMN mail TO email;""",
    safe="""\
1. add `email`, let code write both and read `mail`
2. fill `email` in batches, let code read `email`
3. drop `mail` in a later migration""",
    said_as=(HazardKind.BREAKS_CODE,),
    migration=check,
)
