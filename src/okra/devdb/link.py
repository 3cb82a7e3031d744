"""A bare connection to a server that we started: for knowing it again, and for making and dropping databases."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from okra.dialects import DIALECTS
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Row, Value
    from okra.url import DatabaseUrl

_CONNECT_S = 10


class _Plain(Protocol):
    def connection(self, url: DatabaseUrl, timeout_s: int) -> tuple[type[Exception], Any]: ...


class Link:
    """A connection that commits each statement by itself. No settings are made, nothing is looked for."""

    def __init__(self, url: DatabaseUrl) -> None:
        plain = cast("_Plain", import_module(f"{DIALECTS[url.provider]}.server.plain"))
        self._failure, self._connection = plain.connection(url, _CONNECT_S)

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
