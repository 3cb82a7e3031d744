"""One connection to a MySQL or MariaDB server: its settings, transactions and locks, and errors with a way out."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from okra.dialects.marks import percent_marks
from okra.dialects.mysql.planning.algorithms import blocking, weaker
from okra.dialects.mysql.server.connecting import Facts, apply_settings, opened, prepared
from okra.dialects.mysql.server.failures import failure
from okra.dialects.mysql.server.locks import MysqlLock
from okra.dialects.mysql.server.rights import check_rights
from okra.dialects.mysql.server.settings import found, put_back
from okra.errors import DatabaseError
from okra.naming import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pymysql
    from pymysql.cursors import Cursor

    from okra.dialects.base import Row, Script, Value
    from okra.dialects.session import Guard
    from okra.url import DatabaseUrl

# ER_ALTER_OPERATION_NOT_SUPPORTED, with a reason and without; ER_INNODB_MAX_ROW_VERSION
_TOO_MUCH_ASKED = ((1845,), (1846,), (4092,))
_IN_TRANSACTION = 1  # SERVER_STATUS_IN_TRANS of the protocol


class MysqlSession:
    """A connection that commits each statement by itself, unless `begin` or `moment` was called.

    Whatever changes a definition commits the transaction around it: here `atomic` is False.
    """

    clock = "concat(left(date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')"
    atomic = False
    may_block = False
    table_options = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"

    def __init__(
        self, connection: pymysql.Connection[Cursor], url: DatabaseUrl, lock_timeout_ms: int
    ) -> None:
        self._connection = connection
        self._driver: Any = connection  # whose types lack what the protocol tells
        self.url = url
        self.lock_timeout_ms = lock_timeout_ms
        self.lock = MysqlLock(self)
        self.facts = Facts()
        self.changed_by: list[Script] = []
        """The statements that a guard has run and that may have taken something from views and triggers."""
        self._before: dict[str, str] = {}

    @property
    def server_version(self) -> str:
        """What `SELECT version()` says, like `8.0.36` or `10.11.6-MariaDB`."""
        return self.facts.version

    @property
    def user(self) -> str | None:
        """The account that the server took us for, like `app@localhost`."""
        return self.facts.user

    @property
    def connection_id(self) -> int:
        """The server's number of this connection."""
        return int(self._driver.thread_id())

    @property
    def is_gone(self) -> bool:
        """Whether the connection is closed, by us or by the server."""
        return not self._connection.open

    @property
    def in_transaction(self) -> bool:
        """Whether there is a transaction to end; False on a connection that is gone."""
        return not self.is_gone and bool(self._driver.server_status & _IN_TRANSACTION)

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query, as tuples."""
        return [cast("Row", row) for row in self._run(sql, parameters).fetchall()]

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it found, -1 where that makes no sense."""
        return self._run(sql, parameters).rowcount

    def close(self) -> None:
        """Close the connection; an open transaction is undone. Closing twice does nothing."""
        if not self.is_gone:
            self._connection.close()

    def settle(self, *, read_only: bool) -> None:
        """Give the connection the settings that every run of OKRA has.

        Raises  DatabaseError for a server on which nothing can be done
        """
        self.facts = prepared(self, read_only=read_only)

    def keep_settings(self, sql: str) -> None:
        """Remember, until `settle_again`, what a SET is about to change."""
        self._before = found(self, sql) | self._before

    def settle_again(self) -> None:
        """Take back what a migration has set."""
        put_back(self, self._before)
        self._before = {}
        apply_settings(self, self.facts.version)

    def check_rights(self) -> None:
        """Nothing, if this user may make tables here.

        Raises  DatabaseError that says which right is missing
        """
        check_rights(self)

    def begin(self) -> None:
        """Open a transaction, for changes of rows: a change of a definition ends it."""
        self.execute("START TRANSACTION READ WRITE")

    def commit(self) -> None:
        """Keep what was done since `begin`.

        Raises  DatabaseError with the code LOST where nobody knows whether it was kept
        """
        self.execute("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction. Without one, and on a connection that is gone, it does nothing."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Rows that are read inside are of one moment; inside a transaction they are as that sees them."""
        inside = self.in_transaction
        if not inside:
            self.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        try:
            yield
        finally:
            if not inside:
                self.rollback()

    def guard(self, scripts: Sequence[Script]) -> Guard:
        """What is done around the statements of one file."""
        from okra.dialects.mysql.server.guard import MysqlGuard

        return MysqlGuard(self, scripts)

    def has_table(self, name: str) -> bool:
        """Whether the database has a table of this name, in the letters that the server keeps apart."""
        rows = self.query(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = database() AND table_name = ? AND table_type LIKE 'BASE%'",
            (name,),
        )
        if self.facts.folds_names:
            return bool(rows)
        return (name,) in rows

    def tables(self) -> list[str]:
        """The tables and views that are not OKRA's own, sorted."""
        rows = self.query(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = database() AND table_type IN ('BASE TABLE', 'VIEW',"
            f" 'SYSTEM VERSIONED') AND left(table_name, {len(OWN)}) <> '{OWN}'"
        )
        return sorted(str(name) for (name,) in rows)

    def warnings(self) -> tuple[str, ...]:
        """What may go wrong with this database although nothing is wrong yet, as sentences."""
        if self.is_gone or not self.changed_by:
            return self.facts.warnings
        from okra.dialects.mysql.server.dependents import broken_after

        broken = broken_after(self, self.changed_by)
        return (*self.facts.warnings, *broken)

    def _other_form(self, sql: str) -> str | None:
        """`sql` in the next form that the server may take; one that blocks others only with consent."""
        others = blocking(sql) if self.may_block else ()
        return weaker(sql) or next(iter(others), None)

    def _run(self, sql: str, parameters: Sequence[Value]) -> Cursor:
        import pymysql

        if parameters:
            sql = percent_marks(sql)
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql, parameters or None)
        except pymysql.Error as error:
            again = self._other_form(sql) if error.args[:1] in _TOO_MUCH_ASKED else None
            if again is not None:  # the file asks for the best that either server can do
                return self._run(again, parameters)
            raise failure(error, self.url, gone=self.is_gone) from error
        except (UnicodeError, OverflowError) as error:
            raise failure(pymysql.DataError(str(error)), self.url, gone=False) from error
        except KeyboardInterrupt:
            self._stop()
            raise
        return cursor

    def _stop(self) -> None:
        """Let the server give up the statement that it is at: it would go on, with nobody to tell the end to.

        Where that fails, it does go on, and the next run finds out how it ended.
        """
        import pymysql

        number = self.connection_id
        self.close()
        with (
            suppress(DatabaseError, pymysql.Error),
            closing(opened(self.url)) as other,
            other.cursor() as cursor,
        ):
            cursor.execute(f"KILL {number}")


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> MysqlSession:
    """A session on the database at `url`.

    lock_timeout_ms  how long to wait for another run
    read_only        each transaction is one that the server lets nothing change, but temporary tables
    create           has no meaning here: a database is made by whoever runs the server
    Raises           DatabaseError that says why there is none
    """
    del create
    session = MysqlSession(opened(url), url, lock_timeout_ms)
    try:
        session.settle(read_only=read_only)
    except BaseException:
        session.close()
        raise
    return session
