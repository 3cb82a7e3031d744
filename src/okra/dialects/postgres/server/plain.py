"""A bare connection to a PostgreSQL server that is known: no settings are made, nothing is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def connection(url: DatabaseUrl, timeout_s: int) -> tuple[type[Exception], Any]:
    """The driver's kind of error, and a connection that commits each statement by itself.

    Raises  DatabaseError
    """
    import psycopg

    try:
        found = psycopg.connect(
            host=url.host,
            port=url.port,
            user=url.user,
            password=url.password,
            dbname=url.database,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=timeout_s,
        )
    except psycopg.Error as error:
        raise DatabaseError(str(error).strip(), code="OKR431") from error
    return psycopg.Error, found
