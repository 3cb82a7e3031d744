"""Scratch databases on one server: made empty under a name that nobody else uses, and dropped afterwards."""

from __future__ import annotations

import re
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from okra.devdb.refusals import failed, not_empty, refused
from okra.dialects import dialect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.dialects.base import Row, Session
    from okra.url import DatabaseUrl

PREFIX = "okra_scratch_"

_NAME = re.compile(rf"{PREFIX}([0-9a-f]{{8}})_[0-9a-f]{{16}}")
_FORGOTTEN_S = 24 * 3600.0  # a proof that takes longer is none
_ABANDONED_S = 3600.0  # on a server of ours


class Home(Protocol):
    """A server that scratch databases may be made on."""

    @property
    def is_ours(self) -> bool:
        """Whether OKRA started it by itself, for nothing else."""
        ...

    @property
    def admin(self) -> Session:
        """A session on it, outside of any scratch database."""
        ...

    def url(self, database: str | None = None) -> DatabaseUrl:
        """Where its database `database` is."""
        ...

    def release(self) -> None:
        """Let the server go. Twice does nothing."""
        ...


def new_name() -> str:
    """A name that says when it was made, and that nobody could have guessed."""
    return f"{PREFIX}{int(time.time()):08x}_{secrets.token_hex(8)}"


def create(home: Home) -> DatabaseUrl:
    """A new, empty database.

    Raises  DatabaseError where we may not make one
    """
    name = new_name()
    url = home.url(name)
    quoted = dialect(url.provider).quote(name)
    try:
        if url.provider == "postgres":
            home.admin.execute(
                f"CREATE DATABASE {quoted} TEMPLATE template0{_encoding(home.admin)}"
            )
            home.admin.execute(f"COMMENT ON DATABASE {quoted} IS '{_mark(name)}'")
        else:
            home.admin.execute(
                f"CREATE DATABASE {quoted} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
            )
    except DatabaseError as error:
        raise (failed(error) if home.is_ours else refused(home.url(), error)) from error
    return url


def _encoding(admin: Session) -> str:
    """What makes a database take every character on a server that was set up without a language."""
    usual = admin.query(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'template0'"
    )
    return "" if usual == [("UTF8",)] else " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"


def drop(home: Home, url: DatabaseUrl) -> None:
    """Drop a database that `create` made, whoever is still connected."""
    name = url.database or ""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    quoted = dialect(url.provider).quote(name)
    force = " WITH (FORCE)" if url.provider == "postgres" else ""
    home.admin.execute(f"DROP DATABASE IF EXISTS {quoted}{force}")


def check_ours(session: Session, url: DatabaseUrl) -> None:
    """See that `session` is on the database of `url`, that we made it, and that it is empty.

    Raises  DatabaseError
    """
    name = url.database or ""
    if url.provider == "postgres":
        found = session.query(
            "SELECT current_database()::text, shobj_description(oid, 'pg_database'),"
            " (SELECT count(*) FROM pg_class WHERE relnamespace >= 16384"
            " OR relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public'))"
            " FROM pg_database WHERE datname = current_database()"
        )
        expected: list[Row] = [(name, _mark(name), 0)]
    else:
        found = session.query(
            "SELECT DATABASE(),"
            " (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE())"
        )
        expected = [(name, 0)]
    if not _NAME.fullmatch(name) or found != expected:
        raise not_empty(url)


def sweep(home: Home) -> None:
    """Drop scratch databases of runs that were killed: those that nobody is connected to, after a day.

    On a server that OKRA started by itself after an hour.
    """
    older_than_s = _ABANDONED_S if home.is_ours else _FORGOTTEN_S
    now = time.time()
    for name in _scratch_names(home):
        found = _NAME.fullmatch(name)
        if found and now - int(found[1], 16) > older_than_s:
            with suppress(DatabaseError):  # somebody else is about to drop it
                drop(home, home.url(name))


def _scratch_names(home: Home) -> list[str]:
    """The databases with our name, and our mark where the server has a place for it, that nobody uses."""
    if home.url().provider == "postgres":
        rows = home.admin.query(
            "SELECT datname::text, shobj_description(oid, 'pg_database') FROM pg_database"
            f" WHERE datname LIKE '{PREFIX}%' AND NOT EXISTS"
            " (SELECT FROM pg_stat_activity WHERE datid = pg_database.oid)"
        )
        return [str(name) for name, comment in rows if comment == _mark(str(name))]
    rows = home.admin.query(
        f"SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '{PREFIX}%'"
        " AND schema_name NOT IN"
        " (SELECT db FROM information_schema.processlist WHERE db IS NOT NULL)"
    )
    return [str(name) for (name,) in rows]


def _mark(name: str) -> str:
    return f"scratch database of OKRA, may be dropped: {name}"
