"""How far a file has come that can't be one transaction: written down before and after each of its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.migrations.history import MAX_ERROR, Direction, Hold, Mode, State, lost

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.dialects.base import Value
    from okra.dialects.session import MigrationSession
    from okra.migrations.history import History
    from okra.migrations.history_tables import HistoryTables


class Halfway(msgspec.Struct, frozen=True, array_like=True):
    """A file that was begun in steps and not finished. The order of the fields is that of the query.

    applied      how many of its statements are known to be done
    in_flight    the number of the first that was sent, and whose end nobody has written down
    mark         what each statement in flight is, and what it found before it began; a line for each.
                 With none in flight: how far the first one that is not done has come, if it is run in ranges
    prefix_hash  the hash over the statements that are done
    total        how many it has
    """

    version: str
    state: str
    direction: str
    checksum: str
    applied: int
    in_flight: int | None
    mark: str | None
    prefix_hash: str | None
    runner: str
    epoch: int
    error_code: str | None
    error: str | None
    error_at_statement: int | None
    total: int

    @property
    def is_down(self) -> bool:
        """Whether it is on the way back."""
        return self.direction == Direction.DOWN

    @property
    def progress(self) -> str | None:
        """How far the first statement that is not done has come, where it is run in ranges."""
        return self.mark if self.in_flight is None else None

    @property
    def flight(self) -> Flight | None:
        """What was sent, and whose end nobody has written down."""
        if self.in_flight is None:
            return None
        return Flight(number=self.in_flight, marks=tuple((self.mark or "").split("\n")))


class Flight(msgspec.Struct, frozen=True, kw_only=True):
    """The statements that are about to be sent, one after the other: the first one's number, and their marks."""

    number: int
    marks: tuple[str, ...]

    def covers(self, number: int) -> bool:
        """Whether the statement with this number is one of them."""
        return self.number <= number < self.number + len(self.marks)

    def mark(self, number: int) -> str:
        """The mark of the statement with this number."""
        return self.marks[number - self.number]


_FIELDS = ", ".join(Halfway.__struct_fields__)
_OPEN = tuple(
    state.value for state in (State.RUNNING, State.REVERTING, State.UNKNOWN, State.FAILED)
)


