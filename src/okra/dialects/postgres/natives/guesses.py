"""What a native column was probably meant to be, one column at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.postgres.expressions.lexer import Kind, Unreadable, tokens
from okra.dialects.postgres.expressions.types import base
from okra.dialects.postgres.natives.spelling import path
from okra.dialects.postgres.natives.types import (
    TYPES,
    function_default,
    literal_default,
    native_type,
)
from okra.dialects.values import BIG_INT, INT, is_decimal, is_whole, spelled_json
from okra.relational.model import (
    DefaultFunction,
    FunctionDefault,
    LiteralDefault,
    LogicalKind,
    LogicalType,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okra.relational.model import Column, ColumnDefault

_KINDS = {
    **{native: kind for kind, native in TYPES.items()},
    "character": LogicalKind.STRING,
    "character varying": LogicalKind.STRING,
    "bpchar": LogicalKind.STRING,
    "citext": LogicalKind.STRING,
    "smallint": LogicalKind.INT,
    "real": LogicalKind.FLOAT,
    "json": LogicalKind.JSON,
    "timestamp with time zone": LogicalKind.DATE_TIME,
    "time with time zone": LogicalKind.TIME,
}
_SIZES = re.compile(r"\(([0-9]+)(?:,([0-9]+))?\)")
_MOST_DIGITS = 1_000
_MOST_LENGTH = 10_485_760
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
_MOMENTS = {
    LogicalKind.DATE: re.compile(_DAY),
    LogicalKind.TIME: re.compile(_CLOCK),
    LogicalKind.DATE_TIME: re.compile(rf"{_DAY} {_CLOCK}(?:\+00)?"),
}


def enum_types(names: Iterable[str]) -> dict[str, str]:
    """Type as columns spell it → the name of the enum."""
    return {path(name): name for name in names}


def kind_of(column: Column, enums: Mapping[str, str]) -> LogicalType:
    """What the column's type says it is; it carries the native type where that is not the usual one."""
    native = str(column.type)
    scalar = native.removesuffix("[]")
    is_list = scalar != native
    if scalar in enums:
        return LogicalType(kind=LogicalKind.ENUM, enum=enums[scalar], list=is_list)
    kind = _KINDS.get(base(scalar), LogicalKind.NATIVE)
    if column.updated_at and kind is not LogicalKind.DATE_TIME:
        kind = LogicalKind.DATE_TIME
    if kind is LogicalKind.NATIVE:
        return LogicalType(kind=kind, native=native)
    return with_native(_sized(kind, scalar, is_list=is_list), native)


def with_native(kind: LogicalType, native: str) -> LogicalType:
    """`kind` with `native` where it would not lead there by itself."""
    endless = kind.kind is LogicalKind.DECIMAL and kind.precision is None
    if endless or kind.kind is LogicalKind.NATIVE or native_type(kind, "") != native:
        return LogicalType(kind=kind.kind, list=kind.list, native=native)
    return kind


def of_kind(kind: LogicalKind, native: str) -> LogicalType:
    """The column type `native` taken for `kind`."""
    if kind is LogicalKind.NATIVE:
        return LogicalType(kind=kind, native=native)
    scalar = native.removesuffix("[]")
    return with_native(_sized(kind, scalar, is_list=scalar != native), native)


def _sized(kind: LogicalKind, scalar: str, *, is_list: bool) -> LogicalType:
    """`kind` with the length or the digits that the type names."""
    found = LogicalType(kind=kind, list=is_list)
    match = _SIZES.search(scalar)
    if match is None:
        return found
    first, second = int(match[1]), int(match[2] or 0)
    if kind is LogicalKind.STRING and first <= _MOST_LENGTH:
        return replace(found, length=first)
    if kind is LogicalKind.DECIMAL and 0 < first <= _MOST_DIGITS and second <= first:
        return replace(found, precision=(first, second))
    return found


def default_of(column: Column, kind: LogicalType) -> ColumnDefault | None:
    """The column's default as `kind` has it: a value or a function where one resolves to the same text."""
    text = column.default
    if text is None:
        return "NULL" if column.updated_at else None
    text, native = str(text), str(column.type)
    for function in DefaultFunction:
        made = FunctionDefault(function)
        if _may_be_made(function, kind) and function_default(made, kind, native) == text:
            return made
    value = _list(text, kind) if kind.list else _value(text, kind)
    if value is None:
        return text
    found = LiteralDefault(value)
    return found if literal_default(found, kind, native) == text else text


def _may_be_made(function: DefaultFunction, kind: LogicalType) -> bool:
    if kind.list:
        return False
    if function is DefaultFunction.UUID:
        return kind.kind in (LogicalKind.ID, LogicalKind.STRING)
    return kind.kind in (LogicalKind.DATE_TIME, LogicalKind.DATE, LogicalKind.TIME)


def _value(text: str, kind: LogicalType) -> bool | int | float | str | None:
    """The value that a canonical default of a scalar is, None where it is none."""
    match kind.kind:
        case LogicalKind.ID | LogicalKind.STRING | LogicalKind.ENUM:
            return _string(text)
        case LogicalKind.BOOLEAN:
            return {"true": True, "false": False}.get(text)
        case LogicalKind.INT:
            return int(text) if is_whole(text, INT) else None
        case LogicalKind.BIG_INT:
            return text if is_whole(text, BIG_INT) else None
        case LogicalKind.FLOAT:
            return _float(text)
        case LogicalKind.DECIMAL:
            return text if is_decimal(text, kind.precision) else None
        case LogicalKind.JSON:
            return spelled_json(_string(text))
        case LogicalKind.DATE | LogicalKind.TIME | LogicalKind.DATE_TIME:
            found = _string(text)
            known = found is not None and _MOMENTS[kind.kind].fullmatch(found)
            return found.replace("+00", "Z") if found is not None and known else None
        case _:
            return None


def _string(text: str) -> str | None:
    try:
        found = tokens(text)
    except Unreadable:
        return None
    return found[0].text if len(found) == 1 and found[0].kind is Kind.STRING else None


def _float(text: str) -> float | None:
    try:
        return float(text) if not text.strip("-0123456789.") else None
    except ValueError:
        return None


_ELEMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^{},"\\\s][^{},"\\]*)', re.DOTALL)


def _list(text: str, kind: LogicalType) -> tuple[bool | int | float | str, ...] | None:
    """The elements of an array's text, None where it has NULLs or more than one dimension."""
    found = _string(text)
    if found is None or found[:1] != "{" or found[-1:] != "}":
        return None
    body = found[1:-1]
    values: list[bool | int | float | str] = []
    at = 0
    while at < len(body):
        match = _ELEMENT.match(body, at)
        if match is None or (match[2] or "").upper() == "NULL":
            return None
        value = _item(match[2] if match[1] is None else match[1], kind)
        if value is None:
            return None
        values.append(value)
        at = match.end()
        if at < len(body) and body[at] != ",":
            return None
        at += 1
    return tuple(values)


def _item(text: str, kind: LogicalType) -> bool | int | float | str | None:
    plain = re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
    if kind.kind is LogicalKind.BOOLEAN:
        return {"t": True, "f": False}.get(plain)
    if kind.kind in (LogicalKind.ID, LogicalKind.STRING, LogicalKind.ENUM):
        return plain
    if kind.kind in (LogicalKind.INT, LogicalKind.FLOAT):
        return _value(plain, kind)
    return None
