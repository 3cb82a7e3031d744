"""What another type of a column means for the values that older code reads from it and writes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.compatibility.finding import BOTH, READERS, WRITERS, Meaning, breaking, risky, safe
from okra.naming import listed
from okra.relational.model import LogicalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import LogicalType

_DECIMAL = (38, 9)
_PLAIN = safe("the values that it held and took stay the same")
_OTHER = breaking(BOTH, "values come and go in another form")
_ROUNDED = risky(WRITERS, "values are rounded, or refused where they are too large")
_ANOTHER_FORM = risky(READERS, "numbers may come in another form")

_PAIRS: dict[tuple[LogicalKind, LogicalKind], tuple[Meaning, ...]] = {
    (LogicalKind.INT, LogicalKind.BIG_INT): (
        risky(READERS, "a number may be too large for `Int`, once new code writes such"),
    ),
    (LogicalKind.BIG_INT, LogicalKind.INT): (
        risky(WRITERS, "numbers that are too large for `Int` are refused"),
    ),
    (LogicalKind.INT, LogicalKind.FLOAT): (_ANOTHER_FORM,),
    (LogicalKind.INT, LogicalKind.DECIMAL): (_ANOTHER_FORM,),
    (LogicalKind.BIG_INT, LogicalKind.DECIMAL): (_ANOTHER_FORM,),
    (LogicalKind.BIG_INT, LogicalKind.FLOAT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.FLOAT, LogicalKind.DECIMAL): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.DECIMAL, LogicalKind.FLOAT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.FLOAT, LogicalKind.INT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.FLOAT, LogicalKind.BIG_INT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.DECIMAL, LogicalKind.INT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.DECIMAL, LogicalKind.BIG_INT): (_ANOTHER_FORM, _ROUNDED),
    (LogicalKind.ID, LogicalKind.STRING): (
        risky(READERS, "a value may be any text, once new code writes such"),
    ),
    (LogicalKind.STRING, LogicalKind.ID): (
        risky(WRITERS, "texts that are no `ID` of this server are refused"),
    ),
}


def type_meanings(before: LogicalType, after: LogicalType) -> tuple[Meaning, ...]:
    """What it means that a column's type changes; enums are judged by their values, elsewhere."""
    if before.list != after.list:
        return (_OTHER,)
    if before.native is not None or after.native is not None:
        return (risky(BOTH, "it depends on what the two types have in common"),)
    if before.kind is LogicalKind.NATIVE or after.kind is LogicalKind.NATIVE:
        return (_OTHER,)
    kinds = (_plain(before.kind), _plain(after.kind))
    if kinds[0] is not kinds[1]:
        return (_OTHER,) if before.list else _PAIRS.get(kinds, (_OTHER,))
    if kinds[0] is LogicalKind.DECIMAL:
        return _precision(before.precision or _DECIMAL, after.precision or _DECIMAL)
    return _length(before.length, after.length)


def _plain(kind: LogicalKind) -> LogicalKind:
    return LogicalKind.STRING if kind is LogicalKind.ENUM else kind


def _length(before: int | None, after: int | None) -> tuple[Meaning, ...]:
    if after is not None and (before is None or after < before):
        return (risky(WRITERS, f"texts of more than {after} characters are refused"),)
    return (_PLAIN,)


def _precision(before: tuple[int, int], after: tuple[int, int]) -> tuple[Meaning, ...]:
    meanings = []
    if after[0] - after[1] < before[0] - before[1]:
        meanings.append(risky(WRITERS, "numbers with more digits before the point are refused"))
    if after[1] < before[1]:
        meanings.append(
            risky(WRITERS, f"numbers are rounded to {after[1]} digits behind the point")
        )
    return tuple(meanings) or (_PLAIN,)


def enum_meanings(
    before: Sequence[str] | None,
    after: Sequence[str] | None,
    renamed: Sequence[tuple[str, str]] = (),
) -> tuple[Meaning, ...]:
    """What it means that a column takes the texts `after` and took `before`; None: any text.

    renamed  pairs of texts: rows that hold the first get the second
    """
    if before is None and after is None:
        return ()
    if before is None:
        known = listed(after or ())
        return (risky(WRITERS, f"texts other than {known} are refused"),)
    if after is None:
        return (risky(READERS, "a value may be any text, once new code writes such"),)
    moved = dict(renamed)
    gone = [value for value in before if value not in after]
    come = [value for value in after if value not in before and value not in moved.values()]
    meanings = [
        breaking(READERS, f"rows that hold `{old}` hold `{new}` now") for old, new in renamed
    ]
    meanings += [
        breaking(WRITERS, f"`{old}` means something else now") for old, _ in renamed if old in after
    ]
    if gone:
        meanings.append(breaking(WRITERS, f"{listed(gone)} is refused"))
    if come:
        reason = f"{listed(come)} is a value that it does not know, once new code writes it"
        meanings.append(risky(READERS, reason))
    return tuple(meanings)
