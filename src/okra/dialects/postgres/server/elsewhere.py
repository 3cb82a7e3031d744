"""What statements for PostgreSQL need when another program sends them: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script

UNDOES_DDL = True
DELIMITED = False
SHELL = "psql --no-psqlrc -v ON_ERROR_STOP=1 -f FILE DATABASE"
OPENING: tuple[str, ...] = ()


def prelude(scripts: Sequence[Script]) -> tuple[Script, ...]:
    """Nothing: the statements say all that they mean."""
    del scripts
    return ()


def adapted(script: Script) -> Script:
    """The statement as it is."""
    return script
