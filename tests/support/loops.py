"""Commands that run until they are told to stop, as processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE_S = 30


class Ended(NamedTuple):
    """What a loop left: its exit code and all that it wrote."""

    code: int
    out: str


class Loop:
    """One such command, running in `folder`; standard output and error go to one file.

    terminal  the end of one, which takes the place of standard input and error
    """

    def __init__(
        self, folder: Path, *arguments: str, terminal: int | None = None, **environ: str
    ) -> None:
        self._log = folder / "loop.log"
        self._seen = 0
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "okra", *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL if terminal is None else terminal,
                stdout=log,
                stderr=subprocess.STDOUT if terminal is None else terminal,
                env=os.environ | environ,
            )

    def text(self) -> str:
        """All that it has written so far."""
        return self._log.read_text()

    def wait_for(self, *words: str) -> str:
        """Wait until all of `words` stand in what it wrote since the last call; returns that."""

        def found() -> bool:
            new = self.text()[self._seen :]
            return all(word in new for word in words)

        wait_until(lambda: found() or self._process.poll() is not None, self.text)
        new = self.text()[self._seen :]
        assert found(), f"never said {words}:\n{self.text()}"
        self._seen += len(new)
        return new

    def interrupt(self) -> Ended:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self) -> Ended:
        return Ended(self._process.wait(timeout=PATIENCE_S), self.text())

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def wait_until(true: Callable[[], object], tell: Callable[[], str] = str) -> float:
    """Wait until something is so; returns the seconds that it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < PATIENCE_S, tell()
        time.sleep(0.005)
    return time.monotonic() - started
