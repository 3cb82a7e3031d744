"""A desk on each server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desks import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from okra.url import DatabaseUrl


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
