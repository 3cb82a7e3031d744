"""What a session offers to whoever applies migrations, and how one is opened for any URL."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS, dialect
from okra.dialects.base import Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from okra.dialects.base import Script
    from okra.url import DatabaseUrl


class Guard(Protocol):
    """What a dialect does around the statements of one file so that they lose nothing.

    Used inside a transaction of `begin`: `start`, then `run` for each statement in order, then `finish`.
    """

    def start(self) -> None:
        """Look at what the file is about to touch.

        Raises  DatabaseError for statements that have no place in a migration, before any has run
        """
        ...

    def run(self, number: int) -> None:
        """Run the statement with this number, from 0.

        Raises  DatabaseError
        """
        ...

    def finish(self) -> None:
        """Put back what the file could not know about, and check that nothing was lost.

        Raises  DatabaseError where something was: the caller rolls back
        """
        ...


class MigrationSession(Session, Protocol):
    """A session for migrations. Parameters are `?` in its SQL, whatever the driver wants."""

    @property
    def clock(self) -> str:
        """SQL for the server's time: UTC, ISO 8601, as text."""
        ...

    @property
    def server_version(self) -> str: ...

    @property
    def user(self) -> str | None:
        """Who the server takes us for, or None where it does not care."""
        ...

    def begin(self) -> None:
        """Take the migration lock and open a transaction in which statements of migrations may run.

        Raises  LockNotObtained after the lock timeout
        """
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None:
        """Undo the transaction and give the lock back. Without one it does nothing."""
        ...

    def moment(self) -> AbstractContextManager[None]:
        """Whatever is read inside is of one moment, whoever else writes meanwhile."""
        ...

    def changed(self) -> bool:
        """Whether anybody else may have written to the database since this was last asked."""
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
    module = cast("_Opener", import_module(f"{DIALECTS[url.provider]}.session"))
    return module.connect(url, lock_timeout_ms=lock_timeout_ms, read_only=read_only, create=create)
