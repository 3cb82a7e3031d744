"""What statements for SQLite need when another program sends them: that dropping a table deletes no rows of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.base import Script
from okra.relational.sqltext import significant

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDOES_DDL = True
DELIMITED = False
SHELL = "sqlite3 -bail DATABASE < FILE"
OPENING = ("PRAGMA foreign_keys = OFF",)

_TABLE = '"_okra_foreign_keys"'
_WHY = (
    "-- nothing is done where foreign keys are on: dropping a table would delete what refers to it"
)


def prelude(scripts: Sequence[Script]) -> tuple[Script, ...]:
    """Statements that fail where foreign keys are on, if a table is dropped or made anew.

    Source  SQLite manual, "ALTER TABLE", section "Making Other Kinds Of Table Schema Changes"; "Foreign Key Support",
            section 5: DROP TABLE deletes all rows first
    """
    if not any(_drops(script) for script in scripts):
        return ()
    make = f'CREATE TEMPORARY TABLE {_TABLE} ("on" CONSTRAINT "foreign_keys_must_be_off" CHECK ("on" = 0))'
    look = f"INSERT INTO {_TABLE} SELECT foreign_keys FROM pragma_foreign_keys"
    return (
        Script(sql=make, line=0, comment=_WHY),
        Script(sql=look, line=0),
        Script(sql=f"DROP TABLE temp.{_TABLE}", line=0),
    )


def adapted(script: Script) -> Script:
    """The statement as it is."""
    return script


def _drops(script: Script) -> bool:
    words = [word.upper() for word in significant(script.sql)[:2]]
    return words == ["DROP", "TABLE"]
