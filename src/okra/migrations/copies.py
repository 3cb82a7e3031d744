"""A migration's folder as version control keeps it, and files put back from there: what is written over is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from okra.errors import OkraError
from okra.migrations.chain import Files, files_hash
from okra.migrations.files import directory_error, locked_folder, replace_file, write_folder
from okra.migrations.folder import FILES, HOOKS_SQL, SNAPSHOT, SQL
from okra.migrations.snapshot import decode_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from okra.migrations.snapshot import Snapshot

REPAIRED = "repaired"
"""The folder for what was written over."""


class Copy(NamedTuple):
    """The files of a migration's folder as they were at a commit, by name."""

    commit: str
    files: Mapping[str, bytes]

    @property
    def title(self) -> str:
        return f"commit {self.commit[:8]} of git"


class Kept(Protocol):
    """What version control keeps."""

    def copies(self, folder: Path) -> Iterable[Copy]:
        """The folder at each commit that changed it, the newest first."""
        ...

    def names(self, parent: Path, start: str) -> Iterable[str]:
        """The folders in `parent` whose names ever began so."""
        ...


def whole(copies: Iterable[Copy], folder: str, provider: str) -> list[tuple[Copy, Snapshot]]:
    """Those of `copies` that are the migration `folder` as it was sealed, in their order."""
    found = []
    for copy in copies:
        snapshot = _snapshot(copy)
        if (
            snapshot is not None
            and snapshot.header.folder == folder
            and snapshot.header.provider == provider
            and sealed_by(snapshot, copy.files) == snapshot.header.hash
        ):
            found.append((copy, snapshot))
    return found


def sealed_by(snapshot: Snapshot, files: Mapping[str, bytes]) -> str | None:
    """The seal of `files` behind the parent of `snapshot`; None where one of them is missing."""
    if any(name not in files for name in SQL):
        return None
    migration, rollback = (files[name] for name in SQL)
    parts = Files(migration, rollback, files.get(HOOKS_SQL))
    return files_hash(snapshot.header.parent, parts)


def present(folder: Path) -> dict[str, bytes]:
    """The files of a migration that are there, by name.

    Raises  DirectoryError
    """
    try:
        return {
            name: (folder / name).read_bytes()
            for name in FILES
            if (folder / name).is_file() and not (folder / name).is_symlink()
        }
    except OSError as error:
        raise directory_error(error, error.filename or folder, "read") from error


def put_back(folder: Path, wanted: Mapping[str, bytes | None]) -> Path | None:
    """Write files into a migration's folder, and take those out that are None; where what was there now is.

    Raises  DirectoryError where they can't be written
    """
    path = folder.parent
    try:
        path.mkdir(parents=True, exist_ok=True)
        with locked_folder(path):
            if not folder.exists():
                write_folder(path, folder.name, {n: d for n, d in wanted.items() if d is not None})
                return None
            here = present(folder)
            old = {name: here[name] for name in wanted if name in here}
            aside = _set_aside(path / REPAIRED, folder.name, old) if old else None
            for name, data in wanted.items():
                if data is None:
                    (folder / name).unlink(missing_ok=True)
                else:
                    replace_file(folder / name, data)
            return aside
    except OSError as error:
        raise directory_error(error, error.filename or folder, "write") from error


def _set_aside(path: Path, name: str, files: Mapping[str, bytes]) -> Path:
    path.mkdir(exist_ok=True)
    number = 1
    while (path / f"{name}.{number}").exists():
        number += 1
    return write_folder(path, f"{name}.{number}", files)


def _snapshot(copy: Copy) -> Snapshot | None:
    if SNAPSHOT not in copy.files:
        return None
    try:
        return decode_snapshot(copy.files[SNAPSHOT], place=SNAPSHOT)
    except OkraError:
        return None
