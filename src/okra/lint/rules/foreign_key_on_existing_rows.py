"""OKR328: a foreign key on rows that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsForeignKey
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsForeignKey):
        empty = any(sight.stays_null(act.table, column) for column in act.columns)
        if sight.is_new(act.table) or empty or _was_there(sight, act):
            continue
        place = sight.checked_at(step, act)
        if place is None:
            continue
        columns = ", ".join(f"`{act.table}.{column}`" for column in act.columns)
        yield MigrationHit(
            step=place[0],
            at=place[1].at,
            message=f"fails if {columns} holds a value that `{act.parent}` has not",
            help=f"look for such rows first: `SELECT * FROM {act.table} WHERE NOT EXISTS (SELECT 1 FROM {act.parent} WHERE …)`",
        )


def _was_there(sight: MigrationSight, act: AddsForeignKey) -> bool:
    """Whether a key that goes in the same migration made sure of it."""
    before = sight.table_before(act.table)
    wanted = tuple(sight.name_before(act.table, name) for name in act.columns)
    parent = sight.table_before(act.parent)
    keys = before.foreign_keys if before is not None else ()
    return any(
        key.columns == wanted and parent is not None and key.table == parent.name for key in keys
    )


RULE = Rule(
    code="OKR328",
    name="foreign-key-on-existing-rows",
    title="rows that are there may refer to what is not",
    text="""\
One row that refers to nothing, and the statement fails: PostgreSQL with 23503, MySQL and MariaDB with 1452, SQLite when OKRA
looks at all foreign keys before it commits. In PostgreSQL a key added with NOT VALID fails when it is validated.""",
    example="""\
ALTER TABLE products ADD FOREIGN KEY (id) REFERENCES events (id);""",
    safe="""\
1. SELECT * FROM products WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.id = products.id);
2. remove or mend those rows, in a migration before this one""",
    said_as=(HazardKind.MAY_FAIL,),
    migration=check,
)
