"""A file's statements cut into what is one transaction each, and what no transaction may surround."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.plan import ANEW, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Prober


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """The statements from `start` up to but not with `stop`, counted from 0.

    outside  it is one statement, and runs without a transaction
    """

    start: int
    stop: int
    outside: bool = False


def cut(scripts: Sequence[Script], prober: Prober | None) -> tuple[Segment, ...]:
    """The segments of a file, in order.

    prober  what the dialect knows about single statements; None where every file is one transaction
    """
    if prober is None:
        return (Segment(start=0, stop=len(scripts)),)
    found: list[Segment] = []
    alone = False
    for number, script in enumerate(scripts):
        marks = _marks(script)
        if prober.runs_outside(script, marked=OUTSIDE in marks):
            found.append(Segment(start=number, stop=number + 1, outside=True))
        elif found and not found[-1].outside and not alone and not marks & {ANEW, OUTSIDE}:
            found[-1] = Segment(start=found[-1].start, stop=number + 1)
        else:
            found.append(Segment(start=number, stop=number + 1))
        alone = OUTSIDE in marks
    return tuple(found)


def is_whole(segments: Sequence[Segment]) -> bool:
    """Whether the file can be one transaction, together with what is written about it."""
    return len(segments) <= 1 and not any(segment.outside for segment in segments)


def _marks(script: Script) -> set[str]:
    return {line.strip().removeprefix("--").strip() for line in script.comment.splitlines()}
