"""What rows get, on the way back, in required columns whose values are gone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.canonical import tree_of
from okra.dialects.postgres.expressions.tree import Kind, names_in
from okra.dialects.postgres.expressions.types import NUMBERS, STRINGS, base
from okra.dialects.postgres.natives.spelling import identifier
from okra.dialects.postgres.natives.types import UUID
from okra.dialects.postgres.planning.certainty import candidates, satisfies
from okra.dialects.postgres.quoting import literal, quote, quote_table
from okra.relational.model import LogicalKind
from okra.relational.sqltext import ascii_lower
from okra.relational.uses import must_differ

if TYPE_CHECKING:
    from okra.dialects.postgres.planning.certainty import Known
    from okra.relational.model import Column, ForeignKey, LogicalType, Table

_VALUES = {
    "boolean": "false",
    "bytea": "''",
    "date": "'1970-01-01'",
    "json": "'null'",
    "jsonb": "'null'",
    "uuid": UUID,
    "time without time zone": "'00:00'",
    "time with time zone": "'00:00+00'",
    "timestamp without time zone": "'1970-01-01'",
    "timestamp with time zone": "'1970-01-01 00:00:00+00'",
    "interval": "'0'",
    "inet": "'0.0.0.0'",
    "cidr": "'0.0.0.0/0'",
    "macaddr": "'00:00:00:00:00:00'",
    "macaddr8": "'00:00:00:00:00:00:00:00'",
    "money": "0",
    "oid": "0",
    "point": "'(0,0)'",
    "line": "'{1,0,0}'",
    "lseg": "'[(0,0),(0,0)]'",
    "box": "'(0,0),(0,0)'",
    "path": "'((0,0))'",
    "polygon": "'((0,0))'",
    "circle": "'<(0,0),0>'",
    "xml": "''",
    "tsvector": "''",
    "tsquery": "''",
    "pg_lsn": "'0/0'",
    "pg_snapshot": "'1:1:'",
    "txid_snapshot": "'1:1:'",
    "tid": "'(0,0)'",
    **dict.fromkeys(("cid", "xid", "xid8"), "'0'"),
    "jsonpath": "'$'",
    "bit varying": "''",
}
_FIRST_OF_ENUM = "(enum_range"
RANDOM = f"{UUID}::text"
_NUMBERED = "(SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])"
"""A number from the place of the row, its page and its line there: a page holds fewer than 300 rows."""


def placeholder(table: Table, column: Column, kind: LogicalType | None) -> str:
    """SQL for a value that `column` of `table` may hold.

    A column that refers to another table gets that table's first key. One that must be unique gets a value of
    its own in each row. An enum gets its first value.

    kind  what the column holds in the schema, if that is known
    """
    for key in table.foreign_keys:
        if column.name in key.columns:
            return _first_key(table, column, key)
    native = str(column.type)
    if kind is not None and kind.kind is LogicalKind.ENUM and not kind.list:
        return _allowed(table, column, f"{_FIRST_OF_ENUM}(NULL::{native}))[1]")
    if must_differ(column, table):
        return _different(native)
    return _allowed(table, column, _usual(native))


def _allowed(table: Table, column: Column, usual: str) -> str:
    """A value that the checks on `column` alone let pass: the usual one if they do, or if none is found."""
    name = identifier(column.name)
    types = tuple((each.name, str(each.type)) for each in table.columns)
    trees = (tree_of(check.expression, types) for check in table.checks)
    checks = [tree for tree in trees if tree is not None and set(names_in(tree)) == {name}]
    kind = base(str(column.type))
    number, text = kind in NUMBERS, kind in STRINGS or kind == "citext"
    if not checks or not (number or text or kind == "boolean" or usual.startswith(_FIRST_OF_ENUM)):
        return usual
    choices = [*_known(usual), *([Decimal(1)] if number else []), *(["x"] if text else [])]
    choices += (
        choice
        for check in checks
        for choice in candidates(check)
        if isinstance(choice, Decimal) == number
    )
    for choice in choices:
        if all(satisfies(check, name, choice) for check in checks):
            return _sql(choice)
    return usual


def _known(usual: str) -> list[Known]:
    """The value that the usual placeholder is, if that is a plain one; and the other truth value."""
    node = tree_of(usual, ())
    if node is None or node.kind not in (Kind.STRING, Kind.NUMBER, Kind.WORD):
        return []
    if node.kind is Kind.WORD:
        return [False, True]
    return [Decimal(node.text) if node.kind is Kind.NUMBER else node.text]


def _sql(value: Known) -> str:
    return str(value) if isinstance(value, Decimal) else literal(value)


def _first_key(table: Table, column: Column, key: ForeignKey) -> str:
    """The key of the row itself, where the table refers to itself; else one of the other table's."""
    target = key.references[key.columns.index(column.name)]
    qualified = f"{quote_table(key.table)}.{quote(target)}"
    if key.table == table.name and target != column.name:
        return quote(target)
    names = ", ".join(f"{quote_table(key.table)}.{quote(name)}" for name in key.references)
    return f"(SELECT {qualified} FROM {quote_table(key.table)} ORDER BY {names} LIMIT 1)"


def _different(native: str) -> str:
    kind = base(native)
    if kind in NUMBERS:
        return f"{_NUMBERED}::{kind}"
    if kind == "uuid":
        return UUID
    if kind == "bytea":
        return f"decode(md5({RANDOM}), 'hex')"
    if kind in STRINGS or ascii_lower(kind) == "citext":
        size = native.partition("(")[2].partition(")")[0]
        return f"left({RANDOM}, {size})" if size.isdigit() else RANDOM
    if kind.startswith(("timestamp", "date")):
        unit = "::integer" if kind == "date" else " * interval '1 second'"
        return f"'1970-01-01'::{kind} + {_NUMBERED}{unit}"
    return _usual(native)


def _usual(native: str) -> str:
    if native.endswith("[]"):
        return "'{}'"
    kind = base(native)
    if kind in NUMBERS:
        return "0"
    if kind in STRINGS or kind == "citext":
        return "''"
    if kind.startswith("interval"):
        return _VALUES["interval"]
    if kind == "bit":
        size = native.partition("(")[2].partition(")")[0]
        return literal("0" * int(size)) if size.isdigit() else "'0'"
    if kind.startswith("reg"):
        return "'0'"  # the number of an object: of none
    if kind.endswith("multirange"):
        return "'{}'"
    if kind.endswith("range"):
        return "'empty'"
    return _VALUES.get(kind, "''")
