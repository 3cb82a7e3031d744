"""A bare connection to a server that we started: for knowing it again, and for making and dropping databases."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from okra.errors import DatabaseError

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from okra.dialects.base import Row, Value
    from okra.url import DatabaseUrl

_CONNECT_S = 10


class Link:
    """A connection that commits each statement by itself. No settings are made, nothing is looked for."""

    def __init__(self, url: DatabaseUrl) -> None:
        self._failure, self._connection = _connected(url)

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query."""
        cursor = self._run(sql, parameters)
        return [tuple(row) for row in cursor.fetchall()]

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement."""
        return int(self._run(sql, parameters).rowcount)

    def close(self) -> None:
        """Close the connection. Closing twice does nothing."""
        with suppress(self._failure):  # it was closed already, or the server is gone
            self._connection.close()

    def _run(self, sql: str, parameters: Sequence[Value]) -> Any:
        try:
            cursor = self._connection.cursor()
            cursor.execute(sql, tuple(parameters) or None)
        except self._failure as error:
            raise DatabaseError(str(error).strip(), code="OKR431") from error
        return cursor


def _connected(url: DatabaseUrl) -> tuple[type[Exception], Any]:
    """The driver's kind of error, and its connection.

    Raises  DatabaseError
    """
    if url.provider == "postgres":
        return _postgres(url)
    return _mysql(url)


def _postgres(url: DatabaseUrl) -> tuple[type[Exception], Any]:
    import psycopg

    try:
        connection = psycopg.connect(
            host=url.host,
            port=url.port,
            user=url.user,
            password=url.password,
            dbname=url.database,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=_CONNECT_S,
        )
    except psycopg.Error as error:
        raise DatabaseError(str(error).strip(), code="OKR431") from error
    return psycopg.Error, connection


def _mysql(url: DatabaseUrl) -> tuple[type[Exception], Any]:
    import pymysql

    connection = pymysql.connect(
        host=url.host,
        port=url.port or 0,
        user=url.user,
        password=url.password or "",
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=_CONNECT_S,
        defer_connect=True,
    )
    path = url.option("unix_socket")
    try:
        connection.connect(_socket(path) if path else None)
    except (pymysql.Error, OSError) as error:
        raise DatabaseError(str(error), code="OKR431") from error
    return pymysql.Error, connection


def _socket(path: str) -> socket.socket:
    """A connected socket; the driver would leave one open that can't be connected.

    Raises  OSError
    """
    import socket

    found = socket.socket(socket.AF_UNIX)
    try:
        found.settimeout(_CONNECT_S)
        found.connect(path)
        found.settimeout(None)
    except BaseException:
        found.close()
        raise
    return found
