"""What a schema says: models, fields, enums and relations, as values without places or spelling.

The `models` part of a snapshot is a SchemaDefinition as JSON, so it holds meaning only; the places
where things were written stay with the parser's result, to be looked up by name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

DEFAULT_SCHEMA = "public"
"""The SQL schema of a model or an enum that names none."""


class Scalar(StrEnum):
    """The built-in types."""

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
    NATIVE = "Native"


class Action(StrEnum):
    """What a foreign key does to its rows when the row they refer to goes or changes its key."""

    CASCADE = "CASCADE"
    RESTRICT = "RESTRICT"
    SET_NULL = "SET NULL"
    SET_DEFAULT = "SET DEFAULT"
    NO_ACTION = "NO ACTION"


class Deferral(StrEnum):
    """When a deferrable key is checked, unless the transaction says otherwise."""

    IMMEDIATE = "IMMEDIATE"
    DEFERRED = "DEFERRED"


class SqlText(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """SQL that the user wrote: one text for every provider, or one for some of them.

    default       the text for providers that are not named, if any
    per_provider  (provider, text) pairs, sorted by provider: `postgres`, `mysql`, `sqlite`
    """

    default: str | None = None
    per_provider: tuple[tuple[str, str], ...] = ()

    def for_provider(self, provider: str) -> str | None:
        """The text for `provider`, or None where the user wrote none."""
        for name, text in self.per_provider:
            if name == provider:
                return text
        return self.default


class LiteralDefault(msgspec.Struct, frozen=True, tag="literal"):
    """`@default("x")`, `@default(5)`, `@default(true)`, `@default([1, 2])`; JSON defaults are objects.

    A Decimal's or BigInt's literal is kept as the text the user wrote, in `value`, as a str.
    A Float's is a float. JSON: `value` is the canonical JSON text.
    """

    value: bool | int | float | str | tuple[bool | int | float | str, ...]


class EnumDefault(msgspec.Struct, frozen=True, tag="enum"):
    """`@default(DRAFT)`: the *name* of a value of the field's enum (a tuple of names on a list)."""

    value: str | tuple[str, ...]


class DefaultFunction(StrEnum):
    UUID = "uuid"
    NOW = "now"
    AUTOINCREMENT = "autoincrement"


class FunctionDefault(msgspec.Struct, frozen=True, tag="function"):
    """`@default(uuid)`, `@default(now)`, `@default(autoincrement)`."""

    function: DefaultFunction


class SqlDefault(msgspec.Struct, frozen=True, tag="sql"):
    """`@default(sql("expression"))`."""

    sql: SqlText


class CounterKind(StrEnum):
    """Who may give the number: ALWAYS the database; SERIAL is PostgreSQL's older way."""

    ALWAYS = "ALWAYS"
    SERIAL = "SERIAL"


class Counter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`@sequence(…)`: how a field with `@default(autoincrement)` is counted up, where that is not the usual way."""

    kind: CounterKind | None = None
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cache: int | None = None
    cycle: bool = False


Default: TypeAlias = LiteralDefault | EnumDefault | FunctionDefault | SqlDefault


class Sort(StrEnum):
    ASC = "ASC"
    DESC = "DESC"


class Nulls(StrEnum):
    FIRST = "FIRST"
    LAST = "LAST"


Options: TypeAlias = tuple[tuple[str, str], ...]
"""What a server keeps about a table or an index, as (name, value) pairs, sorted: `with: {fillfactor: 70}`."""


class IndexField(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One part of an index: a field by its name, or an expression; exactly one of the two is set."""

    field: str | None = None
    expr: SqlText | None = None
    sort: Sort = Sort.ASC
    nulls: Nulls | None = None
    length: int | None = None
    ops: str | None = None
    collate: str | SqlText | None = None


