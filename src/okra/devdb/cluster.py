"""One local server, shared by all processes of a user: started by the first, stopped when nobody has used it for a while.

    ROOT/KIND-KEY-1/     ours; 1 is the number of this layout
        lock             held while the server is made, started or stopped
        lease            held, shared, by everybody who uses the server; its time is that of the last use
        current          which of the folders below it is, and how to know it again
        c-…/             the server's own: data/, s/ with the socket, log

Whatever is doubtful about a server that does not answer, it is thrown away and made anew: nothing in it is worth
keeping, and it writes nothing to the disk in time.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import msgspec

from okra.devdb.account import server_account
from okra.devdb.cleaning import alone, forget_unused
from okra.devdb.kinds import KINDS
from okra.devdb.orphans import end_orphan
from okra.devdb.places import cache_root, own_folder
from okra.devdb.starting import (
    LAYOUT,
    Current,
    Place,
    answers,
    make,
    not_started,
    recognised,
    start,
)
from okra.errors import DatabaseError, NoDevDatabase, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.devdb.link import Link
    from okra.devdb.software import Software
    from okra.url import DatabaseUrl

IDLE_VARIABLE = "OKRA_DEV_IDLE"
IDLE_SECONDS = 600.0

_BUSY_S = 10.0


class Lease:
    """A running server, which is not stopped before `release`.

    admin  a connection to its maintenance database
    """

    is_ours = True

    def __init__(self, place: Place, current: Current, admin: Link, descriptor: int) -> None:
        self.admin = admin
        self.current = current
        self._place = place
        self._descriptor = descriptor

    def url(self, database: str | None = None) -> DatabaseUrl:
        """Where its database `database` is; None: the maintenance database."""
        return self._place.kind.url(self.current.socket_folder, database)

    def release(self) -> None:
        """Let the server go once nobody else uses it either. Twice does nothing."""
        if self._descriptor >= 0:
            self.admin.close()
            os.utime(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1


class Cluster:
    """The server of one program, at its place in the cache."""

    def __init__(self, software: Software, environ: Mapping[str, str]) -> None:
        account = server_account(environ)
        root = cache_root(environ, account)
        self._place = Place(
            software=software,
            kind=KINDS[software.kind],
            account=account,
            root=root,
            folder=root / f"{software.key}-{LAYOUT}",
            idle=_idle_seconds(environ),
        )

    def use(self) -> Lease:
        """The server, running.

        Raises  NoDevDatabase where it can't be made to
        """
        import fcntl

        try:
            own_folder(self._place.folder, 0o711 if self._place.account else 0o700)
            descriptor = self._open("lease")
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                os.utime(descriptor)
                current, admin = self._running() or self._started(descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except OSError as error:
            raise not_started(self._place.software, "could not be started", str(error)) from error
        return Lease(self._place, current, admin, descriptor)

    def stop(self) -> None:
        """Have the server stopped as soon as nobody uses it."""
        with suppress(FileNotFoundError):
            os.utime(self._place.folder / "lease", (0, 0))

    def remove(self) -> bool:
        """Remove all that the server has on the disk, unless it runs or is about to; whether it is gone."""
        if not self._place.folder.is_dir():
            return True
        with alone(self._place.folder) as nobody_else:
            current = self._current()
            if not nobody_else or (current is not None and self._answers(current)):
                return False
            self._throw_away()
        return True

    def _open(self, name: str) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        return os.open(self._place.folder / name, flags, 0o600)

    def _current(self) -> Current | None:
        try:
            text = (self._place.folder / "current").read_bytes()
            found = msgspec.json.decode(text, type=Current)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return found if found.layout == LAYOUT else None

    def _answers(self, current: Current) -> bool:
        return answers(self._place.kind.socket(current.socket_folder))

    def _running(self) -> tuple[Current, Link] | None:
        """The server as it runs, or None where it does not, or is not ours."""
        current = self._current()
        until = time.monotonic() + _BUSY_S
        while current is not None and self._answers(current):
            try:
                link = recognised(self._place.kind, current)
            except DatabaseError:  # busy, or about to end
                if time.monotonic() > until:
                    return None
                time.sleep(0.05)
                continue
            return None if link is None else (current, link)
        return None

    def _started(self, lease: int) -> tuple[Current, Link]:
        with self._locked():
            found = self._running()
            if found:
                return found
            current = self._current()
            if current is not None and self._ended_well(current):
                with suppress(NoDevDatabase):  # whatever is wrong with it: a new one is made below
                    return start(self._place, current)
            if current is not None and self._answers(current) and not _only_user(lease):
                raise not_started(self._place.software, "is busy", "others use it, wait for them")
            self._throw_away()
            forget_unused(self._place.root, keep=self._place.folder)
            return start(self._place, make(self._place))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        import fcntl

        descriptor = self._open("lock")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _ended_well(self, current: Current) -> bool:
        return current.data.is_dir() and not self._place.kind.pid_file(current.data).exists()

    def _throw_away(self) -> None:
        """Remove every server of this folder, and what still runs on one of them without answering as it should."""
        current = self._current()
        (self._place.folder / "current").unlink(missing_ok=True)
        for cluster in self._place.folder.glob("c-*"):
            data = cluster / "data"
            end_orphan(self._place.kind.pid_file(data), data)
            shutil.rmtree(cluster, ignore_errors=True)
        if current is not None:
            shutil.rmtree(current.sockets, ignore_errors=True)


def _idle_seconds(environ: Mapping[str, str]) -> str:
    """For how long a server runs on without being used, as the keeper reads it."""
    text = environ.get(IDLE_VARIABLE) or str(IDLE_SECONDS)
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        raise UsageError(
            f"`{IDLE_VARIABLE}` is a number of seconds, 0 or more",
            code="OKR633",
            help=f"leave it out for {IDLE_SECONDS:.0f}",
        )
    return text


def _only_user(lease: int) -> bool:
    """Whether nobody but the holder of `lease` uses the server; it is held, shared, as before."""
    import fcntl

    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        fcntl.flock(lease, fcntl.LOCK_SH)
    return True
