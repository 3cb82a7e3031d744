"""Syncs a database in processes of its own, which die where they are told to.

    python sync_driver.py FOLDER    # FOLDER has url.json and models.okra.gql

Each line of standard input is a number K: a child syncs, and is killed with -9 at its K-th fault point; 0 lets it end.
It answers with one line: where it died, or what the sync came to.
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


def child(folder: Path, left: int) -> None:
    def fault(point: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            say({"died": point})
            os.kill(os.getpid(), signal.SIGKILL)

    say(synced(folder, fault))


def say(what: dict[str, object]) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def main() -> None:
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                child(Path(sys.argv[1]), int(line))
                os._exit(0)
            except BaseException as error:  # noqa: BLE001 - whatever it was, the test has to see it
                say({"error": repr(error)})
                os._exit(1)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main()
