"""The process around a local server: starts it, waits for it, and stops it once nobody has used it for a while.

It runs as a file of its own, with the standard library only: `python -I -S keeper.py LOCK LEASE LOG IDLE UID GID
SIGNAL PROGRAM ARGUMENT…`. UID -1: stay who we are. Being the server's parent it can't take another process for it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import sys
import time

TYPE_CHECKING = False  # the module `typing` would cost as much as all the others
if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_S = 0.5  # between two looks at the lease
_AGAIN_S = 1.0  # between two signals to a server that is to stop
_PATIENCE_S = 20.0  # for a server to stop by itself


def main(arguments: list[str]) -> None:
    """Start the server and stay with it until it has ended."""
    lock_path, lease_path, log_path, idle, uid, gid, stop_signal, *command = arguments
    lock = os.open(lock_path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    lease = os.open(lease_path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    end_with = _end_with_parent()  # loads what another user may not be able to
    if os.fork():
        os._exit(0)  # whoever started us need not wait for the server
    if int(uid) >= 0:
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    os.umask(0o077)
    os.chdir("/")
    _redirect(log_path)
    woken = _wake_on_signals()
    server = _start(command, int(stop_signal), end_with)
    _watch(server, int(stop_signal), float(idle), lock, lease, woken)


def _redirect(log_path: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW
    log = os.open(log_path, flags, 0o600)
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)


def _wake_on_signals() -> int:
    """The end of a pipe that becomes readable when a signal arrives."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    return reading


def _start(command: list[str], stop_signal: int, end_with: Callable[[int], int] | None) -> int:
    """Run the server as our child, which the kernel stops should we be killed."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    try:
        if end_with is not None:
            end_with(stop_signal)
            if os.getppid() != parent:
                os._exit(1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.execv(command[0], command)  # noqa: S606 - the path of a server, no shell
    except OSError as error:
        os.write(2, f"{command[0]}: {error}\n".encode())
    os._exit(127)


def _end_with_parent() -> Callable[[int], int] | None:
    """What a child calls so that the kernel sends it a signal when its parent ends; only Linux has that."""
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        prctl = ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return None  # a Python without it: the server ends by itself all the same, only later
    return lambda number: int(prctl(1, number, 0, 0, 0))


def _watch(server: int, stop_signal: int, idle: float, lock: int, lease: int, woken: int) -> None:
    while True:
        ready, _, _ = select.select([woken], [], [], _LOOK_S)
        received = os.read(woken, 512) if ready else b""
        if os.waitpid(server, os.WNOHANG)[0]:
            return
        if signal.SIGTERM in received or signal.SIGINT in received:
            _stop(server, stop_signal)
            return
        if time.time() - os.fstat(lease).st_mtime > idle and _alone(lock, lease):
            if time.time() - os.fstat(lease).st_mtime > idle:
                _stop(server, stop_signal)
                return
            fcntl.flock(lease, fcntl.LOCK_UN)
            fcntl.flock(lock, fcntl.LOCK_UN)


def _alone(lock: int, lease: int) -> bool:
    """Whether nobody uses the server; then nobody can begin to until we end or let go."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        fcntl.flock(lock, fcntl.LOCK_UN)
        return False
    return True


def _stop(server: int, stop_signal: int) -> None:
    """Ask the server to end, again and again: while it starts it may not listen yet."""
    until = time.monotonic() + _PATIENCE_S
    asked = 0.0
    while time.monotonic() < until:
        if time.monotonic() - asked > _AGAIN_S:
            asked = time.monotonic()
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, stop_signal)
        if os.waitpid(server, os.WNOHANG)[0]:
            return
        time.sleep(0.01)
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
