"""From one type to another: what becomes of values that MODIFY turns, under strict mode.

A value that does not fit is refused (1264, 1265, 1292, 1366, 1406); digits behind the point and parts of a
moment are dropped without a word. Measured on MariaDB (tests/mysql/test_conversions.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from okra.dialects.mysql.expressions.lexer import text_of
from okra.dialects.mysql.planning.columns import enum_values, set_values

_TYPE = re.compile(r"(?P<base>[a-z0-9_]+)(?:\((?P<arguments>.*)\))?(?P<tail>[a-z ]*)", re.DOTALL)
_BITS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}
_DIGITS = {"tinyint": 3, "smallint": 5, "mediumint": 8, "int": 10, "bigint": 20}
_FLOAT_DIGITS = {"float": 6, "double": 15}
_TEXT_BYTES = {"tinytext": 255, "text": 65_535, "mediumtext": 16_777_215, "longtext": 4_294_967_295}
_BLOB_BYTES = {"tinyblob": 255, "blob": 65_535, "mediumblob": 16_777_215, "longblob": 4_294_967_295}
_MOMENTS = ("date", "time", "datetime", "timestamp", "year")
_BYTES_EACH = 4
_UNSIGNED_BASES = ("bit", "year")


class Conversion(msgspec.Struct, frozen=True, kw_only=True):
    """What may come of values.

    doubt  why one may be refused, as the end of "`t.c` "; None if that can't be
    loss   what values lose, likewise; None if they keep all
    """

    doubt: str | None = None
    loss: str | None = None


class _Type(NamedTuple):
    base: str
    size: int | None
    scale: int
    unsigned: bool


SAFE = Conversion()


@lru_cache(maxsize=512)
def conversion(before: str, after: str) -> Conversion:
    """How `before` becomes `after`; both as the catalogue has them."""
    if before == after:
        return SAFE
    listed = _from_values(before, after) or _to_values(before, after)
    if listed is not None:
        return listed
    old, new = _type(before), _type(after)
    if _is_number(old) and _is_number(new):
        return _numbers(old, new)
    if _capacity(old) is not None and _capacity(new) is not None:
        return _texts(old, new)
    if _is_number(old) or old.base in _MOMENTS:
        if _capacity(new) is not None and not _is_binary(new):
            return _to_text(old, new)
        if old.base in _MOMENTS and new.base in _MOMENTS:
            return _moments(old, new)
    if old.base == "json" and _capacity(new) is not None:
        return (
            SAFE if new.base == "longtext" else Conversion(doubt="may hold JSON that is too long")
        )
    return Conversion(
        doubt=f"may hold values that are no `{after}`",
        loss=f"becomes `{after}`, as far as its values can be read as that",
    )


def family(native: str) -> str:
    """What values of this type are to code: all numbers are alike, and all texts."""
    kind = _type(native)
    if _is_number(kind):
        return "number"
    if kind.base in ("enum", "set"):
        return "text"
    if _capacity(kind) is not None:
        return "bytes" if _is_binary(kind) else "text"
    return kind.base


@lru_cache(maxsize=512)
def _type(text: str) -> _Type:
    match = _TYPE.match(text)
    if match is None:
        return _Type(text, None, 0, unsigned=False)
    numbers = re.fullmatch(r"(\d+)(?:,(\d+))?", match["arguments"] or "")
    size = int(numbers[1]) if numbers else None
    scale = int(numbers[2] or 0) if numbers else 0
    return _Type(match["base"], size, scale, unsigned="unsigned" in match["tail"])


def _is_number(kind: _Type) -> bool:
    return (
        kind.base in _BITS or kind.base in _FLOAT_DIGITS or kind.base in ("decimal", "bit", "year")
    )


def _capacity(kind: _Type) -> int | None:
    """How many bytes of text a value may have, None for what is no text; `char` counts characters."""
    if kind.base in ("char", "varchar"):
        return (kind.size or 1) * _BYTES_EACH
    if kind.base in ("binary", "varbinary"):
        return kind.size or 1
    return _TEXT_BYTES.get(kind.base) or _BLOB_BYTES.get(kind.base)


def _is_binary(kind: _Type) -> bool:
    return kind.base in ("binary", "varbinary") or kind.base in _BLOB_BYTES


def _texts(old: _Type, new: _Type) -> Conversion:
    doubts = []
    if _is_binary(old) and not _is_binary(new):
        doubts.append("may hold bytes that are no text")
    if _too_long(old, new):
        doubts.append("may hold values that are too long")
    loss = None
    if new.base == "char" and old.base != "char":
        loss = "loses spaces at the end of its values"
    if new.base == "binary":
        loss = "gets values that are filled up with zero bytes"
    return Conversion(doubt=" and ".join(doubts) or None, loss=loss)


def _too_long(old: _Type, new: _Type) -> bool:
    """Whether some value of `old` has no room in `new`: characters count in the one, bytes in the other."""
    room = _capacity(new) or 0
    if new.base in ("char", "varchar") and old.base not in ("char", "varchar"):
        room //= _BYTES_EACH  # each byte may be a character of its own
    return (_capacity(old) or 0) > room


def _to_text(old: _Type, new: _Type) -> Conversion:
    """Numbers and moments as text: they fit if the longest of them does."""
    room = (new.size or 1) if new.base in ("char", "varchar") else (_capacity(new) or 0)
    needed = (
        26 if old.base in _MOMENTS else _DIGITS.get(old.base, 70 if old.base == "decimal" else 25)
    )
    sign = 0 if old.unsigned else 1
    doubt = None if room >= needed + sign else "may hold values that are too long"
    loss = "has numbers that become text with fewer digits" if old.base in _FLOAT_DIGITS else None
    if old.base == "bit":
        return Conversion(doubt="may hold bits that are no text", loss="becomes text of its bytes")
    return Conversion(doubt=doubt, loss=loss)


def _numbers(old: _Type, new: _Type) -> Conversion:
    doubt = "may hold numbers that are too large or too small"
    if new.base == "year":
        return Conversion(doubt=doubt, loss="has numbers below 100 that become years of our time")
    if new.base in _FLOAT_DIGITS:
        digits = _FLOAT_DIGITS[new.base]
        keeps = _most_digits(old) <= digits and new.size is None
        negative = new.unsigned and not _never_negative(old)
        loss = None if keeps else f"keeps {digits} digits of each number"
        too_large = old.base == "double" and new.base == "float"
        return Conversion(doubt=doubt if negative or too_large or new.size else None, loss=loss)
    if old.base in _FLOAT_DIGITS:
        return Conversion(doubt=doubt, loss="loses digits behind the point")
    loss = "loses digits behind the point" if old.scale > new.scale else None
    return Conversion(doubt=None if _fits(old, new) else doubt, loss=loss)


def _most_digits(kind: _Type) -> int:
    if kind.base == "decimal":
        return kind.size or 10
    if kind.base == "bit":
        return 20 if (kind.size or 1) > 48 else 15  # noqa: PLR2004  2**48 has 15 digits
    return {"year": 4}.get(kind.base) or _DIGITS.get(kind.base) or _FLOAT_DIGITS[kind.base]


def _never_negative(kind: _Type) -> bool:
    return kind.unsigned or kind.base in _UNSIGNED_BASES


def _fits(old: _Type, new: _Type) -> bool:
    """Whether each whole part of `old` is one of `new`; neither is a float."""
    low, high = _range(old)
    lowest, highest = _range(new)
    return lowest <= low and high <= highest


def _range(kind: _Type) -> tuple[int, int]:
    if kind.base == "decimal":
        most = int(10 ** ((kind.size or 10) - kind.scale))
        # Rounding may add one: 9.9 becomes 10.
        return (
            (0 if kind.unsigned else -most, most)
            if kind.scale
            else (
                0 if kind.unsigned else 1 - most,
                most - 1,
            )
        )
    if kind.base == "year":
        return 0, 2155
    bits = (kind.size or 1) if kind.base == "bit" else _BITS[kind.base]
    if _never_negative(kind):
        return 0, 2**bits - 1
    return -(2 ** (bits - 1)), 2 ** (bits - 1) - 1


def _moments(old: _Type, new: _Type) -> Conversion:
    if old.base == new.base:
        shorter = (old.size or 0) > (new.size or 0)
        return Conversion(loss="loses fractions of seconds") if shorter else SAFE
    if (old.base, new.base) == ("date", "datetime"):
        return SAFE
    if (old.base, new.base) == ("timestamp", "datetime"):
        shorter = (old.size or 0) > (new.size or 0)
        return Conversion(loss="loses fractions of seconds") if shorter else SAFE
    loss = f"keeps of each {old.base} what a {new.base} can hold"
    return Conversion(doubt=f"may hold values that are no `{new.base}`", loss=loss)


def _to_values(before: str, after: str) -> Conversion | None:
    """A type becomes an enum or a set."""
    values = enum_values(after) or set_values(after)
    if values is None:
        return None
    old = enum_values(before) if enum_values(after) is not None else set_values(before)
    if old is not None and {*old} <= {*values}:
        return SAFE
    gone = [text_of(f"'{value}'") for value in old or () if value not in values]
    if gone:
        shown = ", ".join(f"'{value}'" for value in gone)
        return Conversion(doubt=f"may hold {shown}, which it can't any more")
    return Conversion(doubt=f"may hold values that are no `{after}`")


def _from_values(before: str, after: str) -> Conversion | None:
    """An enum becomes a text that is long enough for its values."""
    values, new = enum_values(before), _type(after)
    if values is None or _is_binary(new) or _capacity(new) is None:
        return None
    longest = max(len(text_of(f"'{value}'")) for value in values)
    room = (
        (new.size or 1) if new.base in ("char", "varchar") else (_capacity(new) or 0) // _BYTES_EACH
    )
    return SAFE if longest <= room else Conversion(doubt="may hold values that are too long")