class Index(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`@index(…)` on a model, at top level, or on a field (then with that one field).

    only     the providers that have it, sorted; empty: all of them
    visible  False where the server keeps it up to date, but no query uses it
    """

    fields: tuple[IndexField, ...]
    name: str | None = None
    type: str | None = None
    where: SqlText | None = None
    include: tuple[str, ...] = ()
    options: Options = ()
    comment: str | None = None
    visible: bool = True
    only: tuple[str, ...] = ()


class Unique(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`@unique(…)` on a model, at top level, or on a field (then with that one field).

    nulls_distinct  False for `nulls: NOT_DISTINCT`: two NULLs are then duplicates
    constraint      True: a constraint of the table; False: an index; None: what the provider prefers
    deferrable      whether the check may wait for the end of the transaction; then it is a constraint
    only            the providers that have it, sorted; empty: all of them
    """

    fields: tuple[IndexField, ...]
    name: str | None = None
    type: str | None = None
    where: SqlText | None = None
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    constraint: bool | None = None
    deferrable: Deferral | None = None
    options: Options = ()
    comment: str | None = None
    visible: bool = True
    only: tuple[str, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    expr: SqlText
    name: str | None = None


class Computed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`@computed(expr:, stored:)`; stored unless the user says `stored: false`."""

    expr: SqlText
    stored: bool = True


class TypeRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`Name!`, `Name?`, `[Name!]!`. `name` is a Scalar's value, an enum's name or a model's name."""

    name: str
    list: bool = False
    required: bool = False


class Relation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a field whose type is a model means, after both its sides were found.

    model       the model at the other end
    opposite    the field of that model that is the other side, or None where the other side is not written
    name        the relation's name as written with `@relation(name:)`, if it was
    fields      the fields of this model that hold the foreign key; empty on the side that does not hold it
    references  the fields of `model` that the key refers to, one for each of `fields`
    on_delete, on_update   as written or by default; set on the side that holds the key only
    constraint  the foreign key's name, if the user gave one with `constraint: "name"`
    deferrable  whether the key's check may wait for the end of the transaction
    many_to_many  True on both sides of a relation between two lists
    """

    model: str
    opposite: str | None = None
    name: str | None = None
    fields: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    on_delete: Action | None = None
    on_update: Action | None = None
    constraint: str | None = None
    many_to_many: bool = False
    deferrable: Deferral | None = None


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field. A relation field (`relation` is set) has no column of its own.

    id           True for `@id`, also for `id: ID!`, which is one by itself
    column       the column's name if the user gave one with `@column(name:)`
    db_type      `@db(type:)`, per provider
    precision    (total digits, digits behind the point), Decimal only; None means the default, (38, 9)
    renamed_from what the field was called before, from `@renamed(from:)` or the comment
    """

    name: str
    type: TypeRef
    description: str | None = None
    id: bool = False
    unique: Unique | None = None
    index: Index | None = None
    default: Default | None = None
    sequence: Counter | None = None
    updated_at: bool = False
    column: str | None = None
    db_type: SqlText | None = None
    length: int | None = None
    precision: tuple[int, int] | None = None
    checks: tuple[Check, ...] = ()
    computed: Computed | None = None
    collate: SqlText | None = None
    relation: Relation | None = None
    renamed_from: str | None = None


class Model(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One model.

    schema         the SQL schema of its table, from `@schema` or what its file says
    table          the table's name if the user gave one with `@table(name:)`
    unlogged, options   `@table(unlogged: true, with: {…})`: PostgreSQL's, `options` also MySQL's
    engine, collation, row_format   `@table(engine:, collation:, rowFormat:)`: MySQL's
    id_name        the name of the primary key if the user gave one with `@id(name:)`
    id_fields      the fields of `@id(fields:)`, in order; empty where a field is the id, or there is none
    strict, without_rowid   `@table(strict: true, withoutRowid: true)`: SQLite's table options
    unmanaged      the table exists, and OKRA leaves it alone
    """

    name: str
    fields: tuple[Field, ...]
    description: str | None = None
    schema: str | None = None
    table: str | None = None
    strict: bool = False
    without_rowid: bool = False
    unlogged: bool = False
    engine: str | None = None
    collation: str | None = None
    row_format: str | None = None
    options: Options = ()
    database: str | None = None
    id_fields: tuple[str, ...] = ()
    id_name: str | None = None
    indexes: tuple[Index, ...] = ()
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    keyless: bool = False
    unmanaged: bool = False
    renamed_from: str | None = None


class EnumValue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value. `stored` is the text in the database if it is not the name: `@value("text")`."""

    name: str
    stored: str | None = None
    description: str | None = None
    renamed_from: str | None = None

    @property
    def text(self) -> str:
        """What is in the database, and in JSON."""
        return self.stored or self.name


class Enum(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One enum.

    schema  the SQL schema of its type, from `@schema` or what its file says
    type    the name of its type if the user gave one with `@type(name:)`
    """

    name: str
    values: tuple[EnumValue, ...]
    description: str | None = None
    schema: str | None = None
    type: str | None = None
    renamed_from: str | None = None


class SchemaDefinition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that the schema files of one database say, in the order of the files."""

    models: tuple[Model, ...] = ()
    enums: tuple[Enum, ...] = ()
    namespace: str | None = None
    version: str | None = None
    database: str | None = None
