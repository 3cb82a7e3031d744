"""Where local servers live: the cache folder of the user, and folders in it that nobody else can write to."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from okra.devdb.account import Account, can_enter
from okra.errors import NoDevDatabase

if TYPE_CHECKING:
    from collections.abc import Mapping

CACHE_VARIABLE = "OKRA_CACHE_DIR"

_SOCKET_LIMIT = 103  # bytes of a socket's path: 107 on Linux, 103 on macOS and the BSDs
_SOCKET_NAME = ".s.PGSQL.5432"
_SHORT = "/tmp"  # noqa: S108 - for sockets only, in a folder of an unguessable name that is ours


def cache_root(environ: Mapping[str, str], account: Account | None) -> Path:
    """The folder for local servers, made if it is not there; `account` can enter it.

    Raises  NoDevDatabase where there is none that is ours alone
    """
    named = environ.get(CACHE_VARIABLE)
    refusals = []
    for folder in [Path(named).absolute()] if named else _usual(environ):
        root = folder / "devdb"
        try:
            _own_parent(folder)
            own_folder(root, 0o711 if account else 0o700)
        except OSError as error:
            refusals.append(f"`{root}`: {error.strerror or error}")
            continue
        if account is None or can_enter(account, root):
            return root
        refusals.append(f"`{root}`: the user `{account.name}` can't enter it")
    raise NoDevDatabase(
        "there is no folder for a local server",
        code="OKR431",
        help="\n".join([*refusals, f"set {CACHE_VARIABLE} to a folder of yours, or set `devUrl`"]),
    )


def _usual(environ: Mapping[str, str]) -> list[Path]:
    found = []
    home = environ.get("HOME", "")
    if os.geteuid() == 0:
        found.append(Path("/var/cache/okra"))
    elif environ.get("XDG_CACHE_HOME", "").startswith("/"):
        found.append(Path(environ["XDG_CACHE_HOME"], "okra"))
    elif home.startswith("/") and home != "/":
        found.append(Path(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "okra"))
    found.append(Path(tempfile.gettempdir(), f"okra-{os.geteuid()}"))
    return found


def _own_parent(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    _check(folder)


def own_folder(folder: Path, mode: int) -> None:
    """Make `folder`, or see that it is ours and that nobody else may write there.

    Raises  OSError
    """
    try:
        folder.mkdir(mode)
    except FileExistsError:
        _check(folder)
    if stat.S_IMODE(folder.stat().st_mode) != mode:
        folder.chmod(mode)


def _check(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(20, "it is a link or a file", str(folder))
    if found.st_uid != os.geteuid():
        raise PermissionError(13, "it belongs to another user", str(folder))
    if found.st_mode & 0o022:
        raise PermissionError(13, "other users may write to it", str(folder))


def socket_folder(cluster: Path, account: Account | None) -> Path:
    """A folder for the socket of the server in `cluster`: inside, or elsewhere where that path is too long."""
    folder = cluster / "s"
    if len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_LIMIT:
        folder.mkdir(mode=0o700, exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix="okra-", dir=_SHORT))
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder
