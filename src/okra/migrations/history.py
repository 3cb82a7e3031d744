"""The table of applied migrations in the target database, and the log beside it."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DatabaseError, Overtaken
from okra.migrations.history_tables import COLUMNS, NAMES

if TYPE_CHECKING:
    from okra.dialects.base import Value
    from okra.dialects.session import MigrationSession
    from okra.migrations.history_tables import HistoryTables

MAX_ERROR = 2000


class State(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REVERTING = "reverting"
    REVERTED = "reverted"


_STATES = frozenset(State)


class Direction(StrEnum):
    """Which file is run: migration.sql, or rollback.sql."""

    UP = "up"
    DOWN = "down"


class Mode(StrEnum):
    """How much of a file is one transaction: FILE all of it, STATEMENT a part, or none."""

    FILE = "file"
    STATEMENT = "statement"


class Kind(StrEnum):
    MIGRATION = "migration"
    BASELINE = "baseline"
    RESOLVED = "resolved"


class Record(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What the commands need of one row. The order of the fields is the order of `_READ`."""

    version: str
    name: str | None
    state: str
    kind: str
    checksum: str
    epoch: int
    error_code: str | None = None
    error: str | None = None
    error_at_statement: int | None = None
    started_at: str | None = None
    finished_at: str | None = None
    duration_ms: int | None = None
    applied_by: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """All that is written about a migration before its first statement runs."""

    version: str
    name: str | None
    parent: str | None
    kind: Kind
    checksum: str
    snapshot_hash: str
    total: int
    runner: str
    epoch: int
    applied_by: str | None
    host: str
    okra_version: str
    server_version: str
    direction: Direction = Direction.UP
    tx_mode: Mode = Mode.FILE


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """The right to go on with a version: whoever has another runner or epoch has lost it."""

    version: str
    runner: str
    epoch: int


_READ = ", ".join(Record.__struct_fields__)


