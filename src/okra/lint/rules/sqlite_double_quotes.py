"""OKR338: double quotes around a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.lint.acts import AddsColumn
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


_QUOTED = re.compile(r'"[^"]*"')


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(AddsColumn):
        default = act.column.default
        if default is not None and _QUOTED.fullmatch(default):
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"{default} is a name in SQL; SQLite takes it for a text here, and other servers for a column",
                help=f"write '{default[1:-1]}'",
            )


RULE = Rule(
    code="OKR338",
    name="sqlite-double-quotes",
    title="SQLite takes a text in double quotes for a text, or for a column",
    text="""\
Double quotes are for names. Where SQLite finds no column of that name it takes the name for a text, so that a name that is
spelled wrong becomes a value, without a word. Builds of SQLite without that habit (SQLITE_DQS=0) refuse the statement.""",
    example="""\
ALTER TABLE users ADD COLUMN country text DEFAULT "unknown";""",
    safe="""\
ALTER TABLE users ADD COLUMN country text DEFAULT 'unknown';""",
    providers=("sqlite",),
    migration=check,
)
