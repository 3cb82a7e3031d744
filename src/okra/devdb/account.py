"""Who a local server runs as: ourselves, or an account without rights where we are root."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import msgspec

from okra.errors import NoDevDatabase, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

USER_VARIABLE = "OKRA_DEV_USER"
USUAL_USER = "nobody"

_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Another user than ourselves, who runs the server."""

    name: str
    uid: int
    gid: int


def server_account(environ: Mapping[str, str]) -> Account | None:
    """The account that a server runs as; None: ours.

    Raises  UsageError where OKRA_DEV_USER names nobody, or root; NoDevDatabase where we have no name
    """
    import pwd

    if os.geteuid() != 0:
        _check_ourselves()
        return None
    name = environ.get(USER_VARIABLE) or USUAL_USER
    try:
        found = pwd.getpwnam(name)
    except KeyError as cause:
        raise UsageError(
            f"there is no user `{name}` to run the dev database as",
            code="OKR632",
            help=f"database servers do not run as root: set {USER_VARIABLE} to a user without rights",
        ) from cause
    if found.pw_uid == 0:
        raise UsageError(
            f"the dev database can't run as `{name}`: database servers do not run as root",
            code="OKR632",
            help=f"set {USER_VARIABLE} to a user without rights, like `{USUAL_USER}`",
        )
    return Account(name=name, uid=found.pw_uid, gid=found.pw_gid)


def _check_ourselves() -> None:
    """Nothing, if servers can run as us: they look for the name of their user."""
    import pwd

    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as cause:
        raise NoDevDatabase(
            f"no local server can be started: the user id {os.geteuid()} has no name on this machine",
            code="OKR431",
            help="give the user an entry in /etc/passwd, or set `devUrl`",
        ) from cause


def run_as(
    account: Account | None, command: Sequence[str], *, timeout: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end as `account`, with nothing of our environment that would steer it.

    Raises  OSError where it can't be run, subprocess.TimeoutExpired
    """
    return subprocess.run(  # noqa: S603 - a program of the server's own, at a path that we looked up
        command,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        cwd="/",
        env=clean_environment(),
        umask=0o077,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def clean_environment() -> dict[str, str]:
    """The variables that a server gets: none that name another server, language or configuration."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/", **kept}


def can_enter(account: Account, folder: Path) -> bool:
    """Whether `account` can get at what lies in `folder`: every folder on the way lets it pass."""
    place = folder.resolve()
    return all(_lets_pass(account, each) for each in (place, *place.parents))


def _lets_pass(account: Account, folder: Path) -> bool:
    found = folder.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == account.gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)
