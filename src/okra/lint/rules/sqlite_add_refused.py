"""OKR319: ALTER TABLE ADD COLUMN that rows keep from working."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import AddsColumn
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_CALLS = re.compile(r"\b\w+\s*\(|\bCURRENT_(?:TIME|DATE|TIMESTAMP)\b", re.IGNORECASE)


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsColumn):
        column = act.column
        if sight.is_new(act.table) or step.script.sql[:5].upper() != "ALTER":
            continue
        if column.generated == "stored":
            why = "it is computed and stored"
        elif column.default is not None and _CALLS.search(column.default):
            why = f"its default `{column.default}` is no constant"
        else:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"SQLite refuses to add `{act.table}.{column.name}` to a table with rows: {why}",
            help="put it into the schema and let OKRA write the migration: it makes the table anew",
        )


RULE = Rule(
    code="OKR319",
    name="sqlite-add-refused",
    title="SQLite adds such a column to an empty table only",
    text="""\
ALTER TABLE ADD COLUMN writes no row, so every row that is there has to have the same value without being touched. A default
that is computed is refused as soon as there is a row, and works on an empty table: at your desk, but not in production.""",
    example="""\
ALTER TABLE users ADD COLUMN seen_at text DEFAULT (datetime('now'));""",
    safe="""\
1. put the field into the schema: `seenAt: DateTime @default(now)`
2. `okra db:migrate:generate` writes the statements that make the table anew with all its rows""",
    severity=Severity.ERROR,
    providers=("sqlite",),
    migration=check,
)
