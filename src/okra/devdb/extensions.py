"""Extensions of PostgreSQL, made in a scratch database before a schema's tables are built in it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from okra.devdb.refusals import without_extensions
from okra.dialects import dialect
from okra.dialects.postgres.natives.extensions import needed
from okra.errors import DatabaseError, PlanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Session
    from okra.relational.model import Database


def install(session: Session, provider: str, databases: Sequence[Database]) -> tuple[str, ...]:
    """Make the extensions that `databases` may need; returns those that the server has not, or lets us not have."""
    missing = []
    for name in needed(databases) if provider == "postgres" else ():
        try:
            session.execute(f"CREATE EXTENSION IF NOT EXISTS {dialect(provider).quote(name)}")
        except DatabaseError:
            missing.append(name)
    return tuple(missing)


@contextmanager
def extended(session: Session, provider: str, databases: Sequence[Database]) -> Iterator[None]:
    """Inside, the session's database has the extensions that `databases` may need; a PlanError says which are missing."""
    missing = install(session, provider, databases)
    try:
        yield
    except PlanError as error:
        if missing:
            raise without_extensions(missing, error) from error
        raise
