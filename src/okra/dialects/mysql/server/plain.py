"""A bare connection to a MySQL or MariaDB server that is known: no settings are made, nothing is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from okra.errors import DatabaseError

if TYPE_CHECKING:
    import socket

    from okra.url import DatabaseUrl


def connection(url: DatabaseUrl, timeout_s: int) -> tuple[type[Exception], Any]:
    """The driver's kind of error, and a connection that commits each statement by itself.

    Raises  DatabaseError
    """
    import pymysql

    found = pymysql.connect(
        host=url.host,
        port=url.port or 0,
        user=url.user,
        password=url.password or "",
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=timeout_s,
        defer_connect=True,
    )
    path = url.option("unix_socket")
    try:
        found.connect(_socket(path, timeout_s) if path else None)
    except (pymysql.Error, OSError) as error:
        raise DatabaseError(str(error), code="OKR431") from error
    return pymysql.Error, found


def _socket(path: str, timeout_s: int) -> socket.socket:
    """A connected socket; the driver would leave one open that can't be connected.

    Raises  OSError
    """
    import socket

    found = socket.socket(socket.AF_UNIX)
    try:
        found.settimeout(timeout_s)
        found.connect(path)
        found.settimeout(None)
    except BaseException:
        found.close()
        raise
    return found
