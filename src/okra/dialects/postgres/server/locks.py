"""The migration lock in PostgreSQL: an advisory lock of the session, asked for again and again, never waited for.

A blocking `pg_advisory_lock` would be a transaction that a concurrent index of the lock's holder waits for.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import quote_table
from okra.dialects.refusals import lock_gone
from okra.dialects.waiting import poll
from okra.errors import LockNotObtained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session
    from okra.dialects.postgres.server.session import PostgresSession

_HALF = 1 << 32
_SHOWN = 3
_UTC = "{} AT TIME ZONE 'UTC'"
_MOMENT = 'YYYY-MM-DD HH24:MI:SS "UTC"'

# How an advisory lock with one bigint key stands in pg_locks.
_HELD = (
    "SELECT {columns} FROM pg_catalog.pg_locks l"
    " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
    " AND l.classid::bigint = ? AND l.objid::bigint = ?"
    " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
    " AND l.pid <> pg_backend_pid()"
)


def lock_key(schema: str, history: str) -> int:
    """The key of the lock for one history: two of them in one database don't wait for each other."""
    return _key(f"okra\0{schema}\0{history}")


def runner_key(runner: str) -> int:
    """The key by which one run shows that it is alive."""
    return _key(f"okra runner\0{runner}")


class PostgresLock:
    """The migration lock of one session, and what the server tells it of other runs."""

    def __init__(self, session: PostgresSession) -> None:
        self._session = session
        self._key: int | None = None
        self._unread = True

    def take(self, history: str) -> None:
        """Take the lock of the history table `history` until `give_back`.

        Raises  LockNotObtained after the lock timeout, and says who holds it
        """
        key = lock_key(self._session.schema, history)
        if not poll(lambda: self._try_take(key), self._session.lock_timeout_ms):
            raise self._held_by_another(key)
        self._key, self._unread = key, True

    def give_back(self) -> None:
        """Give the lock back. Without it, and on a connection that is gone, it does nothing.

        Raises  DatabaseError where the server no longer knew of it
        """
        key, self._key = self._key, None
        self._session.give_up_unanswered()
        if key is None or self._session.is_gone:
            return
        if not self._session.query("SELECT pg_advisory_unlock(?)", (key,))[0][0]:
            raise lock_gone("connect without a pooler", self._session.url)

    def changed(self) -> bool:
        """Whether anybody else may have written to the history since this was last asked."""
        unread, self._unread = self._unread, self._key is None
        return unread

    def announce(self, runner: str) -> None:
        """Let others see until the connection ends that the run with this id is alive."""
        self._try_take(runner_key(runner))

    def is_alive(self, runner: str) -> bool:
        """Whether another connection has announced `runner` and is still there, be it only in the server."""
        rows = self._session.query(_HELD.format(columns="1"), divmod(runner_key(runner), _HALF))
        return bool(rows)

    def blockers(self) -> tuple[str, ...]:
        """Who has our tables in an open transaction, the oldest first, as sentences."""
        marks = ", ".join("?" for _ in self._session.schemas)
        rows = self._session.query(
            "SELECT a.pid, a.application_name, a.usename, string_agg(DISTINCT c.relname, ', '),"
            f" to_char({_UTC.format('a.xact_start')}, '{_MOMENT}')"
            " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
            " JOIN pg_catalog.pg_class c ON c.oid = l.relation"
            " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            " WHERE l.locktype = 'relation' AND l.granted AND c.relkind IN ('r', 'p')"
            " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
            f" AND n.nspname IN ({marks}) AND l.pid <> pg_backend_pid()"
            " GROUP BY a.pid, a.application_name, a.usename, a.xact_start"
            f" ORDER BY a.xact_start LIMIT {_SHOWN}",
            self._session.schemas,
        )
        found = []
        for row in rows:
            pid, name, user, tables, since = (str(value or "") for value in row)
            who = f"process {pid} of the server, `{name or 'without a name'}`"
            who += f" of the user `{user}`" if user else ""
            found.append(f"{who}, has {tables} in a transaction that is open since {since}")
        return tuple(found)

    def _try_take(self, key: int) -> bool:
        return bool(self._session.query("SELECT pg_try_advisory_lock(?::bigint)", (key,))[0][0])

    def _held_by_another(self, key: int) -> LockNotObtained:
        since = f"to_char({_UTC.format('a.backend_start')}, '{_MOMENT}')"
        sql = _HELD.format(columns=f"l.pid, a.application_name, {since}")
        rows = self._session.query(sql, divmod(key, _HALF))
        who = "another run has the migration lock"
        way_out = "wait until it has finished, then run this again"
        for row in rows[:1]:
            pid, name, moment = (str(value or "") for value in row)
            who += f": process {pid} of the server, `{name or 'without a name'}`"
            who += f", connected since {moment}" if moment else ""
            way_out += (
                f"; if it hangs, look at what it does with\n"
                f"`SELECT state, query FROM pg_stat_activity WHERE pid = {pid}`, and end it with "
                f"`SELECT pg_terminate_backend({pid})`"
            )
        return LockNotObtained(who, code="OKR542", place=str(self._session.url), help=way_out)


def hold(session: Session, tables: Sequence[str]) -> None:
    """See `okra.dialects.holding`."""
    named = ", ".join(quote_table(table) for table in tables)
    session.execute(f"LOCK TABLE {named} IN ACCESS EXCLUSIVE MODE")


def wait_briefly(session: Session) -> None:
    """See `okra.dialects.holding`. Both settings are in ms; a `lock_timeout` of 0 is none."""
    session.query(
        "SELECT set_config('lock_timeout', greatest(1, least(nullif(w.setting::bigint, 0),"
        " d.setting::bigint * 3 / 4))::text, true)"
        " FROM pg_catalog.pg_settings w, pg_catalog.pg_settings d"
        " WHERE w.name = 'lock_timeout' AND d.name = 'deadlock_timeout'"
    )


def _key(text: str) -> int:
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1
