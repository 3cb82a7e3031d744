"""What a dialect knows about running a statement in ranges of a key: where the words stand, and the key's values."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from okra.relational.model import Column, Table


class KeyRanges(Protocol):
    """What a dialect's `server/ranges.py` has."""

    def masked(self, sql: str) -> str:
        """`sql` with blanks for comments and signs that mean nothing for quotes; everything keeps its place."""
        ...

    def hindrance(self, table: Table) -> str | None:
        """Why what is done to rows of the table and what is written about it can't be one transaction, if so."""
        ...

    def literal_of(self, column: Column, name: str) -> str | None:
        """SQL that gives a key's value as the text of an SQL literal which compares as the column does.

        name     the column as it stands in the query
        Returns  None for a type whose values no literal says exactly
        """
        ...


def key_ranges(provider: str) -> KeyRanges:
    """What `provider` knows about ranges."""
    return cast("KeyRanges", import_module(f"{DIALECTS[provider]}.server.ranges"))
