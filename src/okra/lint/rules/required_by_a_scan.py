"""OKR307: SET NOT NULL looks at every row while nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsCheck, SetsNotNull, ValidatesConstraint
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    wanted: dict[str, tuple[str, str]] = {}
    assured: set[tuple[str, str]] = set()
    for step in sight.steps:
        for act in step.acts:
            match act:
                case AddsCheck(table=table, requires=str() as column, unchecked=unchecked):
                    if unchecked:
                        wanted[act.name] = (table, column)
                    else:
                        assured.add((table, column))
                case ValidatesConstraint(name=name) if name in wanted:
                    assured.add(wanted[name])
                case SetsNotNull(table=table, column=column):
                    before = sight.column_before(table, column)
                    sure = before is not None and not before.nullable
                    if (table, column) in assured or sight.is_new(table) or sure:
                        continue
                    yield MigrationHit(
                        step=step,
                        at=act.at,
                        message=f"nobody can read or write `{table}` while all its rows are looked at for a NULL in `{column}`",
                        help=f"first `ADD CONSTRAINT c CHECK ({column} IS NOT NULL) NOT VALID`, then `VALIDATE CONSTRAINT c` "
                        "in another transaction: SET NOT NULL then looks at nothing",
                    )
                case _:
                    pass


RULE = Rule(
    code="OKR307",
    name="required-by-a-scan",
    title="SET NOT NULL reads the whole table under a lock",
    text="""\
SET NOT NULL takes ACCESS EXCLUSIVE, which keeps even readers out, and reads the whole table under it. Where a CHECK that
says the same was validated before, PostgreSQL 12 and newer believe it and read nothing.""",
    example="""\
ALTER TABLE users ALTER COLUMN email SET NOT NULL;""",
    safe="""\
ALTER TABLE users ADD CONSTRAINT email_is_there CHECK (email IS NOT NULL) NOT VALID;
-- okra: new transaction
ALTER TABLE users VALIDATE CONSTRAINT email_is_there;
-- okra: new transaction
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT email_is_there;""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
