"""What a statement takes: which tables others are kept from, and how much work it is. Each dialect has its meter."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import msgspec

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.base import Script, Session


class Blocks(StrEnum):
    """What others can't do meanwhile."""

    NOTHING = "nothing"
    WRITES = "writes"
    ALL = "reads and writes"


class Work(StrEnum):
    """What the server does with the rows of a table."""

    NONE = "none"
    SCAN = "reads all rows"
    INDEX = "builds an index"
    REWRITE = "rewrites all rows"


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """A lock on a table, in the server's own words."""

    table: str
    mode: str
    blocks: Blocks


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement takes of the tables that were there before the first one; `works` is by table."""

    locks: tuple[Lock, ...] = ()
    works: dict[str, Work] = {}


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How large a table is. `rows` may be the server's own estimate; None: it does not know."""

    rows: int | None
    bytes: int | None


class Meter(Protocol):
    """Runs statements on a copy of the tables, and sees what they take."""

    def run(self, script: Script) -> Toll:
        """Run the statement.

        Raises  DatabaseError
        """
        ...


class _Module(Protocol):
    def Meter(self, session: Session) -> Meter: ...  # noqa: N802 - a class
    def sizes(self, session: Session, tables: Iterable[str]) -> dict[str, Size]: ...
    def changed_rows(self, session: Session) -> int | None: ...


def meter(provider: str, session: Session) -> Meter:
    """A meter for the tables that are in the session's database now."""
    return _module(provider).Meter(session)


def sizes(provider: str, session: Session, tables: Iterable[str]) -> dict[str, Size]:
    """How large tables are; they are named as in a Toll. Those that are not there are left out."""
    return _module(provider).sizes(session, tables)


def changed_rows(provider: str, session: Session) -> int | None:
    """How many rows the transaction has written so far; None where the server does not say."""
    return _module(provider).changed_rows(session)


def _module(provider: str) -> _Module:
    return cast("_Module", import_module(f"{DIALECTS[provider]}.server.toll"))
