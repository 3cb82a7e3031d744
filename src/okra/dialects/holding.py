"""Tables kept as they are until the transaction ends, where others may write while it looks at them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session

_SHARED = ("postgres",)
"""Those whose transactions others may write beside. SQLite has one at a time; MySQL has none for definitions."""


class _Holding(Protocol):
    def hold(self, session: Session, tables: Sequence[str]) -> None: ...

    def wait_briefly(self, session: Session) -> None: ...


def hold(provider: str, session: Session, tables: Sequence[str]) -> bool:
    """Let nobody else read or write `tables`, by the names that models have for them, until the transaction ends.

    Returns  whether others may have written before that: what was looked at is to be looked at again
    Raises   DatabaseError where somebody else has one of them for longer than the lock timeout
    """
    if provider not in _SHARED or not tables:
        return False
    _holding(provider).hold(session, tables)
    return True


def wait_briefly(provider: str, session: Session) -> None:
    """Give up each lock, until the transaction ends, before the server looks for a deadlock.

    Whoever waits for one table and has another may be in a circle with an application. The server ends
    whoever finds out first; this way it is never the application.
    """
    if provider in _SHARED:
        _holding(provider).wait_briefly(session)


def _holding(provider: str) -> _Holding:
    return cast("_Holding", import_module(f"{DIALECTS[provider]}.server.locks"))
