"""Files that are run in steps on SQLite: each step is a transaction, so nothing is ever in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.session import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import MigrationSession


def runs_outside(script: Script, *, marked: bool) -> bool:
    """False: every statement that may stand in a file is part of a transaction."""
    del script, marked
    return False


def is_setting(script: Script) -> bool:
    """False: what a file may set ends with the transaction."""
    del script
    return False


def blocked(script: Script) -> tuple[str, ...]:
    """None: one writes at a time, whatever the statement is."""
    del script
    return ()


def sole_object(script: Script) -> str | None:
    """None: nothing is ever under way."""
    del script
    return None


def renamed(script: Script) -> tuple[tuple[str, str], ...]:
    """None: nobody asks, where no table is blocked."""
    del script
    return ()


def mark(session: MigrationSession, script: Script) -> str:
    """Nothing."""
    del session, script
    return ""


def marks(session: MigrationSession, scripts: Sequence[Script]) -> list[str]:
    """Nothing for each."""
    del session
    return ["" for _ in scripts]


def outcome(session: MigrationSession, script: Script, before: str) -> Finding:
    """Not known: nothing is ever written down as under way."""
    del session, script, before
    return Finding.UNCLEAR


def clear(session: MigrationSession, script: Script) -> None:
    """Nothing: SQLite itself undoes what was broken off."""
    del session, script
