"""How a connection to PostgreSQL comes about: the driver, the options of the URL, the settings of every run."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.postgres.quoting import quote
from okra.dialects.postgres.server.failures import refused
from okra.dialects.postgres.server.rights import check_rights
from okra.dialects.refusals import no_driver, too_old, unwritable
from okra.dialects.waiting import table_timeout_ms
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from types import ModuleType

    import psycopg
    from psycopg.rows import TupleRow

    from okra.dialects.base import Row
    from okra.dialects.postgres.server.session import PostgresSession
    from okra.url import DatabaseUrl

OLDEST = 130_000
_CONNECT_TIMEOUT_S = 10
_MAX_NAME = 63
_IDLE_IN_TRANSACTION = "60s"
_CHECKS_CLIENT_SINCE = 140_000
_IDLE_SESSION_SINCE = 140_000
_TRANSACTION_TIMEOUT_SINCE = 170_000
# Not every system can tell the server that a client has gone; setting it there is an error.
_NOTICE_CLIENTS = (
    "CASE WHEN direct AND version() LIKE '%linux%'"
    " THEN set_config('client_connection_check_interval', '1s', false) END"
)

# Options of the URL that the driver knows under the same name.
_PASSED = (
    "channel_binding",
    "options",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
)
_SETTING = re.compile(r"(?:-c\s*|--)([A-Za-z_.]+)\s*=")


class Facts(NamedTuple):
    """What the server said about itself when the connection was made.

    read_only  why nothing can be written here: None where it can
    warnings   what may go wrong although nothing is wrong yet
    """

    read_only: str | None = None
    warnings: tuple[str, ...] = ()


def opened(url: DatabaseUrl) -> psycopg.Connection[TupleRow]:
    """A connection to the server of `url`, as the server gives it.

    Raises  DatabaseError that says why there is none
    """
    driver = _driver(url)
    given = {name: url.option(name) for name in _PASSED}
    try:
        found: psycopg.Connection[TupleRow] = driver.connect(
            host=url.option("host") or url.host,
            port=url.port,
            user=url.user,
            password=url.password,
            dbname=url.database,
            client_encoding="utf8",
            application_name=url.option("application_name") or application_name(),
            connect_timeout=int(url.option("connect_timeout") or _CONNECT_TIMEOUT_S),
            keepalives_idle=30,
            keepalives_interval=10,
            keepalives_count=6,
            autocommit=True,
            prepare_threshold=None,
            **{name: value for name, value in given.items() if value is not None},
        )
    except driver.Error as error:
        raise refused(error, url) from error
    return found


def application_name() -> str:
    """What others see of this connection: `okra/1.0 host:4711`."""
    from platform import node

    from okra import __version__

    tail = f":{os.getpid()}"
    name = f"okra/{__version__} {node()}".encode("ascii", "replace").decode()
    return name[: _MAX_NAME - len(tail)] + tail


def prepared(
    session: PostgresSession, connection: psycopg.Connection[TupleRow], *, read_only: bool
) -> Facts:
    """The settings of the session, made; and what the server is.

    Raises  DatabaseError for a server that is too old, can't be written, or stands behind a pooler
    """
    version = connection.info.server_version
    if version < OLDEST:
        raise too_old(f"PostgreSQL {session.server_version}", "13", session.url)
    row = apply_settings(session, connection, read_only=read_only)
    direct, replica, only_read, encoding, usage = row[:5]
    if not direct:
        raise _pooled(session)
    reason = None
    if replica:
        reason = "it is a replica, which follows another server"
    elif only_read == "on" and not read_only:
        reason = "the server, the database or the user has `default_transaction_read_only`"
    if reason is not None and not read_only:
        raise unwritable(reason, session.url)
    if not usage:  # a new table would be a temporary one then
        check_rights(session)
    return Facts(reason, tuple(_warnings(session, str(encoding))))


def apply_settings(
    session: PostgresSession, connection: psycopg.Connection[TupleRow], *, read_only: bool = False
) -> Row:
    """Set what every run relies on; what the server says of itself at the same time.

    Nothing is set where a pooler stands between: its next client would get the settings. A pooler
    makes up the number of the server's process that it tells its clients.
    """
    version = connection.info.server_version
    settings = _settings(session, version, read_only=read_only)
    calls = [f"CASE WHEN direct THEN set_config('{name}', ?, false) END" for name in settings]
    if version >= _CHECKS_CLIENT_SINCE:
        calls.append(_NOTICE_CLIENTS)
    number = connection.info.backend_pid
    kept = session.url.option("pooler") == "session"
    return session.query(
        "SELECT direct, pg_is_in_recovery(), current_setting('default_transaction_read_only'),"
        " current_setting('server_encoding'),"
        " (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE nspname = ?),"
        f" {', '.join(calls)} FROM (SELECT pg_backend_pid() = ? OR ? AS direct OFFSET 0) AS found",
        (session.schema, *settings.values(), number, kept),
    )[0]


def _driver(url: DatabaseUrl) -> ModuleType:
    try:
        import psycopg
    except ImportError as error:
        raise no_driver("PostgreSQL", "postgres", url, error) from error
    import logging  # the driver has loaded it already

    log = logging.getLogger(psycopg.__name__)
    if not log.hasHandlers():  # without one Python writes what it warns of to standard error
        log.addHandler(logging.NullHandler())
    return psycopg


def _settings(session: PostgresSession, version: int, *, read_only: bool) -> dict[str, str]:
    """Each setting by its name, but for those that the URL sets itself."""
    found = {
        "search_path": f"{quote(session.schema)}, pg_temp",
        "TimeZone": "UTC",
        "DateStyle": "ISO, MDY",
        "IntervalStyle": "postgres",
        "bytea_output": "hex",
        "extra_float_digits": "1",
        "standard_conforming_strings": "on",
        "quote_all_identifiers": "off",
        "client_min_messages": "warning",
        "default_transaction_isolation": "read committed",
        "lock_timeout": f"{table_timeout_ms(session.lock_timeout_ms)}ms",
        "statement_timeout": "0",
        "idle_in_transaction_session_timeout": _IDLE_IN_TRANSACTION,
    }
    if version >= _IDLE_SESSION_SINCE:
        found["idle_session_timeout"] = "0"
    if version >= _TRANSACTION_TIMEOUT_SINCE:
        found["transaction_timeout"] = "0"
    if read_only:
        found["default_transaction_read_only"] = "on"
    own = {name.lower() for name in _SETTING.findall(session.url.option("options") or "")}
    return {name: value for name, value in found.items() if name.lower() not in own}


def _warnings(session: PostgresSession, encoding: str) -> list[str]:
    found = []
    if encoding != "UTF8":
        found.append(
            f"the database has the encoding {encoding}: texts with other characters than it knows "
            "will be refused"
        )
    return found + list(session.url.tls_warnings())


def _pooled(session: PostgresSession) -> DatabaseError:
    return DatabaseError(
        "there is a pooler between OKRA and the server, and behind it the migration lock may go astray",
        code="OKR554",
        place=str(session.url),
        help="give the address of the server itself as `directUrl` in the configuration; if the pooler keeps one connection for "
        "each client\n(`pool_mode = session` in PgBouncer), say so: `?pooler=session`",
    )
