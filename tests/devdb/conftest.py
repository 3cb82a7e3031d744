"""A cache folder of the test's own, in which local servers are started and ended."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
from local import Local, local_server, processes_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cache() -> Iterator[Path]:
    """A folder that every user can enter; nothing that was started in it outlives the test."""
    folder = Path(tempfile.mkdtemp(prefix="okra-devdb-", dir=servers.base_folder()))
    folder.chmod(0o755)
    yield folder
    for pid in processes_in(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["postgres-15", "postgres-18", "mariadb"])
def local(request: pytest.FixtureRequest, cache: Path) -> Local:
    """A local server that has a cache folder of its own, not started."""
    return local_server(request.param, cache)


@pytest.fixture(params=["postgres-18", "mariadb"])
def one_of_each(request: pytest.FixtureRequest, cache: Path) -> Local:
    """The same, without a second version of PostgreSQL, for what takes long."""
    return local_server(request.param, cache)
