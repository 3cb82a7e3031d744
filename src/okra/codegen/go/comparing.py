"""One comparison in Go, where it means what SQL means.

Texts are compared for being equal only: which comes first is up to the database's collation.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import StrEnum

import msgspec

from okra.codegen.go.conditions import Atom, Cannot
from okra.codegen.go.layout import quoted


class Kind(StrEnum):
    WHOLE = "whole"
    FLOAT = "float"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    BOOLEAN = "boolean"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A field's value, or how many characters it has.

    text     the expression
    type     its type in Go
    imports  the packages that it names
    """

    text: str
    kind: Kind
    type: str
    imports: tuple[str, ...] = ()


class Literal(msgspec.Struct, frozen=True, kw_only=True):
    """What SQL compares with: `number` says whether its text was a number, and no string."""

    text: str
    number: bool


_SIGNS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"(-?)([0-9]*)(?:\.([0-9]*))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?")
_BITS_32 = range(-(2**31), 2**31)
_BITS_64 = range(-(2**63), 2**63)
_DIGITS = 20  # no number of 64 bits is longer


def compared(operator: str, left: Value | Literal | bool, right: Value | Literal | bool) -> Atom:
    """The comparison.

    operator  SQL's: `=`, `<>`, `<`, `<=`, `>`, `>=`
    Raises    Cannot
    """
    if not isinstance(left, Value):
        if not isinstance(right, Value):
            raise Cannot
        return compared(_MIRRORED.get(operator, operator), right, left)
    ordered = operator not in {"=", "<>"}
    if ordered and left.kind in {Kind.TEXT, Kind.BOOLEAN}:
        raise Cannot
    if isinstance(right, Value):
        return _with_value(_SIGNS[operator], left, right)
    if isinstance(right, bool):
        right = Literal(text=str(int(right)), number=left.kind is Kind.BOOLEAN)
    if right.number != (left.kind in {Kind.WHOLE, Kind.FLOAT, Kind.DECIMAL, Kind.BOOLEAN}):
        raise Cannot
    return _with_literal(_SIGNS[operator], left, right.text)


def _with_value(sign: str, left: Value, right: Value) -> Atom:
    numbers = {Kind.WHOLE, Kind.FLOAT}
    if left.kind in numbers and right.kind in numbers:
        wide = "float64" if Kind.FLOAT in {left.kind, right.kind} else "int64"
        if left.type != right.type:
            uses = (*left.imports, *right.imports)
            return Atom(_as(wide, left), sign, _as(wide, right), imports=uses)
    elif left.kind is not right.kind or left.type != right.type:
        raise Cannot
    return _alike(sign, left, right.text)


def _as(type_: str, value: Value) -> str:
    return value.text if value.type == type_ else f"{type_}({value.text})"


def _alike(sign: str, left: Value, right: str) -> Atom:
    """Of two expressions of the same type."""
    helper = {
        Kind.DECIMAL: "compareDecimals",
        Kind.TIME: "compareTimes",
        Kind.MOMENT: "compareDateTimes",
    }.get(left.kind)
    if left.type == "time.Time":
        return Atom(f"{_of(left.text)}.Compare({right})", sign, "0")
    if helper is not None:
        return Atom(f"{helper}({left.text}, {right})", sign, "0", helpers=(helper,))
    return Atom(left.text, sign, right, imports=left.imports)


def _of(pointer: str) -> str:
    """`*p.At` → `p.At`: a method is called through a pointer as well."""
    return pointer.removeprefix("*")


def _with_literal(sign: str, left: Value, text: str) -> Atom:
    match left.kind:
        case Kind.WHOLE:
            return _whole(sign, left, text)
        case Kind.FLOAT:
            return Atom(left.text, sign, _float(text))
        case Kind.DECIMAL:
            return _alike(sign, left, quoted(_decimal(text)))
        case Kind.TEXT:
            return _alike(sign, left, quoted(text))
        case Kind.DATE:
            return _alike(sign, left, quoted(_date(text)))
        case Kind.TIME:
            return _alike(sign, left, quoted(_time(text)))
        case Kind.MOMENT:
            return _moment(sign, left, text)
        case Kind.BOOLEAN:
            return _boolean(sign, left, text)


def _whole(sign: str, left: Value, text: str) -> Atom:
    if _WHOLE.fullmatch(text) is None:
        return Atom(_as("float64", left), sign, _float(text), imports=left.imports)
    if len(text) > _DIGITS or int(text) not in _BITS_64:
        raise Cannot
    number = int(text)
    fits = left.type == "int64" or number in _BITS_32
    value = left.text if fits else _as("int64", left)
    return Atom(value, sign, str(number), imports=left.imports)


def _float(text: str) -> str:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise Cannot
    return str(int(number)) if abs(number) < 2**53 and number == int(number) else repr(number)


def _decimal(text: str) -> str:
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise Cannot
    sign, whole, fraction = match.groups()
    return f"{sign}{whole or '0'}" + (f".{fraction}" if fraction else "")


def _date(text: str) -> str:
    if _DATE.fullmatch(text) is None:
        raise Cannot
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Cannot from None


def _time(text: str) -> str:
    if _TIME.fullmatch(text) is None:
        raise Cannot
    try:
        return time.fromisoformat(text).isoformat()
    except ValueError:
        raise Cannot from None


def _moment(sign: str, left: Value, text: str) -> Atom:
    """`2026-01-02`, `2026-01-02 03:04:05`: in UTC, as databases keep them."""
    day, _, clock = text.replace(" ", "T").removesuffix("Z").partition("T")
    found = datetime.fromisoformat(f"{_date(day)}T{_time(clock) if clock else '00:00:00'}")
    if left.type != "time.Time":
        return _alike(sign, left, quoted(f"{found.isoformat()}Z"))
    parts = (found.year, found.month, found.day, found.hour, found.minute, found.second)
    numbers = ", ".join(map(str, (*parts, found.microsecond * 1000)))
    compare = f"{_of(left.text)}.Compare(time.Date({numbers}, time.UTC))"
    return Atom(compare, sign, "0", imports=("time",))


def _boolean(sign: str, left: Value, text: str) -> Atom:
    if text not in {"0", "1"}:
        raise Cannot
    holds = (text == "1") is (sign == "==")
    return Atom(left.text if holds else f"!{left.text}")
