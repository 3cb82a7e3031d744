"""One statement of a migration, with what it does."""

from __future__ import annotations

import msgspec

from okra.dialects.base import Script
from okra.lint.acts import Act


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One statement.

    number       counted from 1
    transaction  statements with the same number are committed together; 0 for one that runs by itself
    """

    number: int
    script: Script
    acts: tuple[Act, ...]
    transaction: int


BATCH = "okra:batch"
"""How the comment line begins above a statement that is run in ranges of a key."""


def is_batch(script: Script) -> bool:
    """Whether a statement is run in ranges of a key, each committed by itself."""
    return any(line.replace(" ", "").startswith(BATCH) for line in marks(script))


def marks(script: Script) -> list[str]:
    """The comment lines above a statement, without their dashes."""
    return [line.strip().removeprefix("--").strip() for line in script.comment.splitlines()]
