"""Whether a statement would reach beyond its own database: a proof may share its server with databases people work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational.sqltext import ascii_upper, significant

if TYPE_CHECKING:
    from okra.dialects.base import Session

_HEAD = 400
_BEYOND = (("ALTER", "DATABASE"), ("DROP", "DATABASE"), ("ALTER", "SYSTEM"))


def stray(session: Session, sql: str) -> str | None:
    """What of the server the statement would change that others use; None where it stays in its own database.

    No name of a table leads into another database here.
    """
    del session
    head = tuple(ascii_upper(word) for word in significant(sql[:_HEAD])[:2])
    return " ".join(head) if head in _BEYOND else None
