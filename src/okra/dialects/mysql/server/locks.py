"""The migration lock in MySQL: a named lock of the connection, asked for again and again.

It is one server's: other nodes of a cluster with several writers don't know of it, and the claims of the
history carry such a run.
"""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from okra.dialects.refusals import lock_gone
from okra.dialects.waiting import poll
from okra.errors import DatabaseError, LockNotObtained

if TYPE_CHECKING:
    from okra.dialects.mysql.server.session import MysqlSession


_SHOWN = 3
_TRUSTED_S = 0.05  # so that a thousand quick statements don't ask a thousand times
_WAY_OUT = "connect to the server itself, without a proxy"


def lock_name(database: str, history: str) -> str:
    """The name of the lock for one history: 45 of the 64 characters that every server takes."""
    return _name(f"{database}\0{history}")


def runner_name(runner: str) -> str:
    """The name by which one run shows that it is alive."""
    return _name(f"runner\0{runner}")


class MysqlLock:
    """The migration lock of one session, and what the server tells it of other runs."""

    def __init__(self, session: MysqlSession) -> None:
        self._session = session
        self._name: str | None = None
        self._seen = 0.0
        self._unread = True

    def take(self, history: str) -> None:
        """Take the lock of the history table `history` until `give_back`.

        Raises  LockNotObtained after the lock timeout, and says who holds it
        """
        name = lock_name(self._session.facts.database, history)
        if not poll(lambda: self._try_take(name), self._session.lock_timeout_ms):
            raise self._held_by_another(name)
        self._name, self._seen, self._unread = name, monotonic(), True

    def give_back(self) -> None:
        """Give the lock back. Without it, and on a connection that is gone, it does nothing.

        Raises  DatabaseError where the server no longer knew of it
        """
        name, self._name = self._name, None
        if name is None or self._session.is_gone:
            return
        if self._session.query("SELECT release_lock(?)", (name,)) != [(1,)]:
            raise lock_gone(_WAY_OUT, self._session.url)

    def check(self) -> None:
        """Nothing, if the lock is ours, was so a moment ago, or was not taken.

        Raises  DatabaseError
        """
        if self._name is None or monotonic() < self._seen + _TRUSTED_S:
            return
        sql = "SELECT is_used_lock(?) = connection_id()"
        if self._session.query(sql, (self._name,)) != [(1,)]:
            self._name = None
            raise lock_gone(_WAY_OUT, self._session.url)
        self._seen = monotonic()

    def changed(self) -> bool:
        """Whether anybody else may have written to the history since this was last asked."""
        unread, self._unread = self._unread, self._name is None
        return unread

    def announce(self, runner: str) -> None:
        """Let others see until the connection ends that the run with this id is alive."""
        self._try_take(runner_name(runner))

    def is_alive(self, runner: str) -> bool:
        """Whether another connection has announced `runner` and is still there, be it only in the server."""
        sql = "SELECT is_used_lock(?) <> connection_id()"
        return self._session.query(sql, (runner_name(runner),)) == [(1,)]

    def blockers(self) -> tuple[str, ...]:
        """Who has a transaction open, the oldest first, as sentences; nobody where this user may not know."""
        try:
            rows = self._session.query(
                "SELECT t.trx_mysql_thread_id, p.user, p.host, date_format(t.trx_started, '%Y-%m-%d %H:%i:%s')"
                " FROM information_schema.innodb_trx t"
                " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id"
                " WHERE t.trx_mysql_thread_id <> connection_id()"
                f" ORDER BY t.trx_started LIMIT {_SHOWN}"
            )
        except DatabaseError as error:
            if error.code != "OKR543":
                raise
            return ()
        return tuple(
            "connection {} of `{}` from `{}` has a transaction that is open since {}".format(
                *map(str, row)
            )
            for row in rows
        )

    def _try_take(self, name: str) -> bool:
        """Whether the lock of this name is ours now.

        Raises  DatabaseError where the server gives no locks at all
        """
        found = self._session.query("SELECT get_lock(?, 0)", (name,))[0][0]
        if found is None:
            raise DatabaseError(
                "the server could not say whether the migration lock is free",
                code="OKR557",
                place=str(self._session.url),
                help="run it again; where that doesn't help, look into the server's log",
            )
        return bool(found)

    def _held_by_another(self, name: str) -> LockNotObtained:
        who = "another run has the migration lock"
        way_out = "wait until it has finished, then run this again"
        rows = self._session.query(
            "SELECT p.id, p.user, p.host, p.time FROM information_schema.processlist p"
            " WHERE p.id = is_used_lock(?)",
            (name,),
        )
        for row in rows:
            number, user, host, seconds = map(str, row)
            who += f": connection {number} of `{user}` from `{host}`, for {seconds} s in this state"
            way_out += f"; if it hangs, look at it with `SHOW FULL PROCESSLIST`, and end it with `KILL {number}`"
        return LockNotObtained(who, code="OKR542", place=str(self._session.url), help=way_out)


def _name(text: str) -> str:
    return "okra:" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
