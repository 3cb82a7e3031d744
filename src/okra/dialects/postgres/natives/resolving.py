"""A logical database → the native one that PostgreSQL can hold, or the reason why it can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.base import Resolved
from okra.dialects.postgres.expressions.canonical import canonical, canonical_default, tree_of
from okra.dialects.postgres.expressions.keywords import TYPES as OWN_TYPES
from okra.dialects.postgres.expressions.lexer import Kind, Unreadable, tokens
from okra.dialects.postgres.expressions.tree import Kind as Form
from okra.dialects.postgres.expressions.tree import names_in
from okra.dialects.postgres.expressions.types import base
from okra.dialects.postgres.natives.resolving_indexes import resolve_index
from okra.dialects.postgres.natives.spelling import identifier
from okra.dialects.postgres.natives.typenames import SERIALS
from okra.dialects.postgres.natives.types import function_default, literal_default, native_type
from okra.dialects.postgres.quoting import quote, quote_table, split_name
from okra.dialects.resolving import named_check, refused
from okra.relational.model import (
    Check,
    Column,
    Counter,
    CounterKind,
    Database,
    EnumType,
    FunctionDefault,
    Generated,
    LiteralDefault,
    LogicalType,
    PrimaryKey,
    Table,
)
from okra.relational.sqltext import ascii_lower, is_quoted_name, name_of, no_column, no_expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.expressions.tree import Node
    from okra.relational.model import ForeignKey, Index

_COUNTED = ("smallint", "integer", "bigint")
_CLOSING = {"(": ")", "[": "]"}
_OWN_SCHEMAS = ("pg_", "information_schema")


def resolve(database: Database) -> Resolved:
    """The native form of `database`, and what PostgreSQL can only imitate.

    Raises  UnsupportedChange for what PostgreSQL can't express, with `table.column` as its place
    """
    warnings: list[str] = []
    tables = {table.name for table in database.tables}
    enums = tuple(_enum(enum, tables) for enum in database.enums)
    resolved = tuple(_Resolver(table, warnings).table() for table in database.tables)
    return Resolved(database=Database(tables=resolved, enums=enums), warnings=tuple(warnings))


class _Resolver:
    """Resolves one table."""

    def __init__(self, table: Table, warnings: list[str]) -> None:
        self._logical = table
        self._warnings = warnings
        self._types: tuple[tuple[str, str], ...] = ()
        self._referring = {name for key in table.foreign_keys for name in key.columns}

    def table(self) -> Table:
        table = self._logical
        _check_name(table.name)
        natives = [self._type(column) for column in table.columns]
        self._types = tuple(
            (column.name, native) for column, native in zip(table.columns, natives, strict=True)
        )
        key = table.primary_key
        return Table(
            name=table.name,
            columns=tuple(map(self._column, table.columns, natives)),
            primary_key=None if key is None else self._key(key),
            indexes=tuple(self._indexes()),
            foreign_keys=tuple(self._foreign_key(each) for each in table.foreign_keys),
            checks=tuple(self._check(check) for check in table.checks),
            options=_options(table.options),
            comment=table.comment or None,
        )

    def _type(self, column: Column) -> str:
        kind = column.type
        if not isinstance(kind, LogicalType):
            return kind
        return native_type(kind, f"{self._logical.name}.{column.name}")

    def _column(self, column: Column, native: str) -> Column:
        place = f"{self._logical.name}.{column.name}"
        quote(column.name)
        identity, counter = column.identity, column.counter
        if native in SERIALS:  # what refers to a serial column has its type, and does not count
            native, identity = SERIALS[native], identity or column.name not in self._referring
            counter = replace(counter or Counter(), kind=CounterKind.SERIAL)
        if identity:
            _check_identity(column, native, place)
        generated = column.generated
        return Column(
            name=column.name,
            type=native,
            nullable=column.nullable,
            default=self._default(column, native, place),
            identity=identity,
            counter=_counter(counter, native) if identity else None,
            generated=None
            if generated is None
            else Generated(
                expression=self._expression(generated.expression, place, "a computed column"),
                stored=generated.stored,
            ),
            collation=None if column.collation == "default" else column.collation,
            comment=column.comment or None,
            updated_at=column.updated_at,
        )

    def _default(self, column: Column, native: str, place: str) -> str | None:
        match column.default:
            case None:
                return None
            case str() as text:
                check_expression(text, "a default", place)
                _check_default(text, place)
                _check_moment(text, native, place)
                return canonical_default(text, native)
            case FunctionDefault() as default:
                return function_default(default, column.type, native)
            case LiteralDefault() as default:
                return literal_default(default, column.type, native)

    def _key(self, key: PrimaryKey) -> PrimaryKey:
        if key.name is not None:
            quote(key.name)
        return key

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        if key.name is not None:
            quote(key.name)
        deferred = key.initially_deferred
        return replace(key, deferrable=key.deferrable or deferred)

    def _check(self, check: Check) -> Check:
        return named_check(check, self._logical.name, quote, self._expression)

    def _indexes(self) -> Iterable[Index]:
        for index in self._logical.indexes:
            found = resolve_index(index, self._logical, self._expression, self._warnings)
            if found is not None:
                yield found

    def _expression(self, text: str, place: str, what: str) -> str:
        """`text` in canonical spelling, once it is clear that it is one expression and nothing more."""
        check_expression(text, what, place)
        columns = [name for name, _ in self._types]
        known = {*columns, split_name(self._logical.name)[1]}
        name = _unknown_name(text, tree_of(text, self._types), known)
        if name is not None:
            raise no_column(name, self._logical.name, columns, place)
        return canonical(text, self._types)


def check_expression(text: str, what: str, place: str) -> None:
    """Nothing, if `text` is one expression that can stand inside a longer statement.

    Raises  UnsupportedChange with `place`
    """
    fault = _expression_fault(text)
    if fault is not None:
        raise no_expression(what, fault, place)


_SYSTEM = ("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax")


def _unknown_name(text: str, node: Node | None, known: Iterable[str]) -> str | None:
    """The first name in `text` that is none of `known`, as it is written there; None where it can't be read."""
    taken = {identifier(name) for name in (*known, *_SYSTEM)}
    for name in () if node is None else names_in(node):
        if "." not in name and name not in taken:
            bare = name_of(name) if is_quoted_name(name) else name
            written = re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE)
            return written[0] if written else bare
    return None