class History:
    """The history in one database. All its writes belong into the caller's transaction."""

    def __init__(self, session: MigrationSession, tables: HistoryTables) -> None:
        self._session = session
        self._tables = tables
        self._table = tables.history

    def read(self) -> dict[str, Record]:
        """All rows, by version. Only where there is a stamp.

        Raises  DatabaseError where somebody has changed them so that they say nothing any more
        """
        rows = self._tables.rows(f"SELECT {_READ} FROM {self._table}")
        records = self._tables.converted(rows, list[Record])
        for record in records:
            if record.state not in _STATES:
                raise self._tables.damaged(f"`{record.version}` has the state `{record.state}`")
        return {record.version: record for record in records}

    def claim(self, claim: Claim, *, known: bool) -> Hold:
        """Take the version for this runner, before its first statement.

        known   whether it has a row already, which must then have the epoch before the claim's
        Raises  DatabaseError where somebody else has taken it
        """
        self._put(claim, known=known, state=State.RUNNING, values={})
        return Hold(version=claim.version, runner=claim.runner, epoch=claim.epoch)

    def fail(
        self, claim: Claim, *, known: bool, code: str, message: str, statement: int | None
    ) -> None:
        """Write down that the migration failed and was undone."""
        values: dict[str, Value] = {
            "error_code": code,
            "error": message[:MAX_ERROR],
            "error_at_statement": statement,
        }
        self._put(claim, known=known, state=State.FAILED, values=values, finished=True)
        self.log(claim.version, "failed")

    def record(self, claim: Claim, *, known: bool) -> None:
        """Write down a migration as done without running it: a baseline, or resolved by hand."""
        self._put(
            claim,
            known=known,
            state=State.DONE,
            values={"applied": claim.total, "duration_ms": 0},
            finished=True,
        )
        self.log(claim.version, claim.kind.value)

    def finish(
        self, hold: Hold, *, state: State, applied: int, prefix_hash: str | None, duration_ms: int
    ) -> None:
        """Write down how the run that has `hold` ended.

        Raises  DatabaseError where another run has taken it over
        """
        changed = self._session.execute(
            f"UPDATE {self._table} SET state = ?, applied = ?, prefix_hash = ?, in_flight = NULL,"
            f" mark = NULL, duration_ms = ?, finished_at = {self._session.clock},"
            f" heartbeat_at = {self._session.clock}"
            " WHERE version = ? AND runner = ? AND epoch = ?",
            (
                state.value,
                applied,
                prefix_hash,
                duration_ms,
                hold.version,
                hold.runner,
                hold.epoch,
            ),
        )
        if changed != 1:
            raise lost(hold.version)
        self.log(hold.version, state.value)

    def move(self, record: Record, *, runner: str, state: State) -> Hold:
        """Move a row on to `state` with the next epoch: `reverting`, or what somebody decided.

        Raises  DatabaseError where another run has changed the row
        """
        changed = self._session.execute(
            f"UPDATE {self._table} SET state = ?, runner = ?, epoch = epoch + 1, error = NULL,"
            " error_code = NULL, error_at_statement = NULL"
            " WHERE version = ? AND epoch = ? AND state = ?",
            (state.value, runner, record.version, record.epoch, record.state),
        )
        if changed != 1:
            raise lost(record.version)
        return Hold(version=record.version, runner=runner, epoch=record.epoch + 1)

    def log(self, version: str, event: str) -> None:
        """Keep the row of `version` as it is now."""
        self._session.execute(
            f"INSERT INTO {self._tables.log} (event_id, history, event, at, {NAMES})"
            f" SELECT ?, ?, ?, {self._session.clock}, {NAMES} FROM {self._table}"
            " WHERE version = ?",
            (random_id(), self._tables.name, event, version),
        )

    def _put(
        self,
        claim: Claim,
        *,
        known: bool,
        state: State,
        values: dict[str, Value],
        finished: bool = False,
    ) -> None:
        row = _row(claim, state) | values
        clock = self._session.clock
        times = {"started_at": clock, "heartbeat_at": clock}
        if finished:
            times["finished_at"] = clock
        marks = {name: times.get(name, "?") for name, _ in COLUMNS}
        given = [row[name] for name in marks if name not in times]
        if known:
            self._update(claim, marks, given)
        else:
            self._insert(claim, marks, given)

    def _insert(self, claim: Claim, marks: dict[str, str], given: list[Value]) -> None:
        sql = f"INSERT INTO {self._table} ({NAMES}) VALUES ({', '.join(marks.values())})"
        try:
            self._session.execute(sql, given)
        except DatabaseError as error:
            if error.code != "OKR509":  # the version is the key of the table
                raise
            raise lost(claim.version) from error

    def _update(self, claim: Claim, marks: dict[str, str], given: list[Value]) -> None:
        pairs = ", ".join(f"{name} = {mark}" for name, mark in marks.items())
        changed = self._session.execute(
            f"UPDATE {self._table} SET {pairs} WHERE version = ? AND epoch = ? AND state IN (?, ?)",
            [*given, claim.version, claim.epoch - 1, State.FAILED.value, State.REVERTED.value],
        )
        if changed != 1:
            raise lost(claim.version)


def _row(claim: Claim, state: State) -> dict[str, Value]:
    """All columns of a row at the beginning of a run."""
    row: dict[str, Value] = {name: None for name, _ in COLUMNS}
    row.update({field: getattr(claim, field) for field in Claim.__struct_fields__})
    row.update(kind=claim.kind.value, state=state.value, applied=0)
    row.update(direction=claim.direction.value, tx_mode=claim.tx_mode.value)
    return row


def random_id() -> str:
    """A random UUID, version 4, without the price of importing `uuid`."""
    bits = int.from_bytes(os.urandom(16), "big")
    bits = bits & ~(0xF000 << 64) & ~(0xC000 << 48) | (4 << 76) | (0x8000 << 48)
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def lost(version: str) -> Overtaken:
    """The error for a version that another run holds, or has held meanwhile."""
    return Overtaken(
        f"another run has taken `{version}`",
        code="OKR528",
        help="nothing was changed by this run; look at `okra db:migrate:status`",
    )
