"""Servers that nobody uses any more: of programs that were updated or removed since."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORGOTTEN_S = 30 * 24 * 3600.0
_LOCKS = ("lock", "lease")
_OPEN = os.O_RDWR | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody uses or starts the server in `folder`; then nobody can until the end of the block."""
    import fcntl

    with ExitStack() as held:
        try:
            for name in _LOCKS:
                descriptor = os.open(folder / name, _OPEN | os.O_CREAT, 0o600)
                held.callback(os.close, descriptor)
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def forget_unused(root: Path, *, keep: Path) -> None:
    """Remove the folders of servers that were not used for a month, with the copies of their programs."""
    for lease in root.glob("*/lease"):
        folder = lease.parent
        with suppress(OSError):
            if folder == keep or time.time() - lease.stat().st_mtime < _FORGOTTEN_S:
                continue
            with alone(folder) as nobody_uses_it:
                if nobody_uses_it:
                    shutil.rmtree(folder, ignore_errors=True)
                    key = folder.name.rpartition("-")[0]
                    shutil.rmtree(root / f"bin-{key}", ignore_errors=True)
