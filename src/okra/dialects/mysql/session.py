"""One connection to a MySQL or MariaDB server."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from okra.errors import DatabaseError
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pymysql
    from pymysql.cursors import Cursor

    from okra.dialects.base import Row, Value
    from okra.url import DatabaseUrl

SQL_MODE = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
)


class MysqlSession:
    """A connection that commits each statement by itself, unless a transaction was begun."""

    def __init__(self, connection: pymysql.Connection[Cursor], url: DatabaseUrl) -> None:
        self._connection = connection
        self._url = url

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query, as tuples."""
        return [cast("Row", row) for row in self._run(sql, parameters).fetchall()]

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it changed, -1 where that makes no sense."""
        return self._run(sql, parameters).rowcount

    def close(self) -> None:
        """Close the connection; an open transaction is undone. Closing twice does nothing."""
        if self._connection.open:
            self._connection.close()

    def _run(self, sql: str, parameters: Sequence[Value]) -> Cursor:
        import pymysql

        if parameters:
            sql = sql.replace("%", "%%").replace("?", "%s")
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, parameters or None)
        except pymysql.Error as error:
            raise DatabaseError(redact(str(error), self._url), code="OKR508") from error
        return cursor


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> MysqlSession:
    """A session on the database at `url`.

    Raises  DatabaseError that says why there is none
    """
    import pymysql

    del lock_timeout_ms, read_only, create
    connection = pymysql.connect(
        host=url.host or "localhost",
        port=url.port or 3306,
        unix_socket=url.option("unix_socket"),
        user=url.user,
        password=url.password or "",
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
    )
    session = MysqlSession(connection, url)
    session.execute(
        f"SET SESSION sql_mode = '{SQL_MODE}', time_zone = '+00:00', foreign_key_checks = 1"
    )
    return session
