"""What a migration says of the data that it loses, and who agrees to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

LOSES = "! loses data:"
MAY_FAIL = "! may fail on existing data:"


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Data that `version` loses on its way up, or back, as a sentence."""

    version: str
    message: str


Confirm: TypeAlias = "Callable[[tuple[Loss, ...]], bool]"


def losses(version: str, text: str) -> tuple[Loss, ...]:
    """What the comments of a .sql file say that it loses."""
    return tuple(Loss(version=version, message=message) for message in marked(text, LOSES))


def marked(text: str, mark: str) -> list[str]:
    """What stands behind `mark` in the comments of a .sql file."""
    if mark not in text:
        return []
    found = []
    for line in text.splitlines():
        comment = line.strip().removeprefix("--").strip()
        if line.lstrip().startswith("--") and comment.startswith(mark):
            found.append(comment.removeprefix(mark).strip())
    return found
