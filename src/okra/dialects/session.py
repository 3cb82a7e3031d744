"""What a session offers to whoever applies migrations, and how one is opened for any URL."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS, dialect
from okra.dialects.base import Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from okra.dialects.base import Script
    from okra.url import DatabaseUrl


BUSY = "OKR540"
"""The code where somebody else's lock was in the way of a statement: the transaction can be tried again as a whole."""

REFUSED = "OKR508"
"""The code where the server refuses a statement, whatever the rows are."""

REFUSED_ROWS = "OKR509"
"""The code where the server refuses a statement because of the rows that are there, or would be."""

LOST = "OKR541"
"""The code where the connection broke: nobody knows whether the server has done what it was sent last."""


class Guard(Protocol):
    """What a dialect does around the statements of one file, or one segment of it, so that they lose nothing.

    Used inside a transaction of `begin`: `start`, then `run` for each statement in order, then `finish`.
    A segment of one statement that no transaction may surround is run the same way without `begin`.
    """

    def start(self) -> None:
        """Look at what the file is about to touch.

        Raises  DatabaseError for statements that have no place in a migration, before any has run
        """
        ...

    def run(self, number: int, stop: int | None = None) -> None:
        """Run the statement with this number, from 0.

        stop    behind those that are run next, in the same transaction: a dialect may send some of them already
        Raises  DatabaseError
        """
        ...

    def finish(self) -> None:
        """Put back what the file could not know about, and check that nothing was lost.

        Raises  DatabaseError where something was: the caller rolls back
        """
        ...


class MigrationLock(Protocol):
    """The lock that lets one run at a time change a database, and what it tells a session of other runs."""

    def take(self, history: str) -> None:
        """Take the migration lock of the history table `history`, over all transactions until `give_back`.

        Where the database's own write lock is the migration lock, it is `begin` that takes it.

        Raises  LockNotObtained after the lock timeout, and says who holds it
        """
        ...

    def give_back(self) -> None:
        """Give the lock back. Without it, and on a connection that is gone, it does nothing."""
        ...

    def announce(self, runner: str) -> None:
        """Let others see until `close` that the run with this id is alive: by a lock of its own."""
        ...

    def is_alive(self, runner: str) -> bool:
        """Whether another connection has announced `runner` and is still there, be it only in the server."""
        ...

    def blockers(self) -> tuple[str, ...]:
        """Who has transactions open that statements may have to wait for, as far as the server says, as sentences."""
        ...

    def changed(self) -> bool:
        """Whether anybody else may have written to the history since this was last asked.

        Under a lock that was kept since then nobody has.
        """
        ...


class MigrationSession(Session, Protocol):
    """A session for migrations. Parameters are `?` in its SQL, whatever the driver wants."""

    may_block: bool
    """Whether a statement may keep others from writing where the server does it in no other way."""

    @property
    def clock(self) -> str:
        """SQL for the server's time: UTC, ISO 8601, as text."""
        ...

    @property
    def server_version(self) -> str: ...

    @property
    def table_options(self) -> str:
        """What stands behind the closing parenthesis where OKRA makes a table of its own, or nothing."""
        ...

    @property
    def user(self) -> str | None:
        """Who the server takes us for, or None where it does not care."""
        ...

    @property
    def atomic(self) -> bool:
        """Whether definitions are part of a transaction, so that a whole file can be undone."""
        ...

    @property
    def lock(self) -> MigrationLock:
        """The migration lock, as this session has it or not."""
        ...

    def check_rights(self) -> None:
        """Nothing, if this user may make tables here.

        Raises  DatabaseError that says which right is missing
        """
        ...

    def begin(self) -> None:
        """Open a transaction in which statements of migrations may run.

        Raises  LockNotObtained after the lock timeout, where this is what takes the lock
        """
        ...

    def commit(self) -> None:
        """Keep what was done since `begin`.

        Raises  DatabaseError with the code LOST where nobody knows whether it was kept
        """
        ...

    def rollback(self) -> None:
        """Undo the transaction. Without one, and on a connection that is gone, it does nothing."""
        ...

    def moment(self) -> AbstractContextManager[None]:
        """Whatever is read inside is of one moment, whoever else writes meanwhile."""
        ...

    def guard(self, scripts: Sequence[Script]) -> Guard:
        """The protection for one file."""
        ...

    def has_table(self, name: str) -> bool: ...

    def warnings(self) -> tuple[str, ...]:
        """What may go wrong with this database although nothing is wrong yet, as sentences."""
        ...

    def tables(self) -> list[str]:
        """The tables and views that are not OKRA's own, sorted."""
        ...


class Finding(StrEnum):
    """What the catalogue says of a statement whose end nobody saw."""

    NOT_DONE = "not done"
    DONE = "done"
    UNCLEAR = "unclear"


class Prober(Protocol):
    """What a dialect knows about single statements of a file that can't be one transaction."""

    def runs_outside(self, script: Script, *, marked: bool) -> bool:
        """Whether no transaction can undo the statement, or none may surround it.

        marked  the file says so
        """
        ...

    def is_setting(self, script: Script) -> bool:
        """Whether the statement changes nothing but the session, which a new session has to repeat."""
        ...

    def blocked(self, script: Script) -> tuple[str, ...]:
        """The tables that the statement changes, as they are named in SQL, where blocking them wants consent."""
        ...

    def sole_object(self, script: Script) -> str | None:
        """The one object whose making or dropping is all that the statement does; None for all others.

        Many such may be under way at once: none of them changes what the catalogue says of another one's.
        """
        ...

    def renamed(self, script: Script) -> tuple[tuple[str, str], ...]:
        """The tables that the statement renames, as `blocked` names them: what each was called, and is called then."""
        ...

    def mark(self, session: MigrationSession, script: Script) -> str:
        """What the catalogue says now about everything that the statement is about to change.

        Empty where that is not known.
        """
        ...

    def marks(self, session: MigrationSession, scripts: Sequence[Script]) -> list[str]:
        """The mark of each of several, in fewer queries where the server lets it be."""
        ...

    def outcome(self, session: MigrationSession, script: Script, before: str) -> Finding:
        """Whether the statement was done since `before` was its mark."""
        ...

    def clear(self, session: MigrationSession, script: Script) -> None:
        """Take away what the statement has left behind where it was broken off, so that it can run again."""
        ...


_PROBERS = {
    "postgres": "okra.dialects.postgres.server.probe",
    "mysql": "okra.dialects.mysql.server.probe",
}


def stepper(provider: str) -> Prober:
    """What knows about single statements of a file of `provider` that is run in steps."""
    path = _PROBERS.get(provider, f"{DIALECTS[provider]}.server.probe")
    return cast("Prober", import_module(path))


def prober(provider: str) -> Prober | None:
    """What `provider` knows about single statements; None where every file is one transaction."""
    path = _PROBERS.get(provider)
    return cast("Prober", import_module(path)) if path else None


class _Opener(Protocol):
    def connect(
        self,
        url: DatabaseUrl,
        *,
        lock_timeout_ms: int,
        read_only: bool = False,
        create: bool = True,
    ) -> MigrationSession: ...


def connect(
    url: DatabaseUrl, *, lock_timeout_ms: int, read_only: bool = False, create: bool = True
) -> MigrationSession:
    """A session on the database at `url`.

    Raises  DatabaseError that says why there is none; UsageError for a provider that OKRA has not
    """
    dialect(url.provider)
    module = cast("_Opener", import_module(f"{DIALECTS[url.provider]}.server.session"))
    return module.connect(url, lock_timeout_ms=lock_timeout_ms, read_only=read_only, create=create)
