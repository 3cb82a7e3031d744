"""Where local servers live: the cache folder of the user, and folders in it that nobody else can write to."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from typing import TYPE_CHECKING

from okra.errors import NoDevDatabase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.devdb.account import Account

CACHE_VARIABLE = "OKRA_CACHE_DIR"

_SOCKET_LIMIT = 103  # bytes of a socket's path: 107 on Linux, 103 on macOS and the BSDs
_SOCKET_NAME = "/.s.PGSQL.5432"
_SHORT = "/tmp"  # noqa: S108 - for sockets only, in a folder of an unguessable name that is ours


def cache_root(environ: Mapping[str, str], account: Account | None) -> str:
    """The folder for local servers, made if it is not there; `account` can enter it.

    Raises  NoDevDatabase where there is none that is ours alone
    """
    from okra.devdb.account import can_enter

    named = environ.get(CACHE_VARIABLE)
    refusals = []
    for folder in [named] if named else _usual(environ):
        root = os.path.join(os.path.abspath(folder), "devdb")
        try:
            own_folder(root, 0o711 if account else 0o700, parents=True)
        except OSError as error:
            refusals.append(f"`{root}`: {error.strerror or error}")
            continue
        if can_enter(account, root):
            return root
        assert account is not None  # noqa: S101 - without one there is nobody to be kept out
        refusals.append(f"`{root}`: the user `{account.name}` can't enter it")
    raise NoDevDatabase(
        "there is no folder for a local server",
        code="OKR431",
        help="\n".join([*refusals, f"set {CACHE_VARIABLE} to a folder of yours, or set `devUrl`"]),
    )


def _usual(environ: Mapping[str, str]) -> list[str]:
    found = []
    home = environ.get("HOME", "")
    if os.geteuid() == 0:
        found.append("/var/cache/okra")
    elif environ.get("XDG_CACHE_HOME", "").startswith("/"):
        found.append(os.path.join(environ["XDG_CACHE_HOME"], "okra"))
    elif home.startswith("/") and home != "/":
        cache = "Library/Caches" if sys.platform == "darwin" else ".cache"
        found.append(os.path.join(home, cache, "okra"))
    found.append(os.path.join(tempfile.gettempdir(), f"okra-{os.geteuid()}"))
    return found


def own_folder(path: str, mode: int, *, parents: bool = False) -> None:
    """Make the folder `path`, or see that it is ours and that nobody else may write there.

    Raises  OSError
    """
    if parents:
        above = os.path.dirname(path)
        if not os.path.isdir(above):
            os.makedirs(above, mode=0o755)
        _check(above)
    try:
        os.mkdir(path, mode)
    except FileExistsError:
        _check(path)
    if stat.S_IMODE(os.stat(path).st_mode) != mode:
        os.chmod(path, mode)


def _check(path: str) -> None:
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(20, "it is a link or a file", path)
    if found.st_uid != os.geteuid():
        raise PermissionError(13, "it belongs to another user", path)
    if found.st_mode & 0o022:
        raise PermissionError(13, "other users may write to it", path)


def socket_folder(cluster: str, account: Account | None) -> str:
    """A folder for the socket of the server in `cluster`: inside, or elsewhere where that path is too long."""
    inside = os.path.join(cluster, "s")
    if len(os.fsencode(inside + _SOCKET_NAME)) <= _SOCKET_LIMIT:
        os.makedirs(inside, mode=0o700, exist_ok=True)
        folder = inside
    else:
        folder = tempfile.mkdtemp(prefix="okra-", dir=_SHORT)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder
