"""What one change means for code that was built before it: values."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """BREAKING: code that was right fails. RISKY: it depends on rows, or on what the code does."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"


class Affected(StrEnum):
    """Whose matter it is: statements that read, statements that write, code that uses the generated types."""

    READERS = "readers"
    WRITERS = "writers"
    TYPES = "types"


READERS = (Affected.READERS,)
WRITERS = (Affected.WRITERS,)
TYPES = (Affected.TYPES,)
BOTH = (Affected.READERS, Affected.WRITERS)


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change, as far as it matters to some code.

    subject    what changes, as people call it: `users`, `users.email`, `User.email`
    change     what happens to it, a sentence
    reason     what that means for code built before, a sentence
    instead    the way there that breaks nothing, where there is one
    providers  where it is so; empty: everywhere
    """

    level: Level
    affects: tuple[Affected, ...]
    subject: str
    change: str
    reason: str
    instead: str = ""
    providers: tuple[str, ...] = ()


def breaking(affects: tuple[Affected, ...], reason: str) -> Meaning:
    """Code that was right fails."""
    return Meaning(level=Level.BREAKING, affects=affects, reason=reason)


def risky(affects: tuple[Affected, ...], reason: str) -> Meaning:
    """It depends on rows, or on what the code does."""
    return Meaning(level=Level.RISKY, affects=affects, reason=reason)


def safe(reason: str) -> Meaning:
    """No statement notices."""
    return Meaning(level=Level.SAFE, affects=BOTH, reason=reason)


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What a change means to some of the code, before anybody says what changes."""

    level: Level
    affects: tuple[Affected, ...]
    reason: str


def found(subject: str, change: str, *meanings: Meaning, instead: str = "") -> tuple[Finding, ...]:
    """A finding for each of `meanings` of one change. A safe one says how; `instead` is for the others."""
    return tuple(
        Finding(
            level=meaning.level,
            affects=meaning.affects,
            subject=subject,
            change=change,
            reason=meaning.reason,
            instead="" if meaning.level is Level.SAFE else instead,
        )
        for meaning in meanings
    )
