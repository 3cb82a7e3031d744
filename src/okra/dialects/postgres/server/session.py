"""One connection to a PostgreSQL server: its settings, transactions and locks, and errors with a way out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from okra.dialects.marks import percent_marks
from okra.dialects.postgres.server.connecting import Facts, apply_settings, opened, prepared
from okra.dialects.postgres.server.failures import failure
from okra.dialects.postgres.server.locks import PostgresLock
from okra.dialects.postgres.server.rights import check_rights
from okra.errors import DatabaseError
from okra.naming import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import psycopg

    from okra.dialects.base import Row, Script, Value
    from okra.dialects.session import Guard
    from okra.url import DatabaseUrl

_CANCEL_S = 5.0


class PostgresSession:
    """A connection that commits each statement by itself, unless `begin` or `moment` was called."""

    clock = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    atomic = True
    may_block = False
    table_options = ""

    def __init__(
        self, connection: psycopg.Connection[Row], url: DatabaseUrl, lock_timeout_ms: int
    ) -> None:
        self._connection = connection
        self.url = url
        self.lock_timeout_ms = lock_timeout_ms
        self.lock = PostgresLock(self)
        self.facts = Facts()

    @property
    def server_version(self) -> str:
        """Its number alone, like `15.18`."""
        return (self._connection.info.parameter_status("server_version") or "").split(" ")[0]

    @property
    def user(self) -> str | None:
        """The role that was logged in."""
        return self._connection.info.user or None

    @property
    def schema(self) -> str:
        """The schema of tables without one in their name."""
        return self.schemas[0]

    @property
    def schemas(self) -> tuple[str, ...]:
        """All schemas that the URL names, the default one first."""
        return self.url.schemas or ("public",)

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one query, as tuples."""
        return self._run(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it changed, -1 where that makes no sense."""
        return self._run(sql, parameters).rowcount

    def close(self) -> None:
        """Close the connection; an open transaction is undone. Closing twice does nothing."""
        self._connection.close()

    def settle(self, *, read_only: bool) -> None:
        """Give the connection the settings that every run of OKRA has.

        Raises  DatabaseError for a server on which nothing can be done
        """
        self.facts = prepared(self, self._connection, read_only=read_only)

    def settle_again(self) -> None:
        """Take back what a migration has set: what lasts longer than its transaction, and what does not."""
        self.execute("RESET ALL")
        apply_settings(self, self._connection)

    @property
    def is_gone(self) -> bool:
        """Whether the connection is closed, by us or by the server."""
        return self._connection.closed

    def check_rights(self) -> None:
        """Nothing, if this user may make tables here.

        Raises  DatabaseError that says which right is missing
        """
        check_rights(self)

    def begin(self) -> None:
        """Open a transaction in which statements of migrations may run."""
        self.execute("BEGIN")

    def commit(self) -> None:
        """Keep what was done since `begin`.

        Raises  DatabaseError with the code LOST where nobody knows whether it was kept
        """
        if self._run("COMMIT", ()).statusmessage != "COMMIT":
            raise DatabaseError(
                "the server has undone the transaction: a statement in it had failed",
                code="OKR508",
                place=str(self.url),
                help="nothing was changed; run it again",
            )

    def rollback(self) -> None:
        """Undo the transaction. Without one, and on a connection that is gone, it does nothing."""
        self.give_up_unanswered()
        if self.in_transaction:
            self.execute("ROLLBACK")

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Whatever is read inside is of one moment; inside a transaction it is read as that sees it."""
        inside = self.in_transaction
        if not inside:
            self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            if not inside:
                self.rollback()

    @property
    def in_transaction(self) -> bool:
        """Whether there is a transaction to end; False on a connection that is gone."""
        status = self._connection.info.transaction_status
        return status.name in ("INTRANS", "INERROR", "ACTIVE")

    def guard(self, scripts: Sequence[Script]) -> Guard:
        """What is done around the statements of one file."""
        from okra.dialects.postgres.server.guard import PostgresGuard

        return PostgresGuard(self, scripts)

    def has_table(self, name: str) -> bool:
        """Whether the default schema has a table of this name."""
        return bool(
            self.query(
                "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                " ON n.oid = c.relnamespace"
                " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')",
                (self.schema, name),
            )
        )

    def tables(self) -> list[str]:
        """The tables and views of our schemas that are neither OKRA's nor an extension's, sorted."""
        marks = ", ".join("?" for _ in self.schemas)
        rows = self.query(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            f" WHERE n.nspname IN ({marks}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            f" AND left(c.relname, {len(OWN)}) <> '{OWN}'"
            " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid"
            " AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e')",
            self.schemas,
        )
        found = [(str(schema), str(name)) for schema, name in rows]
        return sorted(
            name if schema == self.schema else f"{schema}.{name}" for schema, name in found
        )

    def warnings(self) -> tuple[str, ...]:
        """What may go wrong with this database although nothing is wrong yet, as sentences."""
        return self.facts.warnings

    def run_script(self, sql: str) -> None:
        """Run what a file says, as exactly one statement: the server refuses a second one behind a `;`."""
        self._run(sql, (), binary=True)

    def run_scripts(self, statements: Sequence[str]) -> Iterator[None]:
        """Send statements together, inside a transaction, and give one answer after the other as `run_script` does.

        Behind one that fails the server does nothing more.
        """
        import psycopg

        if len(statements) == 1 or not psycopg.Pipeline.is_supported():
            for sql in statements:
                self.run_script(sql)
                yield
            return
        cursors = [self._connection.cursor() for _ in statements]
        problem = self._send(cursors, statements)
        for cursor in cursors:
            if cursor.statusmessage is None or (problem is not None and cursor is cursors[-1]):
                problem = problem or psycopg.OperationalError("the server has given no answer")
                raise failure(problem, self.url, gone=self._connection.closed) from problem
            yield

    def _send(
        self, cursors: Sequence[psycopg.Cursor[Row]], statements: Sequence[str]
    ) -> psycopg.Error | None:
        """What the first statement failed on that was refused: what is said of those behind it is no news."""
        import psycopg

        problem: psycopg.Error | None = None
        try:
            with self._connection.pipeline():
                try:
                    for cursor, sql in zip(cursors, statements, strict=True):
                        cursor.execute(_encoded(sql), binary=True)
                except psycopg.Error as error:
                    problem = error
        except psycopg.Error as error:
            interrupted = error.__context__
            if isinstance(
                interrupted, KeyboardInterrupt
            ):  # what the driver met in its wake is no news
                raise interrupted from None
            problem = problem or error
        return problem

    def copy(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Send rows to a `COPY … FROM STDIN`."""
        import psycopg

        try:
            with self._connection.cursor() as cursor, cursor.copy(sql.encode("utf-8")) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:
            raise failure(error, self.url, gone=self._connection.closed) from error

    def give_up_unanswered(self) -> None:
        """End statements whose answers nobody waits for, after a Ctrl-C between the two, and the connection with them."""
        info = self._connection.info
        if info.transaction_status.name == "ACTIVE" or info.pipeline_status.name != "OFF":
            self._connection.cancel_safe(timeout=_CANCEL_S)
            self.close()

    def _run(
        self, sql: str, parameters: Sequence[Value], *, binary: bool | None = None
    ) -> psycopg.Cursor[Row]:
        import psycopg

        if parameters:
            sql = percent_marks(sql)
        try:
            return self._connection.execute(_encoded(sql), parameters or None, binary=bool(binary))
        except psycopg.Error as error:
            raise failure(error, self.url, gone=self._connection.closed) from error


def _encoded(sql: str) -> bytes:
    """A statement as the server reads it.

    Raises  psycopg.DataError where it holds half a character
    """
    try:
        return sql.encode("utf-8")
    except UnicodeEncodeError as error:
        from psycopg import DataError

        raise DataError(str(error)) from error


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> PostgresSession:
    """A session on the database at `url`.

    lock_timeout_ms  how long to wait for another run
    read_only        each transaction is one that the server lets nothing change, unless it says READ WRITE
    create           has no meaning here: a database is made by whoever runs the server
    Raises           DatabaseError that says why there is none
    """
    del create
    connection = opened(url)
    session = PostgresSession(cast("psycopg.Connection[Row]", connection), url, lock_timeout_ms)
    try:
        session.settle(read_only=read_only)
    except BaseException:
        session.close()
        raise
    return session
