"""Random schemas and rows for PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from okra.dialects.postgres.natives.spelling import path
from okra.dialects.postgres.quoting import literal, quote, quote_table
from okra.errors import DatabaseError
from okra.relational.changes import (
    AlterColumn,
    AlterEnum,
    AlterTable,
    CreateTable,
    DropTable,
    RenameColumn,
    RenameEnumValue,
    RenameTable,
)
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from random_schemas.make import Maker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session
    from okra.relational.changes import Change
    from okra.relational.model import Column, ForeignKey, Table
    from random_schemas.choice import Choice
    from random_schemas.spec import EnumSpec, FieldSpec, ModelSpec, SchemaSpec

NUMBERS = ["0", "1", "2", "7", "-3", "42", "127", "300", "2147483647", "1.5"]
TEXTS = [
    "",
    "a",
    "A",
    "007",
    "7",
    "b",
    "it's",
    'x"y',
    "naïve ☃ 😀",
    " pad ",
    "x",
    "back\\slash",
    "x" * 60,
]
MOMENTS = ["2024-01-01 00:00:00", "1999-12-31 23:59:59.123456", "2024-02-29 12:00:00", "infinity"]
USUAL = {
    "boolean": ["true", "false"],
    "date": ["'2024-01-01'", "'1999-12-31'"],
    "time without time zone": ["'00:00:00'", "'12:34:56.789'"],
    "jsonb": ["'{}'", "'[1, \"a\"]'", "'null'", '\'{"b": 1, "a": 2}\''],
    "bytea": ["'\\x'", "'\\x00ff'", "'\\x616263'"],
    "uuid": ["gen_random_uuid()", "'00000000-0000-0000-0000-000000000001'"],
}


class PostgresMaker(Maker):
    """Makes only what every supported server has; `virtual` where it computes columns when they are read."""

    checks: ClassVar = {
        "String": ["length({c}) < 1000", "{c} <> 'forbidden'"],
        "Int": ["{c} >= 0", "{c} BETWEEN -5 AND 100000", "{c} IN (0, 1, 5)"],
        "BigInt": ["{c} > -10"],
        "Boolean": ["{c} IS NOT NULL"],
    }
    extras: ClassVar = [
        '@index(fields: [{field}], name: "{name}")',
        '@index(fields: [{field: "{field}", sort: DESC, nulls: LAST}], name: "{name}")',
        '@index(fields: [{expr: "lower({c})"}], name: "{name}")',
        '@index(fields: [{field}], name: "{name}", where: "{c} IS NOT NULL")',
        '@unique(fields: [{field}], name: "{name}", where: "{c} = \'x\'")',
        '@unique(fields: [{field: "{field}", collate: "C"}], name: "{name}")',
        '@index(fields: [{field: "{field}", ops: "text_pattern_ops"}], name: "{name}")',
        '@index(fields: [{field}], name: "{name}", with: {fillfactor: 70}, comment: "a \'remark\'")',
        '@index(fields: [{field}], name: "{name}", type: "hash")',
        '@unique(fields: [{field}], name: "{name}", nulls: NOT_DISTINCT)',
        '@unique(fields: [{field}], name: "{name}", constraint: true, deferrable: DEFERRED)',
        '@check(expr: "{c} IS NULL OR {c} <> \'never\'", name: "{name}")',
    ]
    natives: ClassVar = {
        "String": "varchar(40)",
        "Int": "smallint",
        "Float": "real",
        "Decimal": "numeric(12,3)",
        "DateTime": "timestamptz",
    }
    collations: ClassVar = ("C", "POSIX")
    unindexed: ClassVar = ()

    def __init__(self, choice: Choice, *, virtual: bool = False) -> None:
        super().__init__(choice)
        self.virtual = virtual

    def model(self, name: str, enums: list[EnumSpec]) -> ModelSpec:
        found = super().model(name, enums)
        found.strict = found.without_rowid = False
        return found

    def is_indexable(self, found: FieldSpec) -> bool:
        return super().is_indexable(found) and (found.computed is None or found.stored)

    def add_extra(self, model: ModelSpec) -> None:
        """No index is about a column that is computed when it is read."""
        virtual = {f.key for f in model.fields if f.computed is not None and not f.stored}
        super().add_extra(model)
        model.extras = [extra for extra in model.extras if extra[1] not in virtual]

    def computed(self, model: ModelSpec, name: str) -> FieldSpec | None:
        found = super().computed(model, name)
        if found is not None and not self.virtual:
            found.stored = True
        return found


def possible(schema: SchemaSpec) -> SchemaSpec:
    """`schema` with every computed column stored that is in an index."""
    for model in schema.models:
        listed = {key for _, key in model.extras} | {*model.ids}
        for field in model.fields:
            if field.unique is not None or field.index or field.key in listed:
                field.stored = True
    return schema


class Filler:
    """Fills a database with rows."""

    def __init__(self, choice: Choice, session: Session, database: Database) -> None:
        self.choice = choice
        self.session = session
        self.database = database
        self.enums = {path(enum.name): enum.values for enum in database.enums}

    def fill(self) -> int:
        """Put up to four rows into each table, those that are referred to first; returns how many."""
        made = 0
        for change in order(diff(Database(), self.database), cut_cycles=True):
            if isinstance(change, CreateTable):
                table = self.database.table(change.table.name) or change.table
                for number in range(self.choice.number(0, 4)):
                    made += self.insert(table, number)
        return made

    def insert(self, table: Table, number: int) -> int:
        values = {column.name: self.value(column, table, number) for column in table.columns}
        for key in table.foreign_keys:
            self.refer(values, key, table)
        chosen = [column.name for column in table.columns if self.is_given(column)]
        names = ", ".join(quote(name) for name in chosen)
        shown = ", ".join(values[name] for name in chosen)
        rest = f"({names}) VALUES ({shown})" if chosen else "DEFAULT VALUES"
        try:
            self.session.execute(f"INSERT INTO {quote_table(table.name)} {rest}")
        except DatabaseError:
            return 0
        return 1

    def is_given(self, column: Column) -> bool:
        if column.generated is not None:
            return False
        return (column.default is None and not column.identity) or self.choice.chance(70)

    def refer(self, values: dict[str, str], key: ForeignKey, table: Table) -> None:
        names = ", ".join(f"quote_nullable({quote(name)})" for name in key.references)
        rows = self.session.query(f"SELECT {names} FROM {quote_table(key.table)} ORDER BY 1")
        nullable = all((column := table.column(name)) and column.nullable for name in key.columns)
        if rows and not (nullable and self.choice.chance(20)):
            row = [str(value) for value in self.choice.one(rows)]
        else:
            row = ["NULL"] * len(key.columns)
        values.update(zip(key.columns, row, strict=True))

    def value(self, column: Column, table: Table, number: int) -> str:
        choice = self.choice
        if column.nullable and choice.chance(25):
            return "NULL"
        kind = str(column.type)
        if kind.endswith("[]"):
            items = [self.usual(kind[:-2]) for _ in range(choice.number(0, 3))]
            return f"ARRAY[{', '.join(items)}]::{kind}"
        key = table.primary_key
        if key is not None and column.name in key.columns and choice.chance(80):
            if self.is_number(kind):
                return str(number * 7 + 1)
            if kind == "text" or kind.startswith("character"):
                return literal(f"k{number}")
        return self.usual(kind)

    def is_number(self, kind: str) -> bool:
        return kind in ("integer", "bigint", "smallint", "real", "double precision") or (
            kind.startswith("numeric")
        )

    def usual(self, kind: str) -> str:
        choice = self.choice
        if kind in self.enums:
            return literal(choice.one(self.enums[kind])) + f"::{kind}"
        if self.is_number(kind):
            return choice.one(NUMBERS)
        if kind.startswith("timestamp"):
            return literal(choice.one(MOMENTS)) + f"::{kind}"
        return choice.one(USUAL[kind]) if kind in USUAL else literal(choice.one(TEXTS))


def shown_rows(session: Session, table: str, shown: list[str]) -> list[tuple]:
    """All rows in what is kept of them, sorted; `shown` are expressions."""
    rows = session.query(f"SELECT {', '.join(shown) or 'NULL'} FROM {quote_table(table)}")
    return sorted(rows, key=repr)


def wipe(session: Session) -> None:
    """Empty the database."""
    for schema in ("two words", "other"):
        session.execute(f"DROP SCHEMA IF EXISTS {quote(schema)} CASCADE")
    session.execute("DROP SCHEMA public CASCADE")
    session.execute("CREATE SCHEMA public")


def fill_for(kind: str, after: Database) -> str:
    if kind.endswith("[]"):
        return "'{}'"
    for enum in after.enums:
        if path(enum.name) == kind:
            return literal(enum.values[0])
    known = {
        "boolean": "false",
        "uuid": "gen_random_uuid()",
        "date": "'2024-01-01'",
        "time without time zone": "'00:00'",
        "jsonb": "'{}'",
        "bytea": "''",
    }
    if kind in known:
        return known[kind]
    if kind.startswith("timestamp"):
        return "'2024-01-01'"
    return "'filled'" if kind == "text" or kind.startswith("character") else "0"


def kept_columns(
    changes: Sequence[Change], before: Database, after: Database
) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """(table before, table after) → expressions for what is kept, before and after."""
    renamed = {c.before: c.after for c in changes if isinstance(c, RenameTable)}
    dropped = {c.table.name for c in changes if isinstance(c, DropTable)}
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    values = enum_renames(changes)
    found = {}
    for table in before.tables:
        name = renamed.get(table.name, table.name)
        wanted = after.table(name)
        if table.name in dropped or wanted is None:
            continue
        change = altered.get(name)
        steps = change.steps if change is not None else ()
        names = {s.before: s.after for s in steps if isinstance(s, RenameColumn)}
        lost = {s.after.name for s in steps if isinstance(s, AlterColumn) and changes_values(s)}
        olds, news = [], []
        for column in table.columns:
            new = wanted.column(names.get(column.name, column.name))
            if new is None or new.name in lost or (column.generated is not None and lost):
                continue
            if str(new.type).endswith("[]") and str(new.type)[:-2] in values:
                continue
            olds.append(shown(column.name, values.get(str(new.type), {})))
            news.append(shown(new.name, {}))
        found[table.name, name] = (olds, news)
    return found


def enum_renames(changes: Sequence[Change]) -> dict[str, dict[str, str]]:
    """Type after → value before → value after."""
    found = {}
    for change in changes:
        if isinstance(change, AlterEnum):
            pairs = {s.before: s.after for s in change.steps if isinstance(s, RenameEnumValue)}
            if pairs:
                found[path(change.after.name)] = pairs
    return found


def shown(column: str, renames: dict[str, str]) -> str:
    text = f"{quote(column)}::text"
    if not renames:
        return text
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in renames.items())
    return f"CASE {text} {cases} ELSE {text} END"


def changes_values(step: AlterColumn) -> bool:
    before: Column = step.before
    return (
        before.type != step.after.type
        or before.generated != step.after.generated
        or (before.nullable and not step.after.nullable)
    )
