"""What is different about running each kind of server on a private folder and socket."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.devdb.link import Link
    from okra.devdb.software import Software

TOKEN_SETTING = "okra.token"  # noqa: S105 - the name of a setting


_PORT = 5432


class Kind(Protocol):
    """How one kind of server is set up, started and recognised.

    provider     the dialect that speaks to it
    stop_signal  ends it at once, but in order
    """

    @property
    def provider(self) -> str: ...

    @property
    def stop_signal(self) -> int: ...

    def set_up(self, software: Software, data: Path) -> tuple[tuple[str, ...], ...]:
        """Commands that make a new data folder: the first that succeeds counts."""
        ...

    def start(self, software: Software, data: Path, sockets: Path, token: str) -> Sequence[str]:
        """The command that serves `data` at a socket in `sockets`, and nowhere else."""
        ...

    def socket(self, sockets: Path) -> Path:
        """The path of its socket."""
        ...

    def pid_file(self, data: Path) -> Path:
        """A file that is there while it runs, and left behind if it is killed."""
        ...

    def is_ready(self, data: Path) -> bool:
        """Whether the server on `data`, which was just started, takes connections as far as its files say."""
        ...

    def url(self, sockets: Path, database: str | None = None) -> DatabaseUrl:
        """Where it is; None: its own maintenance database."""
        ...

    def is_ours(self, link: Link, data: Path, token: str) -> bool:
        """Whether the server behind `link` is the one that was started with `token` on `data`."""
        ...


class Postgres:
    provider = "postgres"
    stop_signal = int(signal.SIGINT)  # a fast shutdown: clients are cut off, everything is written

    def set_up(self, software: Software, data: Path) -> tuple[tuple[str, ...], ...]:
        initdb = str(software.folder / "initdb")
        rest = ("-E", "UTF8", "-A", "trust", "-U", "okra", "-D", str(data))
        return tuple((initdb, "--no-sync", f"--locale={name}", *rest) for name in ("C.UTF-8", "C"))

    def start(self, software: Software, data: Path, sockets: Path, token: str) -> Sequence[str]:
        settings = {
            "listen_addresses": "",
            "port": str(_PORT),
            "unix_socket_directories": _quoted(sockets),
            "unix_socket_permissions": "0700",
            TOKEN_SETTING: token,
            "max_connections": "200",
            "max_locks_per_transaction": "256",  # a proof drops all tables of a schema at once
            "shared_buffers": "16MB",
            "dynamic_shared_memory_type": "mmap",  # in its folder, so that nothing outlives it
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "logging_collector": "off",
            "log_checkpoints": "off",
            "log_min_messages": "fatal",  # what fails in a proof is said there, and nowhere else
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(software.path), "-D", str(data), *options]

    def socket(self, sockets: Path) -> Path:
        return sockets / f".s.PGSQL.{_PORT}"

    def pid_file(self, data: Path) -> Path:
        return data / "postmaster.pid"

    def is_ready(self, data: Path) -> bool:
        try:
            return self.pid_file(data).read_bytes().rstrip().endswith(b"ready")
        except OSError:
            return False

    def url(self, sockets: Path, database: str | None = None) -> DatabaseUrl:
        return DatabaseUrl(
            provider="postgres",
            host=str(sockets),
            port=_PORT,  # else a variable of the user's says which
            user="okra",
            database=database or "postgres",
        )

    def is_ours(self, link: Link, data: Path, token: str) -> bool:
        found = link.query(
            f"SELECT current_setting('data_directory'), current_setting('{TOKEN_SETTING}', true)"
        )
        return found == [(str(data), token)]


class Mariadb:
    provider = "mysql"
    stop_signal = int(signal.SIGTERM)

    def set_up(self, software: Software, data: Path) -> tuple[tuple[str, ...], ...]:
        install = _beside(software, "mariadb-install-db", "mysql_install_db")
        return (
            (
                install,
                "--no-defaults",
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                f"--tmpdir={data.parent}",
                "--innodb-log-file-size=4M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0",
            ),
        )

    def start(self, software: Software, data: Path, sockets: Path, token: str) -> Sequence[str]:
        return [
            *_mysql_start(software, data, sockets, token),
            "--debug-no-sync",
            "--innodb-log-file-size=4M",
            "--aria-log-file-size=8M",
        ]

    def socket(self, sockets: Path) -> Path:
        return sockets / "mysqld.sock"

    def pid_file(self, data: Path) -> Path:
        return data / "okra.pid"

    def is_ready(self, data: Path) -> bool:
        return self.pid_file(data).exists()

    def url(self, sockets: Path, database: str | None = None) -> DatabaseUrl:
        return DatabaseUrl(
            provider="mysql",
            host="localhost",
            user="root",
            database=database,
            options=(("unix_socket", str(self.socket(sockets))),),
        )

    def is_ours(self, link: Link, data: Path, token: str) -> bool:
        return link.query("SELECT @@datadir, @@report_host") == [(f"{data}/", token)]


class Mysql(Mariadb):
    def set_up(self, software: Software, data: Path) -> tuple[tuple[str, ...], ...]:
        return (
            (str(software.path), "--no-defaults", "--initialize-insecure", f"--datadir={data}"),
        )

    def start(self, software: Software, data: Path, sockets: Path, token: str) -> Sequence[str]:
        return [*_mysql_start(software, data, sockets, token), "--mysqlx=OFF"]


def _mysql_start(software: Software, data: Path, sockets: Path, token: str) -> list[str]:
    return [
        str(software.path),
        "--no-defaults",
        f"--datadir={data}",
        f"--socket={sockets / 'mysqld.sock'}",
        f"--tmpdir={sockets}",  # a server that starts empties its own: that of no other one
        f"--pid-file={data / 'okra.pid'}",
        f"--report-host={token}",
        "--skip-networking",
        "--skip-log-bin",
        "--skip-name-resolve",
        "--max-connections=200",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_ci",
        "--innodb-buffer-pool-size=16M",
        "--innodb-temp-data-file-path=ibtmp1:4M:autoextend",  # written anew at each start
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync"
        if software.kind == "mariadb"
        else "--innodb-flush-method=fsync",
        "--innodb-doublewrite=0",
        "--innodb-stats-persistent=0",
        "--innodb-buffer-pool-dump-at-shutdown=0",
        "--innodb-buffer-pool-load-at-startup=0",
        "--performance-schema=0",
    ]


def _beside(software: Software, *names: str) -> str:
    """The first of the programs `names` that is there, near the server or on the usual paths."""
    near = software.folder.parent
    for folder in (
        software.folder,
        near / "bin",
        near / "scripts",
        Path("/usr/bin"),
        Path("/usr/local/bin"),
    ):
        for name in names:
            if os.access(folder / name, os.X_OK):
                return str(folder / name)
    return names[0]


def _quoted(folder: Path) -> str:
    """A folder for a setting that is a list: commas and quotes are nothing special inside quotes."""
    return '"' + str(folder).replace('"', '""') + '"'


KINDS: dict[str, Kind] = {"postgres": Postgres(), "mariadb": Mariadb(), "mysql": Mysql()}
