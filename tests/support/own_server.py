"""A server of one test's own, which may be killed and started again: whatever it said was committed is kept."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.devdb.account import clean_environment, run_as, server_account
from okra.devdb.kinds import Mariadb, Postgres
from okra.dialects.session import connect
from okra.errors import DatabaseError
from servers import software

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

# What a local server for proofs leaves out, and a server that is killed needs: a commit is handed to the system.
_SAFE = {
    "postgres": ("-c", "synchronous_commit=on"),
    "mariadb": ("--innodb-flush-log-at-trx-commit=2",),
}


class OwnServer:
    """A server on a folder of its own, running until `close`."""

    def __init__(self, name: str) -> None:
        program = software(name)
        if program is None or (program.wheel is not None and os.geteuid() == 0):
            pytest.skip(f"{name} can't be started on a folder of its own here")
        self._program = program
        self._kind = Postgres() if program.kind == "postgres" else Mariadb()
        self._account = server_account(os.environ)
        self._base = Path(tempfile.mkdtemp(prefix="okra-own-"))
        if self._account is not None:
            os.chown(self._base, self._account.uid, self._account.gid)
        self._data = self._base / "data"
        for command in self._kind.set_up(program, self._data):
            if run_as(self._account, command).returncode == 0:
                break
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def url(self, database: str | None = None) -> DatabaseUrl:
        return self._kind.url(self._base, database)

    def start(self) -> None:
        """Start it, and wait until it lets somebody in."""
        command = [
            *self._kind.start(self._program, self._data, self._base, "own"),
            *_SAFE[self._program.kind],
        ]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                self._process = self._launch(command)
            if self._answers():
                return
            time.sleep(0.02)
        raise AssertionError((self._base / "log").read_text()[-2000:])

    def _answers(self) -> bool:
        """Whether it lets somebody in; PyMySQL forgets its socket where nobody listens, so that is tried first."""
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(self._kind.socket(self._base))):
                return False
        database = "mysql" if self._kind.provider == "mysql" else None
        try:
            connect(self.url(database), lock_timeout_ms=100).close()
        except DatabaseError:
            return False
        return True

    def kill(self) -> None:
        """Kill -9, as if the machine had failed."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._base, ignore_errors=True)

    def _launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        account = self._account
        with (self._base / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=clean_environment(),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
