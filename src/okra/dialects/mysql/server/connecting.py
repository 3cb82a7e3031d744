"""How a connection to MySQL comes about: the driver, the options of the URL, the settings of every run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from okra.dialects.mysql.natives.mariadb import is_mariadb, version_of
from okra.dialects.mysql.server.failures import refused, silent, unencrypted
from okra.dialects.refusals import no_driver, too_old, unwritable
from okra.dialects.session import LOST
from okra.dialects.waiting import table_timeout_ms
from okra.errors import DatabaseError

if TYPE_CHECKING:
    import ssl
    from socket import socket
    from types import ModuleType

    import pymysql
    from pymysql.cursors import Cursor

    from okra.dialects.mysql.server.session import MysqlSession
    from okra.url import DatabaseUrl

# Without NO_ZERO_DATE: with it no table could be changed that has the default '0000-00-00', not even by an index.
SQL_MODE = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
)
OLDEST_MYSQL = (8, 0)
OLDEST_MARIADB = (10, 6)
_CONNECT_TIMEOUT_S = 10
_PORT = 3306
_KEEPALIVE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 6))
_FOUND_ROWS = 2  # CLIENT_FOUND_ROWS of the protocol: an UPDATE counts the rows that it found
_PROGRAM = "okra"
_IDLE_S = 28_800  # a run may pause for a minute before it tries again
# MySQL keeps what its information_schema says of counters for a day, unless it is told not to.
_MYSQL_SETTINGS = "information_schema_stats_expiry = 0, max_execution_time = 0"
_MARIADB_SETTINGS = "max_statement_time = 0"
_EXPLICIT = "explicit_defaults_for_timestamp"
_IMPLICIT = (
    f"the server has `{_EXPLICIT}` off, and this user can't turn it on: it gives a required column of the type "
    "`timestamp` a default of its own. Turn it on in the server's configuration, or use `datetime`"
)
_ON = ("1", "ON")


class Facts(NamedTuple):
    """What the server said about itself when the connection was made.

    folds_names  whether names of tables are the same in upper and lower case
    read_only    why nothing can be written here: None where it can
    warnings     what may go wrong although nothing is wrong yet
    """

    version: str = ""
    user: str = ""
    database: str = ""
    folds_names: bool = False
    read_only: str | None = None
    warnings: tuple[str, ...] = ()


def opened(url: DatabaseUrl) -> pymysql.Connection[Cursor]:
    """A connection to the server of `url`, as the server gives it.

    Raises  DatabaseError that says why there is none
    """
    driver = _driver(url)
    path = url.option("unix_socket")
    if path is not None and not Path(path).exists():  # the driver would leave a socket open
        raise silent(url)
    timeout = int(url.option("connect_timeout") or _CONNECT_TIMEOUT_S)
    connection: pymysql.Connection[Cursor] = driver.Connection(
        host=url.host or "localhost",
        port=url.port or _PORT,
        unix_socket=url.option("unix_socket"),
        user=url.user or _login(),
        # The driver would take the characters for Latin-1, and the server takes UTF-8.
        password=(url.password or "").encode("utf-8", "surrogateescape"),
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        client_flag=_FOUND_ROWS,
        connect_timeout=timeout,
        read_timeout=timeout,
        program_name=_PROGRAM,
        ssl_disabled=True,
        defer_connect=True,
    )
    _encrypt(connection, url)
    try:
        connection.connect()
    except driver.Error as error:
        raise refused(error, url) from error
    except (OSError, RuntimeError) as error:
        # From the encryption, which the driver leaves as it is, or because a password would need one.
        raise unencrypted(str(error), url) from error
    found: Any = connection
    found._read_timeout = None  # noqa: SLF001 - only connecting has a limit: a migration may take its time
    _keep_alive(found._sock)  # noqa: SLF001 - the driver has no other way
    return connection


def prepared(session: MysqlSession, *, read_only: bool) -> Facts:
    """The settings of the session, made; and what the server is.

    Raises  DatabaseError for a server that is too old or can't be written
    """
    row = session.query(
        "SELECT version(), current_user(), database(), @@lower_case_table_names,"
        " @@global.read_only, @@global.innodb_read_only, connection_id()"
    )[0]
    version, user, database, folding, only_read, engine, number = row
    check_version(str(version), session.url)
    apply_settings(session, str(version), read_only=read_only)
    explicit = _set_explicit_timestamps(session)
    reason = None
    if str(only_read) in _ON or str(engine) in _ON:
        reason = "the server has `read_only`: it is a replica, or closed for writing"
        if not read_only:
            raise unwritable(reason, session.url)
    return Facts(
        version=str(version),
        user=str(user),
        database=str(database or ""),
        folds_names=folding != 0,
        read_only=reason,
        warnings=(
            *_warnings(session, proxied=number != session.connection_id),
            *(() if explicit else (_IMPLICIT,)),
        ),
    )


def apply_settings(session: MysqlSession, version: str, *, read_only: bool = False) -> None:
    """Set what every run relies on."""
    own = _MARIADB_SETTINGS if is_mariadb(version) else _MYSQL_SETTINGS
    seconds = max(1, round(table_timeout_ms(session.lock_timeout_ms) / 1000))
    session.execute(
        f"SET SESSION sql_mode = '{SQL_MODE}', time_zone = '+00:00', foreign_key_checks = 1,"
        f" unique_checks = 1, autocommit = 1, lock_wait_timeout = {seconds},"
        f" innodb_lock_wait_timeout = {seconds}, sql_quote_show_create = 1, sql_safe_updates = 0,"
        f" wait_timeout = {_IDLE_S}, {own}"
    )
    access = "READ ONLY" if read_only else "READ WRITE"
    session.execute(f"SET SESSION TRANSACTION {access}, ISOLATION LEVEL REPEATABLE READ")


def _set_explicit_timestamps(session: MysqlSession) -> bool:
    """Whether a `timestamp` is what its definition says: set where it is not so already and we may.

    MariaDB lets everybody since 10.8.4 and nobody before, MySQL whoever has SESSION_VARIABLES_ADMIN.
    Source: MariaDB and MySQL manuals, "explicit_defaults_for_timestamp"
    """
    if session.query(f"SHOW VARIABLES LIKE '{_EXPLICIT}'") != [(_EXPLICIT, "OFF")]:
        return True
    try:
        session.execute(f"SET SESSION {_EXPLICIT} = 1")
    except DatabaseError as error:
        if error.code == LOST:
            raise
        return False
    return True


def _driver(url: DatabaseUrl) -> ModuleType:
    try:
        import pymysql
    except ImportError as error:
        raise no_driver("MySQL", "mysql", url, error) from error
    return pymysql


def _encrypt(connection: Any, url: DatabaseUrl) -> None:
    """Have the connection encrypted as `sslmode` says, in libpq's words.

    The driver's own way loads all root certificates of the system, also where nobody asks for one.
    """
    mode = url.option("sslmode") or ("verify-ca" if url.option("sslrootcert") else "prefer")
    if mode in ("disable", "allow") or (mode == "prefer" and url.option("unix_socket")):
        return
    connection.ssl = True
    connection._ssl_required = mode != "prefer"  # noqa: SLF001 - the driver has no other way
    connection.ctx = _context(url, mode)


def _context(url: DatabaseUrl, mode: str) -> ssl.SSLContext:
    import ssl

    root = url.option("sslrootcert")
    checks = mode in ("verify-ca", "verify-full") or (mode == "require" and root is not None)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = mode == "verify-full"
    context.verify_mode = ssl.CERT_REQUIRED if checks else ssl.CERT_NONE
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # what MySQL makes for itself does not pass it
    try:
        if checks and root not in (None, "system"):
            context.load_verify_locations(root)
        elif checks:
            context.load_default_certs()
        if url.option("sslcert"):
            context.load_cert_chain(str(url.option("sslcert")), url.option("sslkey"))
    except OSError as error:
        raise unencrypted(f"a certificate can't be read: {error}", url) from error
    return context


def _keep_alive(connected: socket) -> None:
    """Let the system notice that the server has gone while nothing comes from it."""
    import socket

    if connected.family == getattr(socket, "AF_UNIX", None):
        return
    for name, value in _KEEPALIVE:
        option = getattr(socket, name, None)  # not every system has all three
        if option is not None:
            connected.setsockopt(socket.IPPROTO_TCP, option, value)


def _login() -> str:
    """Our own name; empty, as the server's for nobody in particular, where the system has none."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return ""


def check_version(version: str, url: DatabaseUrl) -> None:
    """Nothing, if OKRA speaks to servers of this version.

    Raises  DatabaseError
    """
    maria = is_mariadb(version)
    oldest = OLDEST_MARIADB if maria else OLDEST_MYSQL
    if version_of(version) < oldest:
        name = "MariaDB" if maria else "MySQL"
        raise too_old(f"{name} {version}", f"{oldest[0]}.{oldest[1]}", url)


def _warnings(session: MysqlSession, *, proxied: bool) -> list[str]:
    found = list(session.url.tls_warnings())
    if proxied:
        found.append(
            "there is a proxy between OKRA and the server: the migration lock may go astray, "
            "so give the address of the server itself as `directUrl` in the configuration"
        )
    if session.query("SHOW GLOBAL STATUS LIKE 'wsrep_ready'") == [("wsrep_ready", "ON")]:
        found.append(
            "the server is one of a cluster: the migration lock is its own alone, so let all runs "
            "go to the same one"
        )
    return found
