"""What a dialect knows about statements that reach beyond their own database."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from okra.dialects.base import Session


class Straying(Protocol):
    """What a dialect's `server/straying.py` has, where its databases share a server."""

    def stray(self, session: Session, sql: str) -> str | None:
        """What the statement would change besides its own database, or might; None where it stays in there."""
        ...


def straying(provider: str) -> Straying:
    """What `provider` knows about it."""
    return cast("Straying", import_module(f"{DIALECTS[provider]}.server.straying"))
