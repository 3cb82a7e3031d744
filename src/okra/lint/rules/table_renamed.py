"""OKR320: a table gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import CreatesView, RenamesTable
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    views = {act.name for _, act in sight.every(CreatesView)}
    for step, act in sight.every(RenamesTable):
        if sight.is_new(act.table) or act.table in views:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"code that uses the name `{act.table}` fails from now on",
            help=f"make a view `{act.table}` on `{act.after}` in the same migration, and drop it when no code needs it",
        )


RULE = Rule(
    code="OKR320",
    name="table-renamed",
    title="a table is renamed: code that runs does not know its new name",
    text="""\
The rename itself takes an instant. Between it and the moment when the last instance of the new code has started, the
old code fails on every statement, or the new one does if it starts first. A view with the old name serves both.""",
    example="""\
ALTER TABLE users RENAME TO accounts;""",
    safe="""\
ALTER TABLE users RENAME TO accounts;
CREATE VIEW users AS SELECT * FROM accounts;   -- until no code needs it""",
    said_as=(HazardKind.BREAKS_CODE,),
    migration=check,
)
