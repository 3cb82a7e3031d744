"""Literal values in the form that a definition keeps, each checked against its type."""

from __future__ import annotations

import binascii
import json
import math
import re
from typing import TYPE_CHECKING, TypeAlias

from okra.language.definition import Scalar
from okra.language.syntax import (
    BooleanValue,
    ListValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
)

if TYPE_CHECKING:
    from okra.language.syntax import Value

Literal: TypeAlias = bool | int | float | str

_INT = range(-(2**31), 2**31)
_BIG_INT = range(-(2**63), 2**63)
_DIGITS = 20  # no 64-bit number is longer
_PRECISION = (38, 9)
_LONGEST_NUMBER = 1_100
_LONGEST_JSON_NUMBER = 400

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")


class Misfit(Exception):
    """The value is not one of the type: `reason` ends the sentence that the field's name begins."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def literal(
    scalar: Scalar,
    value: Value,
    *,
    length: int | None = None,
    precision: tuple[int, int] | None = None,
) -> Literal:
    """`value` as a literal of `scalar`.

    Raises  Misfit
    """
    match scalar:
        case Scalar.ID | Scalar.STRING:
            return _text(value, scalar, length)
        case Scalar.INT:
            return _whole(value, scalar, _INT, "from -2147483648 to 2147483647")
        case Scalar.BIG_INT:
            bounds = "from -9223372036854775808 to 9223372036854775807"
            return str(_whole(value, scalar, _BIG_INT, bounds))
        case Scalar.FLOAT:
            return _float(value)
        case Scalar.DECIMAL:
            return _decimal(value, precision or _PRECISION)
        case Scalar.BOOLEAN:
            if isinstance(value, BooleanValue):
                return value.value
            raise Misfit("is `Boolean`", "write `true` or `false`")
        case Scalar.DATE | Scalar.TIME | Scalar.DATE_TIME:
            return _moment(value, scalar)
        case Scalar.JSON:
            return json_text(value)
        case Scalar.BYTES:
            return _bytes(value)
        case Scalar.NATIVE:
            return _native(value)


def _text(value: Value, scalar: Scalar, length: int | None) -> str:
    if not isinstance(value, StringValue):
        raise Misfit(f"is `{scalar}`", "write a text in quotes")
    if length is not None and len(value.text) > length:
        raise Misfit(f"has {length} characters at most", "shorten the text, or raise `@length`")
    return value.text


def _whole(value: Value, scalar: Scalar, bounds: range, said: str) -> int:
    if not isinstance(value, NumberValue) or not value.whole:
        raise Misfit(f"is `{scalar}`", "write a whole number")
    if len(value.text) > _DIGITS or int(value.text) not in bounds:
        hint = "use `BigInt` for larger numbers" if scalar is Scalar.INT else "use `Decimal`"
        raise Misfit(f"goes {said}", hint)
    return int(value.text)


def _float(value: Value) -> float:
    if not isinstance(value, NumberValue):
        raise Misfit("is `Float`", "write a number, like `1.5`")
    number = float(value.text)
    if not math.isfinite(number):
        raise Misfit("is `Float`, and this number is too large for it", "use `Decimal`")
    return number


def _decimal(value: Value, precision: tuple[int, int]) -> str:
    """The number in plain digits, as many as were written."""
    text = value.text if isinstance(value, (NumberValue, StringValue)) else ""
    match = _DECIMAL.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if match is None:
        raise Misfit("is `Decimal`", "write a number, like `12.50`")
    total, scale = precision
    before, after = _shifted(match[1], match[2] or "", match[3])
    if len(after.rstrip("0")) > scale or len(before.lstrip("0")) > total - scale:
        raise Misfit(
            f"has {total - scale} digits before the point and {scale} behind it at most",
            "round the number, or give the field more digits with `@precision`",
        )
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{before or '0'}.{after}" if after else f"{sign}{before or '0'}"


def _shifted(before: str, after: str, exponent: str | None) -> tuple[str, str]:
    """The digits on both sides of the point, once the exponent has moved it."""
    if exponent is None:
        return before, after
    move = int(exponent) if len(exponent) < _DIGITS else _LONGEST_NUMBER + 1
    if abs(move) > _LONGEST_NUMBER:
        raise Misfit("is `Decimal`, and this exponent is too large", "write the number in digits")
    if move >= 0:
        after = after.ljust(move, "0")
        return (before + after[:move]).lstrip("0"), after[move:]
    before = before.rjust(-move, "0")
    return before[:move].lstrip("0"), before[move:] + after


def _moment(value: Value, scalar: Scalar) -> str:
    from datetime import date, datetime, time

    text = value.text if isinstance(value, StringValue) else ""
    day, mark, hour = text[:10], text[10:11], text[11:]
    try:
        if scalar is Scalar.DATE and _DATE.fullmatch(text):
            date.fromisoformat(text)
            return text
        if scalar is Scalar.TIME and _TIME.fullmatch(text):
            time.fromisoformat(text)
            return text
        days = scalar is Scalar.DATE_TIME and mark in ("T", " ") and _DATE.fullmatch(day)
        if days and _TIME.fullmatch(hour):
            datetime.fromisoformat(text)
            return text
    except ValueError:
        pass
    examples = {
        Scalar.DATE: "2024-01-31",
        Scalar.TIME: "14:30:00",
        Scalar.DATE_TIME: "2024-01-31T14:30:00Z",
    }
    raise Misfit(f"is `{scalar}`", f'write it as ISO 8601 has it: `"{examples[scalar]}"`, or `now`')


def _bytes(value: Value) -> str:
    """The text in base64."""
    hint = 'write the bytes in base64: `"aGVsbG8="`'
    if not isinstance(value, StringValue):
        raise Misfit("is `Bytes`", hint)
    try:
        binascii.a2b_base64(value.text.encode(), strict_mode=True)
    except (binascii.Error, ValueError) as cause:
        raise Misfit("is `Bytes`", hint) from cause
    return value.text


def _native(value: Value) -> Literal:
    """A text, number or truth value as it stands: the server's type decides."""
    if isinstance(value, StringValue):
        return value.text
    if isinstance(value, BooleanValue):
        return value.value
    if isinstance(value, NumberValue):
        if value.whole and len(value.text) <= _DIGITS and int(value.text) in _BIG_INT:
            return int(value.text)
        return value.text if value.whole else _float(value)
    raise Misfit("is `Native`", 'write a text or a number, or SQL: `sql("…")`')


