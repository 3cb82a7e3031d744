"""Around the statements of one file: what may stand in it, how long each waits, what a failed one leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import quote, quote_table
from okra.dialects.waiting import retried, table_timeout_ms
from okra.errors import DatabaseError
from okra.relational.sqltext import ascii_upper, is_quoted_name, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.postgres.session import PostgresSession

# What begins or ends a transaction, or changes who or where we are.
_FORBIDDEN = frozenset(
    (
        "ABORT",
        "BEGIN",
        "COMMIT",
        "DISCARD",
        "END",
        "LISTEN",
        "PREPARE",
        "RELEASE",
        "ROLLBACK",
        "SAVEPOINT",
    )
)
_FORBIDDEN_STARTS = (
    ("START", "TRANSACTION"),
    ("SET", "ROLE"),
    ("SET", "SESSION", "AUTHORIZATION"),
    ("SET", "LOCAL", "ROLE"),
    ("SET", "LOCAL", "SESSION", "AUTHORIZATION"),
    ("SET", "SEARCH_PATH"),
    ("SET", "LOCAL", "SEARCH_PATH"),
    ("SET", "SESSION", "SEARCH_PATH"),
    ("SET", "SCHEMA"),
    ("SET", "LOCAL", "SCHEMA"),
    ("SET", "STANDARD_CONFORMING_STRINGS"),
    ("SET", "TRANSACTION"),
    ("RESET", "ROLE"),
    ("RESET", "SESSION"),
    ("RESET", "ALL"),
    ("RESET", "SEARCH_PATH"),
    ("\\",),
)
_SETS = frozenset(("SET", "RESET"))


class PostgresGuard:
    """Runs statements as they want to be run; in a transaction the server itself undoes all of them."""

    def __init__(self, session: PostgresSession, scripts: Sequence[Script]) -> None:
        self._session = session
        self._scripts = scripts
        self._sets = False

    def start(self) -> None:
        """Nothing, if every statement may stand in a migration.

        Raises  DatabaseError
        """
        refuse_misplaced(self._scripts)

    def run(self, number: int) -> None:
        """Run the statement with this number, from 0."""
        sql = self._scripts[number].sql
        if self._session.in_transaction:
            self._sets = self._sets or _head(sql, 1)[0] in _SETS
            self._session.run_script(sql)
            return
        index = concurrent_index(sql)
        if index is None:
            session = self._session
            retried(lambda: session.run_script(sql), session.lock_timeout_ms, session.blockers)
        else:
            self._run_concurrently(sql, index)

    def finish(self) -> None:
        """Undo what the file has set: it counts for the file alone."""
        if self._sets:
            self._session.settle_again()

    def _run_concurrently(self, sql: str, index: str | None) -> None:
        """Run what works on an index while others write; it waits as long as it must.

        A wait cut short would leave an index that is there, costs time and serves nobody.
        """
        self._session.execute("SET lock_timeout = 0")
        try:
            if _head(sql, 1)[0] == "CREATE" and index:
                drop_invalid(self._session, index)
                self._session.run_script(sql)
                _check_valid(self._session, index)
            else:
                self._session.run_script(sql)
        finally:
            if not self._session.is_gone:
                timeout = table_timeout_ms(self._session.lock_timeout_ms)
                self._session.execute(f"SET lock_timeout = {timeout}")


def refuse_misplaced(scripts: Sequence[Script]) -> None:
    """Nothing, if every one of `scripts` may stand in a migration.

    Raises  DatabaseError that names the first that may not, like COMMIT
    """
    for script in scripts:
        head = tuple(ascii_upper(token) for token in _head(script.sql, 4))
        if head[0] in _FORBIDDEN:
            raise _misplaced(head[0], script.line)
        for start in _FORBIDDEN_STARTS:
            if head[: len(start)] == start:
                raise _misplaced(" ".join(start), script.line)
        if head[0] == "COPY" and "STDIN" in map(ascii_upper, significant(script.sql)):
            raise _misplaced("COPY FROM STDIN", script.line)


def concurrent_index(sql: str) -> str | None:
    """The index that a statement with CONCURRENTLY makes or drops, as it is quoted; None for all others.

    An empty text where the statement does not say its name.
    """
    head = _head(sql, 8)
    words = [ascii_upper(token) for token in head]
    if "CONCURRENTLY" not in words:
        return None
    rest = head[words.index("CONCURRENTLY") + 1 :]
    upper = [ascii_upper(token) for token in rest]
    if upper[:3] == ["IF", "NOT", "EXISTS"]:
        rest = rest[3:]
    elif upper[:2] == ["IF", "EXISTS"]:
        rest = rest[2:]
    if words[0] != "CREATE" or not rest or ascii_upper(rest[0]) == "ON":
        return ""
    return name_of(rest[0]) if is_quoted_name(rest[0]) else rest[0].lower()


def drop_invalid(session: PostgresSession, index: str) -> None:
    """Drop an index of this name that a broken build has left behind."""
    if _validity(session, index) is False:
        session.execute(f"DROP INDEX CONCURRENTLY {quote_table(index)}")


def _check_valid(session: PostgresSession, index: str) -> None:
    if _validity(session, index) is False:
        raise DatabaseError(
            f"the server has built the index `{index}` and does not use it: the build failed",
            code="OKR556",
            place=str(session.url),
            help=f"look into the server's log, then run it again; `DROP INDEX CONCURRENTLY {quote(index)}` "
            "takes away what is left of it",
        )


def _validity(session: PostgresSession, index: str) -> bool | None:
    """Whether the server uses the index; None where there is none of this name."""
    rows = session.query(
        "SELECT i.indisvalid FROM pg_catalog.pg_index i WHERE i.indexrelid = to_regclass(?)",
        (quote_table(index),),
    )
    return bool(rows[0][0]) if rows else None


def _head(sql: str, count: int) -> list[str]:
    """The first tokens of a statement."""
    return significant(sql[:400])[:count] or [""]


def _misplaced(what: str, line: int) -> DatabaseError:
    return DatabaseError(
        f"`{what}` in line {line} has no place in a migration: OKRA opens and ends transactions, and "
        "says who and where it is",
        code="OKR517",
        help="nothing was changed; take the statement out and run `okra db:migrate:verify`",
    )
