"""Migrations of a directory replaced by others, so that a run that is killed halfway can be run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.migrations.chain import Files, files_hash
from okra.migrations.directory import ARCHIVE, CURRENT, check_unchanged, okra_version, write_current
from okra.migrations.files import (
    directory_error,
    locked_folder,
    read_bytes,
    remove_folder,
    sweep,
    write_folder,
)
from okra.migrations.folder import DOWN_SQL, HOOKS_SQL, SNAPSHOT, UP_SQL
from okra.migrations.header import FORMAT, Header, Replaced, contents_hash
from okra.migrations.snapshot import Contents, encode_contents, encode_snapshot
from okra.naming import migration_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.chain import Directory, Migration


class New(msgspec.Struct, frozen=True, kw_only=True):
    """A migration that is to be put into a directory; the fields are those of a Header, and what is in its files."""

    version: str
    name: str | None
    parent: str | None
    contents: Contents
    files: Files
    verified: bool
    rebased: str | None = None
    replaces: tuple[Replaced, ...] = ()

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return migration_folder(self.version, self.name)


def replace_migrations(
    directory: Directory,
    new: Sequence[New],
    old: Sequence[Migration],
    *,
    archive: Path | None = None,
) -> None:
    """Put `new` into the directory, and take `old` out of it: first the one, then the other; then mend `current/`.

    archive  where `old` goes; None: it is removed
    Raises   DirectoryError where the directory can't be written, or has changed since it was read
    """
    path = directory.path
    try:
        with locked_folder(path):
            sweep(path)
            check_unchanged(directory)
            for each in new:
                write_folder(path, each.folder, _files(each, directory.provider))
            for migration in old:
                take_out(Path(migration.path), archive)
            gone = {migration.path for migration in old}
            left = [each for each in directory.migrations if each.path not in gone]
            folders = [*(each.folder for each in new), *(each.folder for each in left)]
            _mend_current(path, max(folders))  # versions are all of one length
    except OSError as error:
        raise directory_error(error, error.filename or path, "write") from error


def take_leftovers(directory: Directory, *, keep: bool) -> list[str]:
    """Take out what a squash that was killed has left; their names.

    keep    into the archive
    Raises  DirectoryError where the directory can't be written
    """
    squashed = {
        (item.version, item.hash): each.version
        for each in directory.migrations
        for item in each.header.replaces
    }
    try:
        with locked_folder(directory.path):
            for each in directory.leftovers:
                into = directory.path / ARCHIVE / squashed[each.version, each.header.hash]
                take_out(Path(each.path), into if keep else None)
    except OSError as error:
        raise directory_error(error, error.filename or directory.path, "write") from error
    return [each.folder for each in directory.leftovers]


def take_out(folder: Path, archive: Path | None) -> None:
    """Remove a migration's folder, or move it into `archive`.

    Raises  OSError
    """
    if archive is None:
        remove_folder(folder)
        return
    archive.mkdir(parents=True, exist_ok=True)
    folder.rename(archive / folder.name)


def _files(new: New, provider: str) -> dict[str, bytes]:
    body = encode_contents(new.contents)
    header = Header(
        format=FORMAT,
        hash=files_hash(new.parent, new.files),
        contents=contents_hash(body, new.replaces),
        name=new.name,
        okra_version=okra_version(),
        parent=new.parent,
        provider=provider,
        rebased=new.rebased,
        replaces=new.replaces,
        verified=new.verified,
        version=new.version,
    )
    files = {
        UP_SQL: new.files.migration,
        DOWN_SQL: new.files.rollback,
        SNAPSHOT: encode_snapshot(header, body),
    }
    if new.files.hooks is not None:
        files[HOOKS_SQL] = new.files.hooks
    return files


def _mend_current(path: Path, folder: str) -> None:
    (path / CURRENT).mkdir(exist_ok=True)
    write_current(path, read_bytes(str(path / folder / SNAPSHOT)))
