"""What a dry run finds, as values: statements, what they take, and how long others may have to wait."""

from __future__ import annotations

import msgspec

from okra.dialects.tolls import Blocks, Lock, Work

# Bytes in a second, slow and fast: rough, so that nobody takes it for a promise.
_SPEEDS = {
    Work.SCAN: (100e6, 1000e6),
    Work.INDEX: (15e6, 100e6),
    Work.REWRITE: (15e6, 100e6),
}
_ROW_BYTES = 40
"""What a row needs at least: what a server says of the size of a table may be old, or nothing."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One statement.

    locks        what it takes, as seen on a copy of the tables
    works        what the server does with the rows, by table
    rows         how many rows it has written; None where that is not known
    duration_ms  how long it took on the target; None where it was not run there
    """

    number: int
    purpose: str
    sql: str
    place: str
    locks: tuple[Lock, ...] = ()
    works: dict[str, Work] = {}
    rows: int | None = None
    duration_ms: int | None = None


class Blocked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A table that others can't use for a while, and for how long: `low_ms` to `high_ms`.

    measured  on the target itself; else reckoned from its size, roughly
    """

    table: str
    blocks: Blocks
    low_ms: int
    high_ms: int
    rows: int | None = None
    bytes: int | None = None
    measured: bool = False


class Rehearsed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One migration of a dry run.

    losses   what data it loses, as sentences
    consent  what keeps others from tables with rows, so that `up` or `down` wants `--allow blocking`, as sentences
    """

    version: str
    folder: str
    steps: tuple[Step, ...]
    blocked: tuple[Blocked, ...]
    losses: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """The statement that the server refuses: nothing behind it was tried.

    where  `target` or `copy`
    """

    where: str
    message: str
    place: str | None
    sql: str


class DryRun(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What `up` or `down` would do.

    executed  `target`, where it was run and undone, or `copy`
    why       why it was not run on the target, as a sentence
    notes     what could not be found out, as sentences
    """

    direction: str
    executed: str
    why: str | None
    migrations: tuple[Rehearsed, ...]
    refused: Refused | None = None
    notes: tuple[str, ...] = ()


def reckoned(work: Work, rows: int | None, size: int | None) -> tuple[int, int]:
    """How long the work takes on a table of this size, in milliseconds: at best, and at worst."""
    speeds = _SPEEDS.get(work)
    if speeds is None:
        return 0, 0
    slow, fast = speeds
    amount = max(size or 0, (rows or 0) * _ROW_BYTES)
    return round(amount / fast * 1000), round(amount / slow * 1000)
