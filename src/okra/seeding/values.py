"""What stands in a seed file → the value of a column: one conversion for each type of the schema language."""

from __future__ import annotations

import json
import re
from binascii import a2b_base64
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from okra.dialects.rows import Json, Plain
from okra.relational.model import LogicalKind, LogicalType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Cell(str):
    """A cell of a CSV file: text that may stand for a value of any type."""

    __slots__ = ()


class Number(float):
    """A number with a fraction or an exponent, and how it is written: a Decimal keeps every digit."""

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str


class Misfit(Exception):
    """A value that a column can't take. The text says what it takes, and what the value is."""


class Wanted(NamedTuple):
    """What a column takes.

    enum  what may be written → what is stored, for an enum
    text  whether any text will do although the kind says more: the user has chosen the type himself
    """

    kind: LogicalType
    enum: Mapping[str, str] | None = None
    any_text: bool = False


_TAKES = {
    LogicalKind.ID: "an ID",
    LogicalKind.STRING: "a text (String)",
    LogicalKind.INT: "a whole number of 32 bits (Int)",
    LogicalKind.BIG_INT: "a whole number of 64 bits (BigInt)",
    LogicalKind.FLOAT: "a number (Float)",
    LogicalKind.DECIMAL: "an exact number (Decimal)",
    LogicalKind.BOOLEAN: "true or false (Boolean)",
    LogicalKind.DATE_TIME: "a moment like 2024-01-20T14:30:00Z (DateTime)",
    LogicalKind.DATE: "a date like 2024-01-20 (Date)",
    LogicalKind.TIME: "a time like 14:30:00 (Time)",
    LogicalKind.JSON: "a JSON value (JSON)",
    LogicalKind.BYTES: "bytes in base64 (Bytes)",
    LogicalKind.NATIVE: "a value as the server reads it (Native)",
}
_INT = re.compile(r"[+-]?[0-9]{1,19}")
_ODD_DIGITS = re.compile(r"_|[^\0-\x7f]")  # Python would read `1_5`, and digits of other scripts
_BEYOND_MICROSECONDS = re.compile(r"[.,][0-9]{6}0*[1-9]")
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_BITS = {LogicalKind.INT: 31, LogicalKind.BIG_INT: 63}
_TRUE = frozenset({"true", "yes", "t", "y", "1"})
_FALSE = frozenset({"false", "no", "f", "n", "0"})
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def conversion(wanted: Wanted, native: str) -> Callable[[Any], Plain]:
    """What makes the value of a column of what stands in a file and is not null; it raises Misfit.

    native  the column's type on the server
    """
    one = _native if wanted.any_text else _CONVERSIONS[wanted.kind.kind]
    if wanted.kind.kind is LogicalKind.ID and native.removesuffix("[]") == "uuid":
        one = _uuid
    if not wanted.kind.list or wanted.any_text:
        return lambda raw: one(raw, wanted)
    return lambda raw: tuple(one(item, wanted) for item in _items(raw, wanted))


def _items(raw: Any, wanted: Wanted) -> Any:
    items = _parsed(raw, wanted) if isinstance(raw, Cell) else raw
    if not isinstance(items, (list, tuple)):
        raise _misfit(raw, f"a list of {_takes(wanted)}")
    if any(item is None for item in items):
        raise Misfit("takes a list without null, and the value has one")
    return items


def _parsed(raw: Cell, wanted: Wanted) -> Any:
    try:
        return json.loads(raw, parse_float=Number, object_pairs_hook=no_duplicates)
    except (ValueError, RecursionError) as cause:
        what = "a list as JSON, like [1, 2]" if wanted.kind.list else _takes(wanted)
        raise _misfit(raw, what) from cause


def _uuid(raw: Any, wanted: Wanted) -> str:
    text = _text(raw, wanted)
    if not _UUID.fullmatch(text):
        raise _misfit(raw, "a UUID like 3b241101-e2bb-4255-8caf-4136c566a962 (ID)")
    return text.lower()


