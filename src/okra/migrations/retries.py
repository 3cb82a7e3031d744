"""Trying again: where somebody's lock was in the way, the connection broke, or another run has been quicker."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from okra.dialects.session import LOST
from okra.dialects.waiting import Retries
from okra.errors import DatabaseError, LockNotObtained, OkraError, Overtaken
from okra.migrations.history import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.migrations.executor import Run

T = TypeVar("T")

_OVERTAKEN = 10
_RECONNECTS = 3
_RECONNECT_S = 15.0
_LOOK_S = 0.05


def persist(run: Run, version: str, attempt: Callable[[], T]) -> T:
    """What `attempt` gives. It looks at the history first each time, so that nothing happens twice.

    Raises  whatever `attempt` raises in the end
    """

    def blockers() -> tuple[str, ...]:
        return run.session.lock.blockers()  # that of now: it may have been opened anew

    retries = Retries(run.target.lock_timeout_ms, blockers)
    broken = overtaken = 0
    while True:
        try:
            return attempt()
        except Overtaken:
            overtaken += 1
            if not run.in_steps or overtaken > _OVERTAKEN:
                raise
            run.load()
            await_other(run, version)
        except DatabaseError as error:
            if retries.again(error):
                if run.in_steps:
                    run.load()
            elif error.code == LOST and broken < _RECONNECTS:
                broken += 1
                _reconnect(run, error)
            else:
                raise


def look_surely(run: Run, look: Callable[[], T]) -> T:
    """What `look` finds. What it refuses counts under the lock only: another run may be half way meanwhile."""
    try:
        return look()
    except OkraError:
        if run.prober is None or not run.writes:
            raise
    with run.locked():
        run.load()
        return look()


def look_again(run: Run, version: str) -> bool:
    """Read the history again if somebody else may have written, and wait for whoever is at work on `version`.

    Returns  whether it was read again
    """
    changed = run.refresh()
    return await_other(run, version) or changed


def await_other(run: Run, version: str) -> bool:
    """Wait until whoever holds `version` has finished with it, or is gone. Then the history is read again.

    Returns whether it had to wait
    Raises   LockNotObtained after the lock timeout
    """
    record = run.records.get(version)
    if record is None or record.state not in (State.RUNNING, State.REVERTING):
        return False
    deadline = monotonic() + run.target.lock_timeout_ms / 1000
    waited = False
    while True:
        owner = run.journal.owner(version)
        if owner is None or owner[1] not in (State.RUNNING, State.REVERTING):
            break
        if owner[0] == run.runner or not run.session.lock.is_alive(owner[0]):
            break
        if monotonic() >= deadline:
            raise _still_at_work(run, version)
        waited = True
        sleep(_LOOK_S)
    if waited:
        run.load()
    return waited


def _reconnect(run: Run, lost: DatabaseError) -> None:
    deadline = monotonic() + _RECONNECT_S
    pause = _LOOK_S
    while True:
        try:
            run.reconnect()
        except LockNotObtained:
            raise
        except DatabaseError as error:
            if monotonic() >= deadline:
                lost.help = (
                    f"{lost.help or ''}\nand it could not be made again: {error.message}\n"
                    "when the server is back, run the command again: it finds out how far it came and goes on"
                ).strip()
                raise lost from error
        else:
            return
        sleep(pause)
        pause = min(pause * 2, 1.0)


def _still_at_work(run: Run, version: str) -> LockNotObtained:
    return LockNotObtained(
        f"another run is at work on `{version}`, and has not finished in "
        f"{run.target.lock_timeout_ms / 1000:g} seconds",
        code="OKR562",
        place=str(run.target.url),
        help="wait until it has finished; `lockTimeout` sets how long OKRA waits",
    )
