"""Random schemas and rows for MySQL and MariaDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from okra.dialects import dialect
from okra.dialects.mysql.expressions.lexer import text_of
from okra.dialects.mysql.planning.columns import enum_values
from okra.dialects.mysql.planning.values import value_for_null
from okra.dialects.mysql.quoting import literal, quote
from okra.errors import DatabaseError
from okra.relational.changes import (
    AlterColumn,
    AlterTable,
    CreateTable,
    DropTable,
    RenameColumn,
    RenameTable,
    RenameValue,
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
    from random_schemas.spec import FieldSpec, ModelSpec, SchemaSpec

NUMBERS = ["0", "1", "2", "7", "-3", "42", "127", "300", "2147483647", "9007199254740993", "1.5"]
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
MOMENTS = ["'2024-01-01 00:00:00'", "'1999-12-31 23:59:59'", "'2024-02-29 12:00:00'"]
FILLS = {"double": "0.5", "json": "'{}'", "date": "'2024-01-01'", "time": "'00:00:00'"}
ODD = ["'abc'", "'12'", "12", "''", "'2024-01-01'"]


class MysqlMaker(Maker):
    """Makes only what MySQL and MariaDB both have."""

    defaults: ClassVar = {
        "String": ['"x"', '""', '"it\'s"', "sql(\"concat('a', 'b')\")"],
        "Int": ["0", "5", "-7", 'sql("1 + 2")'],
        "BigInt": ["0", "9007199254740993"],
        "Float": ["0.5", "-1.0"],
        "Decimal": ["0", "1.50"],
        "Boolean": ["true", "false"],
        "DateTime": ["now", "sql(\"'2024-01-01 00:00:00'\")"],
        "Date": ["now", "sql(\"'2024-01-01'\")"],
        "Time": ["now"],
        "ID": ["uuid"],
        "JSON": ["sql(\"'{}'\")"],
    }
    computations: ClassVar = {
        "Int": ["{c} DIV 2", "abs({c} % 7)"],
        "String": ["upper({c})", "concat({c}, 'x')"],
    }
    extras: ClassVar = [
        '@index(fields: [{field}], name: "{name}")',
        '@index(fields: [{field: "{field}", sort: DESC}], name: "{name}")',
        '@index(fields: [{field: "{field}", length: 10}], name: "{name}")',
        '@unique(fields: [{field: "{field}", length: 5}], name: "{name}")',
        '@check(expr: "{c} IS NULL OR {c} <> \'never\'", name: "{name}")',
    ]
    natives: ClassVar = {
        "String": "varchar(40)",
        "Int": "mediumint",
        "Float": "float",
        "DateTime": "datetime(3)",
        "Decimal": "decimal(12,4)",
        "BigInt": "bigint unsigned",
        "Time": "time(2)",
        "Bytes": "varbinary(60)",
    }
    other_natives: ClassVar = {
        "String": ["char(12)", "varchar(300)", "text", "tinytext"],
        "DateTime": ["timestamp", "timestamp(6)"],
        "Int": ["int unsigned", "smallint"],
    }
    collations: ClassVar = ("utf8mb4_bin", "utf8mb4_general_ci", "latin1_swedish_ci")
    unindexed: ClassVar = ("JSON", "Bytes")
    mark = "`"

    def field(self, name: str, enums: list) -> FieldSpec:
        found = super().field(name, enums)
        others = self.other_natives.get(found.type, [])
        if found.native and others and self.choice.chance(50):
            found.native = self.choice.one(others)
            if found.default in ("-7", "9007199254740993"):
                found.default = None
            if "text" in found.native:
                found.unique = found.index = None
        if found.updated_at and found.native == "datetime(3)":
            found.native = None
        return found

    def is_indexable(self, found: FieldSpec) -> bool:
        return super().is_indexable(found) and "text" not in (found.native or "")

    def add_extra(self, model: ModelSpec) -> None:
        """A fulltext index too, where the column is one that can have it."""
        super().add_extra(model)
        plain = [
            f for f in model.fields if f.type == "String" and f.computed is None and not f.list
        ]
        if plain and self.choice.chance(15):
            template = f'@index(fields: [{{field}}], name: "t{next(self._names)}", type: FULLTEXT)'
            model.extras.append((template, self.choice.one(plain).key))

    def model(self, name: str, enums: list) -> ModelSpec:
        found = super().model(name, enums)
        found.strict = found.without_rowid = False
        return found


def possible(schema: SchemaSpec) -> SchemaSpec:
    """`schema` without what no server has.

    A counter from which something is computed, or that a check is about; a key whose collation differs from
    that of the columns that refer to it.
    """
    for model in schema.models:
        used = {field.source for field in model.fields}
        for field in model.fields:
            if field.default == "autoincrement" and (field.key in used or field.check):
                field.default = None
            if field.key in model.ids:
                field.collate = None
    return schema


class Filler:
    """Fills a database with rows."""

    def __init__(self, choice: Choice, session: Session) -> None:
        self.choice = choice
        self.session = session

    def fill(self, database: Database) -> int:
        """Put up to four rows into each table, those that are referred to first; returns how many."""
        made = 0
        for change in order(diff(Database(), database), cut_cycles=True):
            if isinstance(change, CreateTable):
                table = database.table(change.table.name) or change.table
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
        try:
            self.session.execute(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({shown})")
        except DatabaseError:
            return 0
        return 1

    def is_given(self, column: Column) -> bool:
        if column.generated is not None:
            return False
        return (column.default is None and not column.identity) or self.choice.chance(70)

    def refer(self, values: dict[str, str], key: ForeignKey, table: Table) -> None:
        names = ", ".join(f"QUOTE({quote(name)})" for name in key.references)
        rows = self.session.query(f"SELECT {names} FROM {quote(key.table)} ORDER BY 1")
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
        key = table.primary_key
        kind = str(column.type)
        listed = enum_values(kind)
        if listed is not None:
            return literal(text_of(f"'{choice.one(listed)}'"))
        if key is not None and column.name in key.columns and choice.chance(80):
            if "int" in kind or "decimal" in kind or kind in ("double", "float"):
                return str(number * 7 + 1)
            return literal(f"k{number}") if "char" in kind else f"'2024-01-0{number + 1}'"
        return choice.one(ODD) if choice.chance(8) else self.usual(kind)

    def usual(self, kind: str) -> str:
        choice = self.choice
        if kind == "tinyint(1)":
            return choice.one(["0", "1"])
        if "int" in kind or kind.startswith(("decimal", "double", "float")):
            return choice.one(NUMBERS)
        if kind.startswith(("date", "timestamp")):
            return choice.one(MOMENTS)
        if kind.startswith("time"):
            return choice.one(["'00:00:00'", "'12:34:56'"])
        if kind == "json":
            return choice.one(["'{}'", "'[1, \"a\"]'", "'null'", '\'["GOOD", "BAD"]\''])
        if "blob" in kind:
            return choice.one(["x''", "x'00ff'", "x'616263'"])
        return literal(choice.one(TEXTS))


def shown_rows(session: Session, table: str, columns: list[str]) -> list[tuple]:
    """All rows in what is kept of them, byte for byte, sorted."""
    shown = ", ".join(f"HEX(CONVERT({each} USING utf8mb4)), {each} IS NULL" for each in columns)
    return sorted(session.query(f"SELECT {shown or 'NULL'} FROM {quote(table)}"), key=repr)


MYSQL = dialect("mysql")


def fill_for(kind: str) -> str:
    if kind in FILLS:
        return FILLS[kind]
    values = enum_values(kind)
    if values is not None:
        return f"'{values[0]}'"
    if "int" in kind or "decimal" in kind or "float" in kind:
        return "0"
    return "'2024-01-01 00:00:00'" if "datetime" in kind else "''"


def kept_columns(
    changes: Sequence[Change], before: Database, after: Database
) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """(table before, table after) → the names of what is kept, before and after."""
    renamed = {c.before: c.after for c in changes if isinstance(c, RenameTable)}
    dropped = {c.table.name for c in changes if isinstance(c, DropTable)}
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    found = {}
    for table in before.tables:
        name = renamed.get(table.name, table.name)
        wanted = after.table(name)
        if table.name in dropped or wanted is None:
            continue
        change = altered.get(name)
        steps = change.steps if change is not None else ()
        names = {s.before: s.after for s in steps if isinstance(s, RenameColumn)}
        lost = {s.after.name for s in steps if isinstance(s, AlterColumn) and _changes(s)}
        lost |= {s.column for s in steps if isinstance(s, RenameValue)}
        olds, news = [], []
        for column in table.columns:
            new = names.get(column.name, column.name)
            if wanted.column(new) is None or new in lost or (column.generated is not None and lost):
                continue
            olds.append(quote(column.name))
            news.append(quote(new))
        found[table.name, name] = (olds, news)
    return found


def _changes(step: AlterColumn) -> bool:
    return (
        step.before.type != step.after.type
        or value_for_null(step) is not None
        or step.before.generated != step.after.generated
        or step.before.identity != step.after.identity
        or step.before.nullable != step.after.nullable
    )


def wipe(session: Session) -> None:
    session.execute("SET foreign_key_checks = 0")
    listed = session.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
    )
    for (name,) in listed:
        session.execute(f"DROP TABLE {quote(str(name))}")
    session.execute("SET foreign_key_checks = 1")
