"""What a native column was probably meant to be, one column at a time."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions.lexer import Kind, text_of, tokens
from okra.dialects.mysql.natives.typenames import base_of
from okra.dialects.mysql.natives.types import (
    MOMENTS,
    TYPES,
    UUID,
    function_default,
    literal_default,
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
    from okra.relational.model import Column, ColumnDefault, Table

TEXTS = frozenset({LogicalKind.ID, LogicalKind.STRING, LogicalKind.NATIVE})
"""The kinds that may have a collation."""

_KINDS = {
    "tinyint": LogicalKind.INT,
    "smallint": LogicalKind.INT,
    "mediumint": LogicalKind.INT,
    "int": LogicalKind.INT,
    "bigint": LogicalKind.BIG_INT,
    "year": LogicalKind.INT,
    "decimal": LogicalKind.DECIMAL,
    "float": LogicalKind.FLOAT,
    "double": LogicalKind.FLOAT,
    "char": LogicalKind.STRING,
    "varchar": LogicalKind.STRING,
    "tinytext": LogicalKind.STRING,
    "text": LogicalKind.STRING,
    "mediumtext": LogicalKind.STRING,
    "longtext": LogicalKind.STRING,
    "binary": LogicalKind.BYTES,
    "varbinary": LogicalKind.BYTES,
    "tinyblob": LogicalKind.BYTES,
    "blob": LogicalKind.BYTES,
    "mediumblob": LogicalKind.BYTES,
    "longblob": LogicalKind.BYTES,
    "date": LogicalKind.DATE,
    "time": LogicalKind.TIME,
    "datetime": LogicalKind.DATE_TIME,
    "timestamp": LogicalKind.DATE_TIME,
    "json": LogicalKind.JSON,
    "enum": LogicalKind.ENUM,
    "uuid": LogicalKind.ID,
}
_KEY_TYPES = ("varchar(36)", "char(36)")
_LENGTH = re.compile(r"varchar\(([1-9][0-9]*)\)")
_DIGITS = re.compile(r"decimal\(([0-9]+),([0-9]+)\)")


def kind_of(column: Column, table: Table) -> LogicalKind:
    """What the column's type and default say it is."""
    native = str(column.type)
    kind = _KINDS.get(base_of(native), LogicalKind.NATIVE)
    if native == "tinyint(1)":
        kind = LogicalKind.NATIVE if column.identity else LogicalKind.BOOLEAN
    elif native.startswith("int") and "unsigned" in native:
        kind = LogicalKind.BIG_INT
    elif kind is LogicalKind.STRING and _is_id(column, table):
        kind = LogicalKind.ID
    elif kind is LogicalKind.ENUM and not (native.endswith(")") and _sayable(enum_values(native))):
        kind = LogicalKind.NATIVE
    if column.identity and kind not in (LogicalKind.INT, LogicalKind.BIG_INT):
        return LogicalKind.NATIVE
    if column.updated_at and kind is not LogicalKind.DATE_TIME:
        return LogicalKind.NATIVE
    return LogicalKind.NATIVE if column.collation is not None and kind not in TEXTS else kind


def _is_id(column: Column, table: Table) -> bool:
    key = table.primary_key
    alone = key is not None and key.columns == (column.name,)
    return str(column.type) in _KEY_TYPES and (column.default == UUID or alone)


def enum_values(native: str) -> tuple[str, ...]:
    """The values that the type lists."""
    return tuple(text_of(token.text) for token in tokens(native) if token.kind is Kind.TEXT)


def _sayable(values: tuple[str, ...]) -> bool:
    """Whether an enum of the schema language can have these values."""
    return (
        bool(values) and len(set(values)) == len(values) and all(value.strip() for value in values)
    )


def logical_type(native: str, kind: LogicalKind, enum: str | None) -> LogicalType:
    """The logical type of this kind that resolves to `native`."""
    length = _LENGTH.fullmatch(native)
    digits = _DIGITS.fullmatch(native)
    if kind is LogicalKind.STRING and length is not None and native != TYPES[kind]:
        return LogicalType(kind=kind, length=int(length[1]))
    if kind is LogicalKind.DECIMAL and digits is not None:
        return LogicalType(kind=kind, precision=(int(digits[1]), int(digits[2])))
    own = native if kind is LogicalKind.ENUM else TYPES.get(kind)
    return LogicalType(kind=kind, enum=enum, native=None if native == own else native)


def default_of(column: Column, kind: LogicalType) -> ColumnDefault | None:
    """The column's default as `kind` has it: a value or a function where one resolves to the same text."""
    text = column.default
    if text is None:
        return "NULL" if column.updated_at else None
    text = str(text)
    native = str(column.type)
    for function in DefaultFunction:
        default = FunctionDefault(function)
        if _may_call(function, kind.kind) and function_default(default, kind, native) == text:
            return default
    value = _value(text, kind.kind, native)
    if value is None or literal_default(LiteralDefault(value), kind, native) != text:
        return text
    return LiteralDefault(value)


def _may_call(function: DefaultFunction, kind: LogicalKind) -> bool:
    if function is DefaultFunction.UUID:
        return kind in (LogicalKind.ID, LogicalKind.STRING)
    return kind in MOMENTS or kind is LogicalKind.DATE


def _value(text: str, kind: LogicalKind, native: str) -> bool | int | float | str | None:
    """The value of a literal, if the language has it for this kind."""
    inner = text[1:-1] if text.startswith("(") else text
    said = _string(inner)
    match kind:
        case LogicalKind.ID | LogicalKind.STRING:
            return said
        case LogicalKind.ENUM:
            return said if said in enum_values(native) else None
        case LogicalKind.BOOLEAN:
            return {"0": False, "1": True}.get(text)
        case LogicalKind.INT:
            return int(text) if is_whole(text, INT) else None
        case LogicalKind.BIG_INT:
            return text if is_whole(text, BIG_INT) else None
        case LogicalKind.FLOAT:
            return _float(text)
        case LogicalKind.DECIMAL:
            return text if is_decimal(text, None) else None
        case LogicalKind.JSON:
            return said if spelled_json(said) == said else None
        case LogicalKind.BYTES:
            return None if said is None or not said.isascii() else b64encode(said.encode()).decode()
        case LogicalKind.DATE | LogicalKind.TIME | LogicalKind.DATE_TIME:
            return said if said is not None and _is_moment(said, kind) else None
        case _:
            return None


def _string(text: str) -> str | None:
    found = tokens(text)
    return text_of(found[0].text) if len(found) == 1 and found[0].kind is Kind.TEXT else None


def _float(text: str) -> float | None:
    try:
        return None if text.startswith(("'", "(")) else float(text)
    except ValueError:
        return None


def _is_moment(text: str, kind: LogicalKind) -> bool:
    from datetime import date, datetime, time

    try:
        match kind:
            case LogicalKind.DATE:
                date.fromisoformat(text)
            case LogicalKind.TIME:
                time.fromisoformat(text)
            case _:
                datetime.fromisoformat(text)
    except ValueError:
        return False
    return kind is not LogicalKind.DATE_TIME or ":" in text
