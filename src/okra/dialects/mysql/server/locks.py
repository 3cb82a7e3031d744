"""The migration lock in MySQL: a named lock of the connection, asked for again and again.

It is one server's: other nodes of a cluster with several writers don't know of it, and the claims of the
history carry such a run.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from okra.dialects.waiting import poll
from okra.errors import DatabaseError, LockNotObtained

if TYPE_CHECKING:
    from okra.dialects.mysql.server.session import MysqlSession


_SHOWN = 3


def lock_name(database: str, history: str) -> str:
    """The name of the lock for one history: 45 of the 64 characters that every server takes."""
    return _name(f"{database}\0{history}")


def runner_name(runner: str) -> str:
    """The name by which one run shows that it is alive."""
    return _name(f"runner\0{runner}")


def take(session: MysqlSession, history: str) -> str:
    """The name of the lock of `history`, which this session now has.

    Raises  LockNotObtained after the lock timeout, and says who holds it
    """
    name = lock_name(session.facts.database, history)
    if not poll(lambda: try_take(session, name), session.lock_timeout_ms):
        raise _held_by_another(session, name)
    return name


def try_take(session: MysqlSession, name: str) -> bool:
    """Whether the lock of this name is ours now.

    Raises  DatabaseError where the server gives no locks at all
    """
    found = session.query("SELECT get_lock(?, 0)", (name,))[0][0]
    if found is None:
        raise DatabaseError(
            "the server could not say whether the migration lock is free",
            code="OKR557",
            place=str(session.url),
            help="run it again; where that doesn't help, look into the server's log",
        )
    return bool(found)


def release(session: MysqlSession, name: str) -> bool:
    """Give the lock back; whether it was ours until now."""
    return session.query("SELECT release_lock(?)", (name,)) == [(1,)]


def is_mine(session: MysqlSession, name: str) -> bool:
    """Whether the lock of this name is ours."""
    return session.query("SELECT is_used_lock(?) = connection_id()", (name,)) == [(1,)]


def is_held(session: MysqlSession, name: str) -> bool:
    """Whether another connection has the lock of this name."""
    return session.query("SELECT is_used_lock(?) <> connection_id()", (name,)) == [(1,)]


def blockers(session: MysqlSession) -> tuple[str, ...]:
    """Who has a transaction open, the oldest first, as sentences; nobody where this user may not know."""
    try:
        rows = session.query(
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


def _held_by_another(session: MysqlSession, name: str) -> LockNotObtained:
    who = "another run has the migration lock"
    way_out = "wait until it has finished, then run this again"
    rows = session.query(
        "SELECT p.id, p.user, p.host, p.time FROM information_schema.processlist p"
        " WHERE p.id = is_used_lock(?)",
        (name,),
    )
    for row in rows:
        number, user, host, seconds = map(str, row)
        who += f": connection {number} of `{user}` from `{host}`, for {seconds} s in this state"
        way_out += f"; if it hangs, look at it with `SHOW FULL PROCESSLIST`, and end it with `KILL {number}`"
    return LockNotObtained(who, code="OKR542", place=str(session.url), help=way_out)


def _name(text: str) -> str:
    return "okra:" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
