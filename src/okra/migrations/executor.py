"""A command at work on a target: its session, its directory, and the history as it was last read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import msgspec

from okra.configuration.meaning import DEFAULT_TABLE
from okra.configuration.production import is_production
from okra.dialects import dialect
from okra.dialects.session import connect, prober
from okra.errors import DatabaseError
from okra.migrations.directory import read_directory
from okra.migrations.events import Event, EventKind
from okra.migrations.excluded import is_excluded
from okra.migrations.history import (
    Claim,
    History,
    Hold,
    Kind,
    Mode,
    Record,
    State,
    lost,
    random_id,
)
from okra.migrations.history_tables import HistoryTables
from okra.migrations.journal import Halfway, Journal
from okra.migrations.squashed import for_the_middle
from okra.migrations.stamps import Stamp, Stamps
from okra.migrations.surroundings import host_name, is_absent, login
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.session import MigrationSession
    from okra.migrations.chain import Directory, Migration
    from okra.migrations.events import Fault, Progress

DEFAULT_LOCK_TIMEOUT_MS = 60_000

_ODD = ("OKR522", "OKR534")  # a history that is not whole
_PAUSES_S = (0.02, 0.1, 0.3)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A database and the migrations that belong to it.

    environment  its name in the configuration; None where there is none: good for all but production
    allow        what a run may do although others suffer from it: `blocking`
    exclude      patterns of tables that are left alone
    """

    url: DatabaseUrl
    directory: Path
    history_table: str = DEFAULT_TABLE
    lock_timeout_ms: int = DEFAULT_LOCK_TIMEOUT_MS
    environment: str | None = None
    allow: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def provider(self) -> str:
        return self.url.provider


BLOCKING = "blocking"
"""What `Target.allow` may have: statements that keep others from writing."""


