"""The migration lock in SQLite: the database's write lock, which a transaction has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.quoting import quote

if TYPE_CHECKING:
    from okra.dialects.base import Session, Value

_A_MOMENT_AGO = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-0.3 seconds')"


class SqliteLock:
    """What a session knows of other runs: what they have written, and nothing of one that is inside a transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._history: str | None = None
        self._data_version: Value = -1

    def take(self, history: str) -> None:
        """No lock: `begin` takes it."""
        self._history = history

    def give_back(self) -> None:
        """Nothing: the lock went with the transaction."""

    def changed(self) -> bool:
        """Whether another connection has written since this was last asked."""
        before = self._data_version
        self._data_version = self._session.query("PRAGMA data_version")[0][0]
        return before != self._data_version

    def announce(self, runner: str) -> None:
        """Nothing: what a run writes is seen when all of it is done."""

    def is_alive(self, runner: str) -> bool:
        """Whether the run with this id has written something in this moment: between two transactions it is quick.

        One that is inside a transaction has the lock, and whoever waits for that finds out what it has done.
        """
        if self._history is None:
            return False
        return bool(
            self._session.query(
                f"SELECT 1 FROM {quote(self._history)} WHERE runner = ? AND heartbeat_at >= {_A_MOMENT_AGO}",
                (runner,),
            )
        )

    def blockers(self) -> tuple[str, ...]:
        """Nobody: SQLite does not say who has a file open."""
        return ()
