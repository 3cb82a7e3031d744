"""The migrations directory: the chain of migrations that it holds, and how one more is put there."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.errors import DirectoryError, UsageError
from okra.migrations.chain import (
    Directory,
    Files,
    Migration,
    check_twins,
    files_hash,
    without_leftovers,
)
from okra.migrations.files import (
    directory_error,
    locked_folder,
    made_folder,
    read_bytes,
    remove_folder,
    replace_file,
    staged_file,
    sweep,
    write_folder,
)
from okra.migrations.folder import DOWN_SQL, HOOKS_SQL, SNAPSHOT, UP_SQL
from okra.migrations.header import (
    FORMAT,
    Header,
    contents_hash,
    header_line,
    migration_hash,
    read_header,
    read_loose_header,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.migrations.snapshot import Contents

MAX_NAME = 200
VERSION_FORMAT = "%Y%m%d_%H%M%S"
CURRENT = "current"
ARCHIVE = "archive"
"""The folder for what was squashed, by the version that it was squashed into."""

_FOLDER = re.compile(r"\d{8}_\d{6}(?:_.*)?", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9_]+")
_FIRST_LINE = 1024


def read_directory(path: Path, provider: str, *, twins: bool = False) -> Directory:
    """The migrations in `path`, from their headers alone. A missing folder holds none.

    twins   take two migrations that have one version, too: for what mends that

    Raises  DirectoryError for what is no migration but is called like one, for broken or newer
            headers, and for another provider's migrations
    """
    migrations = [read_migration(f"{path}/{name}", name) for name in migration_folders(path)]
    for migration in migrations:
        if migration.header.provider != provider:
            raise _wrong_provider(migration, provider)
    migrations, leftovers = without_leftovers(migrations)
    if not twins:
        check_twins(migrations)
    return Directory(
        path=path, provider=provider, migrations=tuple(migrations), leftovers=leftovers
    )


def next_version(directory: Directory, now: datetime) -> str:
    """The version of a migration that is made `now`: later than all that are there."""
    version = now.astimezone(UTC).strftime(VERSION_FORMAT)
    newest = directory.newest
    if newest is None or version > newest.version:
        return version
    return second_later(newest.version)


def checked_name(text: str) -> str:
    """A migration's name as it stands in the folder's name.

    Raises  UsageError for one that is too long or has other characters than letters, digits and `_`
    """
    name = re.sub(r"[\s\-]+", "_", text.strip())
    if len(name) > MAX_NAME:
        raise UsageError(
            f"the name of a migration has at most {MAX_NAME} characters, this one has {len(name)}",
            code="OKR457",
            help="give it a shorter name",
        )
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{text!r} can't be the name of a migration",
            code="OKR457",
            help="use letters, digits and `_`, as in `add_users`",
        )
    return name


def write_migration(
    directory: Directory,
    *,
    version: str,
    name: str | None,
    contents: Contents,
    migration_sql: str,
    rollback_sql: str,
    verified: bool,
    hooks_sql: str | None = None,
) -> Path:
    """A new migration on top of the newest one of `directory`, whole or not at all; then `current/`.

    version   from `next_version`; a taken one is moved on by seconds
    Returns   its folder
    Raises    DirectoryError where the directory can't be written, or has changed since it was read
    """
    from okra.migrations.snapshot import encode_contents

    path = directory.path
    body = encode_contents(contents)
    up, down = migration_sql.encode(), rollback_sql.encode()
    hooks = None if hooks_sql is None else hooks_sql.encode()
    parent = directory.newest.version if directory.newest else None
    try:
        with made_folder(path), locked_folder(path):
            sweep(path)
            check_unchanged(directory)
            header = Header(
                format=FORMAT,
                hash=migration_hash(parent, up, down, hooks),
                contents=contents_hash(body),
                name=checked_name(name) if name else None,
                okra_version=okra_version(),
                parent=parent,
                provider=directory.provider,
                verified=verified,
                version=_free_version(path, version, parent),
            )
            return _write_whole(path, header, body, Files(up, down, hooks))
    except OSError as error:
        raise directory_error(error, error.filename or path, "write") from error


@contextmanager
def taken_back_on_failure(directory: Directory) -> Iterator[list[Path]]:
    """A list for the migration written on top of `directory`, which is gone again if the work inside fails.

    Raises  DirectoryError where it can't be taken back
    """
    written: list[Path] = []
    try:
        with made_folder(directory.path):
            try:
                yield written
            except BaseException as cause:
                for folder in written:
                    _take_back(directory, folder, cause)
                raise
    except OSError as error:
        raise directory_error(error, error.filename or directory.path, "write") from error


def _take_back(directory: Directory, folder: Path, cause: BaseException) -> None:
    """Remove the migration that was written on top of `directory`; `current/` is as before."""
    current = directory.path / CURRENT
    try:
        with locked_folder(directory.path):
            remove_folder(folder)
            if directory.newest is not None:
                write_current(directory.path, directory.newest.snapshot_bytes())
            else:
                (current / SNAPSHOT).unlink(missing_ok=True)
                if not any(current.iterdir()):
                    current.rmdir()
    except OSError as error:
        found = directory_error(error, error.filename or folder, "remove")
        found.help = f"remove `{folder}` by hand; what failed before it: {cause}"
        raise found from cause


def seal(directory: Directory, migration: Migration, files: Files) -> None:
    """Write into the migration's schema.json that `files` are what belongs to it, and were proven.

    Raises  DirectoryError where it can't be written
    """
    from okra.migrations.snapshot import encode_contents

    header = replace(
        migration.header, hash=files_hash(migration.header.parent, files), verified=True
    )
    _, _, contents = migration.snapshot_bytes().partition(b"\n")
    if not contents.startswith(b'"database":'):  # some tool has changed the layout
        contents = encode_contents(migration.snapshot().contents)
        header = replace(header, contents=contents_hash(contents, header.replaces))
    path = Path(migration.file(SNAPSHOT))
    try:
        with locked_folder(directory.path):
            replace_file(path, header_line(header) + contents)
            if migration == directory.newest:
                write_current(directory.path, header_line(header) + contents)
    except OSError as error:
        raise directory_error(error, path, "write") from error


def mend_current(directory: Directory) -> str | None:
    """Make `current/schema.json` the newest migration's again; says so, or None where it was.

    Raises  DirectoryError where it can't be written
    """
    newest = directory.newest
    path = directory.path / CURRENT / SNAPSHOT
    try:
        found = None if not os.path.lexists(path) else read_bytes(str(path))
        if newest is None:
            if found is None:
                return None
            path.unlink()
            return f"`{CURRENT}/schema.json` belonged to no migration and was removed"
        wanted = newest.snapshot_bytes()
        if found == wanted:
            return None
        write_current(directory.path, wanted)
    except OSError as error:
        raise directory_error(error, path, "write") from error
    return f"`{CURRENT}/schema.json` disagreed with `{newest.folder}` and was mended"


def migration_folders(path: Path) -> list[str]:
    try:
        with os.scandir(path) as entries:
            found = []
            for entry in entries:
                if not _FOLDER.fullmatch(entry.name):
                    continue
                if not entry.is_dir(follow_symlinks=False):
                    raise _odd_entry(entry)
                found.append(entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise directory_error(error, path, "read") from error
    return sorted(found)


def read_migration(path: str, name: str) -> Migration:
    place = f"{path}/schema.json"
    try:
        line, newline = _first_line(place)
        if newline and line.startswith(b'{"chain":'):
            header = read_header(line, place=place)
        else:
            header = read_loose_header(read_bytes(place), place=place)
    except OSError as error:
        raise _no_snapshot(error, place) from error
    if header.folder != name:
        raise DirectoryError(
            f"the folder `{name}` holds the snapshot of `{header.folder}`",
            code="OKR451",
            place=place,
            help=_whose(path, header.folder),
        )
    return Migration(header=header, path=path)


def _whose(path: str, folder: str) -> str:
    """The way out for a folder that holds the snapshot of another one."""
    if Path(path).with_name(folder).exists():
        return f"`{folder}` is there as well: remove this copy of it"
    return f"call the folder `{folder}` again, or take it back from version control"


def _first_line(place: str) -> tuple[bytes, bytes]:
    """A file's first line, and the line end if there is one; of a squashed migration it is long."""
    limit = _FIRST_LINE
    while True:
        start = read_bytes(place, limit)
        line, newline, _ = start.partition(b"\n")
        if newline or len(start) < limit or not line.startswith(b'{"chain":'):
            return line, newline
        limit *= 16


