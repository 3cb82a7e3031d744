"""Logical types, defaults and tables → what SQLite has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.base import Resolved
from okra.dialects.sqlite.expression import canonical, canonical_default
from okra.dialects.sqlite.quoting import literal, quote
from okra.dialects.sqlite.triggers import NOW
from okra.errors import UnsupportedChange
from okra.naming import check_name, unique_name
from okra.relational.model import (
    Check,
    Column,
    ColumnDefault,
    Database,
    DefaultFunction,
    EnumType,
    ForeignKey,
    FunctionDefault,
    Generated,
    Index,
    IndexPart,
    LiteralDefault,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def resolve(database: Database) -> Resolved:
    """The native form of `database`, and what SQLite can only imitate.

    Raises  UnsupportedChange for what SQLite can't express, with `table.column` as its place
    """
    warnings: list[str] = []
    enums = {enum.name: enum for enum in database.enums}
    tables = tuple(_table(table, enums, warnings) for table in database.tables)
    return Resolved(database=Database(tables=tables), warnings=tuple(warnings))


def _table(table: Table, enums: Mapping[str, EnumType], warnings: list[str]) -> Table:
    quote(table.name)
    strict = "strict" in table.options
    key = table.primary_key
    if key is None and "without_rowid" in table.options:
        raise _unsupported(
            "a table without rowid needs a primary key", table.name, "add an `@id`", "OKR211"
        )
    checks = [
        Check(name=check.name, expression=canonical(check.expression)) for check in table.checks
    ]
    for column in table.columns:
        check = _enum_check(column, table.name, enums)
        if check is not None:
            checks.append(check)
    return Table(
        name=table.name,
        columns=tuple(_column(column, table, strict=strict) for column in table.columns),
        primary_key=None if key is None else PrimaryKey(columns=key.columns),
        indexes=tuple(_index(index, table.name, warnings) for index in table.indexes),
        foreign_keys=tuple(_foreign_key(key) for key in table.foreign_keys),
        checks=tuple(checks),
        options=table.options,
    )


def _column(column: Column, table: Table, *, strict: bool) -> Column:
    place = f"{table.name}.{column.name}"
    quote(column.name)
    kind = column.type
    native = kind if isinstance(kind, str) else _native(kind, place, strict=strict)
    if column.identity:
        _check_identity(column, table, native, place)
    key = table.primary_key
    alias = native == "integer" and key is not None and key.columns == (column.name,)
    generated = column.generated
    return Column(
        name=column.name,
        type=native,
        nullable=column.nullable and not (alias and "without_rowid" not in table.options),
        default=_default(column.default, kind),
        identity=column.identity,
        generated=None
        if generated is None
        else Generated(expression=canonical(generated.expression), stored=generated.stored),
        collation=_collation(column.collation),
        updated_at=column.updated_at,
    )


def _native(kind: LogicalType, place: str, *, strict: bool) -> str:
    if kind.native is not None:
        native = " ".join(kind.native.lower().split())
    elif kind.list:
        native = "text"
    elif kind.kind is LogicalKind.NATIVE:
        raise _unsupported(
            "a `Native` field needs a type for SQLite",
            place,
            'write `@db(type: "…")`, or `@db(sqlite: "text")` for SQLite alone',
            "OKR212",
        )
    else:
        native = TYPES[kind.kind]
        if strict and native == "numeric":
            native = "text"  # STRICT has no NUMERIC; text keeps every digit
    if strict and native not in STRICT_TYPES:
        raise _unsupported(
            f"a strict table can't have the type `{native}`",
            place,
            "use integer, real, text, blob or any, or take `strict: true` away",
            "OKR213",
        )
    return native


def _check_identity(column: Column, table: Table, native: str, place: str) -> None:
    key = table.primary_key
    if key is None or key.columns != (column.name,):
        raise _unsupported(
            "SQLite counts up only a column that is the primary key by itself",
            place,
            "make it the `@id`, or take `@default(autoincrement)` away",
            "OKR214",
        )
    if native != "integer" or "without_rowid" in table.options:
        raise _unsupported(
            "SQLite counts up only an `integer` primary key of a table with rowid",
            place,
            "take `@db(type:)` or `withoutRowid` away",
            "OKR214",
        )


def _default(default: ColumnDefault | None, kind: LogicalType | str) -> str | None:
    match default:
        case None:
            return None
        case str():
            return canonical_default(default)
        case FunctionDefault(function):
            return canonical(_function(function, kind))
        case LiteralDefault(value):
            return canonical_default(_literal(value, kind))


def _function(function: DefaultFunction, kind: LogicalType | str) -> str:
    match function:
        case DefaultFunction.UUID:
            return UUID
        case DefaultFunction.NOW:
            logical = kind.kind if isinstance(kind, LogicalType) else LogicalKind.DATE_TIME
            return NOW_BY_KIND.get(logical, NOW)


def _literal(
    value: bool | float | str | tuple[bool | int | float | str, ...], kind: LogicalType | str
) -> str:
    if isinstance(value, tuple):
        return literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    exact = (LogicalKind.DECIMAL, LogicalKind.BIG_INT, LogicalKind.INT)
    if isinstance(value, str) and isinstance(kind, LogicalType) and kind.kind in exact:
        return value
    return literal(value)


def _enum_check(column: Column, table: str, enums: Mapping[str, EnumType]) -> Check | None:
    kind = column.type
    if isinstance(kind, str) or kind.kind is not LogicalKind.ENUM or kind.list:
        return None
    if kind.enum is None or kind.native is not None:
        return None
    values = ", ".join(literal(value) for value in enums[kind.enum].values)
    return Check(
        name=check_name(table, column.name),
        expression=canonical(f"{quote(column.name)} IN ({values})"),
    )


def _index(index: Index, table: str, warnings: list[str]) -> Index:
    place = f"{table}.{index.name}"
    if not index.nulls_distinct:
        raise _unsupported(
            "SQLite takes NULLs in a unique index for different values",
            place,
            "take `nulls: NOT_DISTINCT` away, or make the fields required",
            "OKR215",
        )
    constraint = bool(index.constraint)
    plain = all(part.expression is None for part in index.parts)
    if constraint and (index.where is not None or not plain):
        raise _unsupported(
            "a unique constraint has no predicate and no expressions in SQLite",
            place,
            "take `constraint: true` away",
            "OKR216",
        )
    if index.method not in (None, "btree"):
        warnings.append(f"index `{index.name}`: SQLite has no `{index.method}`, it gets a B-tree")
    if index.include:
        warnings.append(f"index `{index.name}`: SQLite has no covering columns, they are left out")
    name = unique_name(table, index.columns) if constraint else index.name
    quote(name)
    return Index(
        name=name,
        parts=tuple(_part(part, index.name, warnings) for part in index.parts),
        unique=index.unique,
        constraint=constraint,
        where=None if index.where is None else canonical(index.where),
    )


def _part(part: IndexPart, index: str, warnings: list[str]) -> IndexPart:
    ignored = {"nulls": part.nulls, "length": part.length, "ops": part.ops}
    for what, value in ignored.items():
        if value is not None:
            warnings.append(f"index `{index}`: SQLite has no `{what}`, it is left out")
    return IndexPart(
        column=part.column,
        expression=None if part.expression is None else canonical(part.expression),
        descending=part.descending,
        collation=_collation(part.collation),
    )


def _collation(collation: str | None) -> str | None:
    if collation is None or collation.upper() == "BINARY":
        return None
    return collation.upper()


def _foreign_key(key: ForeignKey) -> ForeignKey:
    return replace(key, name=None)


def _unsupported(message: str, place: str, help: str, code: str) -> UnsupportedChange:
    return UnsupportedChange(message, code=code, place=place, help=help)


def placeholder(table: Table, column: Column) -> str:
    """SQL for a value that a required column may hold whose real values were lost.

    A column that refers to another table gets that table's first key; one that must be unique gets a
    random text, or the row's number where it is a number.
    """
    for key in table.foreign_keys:
        if column.name in key.columns:
            target = quote(key.references[key.columns.index(column.name)])
            return f"(SELECT {target} FROM {quote(key.table)} ORDER BY rowid LIMIT 1)"
    kind = column.type if isinstance(column.type, str) else ""
    alone = [index for index in table.indexes if index.unique and index.columns == (column.name,)]
    primary = table.primary_key is not None and column.name in table.primary_key.columns
    number = any(word in kind for word in ("int", "real", "floa", "doub", "num", "dec"))
    if alone or primary:
        return "rowid" if number else "lower(hex(randomblob(16)))"
    for check in table.checks:
        allowed = _allowed_value(check.expression, column.name)
        if allowed is not None:
            return allowed
    if number:
        return "0"
    return "x''" if "blob" in kind else "''"


def _allowed_value(expression: str, column: str) -> str | None:
    """The first value of `column IN ('a', …)`."""
    for name in (column, quote(column)):
        head = f"{name} IN ("
        if expression.startswith(head):
            return _first_literal(expression[len(head) :])
    return None


def _first_literal(text: str) -> str | None:
    if not text.startswith("'"):
        return None
    end = 1
    while True:
        end = text.index("'", end) + 1
        if text[end : end + 1] != "'":
            return text[:end]
        end += 1
