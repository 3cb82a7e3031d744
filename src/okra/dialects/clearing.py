"""What a dialect knows about making a database empty, whoever made what is in it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.session import MigrationSession


class Thing(NamedTuple):
    """Something in a database.

    kind  `table`, `view`, `sequence`, `type`
    name  as in the model
    sql   what drops it; nothing happens where it is gone already
    path  as it is named in SQL
    """

    kind: str
    name: str
    sql: str
    path: str


class Clearer(Protocol):
    """What a dialect's `server/clearing.py` has."""

    def everything(self, session: MigrationSession) -> list[Thing]:
        """All tables, views, sequences and types, in an order in which they can be dropped; OKRA's own are among them."""
        ...

    def drop(self, session: MigrationSession, things: Sequence[Thing]) -> None:
        """Drop `things`, in their order, whatever refers to them."""
        ...


def clearer(provider: str) -> Clearer:
    """What `provider` knows about making a database empty."""
    from okra.dialects import DIALECTS

    return cast("Clearer", import_module(f"{DIALECTS[provider]}.server.clearing"))


class _Spreading(Protocol):
    def dependants(self, session: MigrationSession) -> list[str]: ...


_SPREADING = ("postgres",)
"""Those where what is dropped takes along what uses it elsewhere."""


def dependants(provider: str, session: MigrationSession) -> list[str]:
    """What lies outside of all that would be dropped, and would go with it, as the server describes it."""
    if provider not in _SPREADING:
        return []
    return cast("_Spreading", clearer(provider)).dependants(session)
