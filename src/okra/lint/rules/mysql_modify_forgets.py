"""OKR332: MODIFY and CHANGE say everything anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import Redefines
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(Redefines):
        before = sight.column_before(act.table, act.column)
        after = sight.column_after(act.table, act.definition.name)
        if before is None or after is None:
            continue
        text = act.definition
        forgotten = [
            word
            for word, said, was, wanted in (
                ("NOT NULL", text.required, not before.nullable, not after.nullable),
                (
                    "DEFAULT",
                    text.default is not None,
                    before.default is not None,
                    after.default is not None,
                ),
                ("COMMENT", text.comment, before.comment is not None, after.comment is not None),
                ("AUTO_INCREMENT", text.identity, before.identity, after.identity),
            )
            if was and wanted and not said
        ]
        if forgotten:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"`{act.table}.{text.name}` loses its {' and '.join(forgotten)}",
                help=f"repeat it: MODIFY defines the column anew, with {' and '.join(forgotten)} as before",
            )


RULE = Rule(
    code="OKR332",
    name="mysql-modify-forgets",
    title="MODIFY drops what it does not repeat",
    text="""\
MODIFY and CHANGE define a column from scratch. A NOT NULL, DEFAULT, COMMENT or AUTO_INCREMENT that it had and that the
statement does not repeat is gone, without a word.""",
    example="""\
ALTER TABLE users MODIFY COLUMN name varchar(80);""",
    safe="""\
ALTER TABLE users MODIFY COLUMN name varchar(80) NOT NULL DEFAULT '';""",
    severity=Severity.ERROR,
    providers=("mysql",),
    migration=check,
)
