"""How long to wait for what another connection holds: short pauses that grow, none of them alike."""

from __future__ import annotations

from random import random
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from okra.dialects.session import BUSY
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

TABLE_TIMEOUT_MS = 3_000
"""How long one statement waits for a table: whoever comes later waits behind it."""

_FIRST_POLL_S = 0.05
_LAST_POLL_S = 1.0
_POLL_GROWTH = 1.5
_FIRST_RETRY_S = 1.0
_LAST_RETRY_S = 60.0
_JITTER = 0.2
_TRIES = 10


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

    Ten of them, and ten times the lock timeout in all: ten minutes where nothing else is configured.

    blockers  asks the server who is in the way, for the error of the last try
    """

    def __init__(
        self, lock_timeout_ms: int, blockers: Callable[[], tuple[str, ...]] | None = None
    ) -> None:
        self._blockers = blockers
        self._deadline = monotonic() + _TRIES * lock_timeout_ms / 1000
        self._pause = min(_FIRST_RETRY_S, lock_timeout_ms / 1000)
        self._left = _TRIES

    def again(self, error: DatabaseError) -> bool:
        """Whether to try once more after `error`; where so, after a pause."""
        if error.code != BUSY:
            return False
        self._left -= 1
        if not self._left or monotonic() + self._pause > self._deadline:
            found = self._blockers() if self._blockers is not None else ()
            error.help = "\n".join([error.help or "", *found]).strip()
            return False
        sleep(_jittered(self._pause))
        self._pause = min(self._pause * 2, _LAST_RETRY_S)
        return True


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
