"""Around the statements of one file: what may stand in it, and how long each waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.server.settings import names
from okra.dialects.mysql.server.split import words
from okra.dialects.refusals import misplaced
from okra.dialects.waiting import retried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.mysql.server.session import MysqlSession

# What begins or ends a transaction, holds locks, or changes who or where we are.
_FORBIDDEN = frozenset(
    (
        "BEGIN",
        "COMMIT",
        "KILL",
        "LOCK",
        "RELEASE",
        "RESTART",
        "ROLLBACK",
        "SAVEPOINT",
        "SHUTDOWN",
        "UNLOCK",
        "USE",
        "XA",
    )
)
_FORBIDDEN_STARTS = (
    ("START", "TRANSACTION"),
    ("LOAD", "DATA", "LOCAL"),
    ("SET", "ROLE"),
    ("SET", "PASSWORD"),
    ("SET", "TRANSACTION"),
    ("SET", "NAMES"),
    ("SET", "STATEMENT"),  # MariaDB's, and what stands behind its FOR may be anything
)
_FORBIDDEN_SETTINGS = frozenset(("AUTOCOMMIT", "SQL_MODE", "COMPLETION_TYPE"))
_DEFINITIONS = (["ALTER"], ["CREATE"], ["DROP"], ["RENAME"])

_WHY = "OKRA opens and ends transactions, and says who and where it is"


class MysqlGuard:
    """Runs statements one by one, each only while the migration lock is ours."""

    def __init__(self, session: MysqlSession, scripts: Sequence[Script]) -> None:
        self._session = session
        self._scripts = scripts
        self._sets = False

    def start(self) -> None:
        """Nothing, if every statement may stand in a migration.

        Raises  DatabaseError
        """
        refuse_misplaced(self._scripts)

    def run(self, number: int, stop: int | None = None) -> None:
        """Run the statement with this number, from 0.

        Outside a transaction it is tried again where a lock was in its way: the server has undone it.
        """
        del stop
        sql = self._scripts[number].sql
        session = self._session
        session.lock.check()
        if words(sql, 1) == ["SET"]:
            self._sets = True
            session.keep_settings(sql)
        if session.in_transaction:
            session.execute(sql)
        else:
            retried(lambda: session.execute(sql), session.lock_timeout_ms, session.lock.blockers)
        if words(sql, 1)[:1] in _DEFINITIONS:
            session.changed_by.append(self._scripts[number])

    def finish(self) -> None:
        """Undo what the file has set: it counts for the file alone."""
        if self._sets:
            self._session.settle_again()


def refuse_misplaced(scripts: Sequence[Script]) -> None:
    """Nothing, if every one of `scripts` may stand in a migration.

    Raises  DatabaseError that names the first that may not, like COMMIT
    """
    for script in scripts:
        head = tuple(words(script.sql, 4))
        if head[:1] == ("SET",):
            for name in sorted(_FORBIDDEN_SETTINGS & names(script.sql)):
                raise misplaced(f"SET {name}", script.line, _WHY)
        if head and head[0] in _FORBIDDEN:
            raise misplaced(head[0], script.line, _WHY)
        for start in _FORBIDDEN_STARTS:
            if head[: len(start)] == start:
                raise misplaced(" ".join(start), script.line, _WHY)
