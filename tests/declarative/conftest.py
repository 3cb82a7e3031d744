"""A database of each kind, and an empty current folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import servers
from okra.url import DatabaseUrl
from places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
