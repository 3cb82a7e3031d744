"""OKR301: a table goes with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import DropsTables
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(DropsTables):
        for table in act.tables:
            if not sight.is_new(table):
                yield MigrationHit(
                    step=step,
                    at=act.at,
                    message=f"drops table `{table}` with all its rows",
                    help=f"keep a dump of `{table}`, or rename it first and drop it in a later migration, "
                    "when nothing has missed it",
                )


RULE = Rule(
    code="OKR301",
    name="table-dropped",
    title="a table is dropped with all its rows",
    text="""\
The rows are gone: `db:migrate:down` makes the table again, but empty. Code that runs against the old schema fails
from that moment on. A table that the migration makes itself is not meant.""",
    example="DROP TABLE invoices;",
    safe="""\
ALTER TABLE invoices RENAME TO invoices_unused;   -- in this migration
-- DROP TABLE invoices_unused, in a later one, when nothing has missed it""",
    severity=Severity.ERROR,
    said_as=(HazardKind.LOSES_DATA,),
    migration=check,
)
