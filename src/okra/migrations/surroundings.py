"""What a run knows of the computer that it runs on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def is_absent(url: DatabaseUrl) -> bool:
    """Whether the file that is still to be made has a folder to be made in."""
    if url.path is None or url.option("mode") in ("ro", "rw"):
        return False
    path = Path(url.path)
    return not os.path.lexists(path) and path.parent.is_dir()


def login() -> str | None:
    """Who runs this, as the system calls him; None for a user id without a name."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return None


def host_name() -> str:
    """The computer that this runs on."""
    from platform import node

    return node()
