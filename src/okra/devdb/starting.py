"""Making and starting a local server, for whoever holds its lock."""

from __future__ import annotations

import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from msgspec.structs import replace

from okra.devdb.account import Account, can_enter, clean_environment, run_as
from okra.devdb.kinds import Kind
from okra.devdb.link import Link
from okra.devdb.places import socket_folder
from okra.devdb.software import Software, copy_wheel
from okra.errors import DatabaseError, NoDevDatabase

LAYOUT = 1
"""What `Current` and the folders are like: another number makes everything anew."""

_START_S = 60.0
_PAUSE_S = 0.004
_KEEPER = Path(__file__).with_name("keeper.py")
_SHOWN = 8


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What a server is started with.

    account  who it runs as; None: we
    root     the folder that all local servers are in
    folder   the one of this server
    idle     how many seconds it runs on without being used
    """

    software: Software
    kind: Kind
    account: Account | None
    root: Path
    folder: Path
    idle: str


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
    def data(self) -> Path:
        return Path(self.cluster, "data")

    @property
    def log(self) -> Path:
        return Path(self.cluster, "log")

    @property
    def socket_folder(self) -> Path:
        return Path(self.sockets)


def make(place: Place) -> Current:
    """A new server, not started.

    Raises  NoDevDatabase with what the program said
    """
    software = _reachable(place)
    cluster = place.folder / f"c-{secrets.token_hex(4)}"
    cluster.mkdir(0o700)
    if place.account is not None:
        os.chown(cluster, place.account.uid, place.account.gid)
    said = ""
    for command in place.kind.set_up(software, cluster / "data"):
        try:
            done = run_as(place.account, command)
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error)
            break
        if done.returncode == 0:
            return Current(
                layout=LAYOUT,
                cluster=str(cluster),
                sockets=str(socket_folder(cluster, place.account)),
                token="",
                program=str(software.path),
            )
        said = f"{done.stdout}\n{done.stderr}"
    shutil.rmtree(cluster, ignore_errors=True)
    raise not_started(place.software, "could not be set up", said)


def _reachable(place: Place) -> Software:
    """The program, where the server's account can run it."""
    software = place.software
    if place.account is None or can_enter(place.account, software.folder):
        return software
    if software.wheel is None:
        raise not_started(
            software,
            f"can't be run by the user `{place.account.name}`",
            "the folder that it is in lets nobody else in",
        )
    target = place.root / f"bin-{software.key}"
    return replace(software, path=copy_wheel(software.path, software.wheel, target))


def start(place: Place, made: Current) -> tuple[Current, Link]:
    """Start the server and remember how to know it again.

    Raises  NoDevDatabase with the end of its log
    """
    sockets = made.socket_folder
    if not sockets.is_dir():
        sockets = socket_folder(Path(made.cluster), place.account)
    current = replace(made, token=secrets.token_hex(16), sockets=str(sockets))
    software = replace(place.software, path=Path(current.program))
    if not software.path.exists():
        raise not_started(software, "is gone", "")
    ended = _launch(place, software, current)
    try:
        link = _wait(place, current, ended)
    finally:
        os.close(ended)
    _remember(place, current)
    return current, link


def _launch(place: Place, software: Software, current: Current) -> int:
    """Start the keeper, which starts the server; returns a descriptor that ends when they do."""
    command = place.kind.start(software, current.data, current.socket_folder, current.token)
    account = place.account or Account(name="", uid=-1, gid=-1)
    ended, held = os.pipe()
    try:
        with subprocess.Popen(  # noqa: S603 - ourselves, and a server that we looked up
            [
                *(sys.executable, "-I", "-S", str(_KEEPER)),
                *(str(place.folder / "lock"), str(place.folder / "lease"), str(current.log)),
                *(place.idle, str(account.uid), str(account.gid), str(place.kind.stop_signal)),
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
    except BaseException:
        os.close(ended)
        raise
    finally:
        os.close(held)
    return ended


def _wait(place: Place, current: Current, ended: int) -> Link:
    """A connection, once the server gives one."""
    until = time.monotonic() + _START_S
    path = place.kind.socket(current.socket_folder)
    said = ""
    while time.monotonic() < until:
        if select.select([ended], [], [], _PAUSE_S)[0]:
            break
        if not (place.kind.is_ready(current.data) and answers(path)):
            continue
        try:
            link = recognised(place.kind, current)
        except DatabaseError as error:
            said = error.message
            continue
        if link is not None:
            return link
        said = "another server answers at its socket"
        break
    raise not_started(place.software, "did not start", said or _tail(current.log))


def _remember(place: Place, current: Current) -> None:
    new = place.folder / "current.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        file.write(msgspec.json.encode(current))
    new.replace(place.folder / "current")


def recognised(kind: Kind, current: Current) -> Link | None:
    """A connection to the server at the socket of `current`; None where that is another one.

    Raises  DatabaseError where it gives none now
    """
    link = Link(kind.url(current.socket_folder))
    try:
        if kind.is_ours(link, current.data, current.token):
            return link
    except BaseException:
        link.close()
        raise
    link.close()
    return None


def answers(path: Path) -> bool:
    """Whether anybody listens at the socket `path`."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def not_started(software: Software, what: str, said: str) -> NoDevDatabase:
    """The error: what happened to the server, and the last that it said."""
    lines = [line for line in said.splitlines() if line.strip()][-_SHOWN:]
    return NoDevDatabase(
        f"the local server `{software.path}` {what}",
        code="OKR431",
        help="\n".join(
            [*(["it says:"] if lines else []), *lines, "set `devUrl` to use another server"]
        ),
    )


def _tail(log: Path) -> str:
    try:
        descriptor = os.open(log, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        return str(error)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()[-4000:].decode(errors="replace")
