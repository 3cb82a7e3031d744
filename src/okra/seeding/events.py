"""What seeding tells of itself while it is at work, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable


class SeedEventKind(StrEnum):
    FILE_STARTED = "file started"
    ROWS = "rows"
    FILE_DONE = "file done"


class SeedEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far seeding has come.

    file    the file at hand; for ROWS also the model
    number  of `total`: which file it is
    done    how many rows of the model, or statements of the file, are done
    """

    kind: SeedEventKind
    file: str
    number: int
    total: int
    model: str | None = None
    done: int = 0


SeedProgress: TypeAlias = "Callable[[SeedEvent], None]"


class ModelRows(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the rows of one model in one file."""

    model: str
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0


class SeededFile(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file.

    statements  how many it ran, for SQL
    code_hash   the SHA-256 of what was run, for Python
    """

    file: str
    models: tuple[ModelRows, ...] = ()
    statements: int | None = None
    code_hash: str | None = None


class SeedResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was seeded, file by file, in order.

    warnings  what may be wrong although all went well, as sentences
    """

    files: tuple[SeededFile, ...] = ()
    duration_ms: int = 0
    warnings: tuple[str, ...] = ()
