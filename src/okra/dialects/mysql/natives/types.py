"""Logical types and defaults → what a MySQL column has."""

from __future__ import annotations

import json
from binascii import a2b_base64
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.defaults import canonical_default
from okra.dialects.mysql.natives.typenames import TypeName, canonical_type
from okra.dialects.mysql.quoting import literal
from okra.errors import UnsupportedChange
from okra.relational.model import DefaultFunction, LogicalKind, LogicalType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.relational.model import EnumType, FunctionDefault, LiteralDefault

TYPES = {
    LogicalKind.ID: "varchar(36)",
    LogicalKind.STRING: "varchar(255)",
    LogicalKind.INT: "int",
    LogicalKind.BIG_INT: "bigint",
    LogicalKind.FLOAT: "double",
    LogicalKind.BOOLEAN: "tinyint(1)",
    LogicalKind.DATE_TIME: "datetime",
    LogicalKind.DATE: "date",
    LogicalKind.TIME: "time",
    LogicalKind.JSON: "json",
    LogicalKind.BYTES: "longblob",
}
DECIMAL_PRECISION = (38, 9)
_MOST_DIGITS = (65, 30)
_LONGEST_VARCHAR = 16_383  # characters of four bytes in the 65,535 bytes of a row
UUID = "(uuid())"
_NOW_BY_KIND = {
    LogicalKind.DATE: "(current_date())",
    LogicalKind.TIME: "(current_time())",
}
MOMENTS = (LogicalKind.DATE_TIME, LogicalKind.TIME)


def native_type(kind: LogicalType, enums: Mapping[str, EnumType], place: str) -> TypeName:
    """The column type in canonical spelling, and the collation that `@db(type:)` named with it.

    Raises  UnsupportedChange for a type that MySQL hasn't, with `place`
    """
    if kind.native is not None:
        return canonical_type(kind.native)
    if kind.list:
        return TypeName("json")
    match kind.kind:
        case LogicalKind.NATIVE:
            raise UnsupportedChange(
                "a `Native` field needs a type for MySQL",
                code="OKR240",
                place=place,
                help='write `@db(type: "…")`, or `@db(mysql: "varchar(255)")` for MySQL alone',
            )
        case LogicalKind.ENUM:
            values = enums[kind.enum or ""].values
            return TypeName(f"enum({','.join(literal(value) for value in values)})")
        case LogicalKind.DECIMAL:
            return TypeName(_decimal(kind.precision or DECIMAL_PRECISION, place))
        case LogicalKind.STRING if kind.length is not None:
            return TypeName(_text(kind.length, place))
        case _:
            return TypeName(TYPES[kind.kind])


def _decimal(precision: tuple[int, int], place: str) -> str:
    total, scale = precision
    if total > _MOST_DIGITS[0] or scale > _MOST_DIGITS[1]:
        raise UnsupportedChange(
            f"MySQL keeps 65 digits of a number at most, 30 of them behind the point, not {total} and {scale}",
            code="OKR241",
            place=place,
            help='give `@precision` smaller numbers, or store text: `@db(mysql: "varchar(255)")`',
        )
    return f"decimal({total},{scale})"


def _text(length: int, place: str) -> str:
    if length > _LONGEST_VARCHAR:
        raise UnsupportedChange(
            f"a `varchar` of MySQL holds {_LONGEST_VARCHAR} characters at most, not {length}",
            code="OKR241",
            place=place,
            help='use a type without that limit: `@db(mysql: "mediumtext")`',
        )
    return f"varchar({length})"


def function_default(default: FunctionDefault, kind: LogicalType | str, native: str) -> str | None:
    """The canonical expression that makes the value."""
    match default.function:
        case DefaultFunction.UUID:
            return UUID
        case DefaultFunction.NOW:
            logical = kind.kind if isinstance(kind, LogicalType) else LogicalKind.DATE_TIME
            return canonical_default(_NOW_BY_KIND.get(logical, "CURRENT_TIMESTAMP"), native)


def literal_default(default: LiteralDefault, kind: LogicalType | str, native: str) -> str | None:
    """The canonical literal: lists are JSON texts, numbers keep every digit, bytes come as base64."""
    value = default.value
    logical = kind.kind if isinstance(kind, LogicalType) else None
    if isinstance(value, tuple):
        text = literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    elif isinstance(value, str) and logical is LogicalKind.BYTES:
        text = literal(a2b_base64(value))
    elif isinstance(value, str) and logical in MOMENTS:
        text = literal(_in_utc(value))
    else:
        text = literal(value)
    return canonical_default(text, native)


def _in_utc(text: str) -> str:
    """An ISO 8601 moment without the offset that MySQL does not keep."""
    from datetime import UTC, datetime, time, timedelta

    if text[-1:] != "Z" and text[-6:-5] not in ("+", "-"):
        return text
    if len(text) < len("2000-01-01T00:00"):
        moment = time.fromisoformat(text)
        begin = datetime.combine(datetime(2000, 1, 1, tzinfo=UTC), moment.replace(tzinfo=None))
        return (begin - (moment.utcoffset() or timedelta())).time().isoformat()
    moment_utc = datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
    return moment_utc.isoformat(sep=" ")
