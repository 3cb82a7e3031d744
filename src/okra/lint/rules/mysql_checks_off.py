"""OKR335: foreign_key_checks, unique_checks, sql_mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import Sets
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_SAY = {
    "foreign_key_checks": "rows that refer to nothing are accepted, and stay",
    "unique_checks": "equal values may be accepted",
    "sql_mode": "values that don't fit may be changed instead of refused",
    "check_constraint_checks": "rows that a check forbids are accepted, and stay",
}
_ON = ("1", "on", "true")


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Sets):
        if act.name in _SAY and act.value not in _ON:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"`{act.name}` is changed: {_SAY[act.name]}",
                help="leave it out; add foreign keys when both tables are there",
            )


RULE = Rule(
    code="OKR335",
    name="mysql-checks-off",
    title="the file switches off what keeps data whole",
    text="""\
With foreign_key_checks off, a foreign key is added although rows refer to nothing, and nobody looks again when it is on.
Without strict mode MySQL turns NULL into 0 and values that are too long into shorter ones. OKRA runs migrations in strict
mode with all checks on.""",
    example="""\
SET foreign_key_checks = 0;""",
    safe="""\
-- leave it out""",
    severity=Severity.ERROR,
    providers=("mysql",),
    migration=check,
)
