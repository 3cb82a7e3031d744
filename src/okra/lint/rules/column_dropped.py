"""OKR302: a column goes with its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import DropsColumn
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(DropsColumn):
        before = sight.column_before(act.table, act.column)
        computed = before is not None and before.generated is not None
        if sight.is_new(act.table) or sight.adds(act.table, act.column) or computed:
            continue
        name = f"{act.table}.{act.column}"
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"drops column `{name}` with its values",
            help=f"first roll out code that no longer uses `{name}`; if it was renamed, say so with `@renamed`",
        )


RULE = Rule(
    code="OKR302",
    name="column-dropped",
    title="a column is dropped with its values",
    text="""\
The values are gone: `db:migrate:down` makes the column again, but empty. Code that still reads or writes it fails from
that moment on, and so do insert statements that name all columns. Computed columns are not meant: they can be
computed again.""",
    example="""\
ALTER TABLE users DROP COLUMN phone;""",
    safe="""\
1. roll out code that neither reads nor writes the column
2. drop it in a migration of its own; where a mistake must be undone, keep a copy first:
   CREATE TABLE users_phone AS SELECT id, phone FROM users;""",
    severity=Severity.ERROR,
    said_as=(HazardKind.LOSES_DATA,),
    migration=check,
)
