"""OKR324: CASCADE behind a DROP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import (
    DropsCascading,
    DropsColumn,
    DropsConstraint,
    DropsTables,
    EmptiesCascading,
)
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step in sight.steps:
        for act in step.acts:
            match act:
                case DropsTables(cascade=True):
                    what = "table"
                case DropsColumn(cascade=True):
                    what = "column"
                case DropsConstraint(cascade=True):
                    what = "constraint"
                case DropsCascading(what=what):
                    pass
                case EmptiesCascading(at=at):
                    yield MigrationHit(
                        step=step,
                        at=at,
                        message="CASCADE also empties every table that refers to this one, and those that refer to them",
                        help="leave CASCADE out: the server then names what refers to it",
                    )
                    continue
                case _:
                    continue
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"CASCADE also drops what depends on the {what}: views, foreign keys, columns of that type",
                help="leave CASCADE out: the server then names what depends on it, and you drop that by name",
            )


RULE = Rule(
    code="OKR324",
    name="cascade",
    title="CASCADE drops what nobody has named",
    text="""\
With CASCADE PostgreSQL drops every view, foreign key, default and column that depends on the object, in whatever
database the migration runs on. The next server may have a view there that you have never seen.""",
    example="""\
DROP TYPE status CASCADE;""",
    safe="""\
ALTER TABLE orders DROP COLUMN status;
DROP TYPE status;""",
    severity=Severity.ERROR,
    providers=("postgres",),
    migration=check,
)
