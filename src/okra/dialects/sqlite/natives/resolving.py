"""A logical database → the native one that SQLite can hold, or the reason why it can't."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.base import Resolved
from okra.dialects.resolving import refused
from okra.dialects.sqlite.expressions.canonical import canonical, canonical_default, split_collation
from okra.dialects.sqlite.natives.columns import names_of_columns, own_expression
from okra.dialects.sqlite.natives.spelling import identifier
from okra.dialects.sqlite.natives.types import function_default, literal_default, native_type
from okra.dialects.sqlite.quoting import literal, quote, unwritable
from okra.naming import unique_name
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    FunctionDefault,
    Generated,
    Index,
    IndexPart,
    LiteralDefault,
    LogicalKind,
    PrimaryKey,
    Table,
)
from okra.relational.sqltext import (
    TokenKind,
    ascii_lower,
    ascii_upper,
    expression_fault,
    name_of,
    no_column,
    no_expression,
    significant,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN = "sqlite_"  # names that begin so are SQLite's, in any case
_COLLATIONS = ("BINARY", "NOCASE", "RTRIM")
_FOREIGN_SYMBOLS = "?:@$#"  # where a value would be bound: never in a schema


def resolve(database: Database) -> Resolved:
    """The native form of `database`, and what SQLite can only imitate.

    Raises  UnsupportedChange for what SQLite can't express, with `table.column` as its place
    """
    warnings: list[str] = []
    enums = {enum.name: enum for enum in database.enums}
    tables = tuple(_Resolver(table, warnings).table(enums) for table in database.tables)
    return Resolved(database=Database(tables=tables), warnings=tuple(warnings))


class _Resolver:
    """Resolves one table."""

    def __init__(self, table: Table, warnings: list[str]) -> None:
        self._logical = table
        self._warnings = warnings
        self._names = tuple(column.name for column in table.columns)
        self._known = {ascii_lower(name) for name in self._names} | {"rowid", "_rowid_", "oid"}
        self._spelled = {identifier(name): name for name in self._names}
        self._strict = "strict" in table.options
        self._types: dict[str, object] = {}
        self._has_rowid = "without_rowid" not in table.options

    def table(self, enums: Mapping[str, EnumType]) -> Table:
        table = self._logical
        self._check_name(table.name, table.name)
        key = table.primary_key
        if key is None and not self._has_rowid:
            raise refused(
                "OKR211",
                "a table without rowid needs a primary key",
                table.name,
                "add an `@id`, or take `withoutRowid: true` away",
            )
        checks = [self._check(check) for check in table.checks]
        columns = tuple(self._column(column) for column in table.columns)
        self._types = {column.name: column.type for column in columns}
        checks += filter(None, (self._enum_check(column, enums) for column in table.columns))
        return Table(
            name=table.name,
            columns=columns,
            primary_key=None if key is None else PrimaryKey(columns=key.columns),
            indexes=self._indexes(),
            foreign_keys=tuple(replace(each, name=None) for each in table.foreign_keys),
            checks=tuple(checks),
            options=table.options,
        )

    def _column(self, column: Column) -> Column:
        place = f"{self._logical.name}.{column.name}"
        quote(column.name)
        kind = column.type
        native = kind if isinstance(kind, str) else native_type(kind, place, strict=self._strict)
        if column.identity:
            self._check_identity(column, native, place)
        generated = column.generated
        collation = _collation(column.collation, place)
        return Column(
            name=column.name,
            type=native,
            nullable=column.nullable,
            default=self._default(column, place),
            identity=column.identity,
            generated=None
            if generated is None
            else Generated(
                expression=self._expression(generated.expression, place, "a computed column"),
                stored=generated.stored,
            ),
            collation=None if collation == "BINARY" else collation,
            updated_at=column.updated_at,
        )

    def _default(self, column: Column, place: str) -> str | None:
        match column.default:
            case None:
                return None
            case str() as text:
                self._expression(text, place, "a default")
                return canonical_default(text)
            case FunctionDefault() as default:
                return function_default(default, column.type)
            case LiteralDefault() as default:
                return literal_default(default, column.type)

    def _check_identity(self, column: Column, native: str, place: str) -> None:
        key = self._logical.primary_key
        if key is None or key.columns != (column.name,):
            raise refused(
                "OKR214",
                "SQLite counts up only a column that is the primary key by itself",
                place,
                "make it the `@id`, or take `@default(autoincrement)` away",
            )
        if native != "integer" or not self._has_rowid:
            raise refused(
                "OKR214",
                "SQLite counts up only an `integer` primary key of a table with rowid",
                place,
                "take `@db(type:)` or `withoutRowid` away",
            )

    def _check(self, check: Check) -> Check:
        """A name that only OKRA gave is left out: SQLite can't rename it without a rebuild."""
        name = None if check.derived else check.name
        place = f"{self._logical.name}.{check.name}" if check.name else self._logical.name
        if name is not None:
            quote(name)
        return Check(name=name, expression=self._expression(check.expression, place, "a check"))

    def _enum_check(self, column: Column, enums: Mapping[str, EnumType]) -> Check | None:
        kind = column.type
        if isinstance(kind, str) or kind.kind is not LogicalKind.ENUM or kind.list:
            return None
        if kind.enum is None or kind.native is not None:
            return None
        values = ", ".join(literal(value) for value in sorted(enums[kind.enum].values))
        return Check(expression=canonical(f"{quote(column.name)} IN ({values})", self._names))

    def _indexes(self) -> tuple[Index, ...]:
        """All but the constraints that SQLite leaves out: they say what the primary key says already."""
        found = [self._index(index) for index in self._logical.indexes]
        return tuple(index for index in found if not self._repeats_the_key(index))

    def _repeats_the_key(self, index: Index) -> bool:
        key = self._logical.primary_key
        if not index.constraint or key is None or index.columns != key.columns:
            return False
        alias = (
            self._has_rowid and len(key.columns) == 1 and self._types[key.columns[0]] == "integer"
        )
        return not alias and all(part.collation is None for part in index.parts)

    def _index(self, index: Index) -> Index:
        place = f"{self._logical.name}.{index.name}"
        if not index.nulls_distinct:
            raise refused(
                "OKR215",
                "SQLite takes NULLs in a unique index for different values",
                place,
                "take `nulls: NOT_DISTINCT` away, or make the fields required",
            )
        constraint = bool(index.constraint)
        if constraint and (index.where or any(part.expression for part in index.parts)):
            raise refused(
                "OKR216",
                "a unique constraint has no predicate and no expressions in SQLite",
                place,
                "take `constraint: true` away",
            )
        self._warn(index)
        name = unique_name(self._logical.name, index.columns) if constraint else index.name
        self._check_name(name, place)
        where = index.where
        return Index(
            name=name,
            parts=tuple(self._part(part, place) for part in index.parts),
            unique=index.unique,
            constraint=constraint,
            where=None if where is None else self._expression(where, place, "a predicate"),
        )

    def _warn(self, index: Index) -> None:
        found = []
        if index.method not in (None, "btree"):
            found.append(f"SQLite has no `{index.method}`, it gets a B-tree")
        if index.include:
            found.append("SQLite has no covering columns, they are left out")
        found += (
            f"SQLite has no `{what}`, it is left out"
            for what in ("nulls", "length", "ops")
            if any(getattr(part, what) is not None for part in index.parts)
        )
        self._warnings += (f"index `{index.name}`: {text}" for text in found)

    def _part(self, part: IndexPart, place: str) -> IndexPart:
        if part.expression is None:
            return self._column_part(part, part.column or "", place)
        text = self._expression(part.expression, place, "an index expression")
        expression, own = split_collation(text)
        given = replace(part, collation=part.collation or own)
        column = self._spelled.get(expression)
        if column is not None:
            return self._column_part(given, column, place)
        collation = _collation(given.collation, place)
        return IndexPart(
            expression=expression,
            descending=part.descending,
            collation=None if collation == "BINARY" else collation,
        )

    def _column_part(self, part: IndexPart, name: str, place: str) -> IndexPart:
        """A collation counts only where it is not the column's own."""
        column = self._logical.column(name)
        own = None if column is None else column.collation
        collation = _collation(part.collation, place)
        inherited = _collation(own, place) or "BINARY"
        return IndexPart(
            column=name,
            descending=part.descending,
            collation=None if collation == inherited else collation,
        )

    def _expression(self, text: str, place: str, what: str) -> str:
        """`text` in canonical spelling, once it is clear that it is one expression and nothing more."""
        fault = expression_fault(text) or _symbol_fault(text)
        if fault is not None:
            raise no_expression(what, fault, place)
        _check_collations(text, place)
        if what != "a default":
            self._check_columns(text, place)
        return own_expression(text, self._logical.name, self._names)

    def _check_columns(self, text: str, place: str) -> None:
        """SQLite would take a quoted name that is no column for a text, and never say so."""
        for name in names_of_columns(text):
            if ascii_lower(name) not in self._known:
                raise no_column(name, self._logical.name, self._names, place)

    def _check_name(self, name: str, place: str) -> None:
        quote(name)
        if ascii_lower(name).startswith(_OWN):
            raise refused(
                "OKR218",
                f"`{name}` can't be a name: those that begin with `{_OWN}` are SQLite's own",
                place,
                "choose another name",
            )


def _symbol_fault(text: str) -> str | None:
    for token in tokens(text) if any(symbol in text for symbol in _FOREIGN_SYMBOLS) else ():
        if token.kind is TokenKind.SYMBOL and token.text in _FOREIGN_SYMBOLS:
            return f"it has a `{token.text}`, where a value would be filled in"
    bad = unwritable(text)
    return None if bad is None else f"it has {bad}"


def _check_collations(text: str, place: str) -> None:
    words = significant(text) if "collate" in text.lower() else []
    for word, name in pairwise(words):
        if ascii_upper(word) == "COLLATE":
            _collation(name_of(name), place)


def _collation(name: str | None, place: str) -> str | None:
    if name is None:
        return None
    collation = ascii_upper(name)
    if collation not in _COLLATIONS:
        raise refused(
            "OKR219",
            f"SQLite has no collation `{name}`",
            place,
            "use NOCASE, RTRIM or BINARY; one that an application brings along is not there "
            "when OKRA changes the table",
        )
    return collation
