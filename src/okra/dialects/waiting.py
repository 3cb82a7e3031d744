"""How long to wait for what another connection holds: short pauses that grow, none of them alike."""

from __future__ import annotations

from contextvars import ContextVar
from random import random
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from okra.dialects.session import BUSY
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

listener: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)
"""Who is told, once, what a command waits for: the command line sets it."""

UNCHANGED = "nothing was changed"
"""What a KeyboardInterrupt says where that is certain."""

TABLE_TIMEOUT_MS = 3_000
"""How long one statement waits for a table: whoever comes later waits behind it."""

_FIRST_POLL_S = 0.05
_LAST_POLL_S = 1.0
_POLL_GROWTH = 1.5
_FIRST_RETRY_S = 1.0
_LAST_RETRY_S = 60.0
_JITTER = 0.2
_TRIES = 10
_LAST_LOOK_S = 5.0


def table_timeout_ms(lock_timeout_ms: int) -> int:
    """How long one statement waits for a table in a run that waits so long for its lock; never 0, which is forever."""
    return max(1, min(TABLE_TIMEOUT_MS, lock_timeout_ms))


def poll(attempt: Callable[[], bool], timeout_ms: int) -> bool:
    """Whether `attempt` came true in time. It is made once in any case, and never blocks a server."""
    deadline = monotonic() + timeout_ms / 1000
    pause = _FIRST_POLL_S
    while not attempt():
        left = deadline - monotonic()
        if left <= 0:
            return False
        sleep(min(_jittered(pause), left))
        pause = min(pause * _POLL_GROWTH, _LAST_POLL_S)
    return True


class Retries:
    """The tries of something that a busy table may stop.

    Ten of them, and ten times the lock timeout in all: ten minutes where nothing else is configured. For somebody
    who sits before it, `once`: as many as there are in one lock timeout.

    blockers  asks the server who is in the way, for whoever waits and for the error of the last try
    """

    def __init__(
        self,
        lock_timeout_ms: int,
        blockers: Callable[[], tuple[str, ...]] | None = None,
        *,
        once: bool = False,
    ) -> None:
        self._blockers = blockers
        self._once = once
        total = lock_timeout_ms / 1000 if once else _TRIES * lock_timeout_ms / 1000
        self._deadline = monotonic() + total
        if once:  # the next try takes its time as well
            self._deadline -= table_timeout_ms(lock_timeout_ms) / 1000
        self._pause = min(_FIRST_RETRY_S, lock_timeout_ms / 1000)
        self._left = _TRIES
        self._told = False

    def again(self, error: DatabaseError) -> bool:
        """Whether to try once more after `error`; where so, after a pause."""
        if error.code != BUSY:
            return False
        if self._is_over():
            error.help = "\n".join([error.help or "", *self._in_the_way()]).strip()
            return False
        self._tell()
        left = self._deadline - monotonic()
        sleep(max(0.0, min(_jittered(self._pause), left)) if self._once else _jittered(self._pause))
        self._pause = min(self._pause * 2, _LAST_LOOK_S if self._once else _LAST_RETRY_S)
        return True

    def _is_over(self) -> bool:
        if self._once:
            return monotonic() >= self._deadline
        self._left -= 1
        return not self._left or monotonic() + self._pause > self._deadline

    def _in_the_way(self) -> tuple[str, ...]:
        return self._blockers() if self._blockers is not None else ()

    def _tell(self) -> None:
        tell = listener.get()
        if tell is None or self._told:
            return
        self._told = True
        found = "; ".join(self._in_the_way()) or "another connection has what is needed"
        tell(f"waiting for a lock: {found}")


def patiently(
    look: Callable[[], T], lock_timeout_ms: int, blockers: Callable[[], tuple[str, ...]]
) -> T:
    """What `look` finds, which changes nothing, and waits one lock timeout in all for who is in the way.

    Raises  KeyboardInterrupt that says so
    """
    retries = Retries(lock_timeout_ms, blockers, once=True)
    try:
        while True:
            try:
                return look()
            except DatabaseError as error:
                if not retries.again(error):
                    raise
    except KeyboardInterrupt:
        raise KeyboardInterrupt(UNCHANGED) from None


def retried(
    work: Callable[[], T], lock_timeout_ms: int, blockers: Callable[[], tuple[str, ...]]
) -> T:
    """What `work` gives, tried again where only a lock was in its way. It must leave nothing behind then."""
    retries = Retries(lock_timeout_ms, blockers)
    while True:
        try:
            return work()
        except DatabaseError as error:
            if not retries.again(error):
                raise


def _jittered(seconds: float) -> float:
    return seconds * (1 + _JITTER * (2 * random() - 1))  # noqa: S311 - no secret depends on it
