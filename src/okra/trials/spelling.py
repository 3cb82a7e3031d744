"""The few statements of trials that differ between servers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Session

_EMPTY_ROW = {"mysql": "() VALUES ()"}
_CHECKING = {"sqlite": ("PRAGMA foreign_keys = ON", "PRAGMA foreign_keys = OFF")}
_ORPHANS = {"sqlite": "PRAGMA foreign_key_check"}


def empty_row(provider: str) -> str:
    """What stands behind `INSERT INTO t` for a row of defaults."""
    return _EMPTY_ROW.get(provider, "DEFAULT VALUES")


@contextmanager
def keys_checked(session: Session, provider: str) -> Iterator[None]:
    """Inside, foreign keys count, where the server has to be told so."""
    on, off = _CHECKING.get(provider, (None, None))
    if on is not None:
        session.execute(on)
    yield
    if off is not None:
        session.execute(off)


def orphans(session: Session, provider: str) -> list[str]:
    """The tables with rows that refer to nothing, where the server did not look at them at each statement."""
    sql = _ORPHANS.get(provider)
    return sorted({str(row[0]) for row in session.query(sql)}) if sql else []
