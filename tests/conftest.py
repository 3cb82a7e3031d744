"""Options that every test may read, and the servers that tests run on."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import servers
from okra.url import DatabaseUrl
from places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

settings.register_profile("same every time", derandomize=True)
settings.register_profile("new every night")


def pytest_configure(config: pytest.Config) -> None:
    """Random inputs are the same in every run, so that a red test is red for all; the nightly run looks further."""
    nightly = config.getoption("markexpr") != "not nightly"
    settings.load_profile("new every night" if nightly else "same every time")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Whoever runs the tests in the background has Ctrl-C ignored; what the tests start must not inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Servers that tests start lie apart from those of the user, and do not outlive the run by long.
    folder = servers.base_folder() / f"okra-tests-{os.geteuid()}"
    os.environ.setdefault("OKRA_CACHE_DIR", str(folder))
    os.environ.setdefault("OKRA_DEV_IDLE", "30")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what means nothing on a server: that is no test there, and none that was skipped."""
    left_out = [item for item in items if not servers.is_meant(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        servers.stop()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the code makes now into tests/golden; review reads the difference",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def _servers() -> Iterator[servers.Servers]:
    """The servers that this worker has asked for, running until it ends."""
    found = servers.Servers()
    yield found
    found.release()


@pytest.fixture(params=servers.POSTGRES)
def postgres(request: pytest.FixtureRequest, _servers: servers.Servers) -> Iterator[DatabaseUrl]:
    """An empty PostgreSQL database of this test's own, on each version at hand."""
    with _servers.database(request.param) as url:
        yield url


@pytest.fixture(params=servers.MYSQL)
def mysql(request: pytest.FixtureRequest, _servers: servers.Servers) -> Iterator[DatabaseUrl]:
    """An empty MySQL or MariaDB database of this test's own."""
    with _servers.database(request.param) as url:
        yield url


@pytest.fixture(params=[*servers.POSTGRES, *servers.MYSQL])
def server(request: pytest.FixtureRequest, _servers: servers.Servers) -> Iterator[DatabaseUrl]:
    """An empty database of this test's own, on each server at hand."""
    with _servers.database(request.param) as url:
        yield url


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
