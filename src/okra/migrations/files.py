"""Files of the migrations directory: read without following links, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from okra.errors import DirectoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

TEMPORARY = ".okra-"
MAX_BYTES = 256 * 1024 * 1024

_FIRST = 16 * 1024  # enough for most files; a buffer of many pages costs more than the read
_CHUNK = 1024 * 1024
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_REASONS = {
    errno.EACCES: ("no permission", "give yourself the right to it, or run as another user"),
    errno.EPERM: ("no permission", "give yourself the right to it, or run as another user"),
    errno.EROFS: ("the file system is read-only", "use a directory that can be written"),
    errno.ENOSPC: ("the disk is full", "make room and run it again"),
    errno.EDQUOT: ("your disk quota is used up", "make room and run it again"),
    errno.ENOTDIR: ("it is not a folder", "name a folder as the migrations directory"),
    errno.EISDIR: ("it is a folder", "a file belongs there: move the folder away"),
    errno.ELOOP: ("it is a symbolic link", "put the file itself there: OKRA follows no links"),
    errno.ENAMETOOLONG: ("the name is too long", "give it a shorter name"),
    errno.ENOENT: (
        "it is not there",
        "take it back from version control, or let `okra db:migrate:repair` do that",
    ),
}


def read_bytes(path: str, limit: int = MAX_BYTES) -> bytes:
    """The file's first `limit` bytes. Follows no link, and waits for no pipe.

    Raises  OSError as the system gives it; a file over MAX_BYTES is one too
    """
    descriptor = os.open(path, _READ)
    try:
        data = os.read(descriptor, min(_FIRST, limit))
        if len(data) < _FIRST:
            return data
        return _rest(descriptor, data, limit, path)
    finally:
        os.close(descriptor)


def _rest(descriptor: int, first: bytes, limit: int, path: str) -> bytes:
    parts = [first]
    size = len(first)
    while size < limit:
        part = os.read(descriptor, min(limit - size, _CHUNK))
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    if limit == MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
    return b"".join(parts)


def directory_error(error: OSError, path: str | Path, doing: str) -> DirectoryError:
    """What the system refused, as a sentence: `doing` is "read" or "write"."""
    reason, way_out = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), "look at the file and run it again")
    )
    return DirectoryError(
        f"can't {doing} `{path}`: {reason}", code="OKR450", place=str(path), help=way_out
    )


def write_folder(parent: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """A new folder `parent/name` with `files` in it: there whole, or not at all.

    Raises  OSError, with nothing left behind
    """
    scratch = parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    scratch.mkdir()
    try:
        for file, data in files.items():
            _write_synced(scratch / file, data)
        _sync_folder(scratch)
        target = parent / name
        scratch.rename(target)
    except BaseException:
        _remove_folder(scratch)
        raise
    _sync_folder(parent)
    return target


def replace_file(path: Path, data: bytes) -> None:
    """The file's contents replaced at one stroke.

    Raises  OSError, with the file as it was
    """
    with staged_file(path, data) as put:
        put()


@contextmanager
def staged_file(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """`data` on the disk beside `path`, with its permissions; what is given puts it in the place of `path`.

    Raises  OSError, with the file as it was
    """
    scratch = path.with_name(f"{TEMPORARY}{os.urandom(8).hex()}")

    def put() -> None:
        scratch.replace(path)
        _sync_folder(path.parent)

    try:
        _write_synced(scratch, data)
        if path.exists():
            scratch.chmod(stat.S_IMODE(path.stat().st_mode))
        yield put
    finally:
        scratch.unlink(missing_ok=True)


@contextmanager
def made_folder(path: Path) -> Iterator[None]:
    """`path` and what is missing above it, taken away again if the work inside fails."""
    missing = []
    folder = path
    while not folder.exists() and not folder.is_symlink():
        missing.append(folder)
        folder = folder.parent
    path.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for folder in missing:
            try:
                folder.rmdir()
            except OSError:  # somebody else has put something there
                break
        raise


@contextmanager
def locked_folder(path: Path) -> Iterator[None]:
    """`path` for this process alone, until the block ends or the process dies.

    Where the system has no such locks, the atomic renames alone keep the files whole.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def remove_folder(path: Path) -> None:
    """The folder gone, at one stroke for whoever reads its parent.

    Raises  OSError
    """
    scratch = path.with_name(f"{TEMPORARY}{os.urandom(8).hex()}")
    path.rename(scratch)
    _sync_folder(path.parent)
    _remove_folder(scratch)


def sweep(path: Path) -> None:
    """Take away what a killed run left in `path`; only under its lock."""
    for entry in path.iterdir():
        if entry.name.startswith(TEMPORARY) and not entry.is_symlink():
            if entry.is_dir():
                _remove_folder(entry)
            else:
                entry.unlink(missing_ok=True)


def _write_synced(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_folder(path: Path) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)
