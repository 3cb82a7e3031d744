"""A desk on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers
from desks import Desk
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def desk(
    request: pytest.FixtureRequest, _servers: servers.Servers, tmp_path: Path
) -> Iterator[Desk]:
    """A database of each kind with a migrations directory beside it."""
    if request.param == "sqlite":
        found = Desk(DatabaseUrl.parse("sqlite://app.db", base=tmp_path), tmp_path)
        yield found
        found.close()
        return
    with _servers.database(request.param) as url:
        found = Desk(url, tmp_path)
        yield found
        found.close()
