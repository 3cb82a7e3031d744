"""One connection to a PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from okra.errors import DatabaseError
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from okra.dialects.base import Row, Value
    from okra.url import DatabaseUrl


class PostgresSession:
    """A connection that never opens or ends a transaction by itself."""

    def __init__(self, connection: psycopg.Connection[Row], url: DatabaseUrl) -> None:
        self._connection = connection
        self._url = url

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query, as tuples."""
        return self._run(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it changed, -1 where that makes no sense."""
        return self._run(sql, parameters).rowcount

    def close(self) -> None:
        """Close the connection; an open transaction is undone. Closing twice does nothing."""
        self._connection.close()

    def _run(self, sql: str, parameters: Sequence[Value]) -> psycopg.Cursor[Row]:
        import psycopg

        if parameters:
            sql = sql.replace("%", "%%").replace("?", "%s")
        try:
            return self._connection.execute(sql.encode(), parameters or None)
        except psycopg.Error as error:
            raise DatabaseError(redact(str(error), self._url), code="OKR508") from error


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> PostgresSession:
    """A session on the database at `url`.

    Raises  DatabaseError that says why there is none
    """
    import psycopg

    del lock_timeout_ms, read_only, create
    connection = psycopg.connect(
        host=url.option("host") or url.host or "",
        port=url.port,
        user=url.user or "",
        password=url.password or "",
        dbname=url.database or "",
        autocommit=True,
        prepare_threshold=None,
    )
    session = PostgresSession(cast("psycopg.Connection[Row]", connection), url)
    session.execute("SET search_path = public, pg_temp")
    session.execute("SET TimeZone = 'UTC'")
    return session