def _string(raw: Any, wanted: Wanted) -> str:
    text = _text(raw, wanted)
    most = wanted.kind.length
    if most is not None and len(text) > most:
        raise Misfit(f"takes {most} characters at most, and the value is a text of {len(text)}")
    return text


def _text(raw: Any, wanted: Wanted) -> str:
    if not isinstance(raw, str):
        raise _misfit(raw, _takes(wanted))
    if _UNWRITABLE.search(raw):
        raise Misfit("takes a text without NUL and halves of characters, and the value has one")
    return str(raw)


def _whole(raw: Any, wanted: Wanted) -> int:
    if isinstance(raw, str) and _INT.fullmatch(raw):
        number = int(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    else:
        raise _misfit(raw, _takes(wanted))
    bits = _BITS[wanted.kind.kind]
    if not -(1 << bits) <= number < 1 << bits:
        raise Misfit(f"takes {_takes(wanted)}, and the value is a larger one")
    return number


def _float(raw: Any, wanted: Wanted) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise _misfit(raw, _takes(wanted))
    if isinstance(raw, str) and _ODD_DIGITS.search(raw):
        raise _misfit(raw, _takes(wanted))
    try:
        number = float(raw)
    except (ValueError, OverflowError) as cause:
        raise _misfit(raw, _takes(wanted)) from cause
    if not isfinite(number):
        raise Misfit(f"takes {_takes(wanted)}, and the value is none that every server has")
    return number


def _decimal(raw: Any, wanted: Wanted) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise _misfit(raw, _takes(wanted))
    if isinstance(raw, str) and _ODD_DIGITS.search(raw):
        raise _misfit(raw, _takes(wanted))
    try:
        written = raw.text if isinstance(raw, Number) else str(raw)
        number = Decimal(written)
    except InvalidOperation as cause:
        raise _misfit(raw, _takes(wanted)) from cause
    if not number.is_finite():
        raise Misfit(f"takes {_takes(wanted)}, and the value is none that every server has")
    total, scale = wanted.kind.precision or (0, 0)
    before, behind = _digits(number)
    if total and (behind > scale or before > total - scale):
        raise Misfit(
            f"takes {total - scale} digits before the point and {scale} behind it, "
            f"and the value has {before} and {behind}"
        )
    return number


def _digits(number: Decimal) -> tuple[int, int]:
    """How many digits `number` has before and behind its point, without zeros at either end."""
    _, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits))
    power = int(exponent) + len(text) - len(text.rstrip("0"))
    text = text.strip("0")
    return (max(0, len(text) + power), max(0, -power)) if text else (0, 0)


def _boolean(raw: Any, wanted: Wanted) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, Cell) and raw.lower() in _TRUE | _FALSE:
        return raw.lower() in _TRUE
    raise _misfit(raw, _takes(wanted))


def _check_fraction(raw: Any, wanted: Wanted) -> None:
    if isinstance(raw, str) and _BEYOND_MICROSECONDS.search(raw):
        raise Misfit(f"takes {_takes(wanted)} to the microsecond, and the value has more digits")


def _read(raw: Any, wanted: Wanted, parse: Callable[[str], object]) -> Any:
    """What `parse` makes of a text; anything else as it is."""
    if not isinstance(raw, str):
        return raw
    try:
        return parse(raw)
    except ValueError as cause:
        raise _misfit(raw, _takes(wanted)) from cause


def _moment(raw: Any, wanted: Wanted) -> datetime:
    """In UTC, without saying so: that is how the servers keep it."""
    _check_fraction(raw, wanted)
    found = _read(raw, wanted, datetime.fromisoformat)
    if not isinstance(found, datetime):
        raise _misfit(raw, _takes(wanted))
    if found.tzinfo is None:
        return found
    try:
        return found.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as cause:
        raise _misfit(raw, _takes(wanted)) from cause


def _date(raw: Any, wanted: Wanted) -> date:
    found = _read(raw, wanted, date.fromisoformat)
    if not isinstance(found, date) or isinstance(found, datetime):
        raise _misfit(raw, _takes(wanted))
    return found


