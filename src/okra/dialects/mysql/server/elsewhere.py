"""What statements for MySQL and MariaDB need when another program sends them: the mode that they were proven in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.base import Script
from okra.dialects.mysql.planning.algorithms import FORMS, Way
from okra.dialects.mysql.server.connecting import SQL_MODE

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDOES_DDL = False
DELIMITED = True
SHELL = "mysql DATABASE < FILE"
OPENING: tuple[str, ...] = ()


def prelude(scripts: Sequence[Script]) -> tuple[Script, ...]:
    """The mode in which values that do not fit are refused, and not changed."""
    if not scripts:
        return ()
    return (
        Script(
            sql=f"SET SESSION sql_mode = '{SQL_MODE}'",
            line=0,
            comment="-- refuse values that do not fit, as when this was proven",
        ),
    )


def adapted(script: Script) -> Script:
    """The statement without `ALGORITHM=INSTANT`: where a server has no such way, it refuses, and nobody asks again.

    It takes the best way that it has by itself.
    """
    asked = FORMS[Way.INSTANT]
    if not script.sql.endswith(asked):
        return script
    return replace(script, sql=script.sql.removesuffix(asked).rstrip().removesuffix(","))
