"""A second database for tests that compare two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.url import DatabaseUrl


@pytest.fixture
def other_mysql(_servers: servers.Servers) -> Iterator[DatabaseUrl]:
    """One more empty database on the server of `mysql`."""
    with _servers.database(servers.MYSQL[0]) as url:
        yield url
