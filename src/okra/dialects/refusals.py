"""Why a server, or a statement, is refused, in the same words for every dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def no_driver(server: str, extra: str, url: DatabaseUrl, error: ImportError) -> DatabaseError:
    """The driver is not installed, or can't be loaded; `extra` of OKRA brings it."""
    return DatabaseError(
        f"the driver for {server} can't be loaded: {error}",
        code="OKR555",
        place=str(url),
        help=f"install it: `pip install 'okra[{extra}]'`",
    )


def too_old(server: str, oldest: str, url: DatabaseUrl) -> DatabaseError:
    """OKRA does not speak to servers as old as `server`, which is its name and version."""
    return DatabaseError(
        f"the server is {server}, and OKRA needs {oldest} or newer",
        code="OKR553",
        place=str(url),
        help="upgrade the server; nothing was changed",
    )


def unwritable(reason: str, url: DatabaseUrl) -> DatabaseError:
    """Nothing can be written there."""
    return DatabaseError(
        f"the database can only be read: {reason}",
        code="OKR544",
        place=str(url),
        help="name the server that can be written in the URL; nothing was changed",
    )


def lock_gone(way_out: str, url: DatabaseUrl) -> DatabaseError:
    """The server no longer knows of the migration lock, which nobody has given back."""
    return DatabaseError(
        "the migration lock was gone before this run had finished",
        code="OKR557",
        place=str(url),
        help=f"look at `okra db:migrate:status`, then {way_out}",
    )


def misplaced(what: str, line: int, why: str) -> DatabaseError:
    """A statement of a file is OKRA's own business."""
    return DatabaseError(
        f"`{what}` in line {line} has no place in a migration: {why}",
        code="OKR517",
        help="nothing was changed; take the statement out and run `okra db:migrate:verify`",
    )
