"""Two empty databases on each PostgreSQL at hand, and sessions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers
from okra.dialects.session import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl


@pytest.fixture
def opened() -> Iterator[Callable[..., MigrationSession]]:
    """Opens sessions that are closed at the end."""
    found: list[MigrationSession] = []

    def call(url: DatabaseUrl, *, read_only: bool = False) -> MigrationSession:
        session = connect(url, lock_timeout_ms=5_000, read_only=read_only)
        found.append(session)
        return session

    yield call
    for session in found:
        session.close()


@pytest.fixture
def session(postgres: DatabaseUrl, opened: Callable[..., MigrationSession]) -> MigrationSession:
    """A session on an empty database."""
    return opened(postgres)


@pytest.fixture(params=servers.POSTGRES)
def pair(
    request: pytest.FixtureRequest, _servers: servers.Servers
) -> Iterator[tuple[DatabaseUrl, DatabaseUrl]]:
    """Two empty databases on one server."""
    with _servers.database(request.param) as one, _servers.database(request.param) as other:
        yield one, other