def _check_default(text: str, place: str) -> None:
    """Refuse a column in a default."""
    name = _unknown_name(text, tree_of(text, ()), ())
    if name is not None:
        raise refused(
            "OKR237",
            f"a default can't use a column: `{name}`",
            place,
            "write a value. A text stands in single quotes",
        )


_MOMENTS = frozenset({"now", "today", "tomorrow", "yesterday"})


def _check_moment(text: str, native: str, place: str) -> None:
    """Refuse `'now'`, which the server would take for the moment at which it reads the statement."""
    node = tree_of(text, ())
    if node is None or not base(native).startswith(("date", "time")):
        return
    if node.kind is Form.CAST:
        node = node.parts[0]
    if node.kind is Form.STRING and node.text.strip().lower() in _MOMENTS:
        raise refused(
            "OKR238",
            f"the default '{node.text}' would be the moment at which the column is made",
            place,
            'write `@default(now)`, or an expression: `@default(sql("CURRENT_DATE + 1"))`',
        )


def _expression_fault(text: str) -> str | None:
    """Why `text` would end the statement, or close what it did not open; None if it does neither."""
    if "\0" in text:
        return "it has a NUL"
    try:
        lexemes = tokens(text)
    except Unreadable as error:
        return f"it has {error}"
    opened: list[str] = []
    for kind, mark in lexemes:
        if kind is not Kind.SYMBOL:
            continue
        if mark == ";" or (mark == "," and not opened):
            return f"it has a `{mark}` where it would end"
        if mark in _CLOSING:
            opened.append(_CLOSING[mark])
        elif mark in _CLOSING.values() and (not opened or opened.pop() != mark):
            return f"a `{mark}` closes nothing"
    if opened:
        return f"a `{opened[-1]}` is missing"
    return None if lexemes else "it is empty"


