"""From one type to another: how ALTER COLUMN … TYPE turns the values, and what may come of it.

Sources: PostgreSQL manual, ALTER TABLE, CREATE CAST and pg_cast; which changes leave the rows as they are
was measured on 15 and 18 (tests/postgres/test_claims.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Collection

COLUMN = "{c}"
"""What stands for the column in `Cast.using`."""

_WHOLE = {"smallint": 1, "integer": 2, "bigint": 3}
_FLOATS = {"real": 6, "double precision": 15}
_NUMBERS = frozenset({*_WHOLE, *_FLOATS, "numeric"})
_TEXTS = frozenset({"text", "character varying", "character", "citext", "name"})
_CUT = frozenset({"character varying", "character", "bit", "bit varying"})
_DATES = frozenset({"timestamp without time zone", "timestamp with time zone"})
_CLOCKED = frozenset({*_DATES, "time without time zone", "time with time zone", "interval"})
_ASSIGNED = frozenset(
    {
        ("json", "jsonb"),
        ("jsonb", "json"),
        ("cidr", "inet"),
        ("inet", "cidr"),
        ("bit", "bit varying"),
        ("bit varying", "bit"),
        ("date", "timestamp without time zone"),
        ("date", "timestamp with time zone"),
        ("time without time zone", "time with time zone"),
        ("time with time zone", "time without time zone"),
        ("time without time zone", "interval"),
        ("macaddr", "macaddr8"),
        ("macaddr8", "macaddr"),
        ("integer", "money"),
        ("bigint", "money"),
        ("numeric", "money"),
        ("money", "numeric"),
    }
)
_LOSSY = frozenset(
    {
        ("json", "jsonb"),
        ("inet", "cidr"),
        ("time with time zone", "time without time zone"),
        ("numeric", "money"),
    }
)
_JSON = frozenset({"json", "jsonb"})
# A subquery can't stand in USING, and nothing but a row takes a list out of JSON without one: this row
# of the catalogue has a column of the type text[].
_LIST_IN_JSON = (
    f"(jsonb_populate_record(NULL::pg_catalog.pg_class,"
    f" jsonb_build_object('reloptions', {COLUMN}))).reloptions"
)
_NULL_IN_JSON = "becomes NULL where it is the `null` of JSON"
_TYPE = re.compile(
    r"(?P<head>[^(\[]+)(?:\((?P<arguments>[^)]*)\))?(?P<tail>[^\[]*)(?P<array>(?:\[\])*)"
)


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """How the values of a column become values of another type.

    using     SQL with `{c}` for the column; None where the server does it by itself
    rewrites  all rows are written anew; else they stay as they are
    doubt     why a value may be refused, as the end of "`t.c` "; None if that can't be
    loss      what values lose, likewise; None if they keep all
    """

    using: str | None = None
    rewrites: bool = True
    doubt: str | None = None
    loss: str | None = None


class TypeName(NamedTuple):
    """`base` without arguments; `arguments` as they stand in parentheses."""

    base: str
    arguments: tuple[int, ...]
    array: bool


@lru_cache(maxsize=512)
def type_name(text: str) -> TypeName:
    """The parts of a type as `format_type()` prints it."""
    if text.startswith('"'):
        return TypeName(text.removesuffix("[]"), (), text.endswith("[]"))
    match = _TYPE.fullmatch(text)
    if match is None:
        return TypeName(text, (), array=False)
    numbers = match["arguments"] or ""
    arguments = tuple(int(n) for n in numbers.split(",") if n.strip().lstrip("-").isdigit())
    return TypeName(f"{match['head']}{match['tail']}".strip(), arguments, bool(match["array"]))


def is_alike(before: str, after: str) -> bool:
    """Whether code that knows one type gets along with the other: both are numbers, or texts, or the like."""
    old, new = type_name(before), type_name(after)
    kinds = (_NUMBERS, _TEXTS, _DATES, frozenset({"json", "jsonb"}))
    return old.array == new.array and (
        old.base == new.base or any({old.base, new.base} <= kind for kind in kinds)
    )


def cast(before: str, after: str, enums: Collection[str] = ()) -> Cast:
    """How `before` becomes `after`; both as `format_type()` prints them.

    enums  the types, spelled likewise, that are enums
    """
    old, new = type_name(before), type_name(after)
    if old.array or new.array:
        return _array_cast(before, after, old, new, enums)
    return _scalar_cast(before, after, old, new, enums)


def _array_cast(
    before: str, after: str, old: TypeName, new: TypeName, enums: Collection[str]
) -> Cast:
    if old.array and new.array:
        inner = cast(before.removesuffix("[]"), after.removesuffix("[]"), enums)
        if inner.using is None:
            return replace(inner, rewrites=True)
        through = (
            f"{COLUMN}::text[]::{after}" if "::text::" in inner.using else f"{COLUMN}::{after}"
        )
        return replace(inner, using=through, rewrites=True)
    if new.array and old.base in _JSON:
        return Cast(
            using=_LIST_IN_JSON if after == "text[]" else f"{_LIST_IN_JSON}::{after}",
            doubt=f"may hold JSON that is no list of `{after.removesuffix('[]')}`",
            loss=_NULL_IN_JSON,
        )
    if new.array:
        inner = cast(before, after.removesuffix("[]"), enums)
        item = COLUMN if inner.using is None else inner.using
        # without its length: a cast that is written out would cut what is too long
        whole = new.base if new.base in _CUT else after.removesuffix("[]")
        wrapped = f"CASE WHEN {COLUMN} IS NOT NULL THEN ARRAY[{item}]::{whole}[] END"
        return replace(inner, using=wrapped, rewrites=True)
    if new.base in _JSON:
        return Cast(using=f"to_{new.base}({COLUMN})")
    if new.base in _TEXTS:
        return Cast(doubt=_too_long(new), loss="becomes text like '{a,b}'")
    return Cast(
        using=f"{COLUMN}::text::{after}",
        doubt=f"may hold lists that can't become `{after}`",
        loss="becomes what the text '{a,b}' means",
    )


def _scalar_cast(
    before: str, after: str, old: TypeName, new: TypeName, enums: Collection[str]
) -> Cast:
    if old.base == new.base and before not in enums:
        return _other_arguments(old, new)
    if old.base in _TEXTS and new.base in _TEXTS:
        return _text_cast(old, new)
    if new.base in _TEXTS and old.base == "bytea":
        return _bytes_to_text(new)
    if new.base in _TEXTS:
        return Cast(doubt=_too_long(new))
    if old.base in _NUMBERS and new.base in _NUMBERS:
        return _number_cast(old, new)
    if old.base in _DATES and new.base in _DATES:
        same = old.arguments == new.arguments == ()
        return Cast(rewrites=not same, loss=_rounds(old, new))
    if old.base in _DATES and new.base in ("date", "time without time zone", "time with time zone"):
        if new.base == "date":
            return Cast(loss="loses the time of day")
        return Cast(loss="loses the date", doubt="may hold `infinity`, which has no time of day")
    if (old.base, new.base) in _ASSIGNED:
        still = (old.base, new.base) in (("cidr", "inet"), ("bit", "bit varying"))
        loss = "may lose part of its values" if (old.base, new.base) in _LOSSY else None
        kept = still and not new.arguments
        return Cast(rewrites=not kept, doubt=_too_long(new) if new.arguments else None, loss=loss)
    return _explicit(before, after, old, new, enums)


def _explicit(
    before: str, after: str, old: TypeName, new: TypeName, enums: Collection[str]
) -> Cast:
    if old.base in _TEXTS and new.base == "bytea":
        return Cast(using=f"convert_to({COLUMN}, 'UTF8')")
    if old.base in _TEXTS:
        kept = after in enums or new.base == "json"
        return Cast(
            using=f"{COLUMN}::{after}",
            doubt=f"may hold text that is no `{after}`",
            loss=None if kept else f"becomes what its text means as `{after}`",
        )
    if new.base in _JSON:
        return Cast(using=f"to_{new.base}({COLUMN})")
    if old.base in _JSON:
        return Cast(
            using=f"({COLUMN} #>> '{{}}')::{after}",
            doubt=f"may hold JSON that is no `{after}`",
            loss=_NULL_IN_JSON,
        )
    if old.base == "boolean" and new.base in _NUMBERS:
        whole = f"{COLUMN}::integer"
        return Cast(using=whole if after == "integer" else f"{whole}::{after}")
    if old.base in _NUMBERS and new.base == "boolean":
        return Cast(using=f"{COLUMN} <> 0", loss="keeps only whether it is 0")
    if before in enums and after in enums:
        return Cast(
            using=f"{COLUMN}::text::{after}", doubt=f"may hold values that `{after}` has not"
        )
    return Cast(
        using=f"{COLUMN}::text::{after}",
        doubt=f"may hold values that can't become `{after}`: there is no cast from `{before}`",
    )


def _other_arguments(old: TypeName, new: TypeName) -> Cast:
    """The same type with another length or precision."""
    if old.arguments == new.arguments:
        return Cast(rewrites=False)
    if old.base in _CLOCKED:
        wider = not new.arguments or (bool(old.arguments) and new.arguments >= old.arguments)
        return Cast(rewrites=not wider, loss=None if wider else _rounds(old, new))
    if old.base == "numeric":
        return _numeric_cast(old, new)
    if old.base == "character":
        return Cast(doubt=None if new.arguments >= old.arguments else _too_long(new))
    if old.base == "bit":
        return Cast(doubt="may hold bits of another length")
    wider = not new.arguments or (bool(old.arguments) and new.arguments >= old.arguments)
    return Cast(rewrites=not wider, doubt=None if wider else _too_long(new))


def _numeric_cast(old: TypeName, new: TypeName) -> Cast:
    if not new.arguments:
        return Cast(rewrites=False)
    if not old.arguments:
        return Cast(doubt="may hold numbers with more digits", loss="is rounded")
    scale_before, scale_after = _scale(old), _scale(new)
    digits_before, digits_after = old.arguments[0] - scale_before, new.arguments[0] - scale_after
    needed = digits_before + (scale_after < scale_before)  # 9.99 is rounded to 10.0
    return Cast(
        rewrites=scale_before != scale_after or digits_after < digits_before,
        doubt="may hold numbers with more digits" if digits_after < needed else None,
        loss=None if scale_after >= scale_before else f"is rounded to {scale_after} digits",
    )


def _scale(kind: TypeName) -> int:
    return kind.arguments[1] if len(kind.arguments) > 1 else 0


def _text_cast(old: TypeName, new: TypeName) -> Cast:
    longest = new.arguments[0] if new.arguments else None
    if new.base == "name":
        return Cast(loss="is cut to 63 bytes")
    if new.base == "character":
        return Cast(doubt=_too_long(new))
    if old.base in ("character", "name"):
        return Cast(doubt=_too_long(new), loss="loses spaces at the end")
    fits = longest is None or (
        old.base == "character varying" and bool(old.arguments) and longest >= old.arguments[0]
    )
    return Cast(rewrites=not fits, doubt=None if fits else _too_long(new))


def _bytes_to_text(new: TypeName) -> Cast:
    doubt = _too_long(new)
    wrong = "may hold bytes that are no UTF-8 text"
    return Cast(
        using=f"convert_from({COLUMN}, 'UTF8')",
        doubt=wrong if doubt is None else f"{wrong}, and {doubt}",
    )


def _number_cast(old: TypeName, new: TypeName) -> Cast:
    if new.base in _WHOLE:
        if old.base in _WHOLE:
            wider = _WHOLE[new.base] >= _WHOLE[old.base]
            return Cast(doubt=None if wider else f"may hold numbers too large for `{new.base}`")
        return Cast(
            doubt=f"may hold numbers too large for `{new.base}`", loss="is rounded to whole numbers"
        )
    if new.base in _FLOATS:
        exact = old.base in ("smallint", "real") or (
            old.base == "integer" and new.base == "double precision"
        )
        large = old.base in ("numeric", "double precision")
        return Cast(
            doubt=f"may hold numbers too large for `{new.base}`" if large else None,
            loss=None if exact else f"keeps {_FLOATS[new.base]} digits",
        )
    small = bool(new.arguments)
    whole = old.base in _WHOLE
    return Cast(
        doubt="may hold numbers with more digits" if small else None,
        loss=None if whole else "is rounded" if small else None,
    )


def _rounds(old: TypeName, new: TypeName) -> str | None:
    if new.arguments and (not old.arguments or new.arguments < old.arguments):
        return f"is rounded to {new.arguments[0]} digits of a second"
    return None


def _too_long(new: TypeName) -> str | None:
    if not new.arguments:
        return "may hold text of more than one character" if new.base == "character" else None
    return f"may hold values longer than {new.arguments[0]}"
