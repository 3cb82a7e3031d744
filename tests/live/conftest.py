"""A desk on each server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers
from desks import Desk
from okra.url import DatabaseUrl
from places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desk(server: DatabaseUrl, tmp_path: Path) -> Iterator[Desk]:
    yield from _desk(server, tmp_path)


@pytest.fixture
def postgres_desk(postgres: DatabaseUrl, tmp_path: Path) -> Iterator[Desk]:
    yield from _desk(postgres, tmp_path)


@pytest.fixture
def mysql_desk(mysql: DatabaseUrl, tmp_path: Path) -> Iterator[Desk]:
    yield from _desk(mysql, tmp_path)


def _desk(url: DatabaseUrl, folder: Path) -> Iterator[Desk]:
    found = Desk(url, folder)
    yield found
    found.close()


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def place(
    request: pytest.FixtureRequest,
    _servers: servers.Servers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Place]:
    """An empty database of each kind, and an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OKRA_ENV", raising=False)
    if request.param == "sqlite":
        yield Place(DatabaseUrl.parse("sqlite://shop.db", base=tmp_path), tmp_path, capsys)
        return
    with _servers.database(request.param) as url:
        yield Place(url, tmp_path, capsys)
