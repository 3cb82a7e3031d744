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
    """

    kind: str
    name: str
    sql: str


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
