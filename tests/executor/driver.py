"""Runs `up` or `down` on a desk in a process of its own, and dies where it is told to.

    python driver.py up|down FOLDER [--die K] [--inside N] [--wait FILE] [--no-lock] [--patience MS]

--die K      kill -9 at the K-th fault point; exit code 0 if there are fewer
--inside N   fault points are not between statements, but at every N-th step within them
--wait FILE  begin when the file is there, so that many begin at once
--no-lock    transactions take no lock at their beginning
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path

from okra.dialects.sqlite.server import session
from okra.errors import OkraError
from okra.migrations.down import migrate_down
from okra.migrations.executor import Target
from okra.migrations.up import migrate_up
from okra.url import DatabaseUrl


def say(what: dict[str, object]) -> None:
    """One line for the test."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["up", "down"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--die", type=int, default=0)
    parser.add_argument("--inside", type=int, default=0)
    parser.add_argument("--wait", type=Path)
    parser.add_argument("--no-lock", action="store_true")
    parser.add_argument("--patience", type=int, default=60_000)
    given = parser.parse_args()
    if given.no_lock:
        session._BEGIN = "BEGIN"
    target = Target(
        url=DatabaseUrl.parse("sqlite://app.db", base=given.folder),
        directory=given.folder / "migrations",
        lock_timeout_ms=given.patience,
        environment="local",
    )
    while given.wait and not given.wait.exists():
        time.sleep(0.001)
    left = given.die

    def fault(point: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            say({"died": point})
            os.kill(os.getpid(), signal.SIGKILL)

    def inside() -> int:
        fault("inside")
        return 0

    if given.inside:
        session._look_for_interrupt = inside
        session._STEPS = given.inside

    def started(event: object) -> None:
        say({"event": str(event)})

    try:
        say({"begins": given.command})
        between = None if given.inside else fault
        if given.command == "up":
            done = len(migrate_up(target, fault=between, progress=started).applied)
        else:
            done = len(migrate_down(target, fault=between, confirm=lambda _: True).reverted)
    except OkraError as error:
        say({"code": error.code, "error": error.render()})
        return 1
    except KeyboardInterrupt:
        say({"interrupted": True})
        return 130
    say({"done": done})
    return 0


if __name__ == "__main__":
    sys.exit(main())
