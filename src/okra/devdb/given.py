"""A server that somebody else runs, named by `devUrl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.session import connect

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

_LOCK_TIMEOUT_MS = 60_000
_PORTS = {"postgres": 5432, "mysql": 3306}
_HERE = ("", "localhost", "127.0.0.1", "::1")


class Given:
    """The server at a URL. The database that the URL names is only connected to."""

    is_ours = False

    def __init__(self, url: DatabaseUrl) -> None:
        self._url = url
        self.admin = connect(self.url(), lock_timeout_ms=_LOCK_TIMEOUT_MS)

    def url(self, database: str | None = None) -> DatabaseUrl:
        """Where its database `database` is; None: the one of the URL, or the server's own."""
        own = "postgres" if self._url.provider == "postgres" else None
        options = tuple(item for item in self._url.options if item[0] != "schema")
        return replace(self._url, database=database or self._url.database or own, options=options)

    def release(self) -> None:
        """Close the connection."""
        self.admin.close()


def same_database(one: DatabaseUrl, other: DatabaseUrl) -> bool:
    """Whether two URLs name one database on one server, as far as their texts say."""
    return _identity(one) == _identity(other)


def _identity(url: DatabaseUrl) -> tuple[str, str, int | str, str]:
    host = (url.option("host") or url.host or "").lower().rstrip(".")
    place: int | str = url.port or _PORTS.get(url.provider, 0)
    if url.provider == "mysql" and url.option("unix_socket"):
        place = url.option("unix_socket") or ""
    database = url.database or (url.user if url.provider == "postgres" else "") or ""
    return url.provider, "" if host in _HERE else host, place, database
