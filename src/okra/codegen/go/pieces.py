"""A piece of generated code, with what it needs to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Declarations of one file.

    imports  the packages that the text names
    helpers  what it uses of `helpers.py`, by its keys there
    """

    text: str
    imports: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()


def joined(pieces: Iterable[Piece]) -> Piece:
    """Pieces one below the other."""
    found = list(pieces)
    return Piece(
        text="\n".join(piece.text for piece in found),
        imports=frozenset().union(*(piece.imports for piece in found)),
        helpers=frozenset().union(*(piece.helpers for piece in found)),
    )
