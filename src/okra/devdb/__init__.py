"""Dev databases: throw-away databases that migrations are proven on.

`scratch` gives a session on an empty one. It never touches a database that exists already.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from okra.devdb.databases import Home, check_ours, create, drop, sweep
from okra.devdb.refusals import absent, is_target, other_provider
from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.dialects.base import Row, Session, Value
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

_LOCK_TIMEOUT_MS = 60_000


class Scratch:
    """A session on a scratch database, which `close` drops."""

    def __init__(self, home: Home, url: DatabaseUrl, session: MigrationSession) -> None:
        self._home = home
        self._session = session
        self.url = url

    @property
    def server_version(self) -> str:
        """The version of the dev server."""
        return self._session.server_version

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query."""
        return self._session.query(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement."""
        return self._session.execute(sql, parameters)

    def close(self) -> None:
        """Drop the database and let the server go. Twice does nothing."""
        self._session.close()
        try:
            drop(self._home, self.url)
        except DatabaseError:
            pass  # the server is gone, or will be asked again when it is swept
        finally:
            self._home.release()


def scratch(
    provider: str,
    dev_url: DatabaseUrl | None = None,
    *,
    targets: Iterable[DatabaseUrl] = (),
    major: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Session:
    """A session on an empty database that is dropped when the session is closed.

    dev_url  the server that it is made on; None: one that OKRA starts by itself
    targets  databases that people work with: `dev_url` may be none of them
    major    the major version of the server that migrations will be applied to, where it is known
    Raises   NoDevDatabase where there is no server; UsageError for a dev_url that can't be one; DatabaseError
    """
    if provider == "sqlite":
        from okra.dialects.sqlite.session import scratch as in_memory

        return in_memory()
    home = _home(provider, dev_url, targets, major, environ or os.environ)
    try:
        sweep(home)
        url = create(home)
        try:
            session = connect(url, lock_timeout_ms=_LOCK_TIMEOUT_MS)
            check_ours(session, url)
        except BaseException:
            drop(home, url)
            raise
    except BaseException:
        home.release()
        raise
    return Scratch(home, url, session)


def _home(
    provider: str,
    dev_url: DatabaseUrl | None,
    targets: Iterable[DatabaseUrl],
    major: str | None,
    environ: Mapping[str, str],
) -> Home:
    from okra.devdb.cluster import Cluster
    from okra.devdb.given import Given, same_database
    from okra.devdb.software import find_mysql, find_postgres

    if dev_url is not None:
        if dev_url.provider != provider:
            raise other_provider(provider, dev_url)
        if any(same_database(dev_url, target) for target in targets):
            raise is_target(dev_url)
        return Given(dev_url)
    software = find_postgres(major) if provider == "postgres" else find_mysql()
    if software is None:
        raise absent(provider)
    return Cluster(software, environ).use()
