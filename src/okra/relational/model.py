"""Tables, columns, keys and enums as frozen values: what a database is.

The same values are used twice. *Logical*, as lowering makes them: a column's type is a LogicalType
and its default a LiteralDefault or FunctionDefault. *Native*, after a dialect's `resolve` or
`introspect`: types, defaults and expressions are that dialect's canonical text, as plain `str`.
Things refer to each other by name. The order of columns, indexes and tables is kept for display but
means nothing: compare databases with `diff`, which goes by name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec


class LogicalKind(StrEnum):
    """The types of the schema language, as far as a column can have them."""

    ID = "ID"
    STRING = "String"
    INT = "Int"
    BIG_INT = "BigInt"
    FLOAT = "Float"
    DECIMAL = "Decimal"
    BOOLEAN = "Boolean"
    DATE_TIME = "DateTime"
    DATE = "Date"
    TIME = "Time"
    JSON = "JSON"
    BYTES = "Bytes"
    ENUM = "Enum"
    NATIVE = "Native"


class LogicalType(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A column's type before a dialect has seen it.

    enum       the name of the EnumType, for kind ENUM
    length     the most characters, for STRING
    precision  all digits and the digits behind the point, for DECIMAL
    native     what the user wrote with `@db(type:)` for the provider at hand; it wins over the rest
    """

    kind: LogicalKind
    list: bool = False
    enum: str | None = None
    length: int | None = None
    precision: tuple[int, int] | None = None
    native: str | None = None


ColumnType: TypeAlias = LogicalType | str


class LiteralDefault(msgspec.Struct, frozen=True, tag="literal"):
    """A value: text of numbers that must stay exact is a str. Lists are tuples."""

    value: bool | int | float | str | tuple[bool | int | float | str, ...]


class DefaultFunction(StrEnum):
    UUID = "uuid"
    NOW = "now"


class FunctionDefault(msgspec.Struct, frozen=True, tag="function"):
    """A value that the database makes for each row."""

    function: DefaultFunction


ColumnDefault: TypeAlias = LiteralDefault | FunctionDefault | str


class Generated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    expression: str
    stored: bool = True


class CounterKind(StrEnum):
    """How a column is counted up, where a server has more than one way."""

    ALWAYS = "always"
    SERIAL = "serial"


class Counter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a column is counted up where that is not the dialect's usual way; None: as the server does it by itself."""

    kind: CounterKind | None = None
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False


class Column(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One column.

    identity    the database counts it up by itself
    counter     how, where that is not the usual way; only with `identity`
    updated_at  the database sets it to now whenever the row changes
    """

    name: str
    type: ColumnType
    nullable: bool = False
    default: ColumnDefault | None = None
    identity: bool = False
    counter: Counter | None = None
    generated: Generated | None = None
    collation: str | None = None
    comment: str | None = None
    updated_at: bool = False


class PrimaryKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    columns: tuple[str, ...]
    name: str | None = None


class IndexPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A column or an expression; exactly one of the two is set."""

    column: str | None = None
    expression: str | None = None
    descending: bool = False
    nulls: str | None = None
    length: int | None = None
    ops: str | None = None
    collation: str | None = None


class Index(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An index or a unique constraint.

    constraint  it belongs to the table as a constraint (True), or is an index (False);
                None only in a logical database: the dialect chooses
    options     what the server keeps about it as `name=value`, sorted: ("fillfactor=70",)
    visible     whether queries may use it
    deferrable  whether a constraint's check may wait for the end of the transaction
    """

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    constraint: bool | None = False
    method: str | None = None
    where: str | None = None
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    options: tuple[str, ...] = ()
    comment: str | None = None
    visible: bool = True
    deferrable: bool = False
    initially_deferred: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are parts by themselves, in order."""
        return tuple(part.column for part in self.parts if part.column is not None)


class Action(StrEnum):
    CASCADE = "CASCADE"
    RESTRICT = "RESTRICT"
    SET_NULL = "SET NULL"
    SET_DEFAULT = "SET DEFAULT"
    NO_ACTION = "NO ACTION"


class ForeignKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`columns` of its table refer to `references` of `table`; `name` is None where the server keeps none."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]
    name: str | None = None
    on_delete: Action = Action.NO_ACTION
    on_update: Action = Action.NO_ACTION
    deferrable: bool = False
    initially_deferred: bool = False


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`derived`: the name is OKRA's own. Only in a logical database; a dialect may leave such a name out."""

    expression: str
    name: str | None = None
    derived: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One table with all that belongs to it.

    name     in PostgreSQL `schema.table` for a table outside the default schema
    options  what the dialect knows about the table as a whole, as `word` or `name=value`, sorted:
             ("strict",), ("engine=MyISAM",)
    """

    name: str
    columns: tuple[Column, ...]
    primary_key: PrimaryKey | None = None
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    options: tuple[str, ...] = ()
    comment: str | None = None

    def column(self, name: str) -> Column | None:
        """The column called `name`, or None."""
        for column in self.columns:
            if column.name == name:
                return column
        return None


class EnumType(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    values: tuple[str, ...]
    comment: str | None = None


class Database(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All tables and enums. A dialect without enum types has none after `resolve`."""

    tables: tuple[Table, ...] = ()
    enums: tuple[EnumType, ...] = ()

    def table(self, name: str) -> Table | None:
        """The table called `name`, or None. Linear: build a dict to look up many."""
        for table in self.tables:
            if table.name == name:
                return table
        return None
