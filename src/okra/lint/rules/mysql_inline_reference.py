"""OKR333: a foreign key that MySQL does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.acts import AddsForeignKey
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsForeignKey):
        if act.inline:
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"MySQL reads over REFERENCES behind `{act.table}.{act.columns[0]}` and makes no foreign key; MariaDB makes one",
                help=f"write it as a part of its own: `ADD FOREIGN KEY ({act.columns[0]}) REFERENCES {act.parent} (…)`",
            )


RULE = Rule(
    code="OKR333",
    name="mysql-inline-reference",
    title="REFERENCES behind a column means nothing to MySQL",
    text="""\
MySQL accepts REFERENCES in the definition of a column and ignores it; MariaDB makes the foreign key. The same file then
leads to two different databases.""",
    example="""\
ALTER TABLE posts ADD COLUMN author_id int NULL REFERENCES users (id);""",
    safe="""\
ALTER TABLE posts ADD COLUMN author_id int NULL, ALGORITHM=INSTANT;
ALTER TABLE posts ADD FOREIGN KEY (author_id) REFERENCES users (id);""",
    severity=Severity.ERROR,
    providers=("mysql",),
    migration=check,
)
