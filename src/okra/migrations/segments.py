"""A file's statements cut into what is one transaction each, and what no transaction may surround."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.migrations.batch import is_batch
from okra.plan import ANEW, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Prober


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """The statements from `start` up to but not with `stop`, counted from 0.

    outside  it is one statement, and runs without a transaction
    ranges   it is one statement, and runs in ranges of a key, each a transaction
    """

    start: int
    stop: int
    outside: bool = False
    ranges: bool = False


def cut(scripts: Sequence[Script], prober: Prober | None) -> tuple[Segment, ...]:
    """The segments of a file, in order.

    prober  what the dialect knows about single statements; None where every file is one transaction, but for
            what runs in ranges
    """
    found: list[Segment] = []
    alone = False
    for number, script in enumerate(scripts):
        marks = _marks(script) if prober is not None else set()
        outside = prober is not None and prober.runs_outside(script, marked=OUTSIDE in marks)
        ranges = is_batch(script)
        if outside or ranges:
            segment = Segment(start=number, stop=number + 1, outside=not ranges, ranges=ranges)
            found.append(segment)
        elif found and not alone and not marks & {ANEW, OUTSIDE}:
            found[-1] = Segment(start=found[-1].start, stop=number + 1)
        else:
            found.append(Segment(start=number, stop=number + 1))
        alone = outside or ranges or OUTSIDE in marks
    return tuple(found) or (() if prober is not None else (Segment(start=0, stop=0),))


def is_whole(segments: Sequence[Segment]) -> bool:
    """Whether the file can be one transaction, together with what is written about it."""
    return len(segments) <= 1 and not any(each.outside or each.ranges for each in segments)


def _marks(script: Script) -> set[str]:
    return {line.strip().removeprefix("--").strip() for line in script.comment.splitlines()}