def _time(raw: Any, wanted: Wanted) -> time:
    _check_fraction(raw, wanted)
    found = _read(raw, wanted, time.fromisoformat)
    if not isinstance(found, time):
        raise _misfit(raw, _takes(wanted))
    offset = found.utcoffset() or timedelta()
    day = datetime.combine(date(2000, 1, 2), found.replace(tzinfo=None))
    return (day - offset).time()


def _json(raw: Any, wanted: Wanted) -> Json:
    value = _parsed(raw, wanted) if isinstance(raw, Cell) else raw
    try:
        text = _json_text(value)
    except (TypeError, ValueError, RecursionError) as cause:
        raise _misfit(raw, _takes(wanted)) from cause
    if _UNWRITABLE.search(text) or "\\u0000" in text:
        raise Misfit("takes a JSON value without NUL characters, and the value has one")
    return Json(text)


def _json_text(value: Any) -> str:
    """`value` as JSON; a number keeps all its digits.

    Raises  TypeError, ValueError for what is none
    """
    match value:
        case Number() if isfinite(value):
            return value.text if _JSON_NUMBER.fullmatch(value.text) else str(Decimal(value.text))
        case dict():
            names = (name if isinstance(name, str) else _json_text(name) for name in value)
            parts = zip(map(_json_text, names), map(_json_text, value.values()), strict=True)
            return "{" + ",".join(f"{name}:{part}" for name, part in parts) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_json_text, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False, allow_nan=False)


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises  ValueError where a name is there twice
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has `{twice}` twice")
    return found


def _bytes(raw: Any, wanted: Wanted) -> bytes:
    found = _read(raw, wanted, _from_base64)
    if not isinstance(found, bytes):
        raise _misfit(raw, _takes(wanted))
    return found


def _from_base64(text: str) -> bytes:
    return a2b_base64(text, strict_mode=True) if text else b""


def _enum(raw: Any, wanted: Wanted) -> str:
    known = wanted.enum or {}
    if isinstance(raw, str) and raw in known:
        return known[raw]
    names = ", ".join(f"`{name}`" for name in list(known)[:10])
    raise _misfit(raw, f"one of {names}")


def _native(raw: Any, wanted: Wanted) -> Plain:
    if isinstance(raw, (dict, list)):
        return _json(raw, wanted)
    if isinstance(raw, str):
        return _text(raw, wanted)
    if isinstance(raw, Number):
        return raw.text
    if isinstance(raw, (bool, int, float, bytes, datetime, date, time, Decimal)):
        return raw
    raise _misfit(raw, _takes(wanted))


_CONVERSIONS: dict[LogicalKind, Callable[[Any, Wanted], Plain]] = {
    LogicalKind.ID: _text,
    LogicalKind.STRING: _string,
    LogicalKind.INT: _whole,
    LogicalKind.BIG_INT: _whole,
    LogicalKind.FLOAT: _float,
    LogicalKind.DECIMAL: _decimal,
    LogicalKind.BOOLEAN: _boolean,
    LogicalKind.DATE_TIME: _moment,
    LogicalKind.DATE: _date,
    LogicalKind.TIME: _time,
    LogicalKind.JSON: _json,
    LogicalKind.BYTES: _bytes,
    LogicalKind.ENUM: _enum,
    LogicalKind.NATIVE: _native,
}


def _takes(wanted: Wanted) -> str:
    return _TAKES.get(wanted.kind.kind, "another value")


def _misfit(raw: Any, takes: str) -> Misfit:
    return Misfit(f"takes {takes}, and the value is {named_type(raw)}")


def named_type(raw: Any) -> str:
    """What kind of value `raw` is; never the value itself."""
    match raw:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int():
            return "a whole number"
        case float() | Decimal():
            return "a number with a fraction"
        case str():
            return f"a text of {len(raw)} characters" if len(raw) != 1 else "a text of 1 character"
        case bytes():
            return "bytes"
        case list() | tuple():
            return "a list"
        case dict():
            return "an object"
        case datetime():
            return "a moment"
        case date():
            return "a date"
        case time():
            return "a time"
        case _:
            return f"a Python `{type(raw).__name__}`"
