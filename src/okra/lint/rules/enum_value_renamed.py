"""OKR322: a value of an enum gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import RenamesValue
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(RenamesValue):
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"code that writes '{act.value}' as a `{act.type}` fails from now on",
            help=f"add '{act.after}', change the rows, and leave '{act.value}' in the type",
        )


RULE = Rule(
    code="OKR322",
    name="enum-value-renamed",
    title="an enum value is renamed: code that runs writes the old one",
    text="""\
RENAME VALUE takes effect at once, for all rows. Code that still writes the old value gets error 22P02, and code that
reads gets a value that it does not know. Inside OKRA, `@value("old text")` gives a value another name in the schema alone.""",
    example="""\
ALTER TYPE status RENAME VALUE 'open' TO 'active';""",
    safe="""\
ALTER TYPE status ADD VALUE 'active';
-- in hooks.sql: okra:batch size=10000 key=id
-- UPDATE orders SET status = 'active' WHERE status = 'open';""",
    providers=("postgres",),
    said_as=(HazardKind.BREAKS_CODE,),
    migration=check,
)
