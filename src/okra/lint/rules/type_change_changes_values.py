"""OKR313: values may not be what they were, or stop the migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ChangesRows, ColumnText, Redefines, SetsType
from okra.lint.rule import MigrationHit, Rule
from okra.lint.types import type_after, worries
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    ready: set[tuple[str, str]] = set()
    for step in sight.steps:
        for act in step.acts:
            match act:
                case ChangesRows(table=table, sets=sets):
                    ready |= {(table.lower(), name) for name in sets}
                    continue
                case SetsType(table=table, column=column, type=written):
                    pass
                case Redefines(table=table, column=column, definition=ColumnText(type=written)):
                    pass
                case _:
                    continue
            before = sight.column_before(table, column)
            if before is None or sight.is_new(table) or (table.lower(), column.lower()) in ready:
                continue
            after = type_after(sight, written)
            for what in worries(sight, str(before.type), after):
                yield MigrationHit(
                    step=step,
                    at=act.at,
                    message=f"`{table}.{column}` {what}",
                    help=f"look at the values first, or add a column of type `{after}` and move them with a statement of your own",
                )


RULE = Rule(
    code="OKR313",
    name="type-change-changes-values",
    title="a change of type may fail on values, or change them",
    text="""\
Values that the new type can't hold stop the migration: text that is no number, numbers that are too large. Others are
changed without a word: digits are rounded, the time of day goes, SQLite makes 7 of '007'. A migration that changes
the values of the column first is not meant.""",
    example="""\
ALTER TABLE products ALTER COLUMN code TYPE integer USING code::integer;""",
    safe="""\
SELECT code FROM products WHERE code !~ '^[0-9]+$';   -- what could not be turned
ALTER TABLE products ADD COLUMN code_number integer;  -- and both, until nobody needs the old one""",
    said_as=(HazardKind.MAY_FAIL, HazardKind.CHANGES_DATA),
    migration=check,
)
