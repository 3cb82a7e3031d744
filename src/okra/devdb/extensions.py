"""Extensions of PostgreSQL, made in a scratch database before a schema's tables are built in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session


def install(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """Make the extensions `names`; returns those that the server has not, or lets us not have."""
    missing = []
    for name in names:
        try:
            session.execute(f"CREATE EXTENSION IF NOT EXISTS {dialect('postgres').quote(name)}")
        except DatabaseError:
            missing.append(name)
    return tuple(missing)
