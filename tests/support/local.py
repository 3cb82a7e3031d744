"""A local server in a cache folder of its own, and what tests do to it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
from okra.devdb.cluster import Cluster, Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.devdb.software import Software


class Local:
    """The server of one program. Nothing is started before `use`."""

    def __init__(self, software: Software, cache: Path, variables: dict[str, str]) -> None:
        self.software = software
        self.cache = cache
        self.environ = {
            **os.environ,
            "OKRA_CACHE_DIR": str(cache),
            "OKRA_DEV_IDLE": "60",
            **variables,
        }

    def cluster(self) -> Cluster:
        return Cluster(self.software, self.environ)

    def use(self) -> Lease:
        return self.cluster().use()

    @property
    def folder(self) -> Path:
        return self.cache / "devdb" / f"{self.software.key}-1"

    def pid(self) -> int:
        """The process id of the server."""
        (file,) = [
            *self.folder.glob("c-*/data/postmaster.pid"),
            *self.folder.glob("c-*/data/okra.pid"),
        ]
        return int(file.read_text().split()[0])

    def keeper(self) -> int:
        """The process id of the server's parent."""
        return parent(self.pid())


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def local_server(name: str, cache: Path, **variables: str) -> Local:
    """The server `name` in `cache`; the test is skipped where its program is not there."""
    software = servers.software(name)
    if software is None:
        pytest.skip(f"{name} is not on this machine: scripts/servers gets it")
    return Local(software, cache, variables)


def processes_in(folder: Path) -> list[int]:
    """The processes whose command line names `folder`, which only those do that were started in it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"{folder}/".encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return [pid for pid in found if pid != os.getpid() and is_alive(pid)]


def wait_for(what: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Whether `what` came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False


def python(code: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """A Python that runs `code`, with pipes to talk to it."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
