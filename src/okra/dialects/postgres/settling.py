"""Two spellings of one expression, told from two expressions by the server itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.dialects.base import Session
    from okra.relational.model import Database


def settled(session: Session, found: Database, wanted: Database, version: int) -> Database:
    """`found` with the text of `wanted` wherever the server would print both in the same way."""
    return found
