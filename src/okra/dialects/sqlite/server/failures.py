"""What SQLite refused, as an error that says what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from okra.errors import DatabaseError, LockNotObtained

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody else holds a lock that we need."""
    return primary_code(error) in _BUSY


def is_interrupt(error: sqlite3.Error) -> bool:
    """Whether we stopped the statement ourselves."""
    return primary_code(error) == sqlite3.SQLITE_INTERRUPT


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its details; -1 for errors that Python made itself."""
    code = getattr(error, "sqlite_errorcode", None)
    return -1 if code is None else code & 0xFF


# A file beside the database can't be made; in WAL mode even readers need one.
_FOLDER_NEEDED = {sqlite3.SQLITE_READONLY_DIRECTORY, sqlite3.SQLITE_READONLY_CANTINIT}

# SQLite's result codes that always mean one thing: our code, the sentence, and the way out.
_PLAIN = {
    sqlite3.SQLITE_NOTADB: (
        "OKR501",
        "{name} is not an SQLite database, or it is encrypted",
        "name another file; OKRA has not touched this one",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "OKR507",
        "{name} is damaged: {error}",
        "make a copy, then try `sqlite3 FILE .recover`, or take a backup back",
    ),
    sqlite3.SQLITE_FULL: (
        "OKR504",
        "there is no room left for {name}: the disk is full, or its own limit is reached",
        "make room and run it again: nothing is half done",
    ),
    sqlite3.SQLITE_IOERR: (
        "OKR506",
        "reading or writing {name} failed: {error}",
        "look at the disk, then run it again: nothing is half done",
    ),
    sqlite3.SQLITE_CONSTRAINT: ("OKR509", "{error}", "mend the rows and run it again"),
    sqlite3.SQLITE_MISMATCH: ("OKR509", "{error}", "mend the rows and run it again"),
}
_OTHER = ("OKR508", "{error}", "see what the database says")


def failure(error: sqlite3.Error, path: str | None) -> DatabaseError:
    """The error for what SQLite said about the database at `path`."""
    name = f"`{path or ':memory:'}`"
    result = primary_code(error)
    match result:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockNotObtained(
                f"{name} is locked: another program is writing to it",
                code="OKR503",
                place=path,
                help="wait until it has finished, or stop it; `lockTimeout` sets how long OKRA waits",
            )
        case sqlite3.SQLITE_READONLY:
            return _read_only(name, path, getattr(error, "sqlite_errorcode", result))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return _closed(name, path)
        case _:
            code, message, way_out = _PLAIN.get(result, _OTHER)
            text = message.format(name=name, error=error)
            return DatabaseError(text, code=code, place=path, help=way_out)


def refused_path(path: str, *, create: bool) -> DatabaseError | None:
    """Why there can't be a database at `path`, as far as the file system knows; None where there can."""
    if Path(path).is_dir():
        return DatabaseError(
            f"`{path}` is a folder, not a database file",
            code="OKR500",
            place=path,
            help="name a file in it, like `sqlite://folder/app.db`",
        )
    if Path(path).exists():
        if Path(path).is_file():
            return None
        return DatabaseError(
            f"`{path}` is not a regular file",
            code="OKR500",
            place=path,
            help="name a file: a device or a pipe can't hold a database",
        )
    folder = Path(path).parent
    if not folder.is_dir():
        return DatabaseError(
            f"the folder `{folder}` for the database does not exist",
            code="OKR500",
            place=path,
            help="make the folder, or mend the path in the URL",
        )
    if create:
        return None
    return DatabaseError(
        f"there is no database at `{path}`",
        code="OKR500",
        place=path,
        help="mend the path in the URL, or make the database: `okra db:migrate:up`, or `okra db:sync` in declarative mode",
    )


def _read_only(name: str, path: str | None, detail: int) -> DatabaseError:
    """detail: SQLite's extended result code."""
    folder = Path(path or ".").parent
    beside = detail in _FOLDER_NEEDED or (path is not None and os.access(path, os.W_OK))
    if path and beside and not os.access(folder, os.W_OK):
        return DatabaseError(
            f"the folder of {name} can't be written, and SQLite needs to make its journal in it",
            code="OKR502",
            place=path,
            help=f"give yourself the right to write to `{folder}`",
        )
    return DatabaseError(
        f"{name} can only be read",
        code="OKR502",
        place=path,
        help="give yourself the right to write to the file, or leave `mode=ro` out of the URL",
    )


def _closed(name: str, path: str | None) -> DatabaseError:
    folder = Path(path or ".").parent
    if path and Path(path).exists() and not os.access(path, os.R_OK):
        reason, way_out = "no permission to read it", "give yourself the right to read the file"
    elif path and not os.access(folder, os.W_OK | os.X_OK):
        reason = "no permission to write to its folder"
        way_out = f"give yourself the right to write to `{folder}`"
    else:
        reason, way_out = "the system refused it", "look at the path, its folder and its rights"
    return DatabaseError(
        f"{name} can't be opened: {reason}", code="OKR505", place=path, help=way_out
    )