def _no_snapshot(error: OSError, place: str) -> DirectoryError:
    if isinstance(error, FileNotFoundError):
        return DirectoryError(
            "the migration has no `schema.json`",
            code="OKR452",
            place=place,
            help="take it back from version control, or let `okra db:migrate:repair` do that; "
            "or remove all of the folder",
        )
    return directory_error(error, place, "read")


def _odd_entry(entry: os.DirEntry[str]) -> DirectoryError:
    kind = "a symbolic link" if entry.is_symlink() else "not a folder"
    return DirectoryError(
        f"`{entry.name}` is called like a migration, but is {kind}",
        code="OKR451",
        place=entry.path,
        help="put the folder itself there, or give the entry another name: OKRA follows no links",
    )


def check_unchanged(directory: Directory) -> None:
    found = migration_folders(directory.path)
    known = sorted(each.folder for each in (*directory.migrations, *directory.leftovers))
    if found != known:
        other = next((name for name in found if name not in known), "another migration")
        raise DirectoryError(
            f"`{other}` came into the directory while this migration was made",
            code="OKR459",
            place=str(directory.path),
            help="run `okra db:migrate:generate` again: it will start from the newest migration",
        )


def _free_version(path: Path, version: str, parent: str | None) -> str:
    if parent is not None and version <= parent:
        version = second_later(parent)
    taken = {entry.name[: len(version)] for entry in path.iterdir()}
    while version in taken:
        version = second_later(version)
    return version


def second_later(version: str) -> str:
    time = datetime.strptime(version, VERSION_FORMAT).replace(tzinfo=UTC)
    return (time + timedelta(seconds=1)).strftime(VERSION_FORMAT)


def _write_whole(path: Path, header: Header, body: bytes, sql: Files) -> Path:
    from okra.migrations.snapshot import encode_snapshot

    snapshot = encode_snapshot(header, body)
    files = {UP_SQL: sql.migration, DOWN_SQL: sql.rollback, SNAPSHOT: snapshot}
    if sql.hooks is not None:
        files[HOOKS_SQL] = sql.hooks
    current = path / CURRENT
    with made_folder(current), staged_file(current / SNAPSHOT, snapshot) as put:
        folder = write_folder(path, header.folder, files)
        put()
    return folder


def write_current(path: Path, snapshot: bytes) -> None:
    folder = path / CURRENT
    folder.mkdir(exist_ok=True)
    replace_file(folder / SNAPSHOT, snapshot)


def okra_version() -> str:
    from okra import __version__

    return __version__


def _wrong_provider(migration: Migration, provider: str) -> DirectoryError:
    return DirectoryError(
        f"`{migration.folder}` was made for `{migration.header.provider}`, not for `{provider}`",
        code="OKR456",
        place=migration.path,
        help=f"name the migrations directory of `{provider}`, or a database of the other kind",
    )
