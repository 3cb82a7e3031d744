"""OKR331: ALTER TABLE without ALGORITHM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import Form, RenamesColumn, RenamesTable
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_RENAMES = (Form, RenamesColumn, RenamesTable)
"""What is never more than a new name."""


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Form):
        renames = all(isinstance(other, _RENAMES) for other in step.acts)
        if act.algorithm or act.lock or sight.is_new(act.table) or (renames and len(step.acts) > 1):
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"the server may copy `{act.table}` and keep writers waiting, without a word",
            help="end it with `ALGORITHM=INSTANT`, or `ALGORITHM=INPLACE, LOCK=NONE`: the server then refuses instead",
        )


RULE = Rule(
    code="OKR331",
    name="mysql-algorithm-not-said",
    title="ALTER TABLE does not say how it is to be done",
    text="""\
Without ALGORITHM the server takes the best way that it knows for all clauses together, and if that is a copy, it copies.
With one it refuses (error 1845 or 1846) where it can't, so that you know before the table is locked. OKRA writes it into
every statement of its own.""",
    example="""\
ALTER TABLE users ADD COLUMN phone varchar(20) NULL;""",
    safe="""\
ALTER TABLE users ADD COLUMN phone varchar(20) NULL, ALGORITHM=INSTANT;""",
    providers=("mysql",),
    migration=check,
)
