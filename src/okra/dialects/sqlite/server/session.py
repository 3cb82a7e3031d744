"""One connection to an SQLite database: OKRA's own transactions, patience with locks, errors with a way out."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote as url_quote

from okra.dialects.sqlite.planning.triggers import NOW
from okra.dialects.sqlite.quoting import literal
from okra.dialects.sqlite.server.failures import failure, is_busy, is_interrupt, refused_path
from okra.dialects.sqlite.server.locks import SqliteLock
from okra.dialects.sqlite.server.mounts import network_warning
from okra.errors import DatabaseError
from okra.naming import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from okra.dialects.base import Row, Script, Value
    from okra.dialects.session import Guard
    from okra.url import DatabaseUrl

T = TypeVar("T")


# What a reader is told where a run was killed in the middle of writing: SQLite has to undo that first.
_UNREADABLE = ("OKR502", "OKR505")
_BEGIN = "BEGIN IMMEDIATE"  # a deferred one may find at its first write that it came too late
_PATIENCE_MS = 100  # how long SQLite itself waits before Python may look whether Ctrl-C was pressed
_PAUSE_S = 0.005
_STEPS = 100_000  # virtual machine steps between two looks for Ctrl-C while a statement runs


class SqliteSession:
    """A connection that never opens or ends a transaction by itself."""

    clock = NOW
    atomic = True
    may_block = False
    table_options = ""
    server_version = sqlite3.sqlite_version
    user: str | None = None

    def __init__(
        self, connection: sqlite3.Connection, path: str | None, lock_timeout_ms: int
    ) -> None:
        self._connection = connection
        self._path = path
        self._lock_timeout_ms = lock_timeout_ms
        self._foreign_keys = False
        self.lock = SqliteLock(self)
        connection.set_progress_handler(_look_for_interrupt, _STEPS)

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query, as tuples."""
        return self._patiently(lambda: self._connection.execute(sql, parameters).fetchall())

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it changed, -1 where that makes no sense."""
        return self._patiently(lambda: self._connection.execute(sql, parameters).rowcount)

    def close(self) -> None:
        """Close the connection; an open transaction is undone. Closing twice does nothing."""
        self._connection.close()

    def check_rights(self) -> None:
        """Nothing: whoever may write to the file may do anything to it."""

    def begin(self) -> None:
        """Take the write lock, with foreign keys off: a table may be dropped without its children.

        Raises  LockNotObtained after the lock timeout
        """
        self._foreign_keys = bool(self._pragma("foreign_keys"))
        if self._foreign_keys:
            self.execute("PRAGMA foreign_keys = OFF")
            if self._pragma("foreign_keys"):
                raise _keys_stay_on(self._path)
        self.execute(_BEGIN)
        self._set_patience(self._lock_timeout_ms)

    def commit(self) -> None:
        """Keep what was done since `begin`, and give the lock back."""
        self._patiently(lambda: self._connection.execute("COMMIT"))
        self._restore()

    def rollback(self) -> None:
        """Undo what was done since `begin`, and give the lock back."""
        if self._connection.in_transaction:
            self.execute("ROLLBACK")
        self._restore()

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Whatever is read inside is of one moment; inside a transaction it is so anyway."""
        inside = self.in_transaction
        if not inside:
            self.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            if not inside and self._connection.in_transaction:
                self.execute("ROLLBACK")

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def guard(self, scripts: Sequence[Script]) -> Guard:
        """What keeps the statements of one file from losing anything."""
        from okra.dialects.sqlite.server.guard import SqliteGuard

        return SqliteGuard(self, scripts)

    def has_table(self, name: str) -> bool:
        return bool(
            self.query(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE",
                (name,),
            )
        )

    def tables(self) -> list[str]:
        """The tables and views that are neither OKRA's nor SQLite's own, sorted."""
        rows = self.query(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            f" AND substr(name, 1, {len(OWN)}) <> {literal(OWN)} ORDER BY name"
        )
        return [str(name) for (name,) in rows]

    def warnings(self) -> tuple[str, ...]:
        """What may go wrong with this database although nothing is wrong yet, as sentences."""
        return network_warning(self._path) if self._path is not None else ()

    def _pragma(self, name: str) -> int:
        return int(self.query(f"PRAGMA {name}")[0][0] or 0)

    def _set_patience(self, milliseconds: int) -> None:
        self.execute(f"PRAGMA busy_timeout = {milliseconds}")

    def _restore(self) -> None:
        self._set_patience(min(_PATIENCE_MS, self._lock_timeout_ms))
        self.execute("PRAGMA legacy_alter_table = OFF")
        if self._foreign_keys:
            self.execute("PRAGMA foreign_keys = ON")

    def _patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives, as soon as nobody else holds the lock, within the lock timeout."""
        deadline = monotonic() + self._lock_timeout_ms / 1000
        while True:
            try:
                return work()
            except sqlite3.Error as error:
                if is_interrupt(error):
                    raise KeyboardInterrupt from error
                if not is_busy(error) or monotonic() >= deadline:
                    raise failure(error, self._path) from error
            except (UnicodeError, OverflowError, ValueError) as error:
                raise failure(sqlite3.ProgrammingError(str(error)), self._path) from error
            sleep(_PAUSE_S)


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> SqliteSession:
    """A session on the file of `url`, or on a database in memory.

    lock_timeout_ms  how long to wait for other writers
    read_only        the file is opened for reading, and nothing in it can change
    create           whether a missing file is made; never where `read_only`
    Raises           DatabaseError that says why there is no such database
    """
    wanted = url.option("mode")
    read_only = read_only or wanted == "ro"
    create = create and not read_only and wanted != "rw"
    if url.path is None:
        return _opened(":memory:", None, lock_timeout_ms)
    refused = refused_path(url.path, create=create)
    if refused is not None:
        raise refused
    if not read_only:
        return _opened(_address(url.path, "rwc" if create else "rw"), url.path, lock_timeout_ms)
    try:
        return _opened(_address(url.path, "ro"), url.path, lock_timeout_ms)
    except DatabaseError as error:
        if error.code not in _UNREADABLE or not os.access(url.path, os.W_OK):
            raise
    session = _opened(_address(url.path, "rw"), url.path, lock_timeout_ms)
    session.execute("PRAGMA query_only = ON")
    return session


def _address(path: str, mode: str) -> str:
    return f"file:{url_quote(os.fsencode(path))}?mode={mode}"


def scratch() -> SqliteSession:
    """A throw-away database in memory."""
    return _opened(":memory:", None, 0)


def _opened(address: str, path: str | None, lock_timeout_ms: int) -> SqliteSession:
    try:
        connection = sqlite3.connect(
            address,
            uri=path is not None,
            isolation_level=None,
            cached_statements=0,  # preparing an EXPLAIN once more after a change crashes SQLite 3.40
            timeout=min(_PATIENCE_MS, lock_timeout_ms) / 1000,
        )
    except sqlite3.Error as error:
        raise failure(error, path) from error
    session = SqliteSession(connection, path, lock_timeout_ms)
    try:
        session.query("PRAGMA schema_version")  # reads the file: says at once what it is not
    except BaseException:
        session.close()
        raise
    return session


def _look_for_interrupt() -> int:
    """Give Python a moment to notice Ctrl-C: an exception in here stops the statement."""
    return 0


def _keys_stay_on(path: str | None) -> DatabaseError:
    return DatabaseError(
        "this SQLite does not let foreign keys be turned off",
        code="OKR516",
        place=path,
        help="apply the migration with SQLite itself: here a rebuilt table would empty the tables "
        "that refer to it",
    )
