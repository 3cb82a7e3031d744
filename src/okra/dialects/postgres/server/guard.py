"""Around the statements of one file: what may stand in it, how long each waits, what a failed one leaves behind."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from okra.dialects.postgres.server.probe import INVALID, clear, mark
from okra.dialects.postgres.server.together import Together
from okra.dialects.refusals import misplaced
from okra.dialects.waiting import retried, table_timeout_ms
from okra.errors import DatabaseError
from okra.relational.sqltext import ascii_upper, significant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Script
    from okra.dialects.postgres.server.session import PostgresSession

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
_NEAR, _FAR = 60, 400  # characters in which a statement has said what it is

_WHY = "OKRA opens and ends transactions, and says who and where it is"


class PostgresGuard:
    """Runs statements as they want to be run; in a transaction the server itself undoes all of them."""

    def __init__(self, session: PostgresSession, scripts: Sequence[Script]) -> None:
        self._session = session
        self._scripts = scripts
        self._sets = False
        self._together = Together(scripts)
        self._sent = 0
        self._answers: Iterator[None] = iter(())

    def start(self) -> None:
        """Nothing, if every statement may stand in a migration.

        Raises  DatabaseError
        """
        refuse_misplaced(self._scripts)

    def run(self, number: int, stop: int | None = None) -> None:
        """Run the statement with this number, from 0; where that is quicker, those behind it are sent with it."""
        session, script = self._session, self._scripts[number]
        self._sets = self._sets or _head(script.sql, 1)[0] in _SETS
        if session.in_transaction:
            if number >= self._sent:
                self._sent = self._together.end(number, stop or number + 1)
                texts = [each.sql for each in self._scripts[number : self._sent]]
                self._answers = session.run_scripts(texts)
            next(self._answers)
        elif is_concurrent(script):
            self._run_concurrently(script)
        else:
            retried(
                lambda: session.run_script(script.sql),
                session.lock_timeout_ms,
                session.lock.blockers,
            )

    def finish(self) -> None:
        """Undo what the file has set: it counts for the file alone."""
        if self._sets:
            self._session.settle_again()

    def _run_concurrently(self, script: Script) -> None:
        """Run what works while others write; it waits as long as it must.

        A wait cut short would leave an index that is there, costs time and serves nobody.
        """
        session = self._session
        clear(session, script)
        session.execute("SET lock_timeout = 0")
        try:
            session.run_script(script.sql)
        finally:
            if not session.is_gone:
                session.execute(f"SET lock_timeout = {table_timeout_ms(session.lock_timeout_ms)}")
        if mark(session, script) == INVALID:
            raise DatabaseError(
                "the server has built the index and does not use it: the build failed",
                code="OKR556",
                place=str(session.url),
                help="look into the server's log, then run it again: what is left of it is dropped first",
            )


def refuse_misplaced(scripts: Sequence[Script]) -> None:
    """Nothing, if every one of `scripts` may stand in a migration.

    Raises  DatabaseError that names the first that may not, like COMMIT
    """
    for script in scripts:
        words = _misplaced(script.sql)
        if words is not None:
            raise misplaced(words, script.line, _WHY)


@lru_cache(maxsize=4096)
def _misplaced(sql: str) -> str | None:
    """What in a statement may not stand in a migration; asked before the run, by lint, and by the run itself."""
    head = tuple(_head(sql, 4))
    if head[0] in _FORBIDDEN:
        return head[0]
    for start in _FORBIDDEN_STARTS:
        if head[: len(start)] == start:
            return " ".join(start)
    if head[0] == "COPY" and _has_word(sql, "STDIN"):
        return "COPY FROM STDIN"
    if head[0] == "COPY" and _has_word(sql, "STDOUT"):
        return "COPY TO STDOUT"
    return "set_config()" if _has_word(sql, "SET_CONFIG") else None


def is_concurrent(script: Script) -> bool:
    """Whether the statement lets others write meanwhile, and waits for them in turn."""
    return _has_word(script.sql, "CONCURRENTLY")


def _has_word(sql: str, word: str) -> bool:
    """Whether `word` stands in a statement, and not in a text, name or comment of it."""
    return word in ascii_upper(sql) and word in map(ascii_upper, significant(sql))


def _head(sql: str, count: int) -> list[str]:
    """The first `count` tokens of a statement, in upper case."""
    found = significant(sql[:_NEAR])
    if len(found) <= count:  # the last one may be cut, or a comment stand between
        found = significant(sql[:_FAR])
    return [ascii_upper(token) for token in found[:count]] or [""]
