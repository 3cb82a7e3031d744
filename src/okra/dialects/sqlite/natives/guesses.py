"""What a native column was probably meant to be, one column at a time."""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING

from okra.dialects.sqlite.expressions.canonical import canonical, canonical_default
from okra.dialects.sqlite.natives.spelling import identifier
from okra.dialects.sqlite.natives.types import NOW_BY_KIND, UUID
from okra.dialects.sqlite.planning.triggers import NOW
from okra.dialects.sqlite.quoting import literal
from okra.dialects.values import BIG_INT, INT, is_decimal, is_whole, spelled_json
from okra.relational.model import (
    DefaultFunction,
    FunctionDefault,
    LiteralDefault,
    LogicalKind,
)
from okra.relational.sqltext import is_string, name_of, significant

if TYPE_CHECKING:
    from okra.relational.model import Check, Column, ColumnDefault, Table

TEXTS = frozenset({LogicalKind.ID, LogicalKind.STRING, LogicalKind.NATIVE})
"""The kinds that may have a collation."""

_WORDS = {
    LogicalKind.INT: "int integer smallint mediumint tinyint int2 int4 serial",
    LogicalKind.BIG_INT: "bigint int8 bigserial long",
    LogicalKind.FLOAT: "real double float double~precision",
    LogicalKind.DECIMAL: "numeric decimal number dec money",
    LogicalKind.BOOLEAN: "boolean bool",
    LogicalKind.DATE_TIME: "datetime timestamp timestamptz datetime2 timestamp~with~time~zone"
    " timestamp~without~time~zone",
    LogicalKind.DATE: "date",
    LogicalKind.TIME: "time",
    LogicalKind.JSON: "json jsonb",
    LogicalKind.BYTES: "blob bytea binary varbinary",
    LogicalKind.ID: "uuid guid uniqueidentifier",
    LogicalKind.STRING: "text string varchar nvarchar char nchar character clob citext",
}
_KINDS = {word.replace("~", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_CLOCKS = {
    "CURRENT_TIMESTAMP": LogicalKind.DATE_TIME,
    "CURRENT_DATE": LogicalKind.DATE,
    "CURRENT_TIME": LogicalKind.TIME,
    "datetime('now')": LogicalKind.DATE_TIME,
    "date('now')": LogicalKind.DATE,
    "time('now')": LogicalKind.TIME,
    canonical(NOW): LogicalKind.DATE_TIME,
    **{canonical(text): kind for kind, text in NOW_BY_KIND.items()},
}
_UUID = canonical(UUID)
_SIZES = re.compile(r"\(([0-9]+)(?:,([0-9]+))?\)")
_DIGITS = (38, 9)  # what a Decimal has where nothing is said
_MOST_DIGITS = 1_000


def kind_of(column: Column, table: Table) -> LogicalKind:
    """What the column's declared type and default say it is."""
    native = str(column.type)
    kind = LogicalKind.DATE_TIME if column.updated_at else _declared(native)
    if native == "text" and not column.updated_at:
        kind = _text_kind(column, table)
    if column.collation is not None and kind not in TEXTS:
        return LogicalKind.NATIVE
    return kind


def _declared(native: str) -> LogicalKind:
    if native == "tinyint(1)":
        return LogicalKind.BOOLEAN
    known = _KINDS.get(native.partition("(")[0])
    if known is not None:
        return known
    for part, kind in (
        ("int", LogicalKind.BIG_INT if "big" in native else LogicalKind.INT),
        ("char", LogicalKind.STRING),
        ("clob", LogicalKind.STRING),
        ("text", LogicalKind.STRING),
        ("blob", LogicalKind.BYTES),
        ("real", LogicalKind.FLOAT),
        ("floa", LogicalKind.FLOAT),
        ("doub", LogicalKind.FLOAT),
    ):
        if part in native:  # the order and the words are SQLite's own for a column's affinity
            return kind
    return LogicalKind.NATIVE


def _text_kind(column: Column, table: Table) -> LogicalKind:
    default = str(column.default)
    clock = _CLOCKS.get(default)
    if clock is not None and column.collation is None:
        return clock
    key = table.primary_key
    alone = key is not None and key.columns == (column.name,)
    if default == _UUID or (alone and column.name == "id"):
        return LogicalKind.ID
    return LogicalKind.STRING


def enum_values(column: Column, table: Table) -> tuple[Check, tuple[str, ...]] | None:
    """The check that lists the column's values, as `resolve` makes it for an enum, and the values."""
    if column.type != "text" or column.collation is not None or column.generated is not None:
        return None
    head = f"{identifier(column.name)} IN ("
    for check in table.checks:
        if not check.expression.startswith(head):
            continue
        parts = significant(check.expression[len(head) : -1])
        values = tuple(name_of(part) for part in parts[::2])
        texts = all(part[0] == "'" and is_string(part) for part in parts[::2])
        listed = ", ".join(literal(value) for value in values)
        if not texts or check.expression != f"{head}{listed})":
            continue
        said = len(set(values)) == len(values) and all(value.strip() for value in values)
        if said and check.name is None:
            return check, values
    return None


def precision_of(native: str) -> tuple[int, int] | None:
    """The digits that a type like `numeric(10,2)` names."""
    match = _SIZES.search(native)
    if match is None:
        return None
    total, scale = int(match[1]), int(match[2] or 0)
    return (total, scale) if 0 < total <= _MOST_DIGITS and scale <= total else None


def default_of(
    column: Column, kind: LogicalKind, values: tuple[str, ...], digits: tuple[int, int] | None
) -> ColumnDefault | None:
    """The column's default as `kind` has it: a value or a function where one resolves to the same text."""
    text = column.default
    if text is None:
        return "NULL" if column.updated_at else None
    text = str(text)
    function = _function(text, kind)
    if function is not None:
        return FunctionDefault(function)
    value = _value(text, kind, values, digits or _DIGITS)
    return text if value is None else LiteralDefault(value)


def _function(text: str, kind: LogicalKind) -> DefaultFunction | None:
    if text == _UUID and kind in (LogicalKind.ID, LogicalKind.STRING):
        return DefaultFunction.UUID
    moments = (LogicalKind.DATE_TIME, LogicalKind.DATE, LogicalKind.TIME)
    if kind in moments and text == canonical(NOW_BY_KIND.get(kind, NOW)):
        return DefaultFunction.NOW
    return None


def _value(
    text: str, kind: LogicalKind, values: tuple[str, ...], digits: tuple[int, int]
) -> bool | int | float | str | None:
    match kind:
        case LogicalKind.ID | LogicalKind.STRING:
            return _string(text)
        case LogicalKind.ENUM:
            found = _string(text)
            return found if found in values else None
        case LogicalKind.BOOLEAN:
            return {"0": False, "1": True}.get(text)
        case LogicalKind.INT:
            return int(text) if is_whole(text, INT) else None
        case LogicalKind.BIG_INT:
            return text if is_whole(text, BIG_INT) else None
        case LogicalKind.FLOAT:
            return _float(text)
        case LogicalKind.DECIMAL:
            return text if is_decimal(text, digits) else None
        case LogicalKind.JSON:
            found = _string(text)
            return found if spelled_json(found) == found else None
        case _:
            return None


def _string(text: str) -> str | None:
    parts = significant(text)
    return name_of(text) if len(parts) == 1 and text[0] == "'" else None


def _float(text: str) -> float | None:
    if text.strip("-0123456789.e+"):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and canonical_default(literal(value)) == text else None
