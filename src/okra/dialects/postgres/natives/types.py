"""Logical types and defaults → what PostgreSQL has."""

from __future__ import annotations

import json
from binascii import a2b_base64
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.canonical import canonical_default
from okra.dialects.postgres.natives.spelling import path
from okra.dialects.postgres.natives.typenames import readable_type
from okra.dialects.postgres.quoting import literal
from okra.errors import UnsupportedChange
from okra.relational.model import DefaultFunction, LogicalKind, LogicalType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.model import FunctionDefault, LiteralDefault

TYPES = {
    LogicalKind.ID: "uuid",
    LogicalKind.STRING: "text",
    LogicalKind.INT: "integer",
    LogicalKind.BIG_INT: "bigint",
    LogicalKind.FLOAT: "double precision",
    LogicalKind.DECIMAL: "numeric",
    LogicalKind.BOOLEAN: "boolean",
    LogicalKind.DATE_TIME: "timestamp without time zone",
    LogicalKind.DATE: "date",
    LogicalKind.TIME: "time without time zone",
    LogicalKind.JSON: "jsonb",
    LogicalKind.BYTES: "bytea",
}
UUID = "gen_random_uuid()"
NOW = "CURRENT_TIMESTAMP"
NOW_BY_KIND = {LogicalKind.DATE: "CURRENT_DATE", LogicalKind.TIME: "CURRENT_TIME"}


def native_type(kind: LogicalType, place: str) -> str:
    """The type of a column as the server spells it.

    Raises  UnsupportedChange for a `Native` without one, and for what is no type, with `place`
    """
    if kind.native is not None:
        return _said_type(kind.native, place)
    if kind.kind is LogicalKind.NATIVE:
        raise UnsupportedChange(
            "a `Native` field needs a type for PostgreSQL",
            code="OKR239",
            place=place,
            help='write `@db(type: "…")`, or `@db(postgres: "tsvector")` for PostgreSQL alone',
        )
    if kind.kind is LogicalKind.ENUM:
        native = path(kind.enum or "")
    elif kind.kind is LogicalKind.STRING and kind.length is not None:
        native = f"character varying({kind.length})"
    elif kind.kind is LogicalKind.DECIMAL and kind.precision is not None:
        native = "numeric({},{})".format(*kind.precision)
    else:
        native = TYPES[kind.kind]
    return f"{native}[]" if kind.list else native


def _said_type(text: str, place: str) -> str:
    found = readable_type(text)
    if found is None:
        raise UnsupportedChange(
            f"`{text}` is not the name of one type",
            code="OKR229",
            place=place,
            help="write a type and nothing behind it: defaults, collations and checks have directives",
        )
    return found


def function_default(default: FunctionDefault, kind: LogicalType | str, native: str) -> str | None:
    """The canonical expression that makes the value."""
    match default.function:
        case DefaultFunction.UUID:
            return canonical_default(UUID, native)
        case DefaultFunction.NOW:
            logical = kind.kind if isinstance(kind, LogicalType) else LogicalKind.DATE_TIME
            return canonical_default(NOW_BY_KIND.get(logical, NOW), native)


def literal_default(default: LiteralDefault, kind: LogicalType | str, native: str) -> str | None:
    """The canonical literal: lists are array texts, numbers keep every digit, bytes come as base64."""
    value = default.value
    logical = kind.kind if isinstance(kind, LogicalType) else LogicalKind.STRING
    if isinstance(value, tuple):
        text = literal(array_text(value, logical))
    elif isinstance(value, str) and logical in _EXACT:
        text = value
    elif isinstance(value, float) and "e" in repr(value):
        text = literal(repr(value))  # as a bare number it would be kept with hundreds of digits
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = literal(_scalar(value, logical))
    return canonical_default(text, native)


_EXACT = (LogicalKind.DECIMAL, LogicalKind.BIG_INT, LogicalKind.INT)


def _scalar(value: bool | float | str, kind: LogicalKind) -> bool | float | str | bytes:
    if isinstance(value, str) and kind is LogicalKind.BYTES:
        return a2b_base64(value)
    return value


def array_text(values: Iterable[bool | int | float | str], kind: LogicalKind) -> str:
    """The text of an array as the server prints it."""
    return "{" + ",".join(_element(value, kind) for value in values) + "}"


_SPECIAL = frozenset('{},"\\ \t\n\r\v\f')


def _element(value: bool | float | str, kind: LogicalKind) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    scalar = _scalar(value, kind)
    text = f"\\x{scalar.hex()}" if isinstance(scalar, bytes) else str(scalar)
    if kind is LogicalKind.JSON and not isinstance(value, str):
        text = json.dumps(value)
    return array_element(text)


def array_element(text: str) -> str:
    """`text` as it stands in the text of an array."""
    if text and text.upper() != "NULL" and not _SPECIAL.intersection(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
