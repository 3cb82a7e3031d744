"""A server of a test's own, with settings that the shared ones don't have; it can be stopped and killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.devdb.account import clean_environment, run_as, server_account
from okra.devdb.kinds import KINDS
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.url import DatabaseUrl
from servers import software

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.session import MigrationSession

_START_S = 30.0
_HBA = """\
local all all trust
hostssl all sealed 127.0.0.1/32 scram-sha-256
hostnossl all sealed 127.0.0.1/32 reject
host all banned 127.0.0.1/32 reject
host all okra 127.0.0.1/32 trust
host replication okra 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


class Private:
    """One server on its own folder, socket and port, with a certificate for `localhost`."""

    def __init__(self, name: str, folder: Path) -> None:
        program = software(name)
        if program is None:
            pytest.skip(f"{name} is not on this machine: scripts/test says how to get it")
        self.account = server_account(os.environ)
        self.software = program
        self.kind = KINDS[program.kind]
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self.root = folder / "root.pem"
        self._running: subprocess.Popen[bytes] | None = None
        self._own(folder)
        _make_certificate(folder)
        for path in folder.iterdir():
            self._own(path)

    def set_up(self) -> None:
        """Make the data folder."""
        for command in self.kind.set_up(self.software, self.data):
            if run_as(self.account, command).returncode == 0:
                break
        if self.software.kind == "postgres":
            (self.data / "pg_hba.conf").write_text(_HBA)

    def start(self, *options: str) -> None:
        """Start it and wait until it takes connections."""
        account = self.account
        with (self.folder / "out").open("ab") as out:
            self._running = subprocess.Popen(
                [*self._command(), *options],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=clean_environment(),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                start_new_session=True,
            )
        until = time.monotonic() + _START_S
        while True:
            try:
                connect(self.url(), lock_timeout_ms=100, read_only=True).close()
            except DatabaseError as error:
                if time.monotonic() > until or self._running.poll() is not None:
                    said = (self.folder / "out").read_text(errors="replace")
                    raise AssertionError(f"{error.render()}\n{said[-2000:]}") from error
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGKILL leaves everything as it is."""
        running, self._running = self._running, None
        if running is None:
            return
        if how is signal.SIGKILL:
            os.killpg(running.pid, how)
        else:
            running.send_signal(self.kind.stop_signal)
        running.wait(timeout=_START_S)
        time.sleep(0.1 if how is signal.SIGKILL else 0)

    def url(
        self, user: str | None = None, password: str | None = None, **options: str
    ) -> DatabaseUrl:
        """Its address by TCP; without a user, that of whoever may do everything."""
        return DatabaseUrl(
            provider=self.kind.provider,
            host="localhost",
            port=self.port,
            user=user or ("okra" if self.software.kind == "postgres" else "root"),
            password=password,
            database="postgres" if self.software.kind == "postgres" else "mysql",
            options=tuple(sorted(options.items())),
        )

    def session(self) -> MigrationSession:
        """A session of whoever may do everything."""
        return connect(self.url(), lock_timeout_ms=1_000)

    def _command(self) -> Sequence[str]:
        command = self.kind.start(self.software, self.data, self.folder, "private")
        key, certificate = self.folder / "server.key", self.folder / "server.pem"
        if self.software.kind == "postgres":
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": str(self.port),
                "wal_level": "replica",
                "max_wal_senders": "4",
            }
            if "ssl" in _configured(self.software.folder):
                settings |= {
                    "ssl": "on",
                    "ssl_cert_file": str(certificate),
                    "ssl_key_file": str(key),
                }
            return [
                *command,
                *(part for item in settings.items() for part in ("-c", "=".join(item))),
            ]
        return [
            *(part for part in command if part != "--skip-networking"),
            "--bind-address=127.0.0.1",
            f"--port={self.port}",
            f"--ssl-cert={certificate}",
            f"--ssl-key={key}",
        ]

    def _own(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)


@contextmanager
def private(name: str, *options: str) -> Iterator[Private]:
    """A server called `name`, like `postgres-15`, running with `options`; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="okra-"))
    try:
        server = Private(name, folder)
        server.set_up()
        try:
            server.start(*options)
            yield server
        finally:
            server.stop(signal.SIGKILL)
    finally:
        shutil.rmtree(folder)


def _configured(folder: Path) -> str:
    """With what the server was built: some have no TLS."""
    program = folder / "pg_config"
    if not program.exists():
        return ""
    return subprocess.run(
        [program, "--configure"], capture_output=True, text=True, check=True
    ).stdout


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _make_certificate(folder: Path) -> None:
    """A root, and a certificate for `localhost` that it has signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine")

    def run(*arguments: str) -> None:
        subprocess.run([openssl, *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    for name in ("root", "other"):
        run(
            *("req", "-x509", *new, "-keyout", f"{name}.key", "-out", f"{name}.pem"),
            *("-subj", f"/CN=okra {name}", "-days", "2"),
            *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
        )
    run("req", *new, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    run(
        *("x509", "-req", "-in", "server.csr", "-CA", "root.pem", "-CAkey", "root.key"),
        *("-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem"),
    )
    (folder / "server.key").chmod(0o600)
    for name in ("root.pem", "other.pem", "server.pem"):
        (folder / name).chmod(0o644)