def _enum(enum: EnumType, tables: set[str]) -> EnumType:
    schema, name = split_name(enum.name)
    _check_name(enum.name)
    if name in OWN_TYPES and schema is None:
        raise refused(
            "OKR230",
            f"an enum type can't be called `{name}`: PostgreSQL has a type of that name itself",
            enum.name,
            "rename the enum, or give its type another name with `@type(name:)`",
        )
    if enum.name in tables:
        raise refused(
            "OKR231",
            f"a table and an enum type can't both be called `{enum.name}` in PostgreSQL",
            enum.name,
            "rename one of them: `@table(name:)` for the table, `@type(name:)` for the enum",
        )
    for value in enum.values:
        _check_value(value, enum.name)
    return replace(enum, comment=enum.comment or None)


_MOST_BYTES = 63


def _check_value(value: str, place: str) -> None:
    if not 0 < len(value.encode()) <= _MOST_BYTES:
        raise refused(
            "OKR232",
            f"`{value}` can't be a value of an enum in PostgreSQL: it takes 1 to {_MOST_BYTES} bytes",
            place,
            'store another text: `@value("…")`',
        )


def _check_name(name: str) -> None:
    """Raises UnsupportedChange for the name of a table or type that PostgreSQL can't have."""
    quote_table(name)
    schema, own = split_name(name)
    if "." in own:
        raise refused(
            "OKR233",
            f"`{name}` can't be a name here: OKRA takes what stands before the first point for the schema",
            name,
            "use a name without a point",
        )
    if schema is not None and schema.startswith(_OWN_SCHEMAS):
        raise refused(
            "OKR233",
            f"the schema `{schema}` is PostgreSQL's own",
            name,
            "choose another schema",
        )


def _check_identity(column: Column, native: str, place: str) -> None:
    if native not in _COUNTED:
        raise refused(
            "OKR234",
            f"PostgreSQL counts up only integers, not `{native}`",
            place,
            "make it an Int or BigInt, or take `@default(autoincrement)` away",
        )
    if column.default is not None or column.generated is not None:
        raise refused(
            "OKR234",
            "a column that is counted up has no other default and is not computed",
            place,
            "take one of them away",
        )


BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def _counter(counter: Counter | None, native: str) -> Counter | None:
    """`counter` without what PostgreSQL does by itself; None for GENERATED BY DEFAULT with nothing special."""
    if counter is None:
        return None
    return lean_counter(counter, native)


def lean_counter(counter: Counter, native: str) -> Counter | None:
    """`counter` of a column of the type `native` without what a sequence is like by itself.

    Source  PostgreSQL manual, CREATE SEQUENCE: the defaults of ascending and descending sequences
    """
    step = 1 if counter.increment is None else counter.increment
    bound = BOUNDS[native]
    lowest, highest = (1, bound - 1) if step > 0 else (-bound, -1)
    minimum = lowest if counter.minimum is None else counter.minimum
    maximum = highest if counter.maximum is None else counter.maximum
    first = minimum if step > 0 else maximum
    found = Counter(
        kind=counter.kind,
        start=None if counter.start == first else counter.start,
        increment=None if step == 1 else step,
        minimum=None if minimum == lowest else minimum,
        maximum=None if maximum == highest else maximum,
        cache=None if counter.cache == 1 else counter.cache,
        cycle=counter.cycle,
    )
    return None if found == Counter() else found


def _options(options: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(ascii_lower(option) for option in options))
