"""OKR330: ALGORITHM=COPY."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import Form
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Form):
        if sight.is_new(act.table):
            continue
        if act.algorithm == "COPY":
            what = f"copies all rows of `{act.table}`; nobody else can write to it meanwhile"
        elif act.lock in ("SHARED", "EXCLUSIVE"):
            what = f"nobody else can write to `{act.table}` until it is done"
        else:
            continue
        yield MigrationHit(
            step=step,
            at=act.at,
            message=what,
            help="for a large table: gh-ost or spirit, then `okra db:migrate:resolve --applied`; "
            "`db:migrate:up` asks for `--allow blocking`",
        )


RULE = Rule(
    code="OKR330",
    name="mysql-copies",
    title="a table is copied while nobody can write",
    text="""\
With ALGORITHM=COPY the server writes every row into a new table, and writers wait. Changes of type, checks, foreign keys
(while foreign_key_checks is on) and stored computed columns have no other way.""",
    example="""\
ALTER TABLE events MODIFY COLUMN id bigint NOT NULL, ALGORITHM=COPY, LOCK=SHARED;""",
    safe="""\
ALTER TABLE events ADD COLUMN id_new bigint NULL, ALGORITHM=INSTANT;
-- fill it in batches, and swap the names in a later migration; or use gh-ost or spirit""",
    providers=("mysql",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
