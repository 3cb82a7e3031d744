"""Dev databases: throw-away databases that migrations are proven on.

`scratch` gives a session on an empty one. It never touches a database that exists already.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import msgspec

from okra.devdb.databases import Home, check_ours, create, drop, sweep
from okra.devdb.refusals import absent, is_target, no_driver, other_provider, strays
from okra.devdb.versions import differing_server
from okra.dialects.base import Session
from okra.dialects.session import connect
from okra.dialects.straying import straying
from okra.errors import DatabaseError, NoDevDatabase
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.base import Row, Value
    from okra.dialects.session import MigrationSession

__all__ = ["Dev", "Scratch", "ScratchSession", "differing_server", "scratch"]

_LOCK_TIMEOUT_MS = 60_000
_DRIVERS = {"postgres": "psycopg", "mysql": "pymysql"}


class ScratchSession(Session, Protocol):
    """A session on a throw-away database."""

    @property
    def server_version(self) -> str: ...


class Scratch:
    """A session on a scratch database, which `close` drops."""

    def __init__(self, home: Home, url: DatabaseUrl, session: MigrationSession) -> None:
        self._home = home
        self._session = session
        self._closed = False
        self.url = url

    @property
    def server_version(self) -> str:
        """The version of the dev server."""
        return self._session.server_version

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query.

        Raises  DatabaseError where it would change what lies beside the scratch database
        """
        self._refuse_straying(sql)
        return self._session.query(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement, unless it would change what lies beside the scratch database.

        Raises  DatabaseError
        """
        self._refuse_straying(sql)
        return self._session.execute(sql, parameters)

    def _refuse_straying(self, sql: str) -> None:
        if self._home.is_ours:
            return
        found = straying(self.url.provider).stray(self._session, sql)
        if found is not None:
            raise strays(found)

    def close(self) -> None:
        """Drop the database and let the server go. Twice does nothing."""
        if self._closed:
            return
        self._closed = True
        self._session.close()
        try:
            drop(self._home, self.url)
        except DatabaseError:
            pass  # the server is gone, or will be asked again when it is swept
        finally:
            self._home.release()


class Dev(msgspec.Struct, frozen=True, kw_only=True):
    """Where the migrations of one provider are proven.

    url             a server; None: one that OKRA starts by itself
    targets         databases that people work with: `url` may be none of them
    server_version  of the server that the migrations are for, where it is known
    """

    url: DatabaseUrl | None = None
    targets: tuple[DatabaseUrl, ...] = ()
    server_version: str | None = None


def scratch(
    provider: str, dev: Dev | None = None, *, environ: Mapping[str, str] | None = None
) -> ScratchSession:
    """A session on an empty database that is dropped when the session is closed.

    Raises  NoDevDatabase where there is no server; UsageError for a URL that can't be one; DatabaseError
    """
    if provider == "sqlite":
        from okra.dialects.sqlite.server.session import scratch as in_memory

        return in_memory()
    try:
        import_module(_DRIVERS[provider])
    except ImportError as error:
        raise no_driver(provider, error) from error
    home = _home(provider, dev or Dev(), environ or os.environ)
    try:
        sweep(home)
        url = create(home)
        try:
            return Scratch(home, url, _opened(url))
        except BaseException:
            drop(home, url)
            raise
    except BaseException:
        home.release()
        raise


def _opened(url: DatabaseUrl) -> MigrationSession:
    session = connect(url, lock_timeout_ms=_LOCK_TIMEOUT_MS)
    session.may_block = True  # nobody else is there; the target may be able to do it otherwise
    try:
        check_ours(session, url)
    except BaseException:
        session.close()
        raise
    return session


def _home(provider: str, dev: Dev, environ: Mapping[str, str]) -> Home:
    from okra.devdb.given import Given, same_database

    if dev.url is None:
        return _local(provider, dev.server_version, environ)
    if dev.url.provider != provider:
        raise other_provider(provider, dev.url)
    if any(same_database(dev.url, target) for target in dev.targets):
        raise is_target(dev.url)
    return Given(dev.url)


def _local(provider: str, server_version: str | None, environ: Mapping[str, str]) -> Home:
    """A server of this machine: a program that is here, else a container."""
    from okra.devdb.containers import Container, find_docker, image
    from okra.devdb.software import find

    failed: NoDevDatabase | None = None
    for software in find(provider, server_version) if os.name == "posix" else ():
        from okra.devdb.cluster import Cluster

        try:
            return Cluster(software, environ).use()
        except NoDevDatabase as error:
            failed = failed or error  # there may be another program that works
    docker = find_docker()
    if docker is None:
        raise failed or absent(provider)
    return Container(docker, image(provider, server_version))
