"""A second database for tests that compare two, and a word for what only MariaDB has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers
from okra.dialects.session import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.url import DatabaseUrl


@pytest.fixture
def other_mysql(_servers: servers.Servers) -> Iterator[DatabaseUrl]:
    """One more empty database on the server of `mysql`."""
    with _servers.database(servers.MYSQL[0]) as url:
        yield url


@pytest.fixture
def mariadb(mysql: DatabaseUrl) -> DatabaseUrl:
    """The database of `mysql`, for tests of what only MariaDB has: skipped on MySQL."""
    session = connect(mysql, lock_timeout_ms=1_000)
    version = session.server_version
    session.close()
    if "mariadb" not in version.lower():
        pytest.skip(f"MySQL {version} has not what this test is about")
    return mysql
