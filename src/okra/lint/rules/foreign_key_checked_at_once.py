"""OKR314: ADD FOREIGN KEY without NOT VALID."""

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
        empty = all(sight.stays_null(act.table, column) for column in act.columns)
        if act.unchecked or sight.is_new(act.table) or (act.inline and empty):
            continue
        columns = ", ".join(act.columns)
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"nobody can write to `{act.table}` or `{act.parent}` while every `{columns}` is looked up",
            help="add it with NOT VALID, and `VALIDATE CONSTRAINT` in another transaction",
        )


RULE = Rule(
    code="OKR314",
    name="foreign-key-checked-at-once",
    title="a foreign key is checked while nobody can write",
    text="""\
ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE on both tables and checks every row under it. With NOT VALID nothing is checked
but what comes from now on, in an instant; VALIDATE CONSTRAINT then checks the rows that are there while others write.""",
    example="""\
ALTER TABLE posts ADD FOREIGN KEY (author_id) REFERENCES users (id);""",
    safe="""\
ALTER TABLE posts ADD CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) NOT VALID;
-- okra: new transaction
ALTER TABLE posts VALIDATE CONSTRAINT posts_author_id_fkey;""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