class Journal:
    """The rows of the history that are on their way. Each write needs the hold, and fails where it was lost."""

    def __init__(self, session: MigrationSession, tables: HistoryTables, history: History) -> None:
        self._session = session
        self._tables = tables
        self._history = history

    def read(self) -> dict[str, Halfway]:
        """Every file that was begun in steps and not finished, by version."""
        rows = self._tables.rows(
            f"SELECT {_FIELDS} FROM {self._tables.history} WHERE tx_mode = ? AND state IN (?, ?, ?, ?)",
            (Mode.STATEMENT.value, *_OPEN),
        )
        return {found.version: found for found in self._tables.converted(rows, list[Halfway])}

    def owner(self, version: str) -> tuple[str, str] | None:
        """Who has written the row of `version` last, and its state."""
        rows = self._tables.rows(
            f"SELECT runner, state FROM {self._tables.history} WHERE version = ?", (version,)
        )
        return self._tables.converted(rows[0], tuple[str, str]) if rows else None

    def is_own(self, version: str, runners: Collection[str], state: State) -> bool:
        """Whether it was one of `runners` that has brought `version` into `state`."""
        owner = self.owner(version)
        return owner is not None and owner[0] in runners and owner[1] == state

    def turn_back(self, version: str, *, epoch: int, runner: str, total: int) -> Hold:
        """Begin to take a migration back in steps that is done."""
        values: dict[str, Value] = {
            "state": State.REVERTING.value,
            "direction": Direction.DOWN.value,
            "tx_mode": Mode.STATEMENT.value,
            "applied": 0,
            "total": total,
            "prefix_hash": None,
        }
        return self._take(version, epoch, State.DONE.value, runner, values | {"mark": None})

    def stay(self, hold: Hold, *, total: int) -> None:
        """Give up a way back of which nothing was done: what is held is on the way up, with `total` statements."""
        self._write(hold, {"direction": Direction.UP.value, "total": total})

    def take_over(
        self, found: Halfway, *, runner: str, applied: int, prefix: str, total: int, checksum: str
    ) -> Hold:
        """Go on with what another run has left: `applied` is what was found out about it.

        Raises  Overtaken where it has moved on since it was found
        """
        values: dict[str, Value] = {
            "state": (State.REVERTING if found.is_down else State.RUNNING).value,
            "applied": applied,
            "total": total,
            "prefix_hash": prefix,
            "checksum": checksum,
        }
        return self._take_found(found, runner, values)

    def advance(
        self,
        hold: Hold,
        *,
        applied: int,
        prefix: str,
        flight: Flight | None,
        progress: str | None = None,
    ) -> None:
        """In one write: so many statements are done, and which one is about to be sent.

        progress  how much is done of the next one, where that is run in ranges
        """
        values: dict[str, Value] = {
            "applied": applied,
            "prefix_hash": prefix,
            "in_flight": flight.number if flight else None,
            "mark": "\n".join(flight.marks) if flight else progress,
        }
        self._write(hold, values)

    def stop(
        self, hold: Hold, state: State, *, code: str, message: str, number: int | None
    ) -> None:
        """Write down why it can't go on: FAILED where the statement was undone, UNKNOWN where nobody knows.

        Right behind an `advance`, in the same transaction, that says how far it came.
        """
        values: dict[str, Value] = {
            "state": state.value,
            "error_code": code,
            "error": message[:MAX_ERROR],
            "error_at_statement": number,
        }
        self._write(hold, values)
        self._history.log(hold.version, state.value)

    def settle(self, found: Halfway, *, runner: str, applied: int, prefix: str) -> State:
        """Write down what somebody has found out by hand: so many are done, and none is in flight.

        Ranges of the next statement that are done stay so.
        """
        after = State.REVERTING if found.is_down else State.RUNNING
        values: dict[str, Value] = {
            "state": after.value,
            "applied": applied,
            "prefix_hash": prefix,
        }
        self._take_found(found, runner, values)
        return after

    def _write(self, hold: Hold, values: dict[str, Value]) -> None:
        pairs = "".join(f"{name} = ?, " for name in values)
        changed = self._session.execute(
            f"UPDATE {self._tables.history} SET {pairs}heartbeat_at = {self._session.clock}"
            " WHERE version = ? AND runner = ? AND epoch = ?",
            (*values.values(), hold.version, hold.runner, hold.epoch),
        )
        if changed != 1:
            raise lost(hold.version)

    def _take_found(self, found: Halfway, runner: str, values: dict[str, Value]) -> Hold:
        """Take over a row that is as it was found."""
        values = values | {"mark": found.progress}
        seen = (found.applied, found.mark or "")
        return self._take(found.version, found.epoch, found.state, runner, values, seen)

    def _take(
        self,
        version: str,
        epoch: int,
        state: str,
        runner: str,
        values: dict[str, Value],
        seen: tuple[Value, ...] = (),
    ) -> Hold:
        """Make the row this run's own, if it is still as it was read.

        seen  what else it must hold: how many are done, and the mark
        """
        values = values | {
            "runner": runner,
            "epoch": epoch + 1,
            "in_flight": None,
            "error_code": None,
            "error": None,
            "error_at_statement": None,
        }
        pairs = "".join(f"{name} = ?, " for name in values)
        changed = self._session.execute(
            f"UPDATE {self._tables.history} SET {pairs}heartbeat_at = {self._session.clock}"
            " WHERE version = ? AND epoch = ? AND state = ?"
            + (" AND applied = ? AND coalesce(mark, '') = ?" if seen else ""),
            (*values.values(), version, epoch, state, *seen),
        )
        if changed != 1:
            raise lost(version)
        return Hold(version=version, runner=runner, epoch=epoch + 1)