def json_text(value: Value) -> str:
    """Canonical JSON text of a JSON literal. A string is JSON text already."""
    if isinstance(value, StringValue):
        try:
            tree = json.loads(value.text, parse_constant=_no_constant)
            text = _dumps(tree)
            text.encode()
        except (ValueError, RecursionError) as cause:
            raise Misfit(
                "is `JSON`, and this is no JSON text",
                'write an object or a list, or JSON as text: `"{\\"a\\": 1}"`',
            ) from cause
        return text
    return _dumps(_tree(value))


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _dumps(tree: object) -> str:
    return json.dumps(
        tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def _tree(value: Value) -> object:
    match value:
        case StringValue(text):
            return text
        case BooleanValue(flag):
            return flag
        case NullValue():
            return None
        case NumberValue(text, whole):
            return _json_number(text, whole=whole)
        case ListValue(items):
            return [_tree(item) for item in items]
        case ObjectValue(entries):
            found = {entry.name: _tree(entry.value) for entry in entries}
            if len(found) != len(entries):
                raise Misfit("is `JSON`, and a name stands in this object twice")
            return found
        case _:
            raise Misfit("is `JSON`", "text in JSON stands in quotes")


def _json_number(text: str, *, whole: bool) -> int | float:
    if whole and len(text) <= _LONGEST_JSON_NUMBER:
        return int(text)
    number = float(text) if not whole else math.inf
    if not math.isfinite(number):
        raise Misfit("is `JSON`, and this number is too large")
    return number
