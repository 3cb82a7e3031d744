"""What PostgreSQL refused, as an error that says what to do, and holds no password and no value of a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.postgres.natives.extensions import extension_missed
from okra.dialects.postgres.quoting import quote
from okra.dialects.session import BUSY, LOST
from okra.errors import DatabaseError
from okra.url import redact

if TYPE_CHECKING:
    import psycopg

    from okra.url import DatabaseUrl


class _Case(NamedTuple):
    code: str
    message: str
    help: str


_DISK_FULL = "53100"
_NO_SPACE = "No space left"
_COME_BACK = "when the server is back, run it again: OKRA finds out how far it came"
_FULL_AND_GONE = (
    "the server has no room left and has stopped: make room and start it, then run this again: "
    "OKRA finds out how far it came"
)
_UNKNOWN = {"42704", "42883"}  # an object or a function that is not there
_BUSY = {"55P03", "40P01", "40001"}
_GONE = {"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"}

# SQLSTATE, or its class of two characters → what it means.
_MEANINGS = {
    "53100": _Case(
        "OKR545",
        "there is no room left on the server: {error}",
        "make room on it and run it again",
    ),
    "53200": _Case(
        "OKR545",
        "the server has no memory left: {error}",
        "run it again later; where the error is `out of shared memory`, raise `max_locks_per_transaction` on the server",
    ),
    "53300": _Case("OKR552", "the server takes no more connections", "run it again later"),
    "42501": _Case(
        "OKR543",
        "the user has not the right to do this: {error}",
        "run it as the owner of the schema and its tables, or let the owner GRANT the right",
    ),
    "25006": _Case(
        "OKR544",
        "the database can only be read: {error}",
        "name the server that can be written in the URL",
    ),
    "3F000": _Case(
        "OKR550",
        "the schema is not there: {error}",
        "make it with CREATE SCHEMA, or mend `schema=` in the URL",
    ),
    "57014": _Case(
        "OKR508",
        "the server has cancelled the statement: {error}",
        "somebody has cancelled it, or `statement_timeout` is too short for it",
    ),
    "22": _Case("OKR509", "{error}", "mend the rows and run it again"),
    "23": _Case("OKR509", "{error}", "mend the rows and run it again"),
}
_DEPENDS = _Case(
    "OKR420",
    "something that OKRA does not manage depends on what would change: {error}",
    "drop the views, triggers or functions that it names before this, and make them again after it",
)
_EXTENSION = _Case(
    "OKR558",
    "something is missing that an extension brings: {error}",
    "let the owner of the database run `CREATE EXTENSION IF NOT EXISTS {extension}`, then run this again;\n"
    "where the server doesn't know it either, install its package there first; where it is in another schema than\n"
    "the tables, write the schema before the name",
)
_OTHER = _Case("OKR508", "{error}", "see what the database says")

# What the client library says when no connection comes about.
_NO_TLS = _Case(
    "OKR551",
    "no encrypted connection came about: {error}",
    "make `sslmode`, `sslrootcert`, `sslcert` and `sslkey` in the URL fit the server; "
    "the server's administrator knows what it asks for",
)
_REFUSALS = (
    (r"(?s)\A(?!.*SSL encryption).*pg_hba\.conf.*(?:no encryption|SSL off)", _NO_TLS),
    (
        r"could not translate host name|Name or service not known|nodename nor servname",
        _Case("OKR547", "no computer called `{host}` is known", "mend the host in the URL"),
    ),
    (
        (
            r"(?:certificate verify failed|root certificate file|does not match host name"
            r"|SSL error|SSL SYSCALL|does not support SSL|SSL connection is required|sslmode"
            r"|could not load private key|could not read certificate"
            r"|certificate file|private key file|channel binding)"
        ),
        _NO_TLS,
    ),
    (
        (
            r"Connection refused|No such file or directory|No route to host|Network is unreachable"
            r"|Connection timed out|timeout expired|Is the server running"
        ),
        _Case(
            "OKR548",
            "no PostgreSQL server answers at {where}",
            "start it, or mend the host and port in the URL; a firewall may stand between",
        ),
    ),
    (
        r"database \".*\" does not exist",
        _Case(
            "OKR550",
            "the server has no database `{database}`",
            "make it with `CREATE DATABASE`, or mend the name in the URL",
        ),
    ),
    (
        r"permission denied for database|does not have CONNECT privilege",
        _Case(
            "OKR543",
            "the user `{user}` may not connect to the database `{database}`",
            "let its owner run `GRANT CONNECT ON DATABASE`",
        ),
    ),
    (
        (
            r"password|authentication|role \".*\" does not exist|is not permitted to log in"
            r"|pg_hba\.conf|user map"
        ),
        _Case(
            "OKR549",
            "the server does not let the user `{user}` in: {error}",
            "mend the user and the password in the URL; where there is none, PGPASSWORD and the "
            "file ~/.pgpass count",
        ),
    ),
    (
        r"too many clients|remaining connection slots|too many connections|no more connections",
        _Case("OKR552", "the server takes no more connections: {error}", "run it again later"),
    ),
    (
        r"starting up|shutting down|in recovery|not accepting connections|not yet accepting",
        _Case("OKR552", "the server is not ready: {error}", "run it again in a moment"),
    ),
    (
        r"target_session_attrs|session is read-only|server is in hot standby|not in hot standby",
        _Case("OKR544", "no server of the wanted kind: {error}", "name another one in the URL"),
    ),
)
_UNREACHABLE = _Case(
    "OKR546", "no connection came about: {error}", "look at the URL and the server"
)

_PREFIX = re.compile(
    r"(?:connection failed: |connection to server [^\n]*? failed: |FATAL: +|ERROR: +)+"
)
# Between whatever quotes the server's language has.
_IN_THE_WAY = re.compile(
    "cannot (?:alter type|drop) .*(?:view|rule|trigger|policy|function|publication)"
)
_VALUE = re.compile(r'["«»„“].*["«»“”]', re.DOTALL)
_COLUMNS = re.compile(r"Key \((.+?)\)=\(", re.DOTALL)


def failure(error: psycopg.Error, url: DatabaseUrl, *, gone: bool) -> DatabaseError:
    """The error for what the server said to a statement.

    gone  whether the connection is closed now
    """
    state = error.sqlstate or ""
    text = redact(_said(error, state), url)
    error.args = (text,)  # a traceback shows it
    if state in _BUSY:
        return DatabaseError(
            f"another connection held what the statement needed: {text}",
            code=BUSY,
            place=str(url),
            help="wait until it has finished, or look for it in `pg_stat_activity`",
        )
    if gone or state in _GONE or state.startswith("08"):
        return DatabaseError(
            f"the connection to the server broke: {text}",
            code=LOST,
            place=str(url),
            help=_FULL_AND_GONE if state == _DISK_FULL or _NO_SPACE in text else _COME_BACK,
        )
    if state == "2BP01" or (state == "0A000" and _IN_THE_WAY.search(text)):
        return DatabaseError(
            _DEPENDS.message.format(error=text), code=_DEPENDS.code, help=_DEPENDS.help
        )
    extension = extension_missed(text) if state in _UNKNOWN else None
    if extension is not None:
        return DatabaseError(
            _EXTENSION.message.format(error=text),
            code=_EXTENSION.code,
            help=_EXTENSION.help.format(extension=quote(extension)),
        )
    case = _MEANINGS.get(state) or _MEANINGS.get(state[:2]) or _OTHER
    return DatabaseError(case.message.format(error=text), code=case.code, help=case.help)


def refused(error: psycopg.Error, url: DatabaseUrl) -> DatabaseError:
    """The error for a connection that did not come about."""
    said = str(error)
    text = " ".join(_PREFIX.sub("", said).split())
    error.args = (redact(said, url),)  # a traceback shows it
    found = next((case for mark, case in _REFUSALS if re.search(mark, said)), _UNREACHABLE)
    host = url.option("host") or url.host
    port = f":{url.port}" if url.port else ""
    message = found.message.format(
        error=redact(text, url),
        host=host,
        where=f"`{host}{port}`" if host else "the local socket",
        user=url.user or "that the system gives",
        database=url.database or url.user or "",
    )
    return DatabaseError(message, code=found.code, place=str(url), help=found.help)


def _said(error: psycopg.Error, state: str) -> str:
    """What the server said, without the values of rows that it repeats."""
    primary = error.diag.message_primary or " ".join(str(error).split())
    detail = error.diag.message_detail
    if state.startswith("22"):
        return _VALUE.sub('"…"', primary)
    if state.startswith("23"):
        columns = _COLUMNS.match(detail or "")
        return f"{primary} (columns: {columns.group(1)})" if columns else primary
    return f"{primary}: {detail}" if detail and state[:2] in ("2B", "42", "0A", "55") else primary
