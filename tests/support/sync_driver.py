"""Syncs a database in a process of its own, and dies where it is told to.

    python sync_driver.py FOLDER --die K

FOLDER   has url.json and models.okra.gql
--die K  kill -9 at the K-th fault point; where there are fewer, it ends by itself
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.declarative.sync import SyncOptions, sync
from okra.language.define import parse_schema
from okra.migrations.executor import Target
from okra.source import Source
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Callable


def synced(folder: Path, fault: Callable[[str], None] | None = None) -> dict[str, object]:
    """What a sync of the database of `folder` came to."""
    url = msgspec.json.decode((folder / "url.json").read_bytes(), type=DatabaseUrl)
    text = (folder / "models.okra.gql").read_text()
    parsed = parse_schema((Source("models.okra.gql", text),), providers=(url.provider,))
    target = Target(url=url, directory=folder / "migrations", environment="local")
    options = SyncOptions(force=True, yes=True, folder=folder / ".okra" / "schema")
    found = sync(target, parsed.definition, options, fault=fault)
    return {
        "applied": found.applied,
        "changes": len(found.changes),
        "resumed": found.resumed,
        "misfits": [one.text for one in found.misfits],
    }


def main() -> None:
    left = int(sys.argv[3])

    def fault(point: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.write(1, json.dumps({"died": point}).encode())
            os.kill(os.getpid(), signal.SIGKILL)

    os.write(1, json.dumps(synced(Path(sys.argv[1]), fault)).encode())


if __name__ == "__main__":
    main()
