"""OKR334: DROP TABLE a, b."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import DropsTables
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(DropsTables):
        if len(act.tables) > 1:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"where one of {len(act.tables)} tables can't be dropped, MariaDB has dropped the others all the same",
                help="drop each in a statement of its own, so that OKRA knows how far it came",
            )


RULE = Rule(
    code="OKR334",
    name="mysql-drops-several",
    title="one DROP TABLE names several tables",
    text="""\
MariaDB drops the tables one after the other: where the second is missing, the statement fails and the first is gone. MySQL 8
drops all or none. With one table in each statement OKRA writes down after each how far it came.""",
    example="""\
DROP TABLE invoices, invoice_lines;""",
    safe="""\
DROP TABLE invoice_lines;
DROP TABLE invoices;""",
    providers=("mysql",),
    migration=check,
)
