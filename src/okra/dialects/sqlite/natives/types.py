"""Logical types and defaults → what SQLite has, and what a declared type does to values."""

from __future__ import annotations

import json
from binascii import a2b_base64
from enum import StrEnum
from typing import TYPE_CHECKING

from okra.dialects.sqlite.expressions.canonical import canonical, canonical_default
from okra.dialects.sqlite.natives.typenames import canonical_type
from okra.dialects.sqlite.planning.triggers import NOW
from okra.dialects.sqlite.quoting import literal
from okra.errors import UnsupportedChange
from okra.relational.model import DefaultFunction, LogicalKind, LogicalType

if TYPE_CHECKING:
    from okra.relational.model import FunctionDefault, LiteralDefault

TYPES = {
    LogicalKind.ID: "text",
    LogicalKind.STRING: "text",
    LogicalKind.INT: "integer",
    LogicalKind.BIG_INT: "integer",
    LogicalKind.FLOAT: "real",
    LogicalKind.DECIMAL: "numeric",
    LogicalKind.BOOLEAN: "integer",
    LogicalKind.DATE_TIME: "text",
    LogicalKind.DATE: "text",
    LogicalKind.TIME: "text",
    LogicalKind.JSON: "text",
    LogicalKind.BYTES: "blob",
    LogicalKind.ENUM: "text",
}
STRICT_TYPES = frozenset({"int", "integer", "real", "text", "blob", "any"})

# RFC 4122 version 4: random but for the version digit 4 and the variant digit 8, 9, a or b.
UUID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)"
    " || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2)"
    " || '-' || hex(randomblob(6)))"
)
NOW_BY_KIND = {
    LogicalKind.DATE: "strftime('%Y-%m-%d', 'now')",
    LogicalKind.TIME: "strftime('%H:%M:%f', 'now')",
}
_EXACT = (LogicalKind.DECIMAL, LogicalKind.BIG_INT, LogicalKind.INT)


def native_type(kind: LogicalType, place: str, *, strict: bool) -> str:
    """The declared type of a column, in canonical spelling.

    Raises  UnsupportedChange for a type that the table can't have, with `place`
    """
    if kind.native is not None:
        native = canonical_type(kind.native)
    elif kind.list:
        native = "text"
    elif kind.kind is LogicalKind.NATIVE:
        raise UnsupportedChange(
            "a `Native` field needs a type for SQLite",
            code="OKR212",
            place=place,
            help='write `@db(type: "…")`, or `@db(sqlite: "text")` for SQLite alone',
        )
    else:
        native = TYPES[kind.kind]
        if strict and native == "numeric":
            native = "text"  # STRICT has no NUMERIC; text keeps every digit
    if strict and native not in STRICT_TYPES:
        raise UnsupportedChange(
            f"a strict table can't have the type `{native}`",
            code="OKR213",
            place=place,
            help="use integer, real, text, blob or any, or take `strict: true` away",
        )
    return native


def function_default(default: FunctionDefault, kind: LogicalType | str) -> str:
    """The canonical expression that makes the value."""
    match default.function:
        case DefaultFunction.UUID:
            return canonical(UUID)
        case DefaultFunction.NOW:
            logical = kind.kind if isinstance(kind, LogicalType) else LogicalKind.DATE_TIME
            return canonical(NOW_BY_KIND.get(logical, NOW))


def literal_default(default: LiteralDefault, kind: LogicalType | str) -> str | None:
    """The canonical literal: lists are JSON texts, numbers keep every digit, bytes come as base64."""
    value = default.value
    logical = kind.kind if isinstance(kind, LogicalType) else None
    if isinstance(value, tuple):
        text = literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    elif isinstance(value, str) and logical in _EXACT:
        text = value
    elif isinstance(value, str) and logical is LogicalKind.BYTES:
        text = literal(a2b_base64(value))
    else:
        text = literal(value)
    return canonical_default(text)


class Affinity(StrEnum):
    """What SQLite turns values into that are written to a column, where that loses nothing."""

    TEXT = "text"
    NUMERIC = "number"
    INTEGER = "integer"
    REAL = "real"
    NONE = "none"

    @property
    def is_number(self) -> bool:
        return self in (Affinity.NUMERIC, Affinity.INTEGER, Affinity.REAL)


def affinity(kind: str) -> Affinity:
    """The affinity of a declared type.

    Source  SQLite documentation, "Datatypes In SQLite", 3.1: the first rule that fits counts
    """
    if "int" in kind:
        return Affinity.INTEGER
    if any(word in kind for word in ("char", "clob", "text")):
        return Affinity.TEXT
    if "blob" in kind or not kind:
        return Affinity.NONE
    if any(word in kind for word in ("real", "floa", "doub")):
        return Affinity.REAL
    return Affinity.NUMERIC
