"""OKR327: nothing keeps the references whole any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsForeignKey, DropsConstraint, DropsTables
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    gone = {table for _, act in sight.every(DropsTables) for table in act.tables}
    added = {(act.table, act.columns) for _, act in sight.every(AddsForeignKey)}
    for step, act in sight.every(DropsConstraint):
        before = sight.table_before(act.table)
        keys = before.foreign_keys if before is not None else ()
        for key in keys:
            after = sight.table_after(act.table)
            kept = after is not None and all(after.column(name) for name in key.columns)
            again = any((act.table, columns) in added for columns in (key.columns,))
            if key.name == act.name and kept and not again and not gone & {act.table, key.table}:
                yield MigrationHit(
                    step=step,
                    at=act.at,
                    message=f"nothing makes sure any more that `{act.table}.{', '.join(key.columns)}` is in `{key.table}`",
                    help="rows that refer to nothing keep the way back, which adds the key again, from working",
                )


RULE = Rule(
    code="OKR327",
    name="foreign-key-dropped",
    title="a foreign key goes: rows may refer to what is not there",
    text="""\
From now on rows of the one table may be removed although others refer to them. The way back adds the key again, and
fails on the first such row. A key that is dropped with its column or its table, or made anew, is not meant.""",
    example="""\
ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey;""",
    safe="""\
-- before going back, look for rows that refer to nothing:
SELECT * FROM posts WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = posts.author_id);""",
    providers=("mysql", "postgres"),
    migration=check,
)
