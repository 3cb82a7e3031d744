"""Servers whose keeper is gone: ended only where it is certain that they are ours."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


def end_orphan(pid_file: Path, data: Path) -> None:
    """Kill the process that `pid_file` names if it works in the folder `data`, and wait for its end.

    Only Linux tells where another process works; elsewhere a PostgreSQL ends by itself within a minute after its
    folder was removed.
    """
    pid = _pid(pid_file)
    if pid is None or not _works_in(pid, data):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 5
    while _works_in(pid, data) and time.monotonic() < until:
        time.sleep(0.01)


def _pid(path: Path) -> int | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        first = file.readline(32).strip()
    return int(first) if first.isdigit() and int(first) > 1 else None


def _works_in(pid: int, data: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return False
