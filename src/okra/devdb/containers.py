"""A server in a container, for machines that have Docker and nothing else. It lives as long as it is used."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import msgspec

from okra.devdb.link import Link
from okra.devdb.versions import is_mariadb, major
from okra.errors import DatabaseError, NoDevDatabase
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LABEL = "okra.devdb"
LIFETIME_S = 3600
"""After this time a container ends by itself, whoever forgot it."""

_ANSWER_S = 10.0
_PULL_S = 600.0
_START_S = 120.0


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """What a container is made of.

    entry  the program in it that sets the server up and runs it
    """

    name: str
    provider: str
    port: int
    user: str
    database: str | None
    password_variable: str
    entry: str
    command: tuple[str, ...]


def image(provider: str, server_version: str | None) -> Image:
    """The image like a server of that version."""
    wanted = major(provider, server_version) if server_version else ""
    if provider == "postgres":
        quick = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
        return Image(
            name=f"postgres:{wanted or '18'}-alpine",
            provider=provider,
            port=5432,
            user="postgres",
            database="postgres",
            password_variable="POSTGRES_PASSWORD",  # noqa: S106 - the name of a variable
            entry="docker-entrypoint.sh",
            command=("postgres", *quick),
        )
    mariadb = server_version is not None and is_mariadb(server_version)
    number = wanted.rpartition(" ")[2]
    return Image(
        name=f"mariadb:{number}" if mariadb else f"mysql:{number or '8.4'}",
        provider=provider,
        port=3306,
        user="root",
        database=None,
        password_variable="MARIADB_ROOT_PASSWORD" if mariadb else "MYSQL_ROOT_PASSWORD",
        entry="docker-entrypoint.sh",
        command=("mariadbd" if mariadb else "mysqld",),
    )


class Container:
    """A running server in a container. `admin` is a connection to its maintenance database."""

    is_ours = True

    def __init__(self, docker: str, made: Image, *, pull_timeout_s: float = _PULL_S) -> None:
        self._docker = docker
        self._image = made
        self._password = secrets.token_urlsafe(24)
        self._id = self._run(pull_timeout_s)
        self._released = False
        try:
            self._port = self._find_port()
            self.admin = self._wait()
        except BaseException:
            self._remove()
            raise

    def url(self, database: str | None = None) -> DatabaseUrl:
        """Where its database `database` is; None: the maintenance database."""
        return DatabaseUrl(
            provider=self._image.provider,
            host="127.0.0.1",
            port=self._port,
            user=self._image.user,
            password=self._password,
            database=database or self._image.database,
        )

    def release(self) -> None:
        """Remove the container. Twice does nothing."""
        if not self._released:
            self._released = True
            self.admin.close()
            self._remove()

    def _run(self, timeout_s: float) -> str:
        made = self._image
        done = _call(
            [
                *(self._docker, "run", "--detach", "--rm", "--label", LABEL),
                *("--publish", f"127.0.0.1::{made.port}", "--env", made.password_variable),
                *("--entrypoint", "timeout", made.name, str(LIFETIME_S), made.entry),
                *made.command,
            ],
            timeout_s=timeout_s,
            environment={made.password_variable: self._password},
        )
        if done.returncode != 0:
            raise _no_container(made, done.stderr)
        return done.stdout.strip().splitlines()[-1]

    def _find_port(self) -> int:
        done = _call([self._docker, "port", self._id, f"{self._image.port}/tcp"])
        port = done.stdout.strip().splitlines()[0].rpartition(":")[2] if done.stdout else ""
        if done.returncode != 0 or not port.isdigit():
            raise _no_container(self._image, done.stderr or "it has no port")
        return int(port)

    def _wait(self) -> Link:
        until = time.monotonic() + _START_S
        while True:
            try:
                return Link(self.url())
            except DatabaseError as error:
                if time.monotonic() > until:
                    raise _no_container(self._image, error.message) from error
                time.sleep(0.1)

    def _remove(self) -> None:
        _call([self._docker, "rm", "--force", "--volumes", self._id])


def find_docker() -> str | None:
    """The docker program, if there is one and its daemon answers."""
    docker = shutil.which("docker")
    if docker is None:
        return None
    done = _call([docker, "version", "--format", "{{.Server.Version}}"], timeout_s=_ANSWER_S)
    return docker if done.returncode == 0 and done.stdout.strip() else None


def _call(
    command: Sequence[str],
    *,
    timeout_s: float = 60.0,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """What the program said; one that can't be run, or says nothing in time, has failed."""
    try:
        return subprocess.run(  # noqa: S603 - the docker program that was looked up
            command,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=timeout_s,
            env={**os.environ, **(environment or {})},
        )
    except subprocess.TimeoutExpired:
        said = f"it did not answer within {timeout_s:g} seconds"
    except OSError as error:
        said = str(error)
    return subprocess.CompletedProcess(command, 1, "", said)


def _no_container(made: Image, said: str) -> NoDevDatabase:
    lines = [line for line in said.splitlines() if line.strip()][-4:]
    return NoDevDatabase(
        f"no server could be started from the Docker image `{made.name}`",
        code="OKR431",
        help="\n".join([*lines, "install a server on this machine, or set `devUrl`"]),
    )
