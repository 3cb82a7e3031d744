"""What MySQL refused, as an error that says what to do, and holds no password and no value of a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.session import BUSY, LOST
from okra.errors import DatabaseError
from okra.url import redact

if TYPE_CHECKING:
    import pymysql

    from okra.url import DatabaseUrl


class _Case(NamedTuple):
    code: str
    message: str
    help: str


_BUSY = {1205, 1213}
_GONE = {1053, 1927, 2006, 2013, 2055, 3169, 4031}

# The server's error numbers → what they mean. From MySQL 8.0's and MariaDB's error reference.
_NO_ROOM = _Case(
    "OKR545",
    "there is no room left on the server: {error}",
    "make room on it and run it again",
)
_NO_RIGHT = _Case(
    "OKR543",
    "the user has not the right to do this: {error}",
    "let the server's administrator GRANT the right",
)
_ONLY_READ = _Case(
    "OKR544",
    "the database can only be read: {error}",
    "name the server that can be written in the URL",
)
_NO_DATABASE = _Case(
    "OKR550",
    "the server has no such database: {error}",
    "make it with CREATE DATABASE, or mend the name in the URL",
)
_BLOCKS = _Case(
    "OKR425",
    "the server can do this only while nobody writes to the table: {error}",
    "when nobody has to write meanwhile, run it again with `--allow blocking`",
)
_DATA = _Case("OKR509", "{error}", "mend the rows and run it again")
_OTHER = _Case("OKR508", "{error}", "see what the database says")
# Errors of files that may have another cause than a full disk; then the text says so.
_WRITING = (3, 1026, 1030)
_FULL = re.compile(r"\b28\b|no space left|temp file write failure", re.IGNORECASE)
_MEANINGS = {
    **dict.fromkeys((1021, 1037, 1038, 1041, 1114, 1878, 3675), _NO_ROOM),
    **dict.fromkeys((1044, 1045, 1142, 1143, 1227, 1370, 1410, 1698, 3879), _NO_RIGHT),
    **dict.fromkeys((1290, 1792, 1836), _ONLY_READ),
    **dict.fromkeys((1049,), _NO_DATABASE),
    **dict.fromkeys((1845, 1846, 4092), _BLOCKS),
    1046: _Case(
        "OKR550", "the URL names no database", "put its name behind the host: mysql://host/name"
    ),
    1040: _Case("OKR552", "the server takes no more connections", "run it again later"),
    1203: _Case("OKR552", "the user has too many connections", "run it again later"),
    1317: _Case(
        "OKR508",
        "the server has cancelled the statement: {error}",
        "somebody has cancelled it with KILL QUERY",
    ),
    **dict.fromkeys(
        (
            1022,  # duplicate key
            1048,  # NULL in a required column
            1062,  # duplicate entry
            1138,  # NULL became invalid
            1171,  # NULL in a primary key
            1216,
            1217,  # foreign key
            1264,  # out of range
            1265,  # truncated
            1292,  # wrong value
            1364,  # no default
            1365,  # division by 0
            1366,  # wrong value
            1367,
            1406,  # too long
            1411,
            1416,  # no geometry
            1441,  # a moment out of range
            1451,
            1452,  # foreign key
            1525,
            1526,
            1557,
            1586,  # duplicate entry
            1690,  # out of range
            1761,
            1762,
            3140,  # no JSON
            3819,  # check, MySQL
            4025,  # check, MariaDB
        ),
        _DATA,
    ),
}

_DENIED = _Case(
    "OKR549",
    "the server does not let the user `{user}` in: {error}",
    "mend the user and the password in the URL",
)
_UNREACHABLE = _Case(
    "OKR546", "no connection came about: {error}", "look at the URL and the server"
)
_UNENCRYPTED = _Case(
    "OKR551",
    "no encrypted connection came about: {error}",
    "make `sslmode`, `sslrootcert`, `sslcert` and `sslkey` in the URL fit the server; "
    "the server's administrator knows what it asks for",
)
_SILENT = _Case(
    "OKR548",
    "no MySQL server answers at {where}",
    "start it, or mend the host and port in the URL; a firewall may stand between",
)
_UNKNOWN_HOST = _Case("OKR547", "no computer called `{host}` is known", "mend the host in the URL")
_REFUSALS = {
    1044: _Case(
        "OKR543",
        "the user `{user}` may not use the database `{database}`, or it is not there",
        "let the server's administrator make it, or GRANT the right to use it",
    ),
    1045: _DENIED,
    1130: _DENIED,
    1131: _DENIED,
    1698: _DENIED,
    1862: _DENIED,  # the password has expired
    3118: _DENIED,  # the account is locked
    4151: _DENIED,  # the same, MariaDB
    1251: _DENIED,
    1275: _DENIED,
    2059: _DENIED,  # the driver does not know the way to log in
    1049: _Case(
        "OKR550",
        "the server has no database `{database}`",
        "make it with `CREATE DATABASE`, or mend the name in the URL",
    ),
    1040: _MEANINGS[1040],
    1203: _MEANINGS[1203],
    1226: _MEANINGS[1203],
    1053: _Case("OKR552", "the server is not ready: {error}", "run it again in a moment"),
    1129: _Case(
        "OKR552",
        "the server has shut this computer out: {error}",
        "let its administrator run FLUSH HOSTS",
    ),
    2026: _UNENCRYPTED,
    3159: _UNENCRYPTED,
}

# Numbers with which MariaDB says something else, and what stands in its texts alone.
_MARIADBS_OWN = {
    4031: "'",  # it has no such trigger; of MySQL: nothing was sent for too long
    4092: "VIEW",  # it has no such view; of MySQL: too many columns came and went at once
}
_DUPLICATE = re.compile(r"(entry|record) '.*'(?= for key|, key| would lead)", re.DOTALL)
_WRONG = re.compile(r"value:? '.*'(?= for |$)", re.DOTALL)
_UNPLACED = re.compile(r"(?<=for value ).*", re.DOTALL)


def failure(error: pymysql.Error, url: DatabaseUrl, *, gone: bool) -> DatabaseError:
    """The error for what the server said to a statement.

    gone  whether the connection is closed now
    """
    number, said = _parts(error)
    text = redact(_without_values(number, said), url)
    error.args = (number, text)  # a traceback shows it
    if number in _BUSY:
        return DatabaseError(
            f"another connection held what the statement needed: {text}",
            code=BUSY,
            place=str(url),
            help="wait until it has finished, or look for it with `SHOW FULL PROCESSLIST`",
        )
    if number in _MARIADBS_OWN and _MARIADBS_OWN[number] in said:
        number = 0
    if gone or number in _GONE:
        return DatabaseError(
            f"the connection to the server broke: {text or 'it was closed'}",
            code=LOST,
            place=str(url),
            help="when the server is back, run it again: OKRA finds out how far it came",
        )
    case = _MEANINGS.get(number, _OTHER)
    if number in _WRITING and _FULL.search(said):
        case = _NO_ROOM
    return DatabaseError(case.message.format(error=text), code=case.code, help=case.help)


def refused(error: pymysql.Error, url: DatabaseUrl) -> DatabaseError:
    """The error for a connection that did not come about."""
    import socket

    number, said = _parts(error)
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, socket.gaierror):
        case = _UNKNOWN_HOST
    elif isinstance(cause, OSError):
        case = _UNENCRYPTED if "ssl" in type(cause).__module__ else _SILENT
    else:
        case = _REFUSALS.get(number, _UNREACHABLE)
    return _connection_error(case, said, url)


def silent(url: DatabaseUrl) -> DatabaseError:
    """The error for a socket that is not there."""
    return _connection_error(_SILENT, "", url)


def unencrypted(text: str, url: DatabaseUrl) -> DatabaseError:
    """The error for an encryption that did not come about."""
    return _connection_error(_UNENCRYPTED, text, url)


def _connection_error(case: _Case, text: str, url: DatabaseUrl) -> DatabaseError:
    port = f":{url.port}" if url.port else ""
    place = url.option("unix_socket") or f"{url.host or 'localhost'}{port}"
    message = case.message.format(
        error=redact(text, url),
        host=url.host,
        where=f"`{place}`",
        user=url.user or "that the system gives",
        database=url.database or "",
    )
    return DatabaseError(message, code=case.code, place=str(url), help=case.help)


def _parts(error: pymysql.Error) -> tuple[int, str]:
    """The server's number of the error, 0 for one of the driver's own, and what was said."""
    match error.args:
        case (int(number), str(text)):
            return number, " ".join(text.split())
        case _:
            return 0, " ".join(str(error).split())


def _without_values(number: int, text: str) -> str:
    """`text` without the values of rows that the server repeats."""
    if number not in _MEANINGS or _MEANINGS[number] is not _DATA:
        return text
    text = _DUPLICATE.sub(r"\1 '…'", text)
    text = _UNPLACED.sub("…", text)
    return _WRONG.sub("value '…'", text)
