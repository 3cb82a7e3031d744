"""OKR320: a table gets another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import CreatesView, RenamesTable
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    views = {act.name for _, act in sight.every(CreatesView)}
    renames = [act for _, act in sight.every(RenamesTable)]
    for number, (step, act) in enumerate(sight.every(RenamesTable)):
        on_the_way = any(earlier.after == act.table for earlier in renames[:number])
        after = _in_the_end(act.after, renames[number + 1 :])
        same = sight.provider == "sqlite" and act.table.lower() == after.lower()
        if sight.is_new(act.table) or on_the_way or act.table in views or same:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"code that uses the name `{act.table}` fails from now on",
            help=f"make a view `{act.table}` on `{after}` in the same migration, and drop it when no code needs it",
        )


def _in_the_end(name: str, later: Sequence[RenamesTable]) -> str:
    for act in later:
        if act.table == name:
            name = act.after
    return name


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
