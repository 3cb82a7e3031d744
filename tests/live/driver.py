"""Runs `up` or `down` on a desk in a process of its own, and dies where it is told to.

    python driver.py up|down FOLDER [--die K] [--during N] [--wait FILE] [--no-lock] [--patience MS]
    python driver.py serve    # such lines on standard input; each is run by a child, which starts faster

--die K      kill -9 at the K-th fault point; exit code 0 if there are fewer
--at NAME    kill -9 at the first fault point of this name
--during N   kill -9 a moment after the N-th statement was sent, while the server is at work on it
--wait FILE  begin when the file is there, so that many begin at once
--no-lock    the migration lock is never taken
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import sys
import threading
import time
from pathlib import Path

import msgspec

from okra.dialects.mysql.server.session import MysqlSession
from okra.dialects.postgres.server.session import PostgresSession
from okra.errors import OkraError
from okra.migrations.down import migrate_down
from okra.migrations.executor import Target
from okra.migrations.up import migrate_up
from okra.url import DatabaseUrl


def say(what: dict[str, object]) -> None:
    """One line for the test."""
    os.write(1, (json.dumps(what) + "\n").encode())


def die(point: str) -> None:
    say({"died": point})
    os.kill(os.getpid(), signal.SIGKILL)


class Faults:
    """Counts the fault points, and kills the process at one of them."""

    def __init__(self, die_at: int, name: str | None, during: int, delay: float) -> None:
        self._left = die_at
        self._name = name
        self._during = during
        self._delay = delay

    def __call__(self, point: str) -> None:
        self._left -= 1
        if self._left == 0 or point == self._name:
            die(point)
        if point == f"statement {self._during}":
            timer = threading.Timer(self._delay, die, [f"during {point}"])
            timer.daemon = True
            timer.start()


def no_lock(session: object, history: str) -> None:
    """In place of taking the lock."""


def serve() -> None:
    """Run each line of standard input in a child; its last line says how that ended."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(run(shlex.split(line)))
        _, status = os.waitpid(child, 0)
        say({"exit": os.waitstatus_to_exitcode(status)})


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["up", "down"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--die", type=int, default=0)
    parser.add_argument("--at")
    parser.add_argument("--during", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--wait", type=Path)
    parser.add_argument("--no-lock", action="store_true")
    parser.add_argument("--patience", type=int, default=60_000)
    given = parser.parse_args(arguments)
    if given.no_lock:
        MysqlSession.lock = no_lock
        PostgresSession.lock = no_lock
    target = Target(
        url=msgspec.json.decode((given.folder / "url.json").read_bytes(), type=DatabaseUrl),
        directory=given.folder / "migrations",
        lock_timeout_ms=given.patience,
        environment="local",
        allow=("blocking",),
    )
    while given.wait and not given.wait.exists():
        time.sleep(0.001)
    fault = Faults(given.die, given.at, given.during, given.delay)

    def told(event: object) -> None:
        say({"event": str(event)})

    try:
        if given.command == "up":
            done = len(migrate_up(target, fault=fault, progress=told).applied)
        else:
            done = len(migrate_down(target, fault=fault, confirm=lambda _: True).reverted)
    except OkraError as error:
        say({"code": error.code, "error": error.render()})
        return 1
    except KeyboardInterrupt:
        say({"interrupted": True})
        return 130
    say({"done": done})
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        sys.exit(run(sys.argv[1:]))