class Run:
    """One command on one target: the session, the directory, and the history as last read.

    synced    the tables of a database with a stamp may be there without a migration that has made them
    strangers the tables and views of a database without a history
    in_steps  whether others may see what it does before it is done
    runners   the ids of this run: one for each connection that it had
    halfway   what was begun in steps and is not finished, by version
    progress  told of each migration and statement
    fault     told the name of each point at which a crash would leave something to see; for tests
    """

    def __init__(
        self,
        target: Target,
        directory: Directory,
        *,
        writes: bool,
        checks_environment: bool = True,
        synced: bool = False,
        progress: Progress | None = None,
        fault: Fault | None = None,
    ) -> None:
        self.target = target
        self._synced = synced
        self.checks_environment = checks_environment
        self.directory = directory
        self.prober = prober(target.provider)
        self.in_steps = self.prober is not None
        self._absent = is_absent(target.url)
        self.writes = writes
        self._locked = self._working = False
        url = DatabaseUrl(provider=target.provider) if self._absent else target.url
        self._use(connect(url, lock_timeout_ms=target.lock_timeout_ms, read_only=not writes))
        self.runner = random_id()
        self.runners = {self.runner}
        self.stamp: Stamp | None = None
        self.records: dict[str, Record] = {}
        self.strangers: tuple[str, ...] = ()
        self.halfway: dict[str, Halfway] = {}
        self._progress = progress
        self._fault = fault

    def emit(self, event: Event) -> None:
        if self._progress is not None:
            self._progress(event)

    def warn(self, texts: Sequence[str]) -> None:
        """Tell of warnings when they are found: the run may fail before it has a result."""
        for number, text in enumerate(texts, start=1):
            self.emit(
                Event(
                    kind=EventKind.WARNING,
                    version="",
                    name=None,
                    number=number,
                    total=len(texts),
                    purpose=text,
                )
            )

    def point(self, name: str) -> None:
        """A place where a crash would be interesting."""
        if self._fault is not None:
            self._fault(name)

    def load(self) -> None:
        """Read the stamp and the history, and where there is none, what else the database has."""
        for pause in _PAUSES_S if self.prober is not None and not self._working else ():
            try:
                self._read()
                break
            except DatabaseError as error:
                if error.code not in _ODD:
                    raise
                sleep(pause)  # another run may be making the tables at this moment
        else:
            self._read()
        if self.checks_environment:
            self._check_environment()

    def _read(self) -> None:
        self._look()
        if self.strangers:  # maybe another run has made them, and its history, in between
            self._look()

    def _look(self) -> None:
        with self.session.moment():
            self.session.lock.changed()
            self.stamp = self.stamps.read()
            self.records = self.history.read() if self.stamp else {}
            self.halfway = self.journal.read() if self._has_open() else {}
            self.strangers = self._find_strangers()

    def _find_strangers(self) -> tuple[str, ...]:
        if self.records or (self.stamp and self._synced):
            return ()
        left_alone = self.target.exclude
        return tuple(n for n in self._tables.strangers() if not is_excluded(n, left_alone))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The migration lock around all that follows; inside of itself it does nothing more."""
        if self._locked:
            yield
            return
        self._make_database()
        self.session.lock.take(self.target.history_table)
        self._locked = True
        try:
            yield
        finally:
            self._locked = False
            self.session.lock.give_back()

    @contextmanager
    def transaction(self) -> Iterator[bool]:
        """The lock, the history as it is under the lock, and all or nothing of what follows.

        Gives  whether somebody else has written since the history was read
        """
        with self.locked(), self.work():
            changed = self.session.lock.changed()
            if changed:
                self.load()
            yield changed
        if self.stamp is None:
            self.stamp = self.stamps.read()

    @contextmanager
    def work(self) -> Iterator[None]:
        """All or nothing of what follows."""
        self.point("begin")
        self.session.begin()
        self._working = True
        try:
            self.point("begun")
            yield
            self.point("commit")
            self.session.commit()
            self.point("committed")
        except BaseException:
            self.session.rollback()
            raise
        finally:
            self._working = False

    def refresh(self) -> bool:
        """Read the history again where somebody else may have written, and say so; under the lock."""
        changed = self.session.lock.changed()
        if changed:
            self.load()
        return changed

    def reconnect(self) -> None:
        """A new session in place of one that is gone, with the lock that was lost with it, and the history as it is.

        Raises  DatabaseError where the server can't be reached, or the lock not be had
        """
        self.session.close()
        url, timeout = self.target.url, self.target.lock_timeout_ms
        self._use(connect(url, lock_timeout_ms=timeout, read_only=not self.writes))
        self.runner = random_id()  # the server may still be busy with what the other one has sent
        self.runners.add(self.runner)
        self.session.lock.take(self.target.history_table)
        self.load()

    def note(self, hold: Claim | Hold, state: State, *, error: str | None = None) -> None:
        """Remember what was just committed about a version, in place of reading it again."""
        known = self.records.get(hold.version)
        self.records[hold.version] = Record(
            version=hold.version,
            name=hold.name if isinstance(hold, Claim) else known.name if known else None,
            state=state.value,
            kind=hold.kind.value if isinstance(hold, Claim) else Kind.MIGRATION.value,
            checksum=hold.checksum if isinstance(hold, Claim) else known.checksum if known else "",
            epoch=hold.epoch,
            error=error,
        )

    def close(self) -> None:
        self.session.close()

    def prepare_history(self) -> None:
        """The tables of the history, made if they are not there; inside the transaction."""
        from okra import __version__

        environment = self.target.environment
        self.point("history")
        if self.stamp is None:
            self._create_history(__version__)
        elif environment is not None and self.stamp.environment is None:
            self.stamps.name_environment(environment)
        self.point("history made")

    def _create_history(self, version: str) -> None:
        atomic = self.session.atomic
        if not atomic:  # what makes tables ends the transaction
            self.session.commit()
        try:
            self.stamps.create(
                environment=self.target.environment, identity=random_id(), okra_version=version
            )
        except DatabaseError as error:
            if error.code not in ("OKR508", "OKR509"):
                raise
            self.session.rollback()
            if not self.stamps.read():
                raise
            raise lost(self.target.history_table) from error
        if not atomic:
            self.stamp = self.stamps.read()
            self.session.begin()

    def claim(
        self,
        migration: Migration,
        kind: Kind,
        *,
        checksum: str,
        total: int,
        tx_mode: Mode = Mode.FILE,
    ) -> Claim:
        """What is written about `migration` before it runs."""
        from okra import __version__
        from okra.migrations.snapshot import snapshot_hash

        known = self.records.get(migration.version)
        return Claim(
            version=migration.version,
            name=migration.header.name,
            parent=migration.header.parent,
            kind=kind,
            checksum=checksum,
            snapshot_hash=snapshot_hash(migration.snapshot_bytes()),
            total=total,
            runner=self.runner,
            epoch=known.epoch + 1 if known else 1,
            applied_by=self.session.user or login(),
            host=host_name(),
            okra_version=__version__,
            server_version=self.session.server_version,
            tx_mode=tx_mode,
        )

    def _use(self, session: MigrationSession) -> None:
        self.session = session
        session.may_block = BLOCKING in self.target.allow
        quote = dialect(self.target.provider).quote
        self._tables = HistoryTables(session, self.target.history_table, quote)
        self.stamps = Stamps(session, self._tables)
        self.history = History(session, self._tables)
        self.journal = Journal(session, self._tables, self.history)

    def _has_open(self) -> bool:
        """Whether any file may be halfway: told from what was read already."""
        return any(
            record.state not in (State.DONE, State.REVERTED) for record in self.records.values()
        )

    def _make_database(self) -> None:
        """A database that is not there yet is made when there is something to write into it."""
        if self._absent:
            self.session.close()
            timeout = self.target.lock_timeout_ms
            self._use(connect(self.target.url, lock_timeout_ms=timeout))
            self._absent = False

    def _check_environment(self) -> None:
        found = self.stamp.environment if self.stamp else None
        wanted = self.target.environment
        if found is None or found == wanted:
            return
        if wanted is not None:
            raise DatabaseError(
                f"the database belongs to the environment `{found}`, not to `{wanted}`",
                code="OKR527",
                place=str(self.target.url),
                help=f"run it with `--env {found}`; if this is a copy that is now `{wanted}`:\n"
                "`okra db:migrate:resolve --adopt`",
            )
        if is_production(found) and self.writes:
            raise DatabaseError(
                f"the database belongs to the environment `{found}`, and no environment is named",
                code="OKR527",
                place=str(self.target.url),
                help=f"set OKRA_ENV={found}, or run it with the configuration that has the environment:\n"
                f"`--env {found}`",
            )


@contextmanager
def opened(
    target: Target,
    *,
    writes: bool,
    checks_environment: bool = True,
    progress: Progress | None = None,
    fault: Fault | None = None,
) -> Iterator[Run]:
    """A Run on `target`, with its history read.

    Raises  DirectoryError and DatabaseError, before anything was changed
    """
    directory = read_directory(target.directory, target.provider)
    run = Run(
        target,
        directory,
        writes=writes,
        checks_environment=checks_environment,
        progress=progress,
        fault=fault,
    )
    try:
        run.load()
        run.directory = for_the_middle(directory, run.records)
        yield run
    finally:
        run.close()
