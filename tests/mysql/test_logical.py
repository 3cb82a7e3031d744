"""What columns are taken for when a database is pulled; whatever is guessed resolves to the column it came from."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.dialects.mysql.natives.logical import logical
from okra.dialects.mysql.natives.resolving import resolve
from okra.relational.model import (
    Column,
    Database,
    DefaultFunction,
    EnumType,
    ForeignKey,
    FunctionDefault,
    LiteralDefault,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)

UUID = FunctionDefault(DefaultFunction.UUID)
NOW = FunctionDefault(DefaultFunction.NOW)

# type | default | kind | what of it is carried along | default in the schema
COLUMNS = [
    ("tinyint(1)", "1", "Boolean", {}, LiteralDefault(True)),
    ("tinyint", "1", "Int", {"native": "tinyint"}, LiteralDefault(1)),
    ("smallint unsigned", None, "Int", {"native": "smallint unsigned"}, None),
    ("int", "-5", "Int", {}, LiteralDefault(-5)),
    ("int unsigned", None, "BigInt", {"native": "int unsigned"}, None),
    ("bigint", "5", "BigInt", {}, LiteralDefault("5")),
    ("bigint unsigned", None, "BigInt", {"native": "bigint unsigned"}, None),
    ("double", "1.5", "Float", {}, LiteralDefault(1.5)),
    ("float", None, "Float", {"native": "float"}, None),
    ("decimal(38,9)", None, "Decimal", {"precision": (38, 9)}, None),
    ("decimal(10,2)", "1.50", "Decimal", {"precision": (10, 2)}, LiteralDefault("1.50")),
    ("varchar(255)", "'x'", "String", {}, LiteralDefault("x")),
    ("varchar(20)", "'it''s'", "String", {"length": 20}, LiteralDefault("it's")),
    ("varchar(36)", "(uuid())", "ID", {}, UUID),
    ("varchar(36)", None, "String", {"length": 36}, None),
    ("char(36)", "(uuid())", "ID", {"native": "char(36)"}, UUID),
    ("uuid", "(uuid())", "ID", {"native": "uuid"}, UUID),
    ("text", "('x')", "String", {"native": "text"}, LiteralDefault("x")),
    ("varchar(255)", "(concat('a', 'b'))", "String", {}, "(concat('a', 'b'))"),
    ("datetime", "CURRENT_TIMESTAMP", "DateTime", {}, NOW),
    ("datetime(3)", "CURRENT_TIMESTAMP(3)", "DateTime", {"native": "datetime(3)"}, NOW),
    ("timestamp", "CURRENT_TIMESTAMP", "DateTime", {"native": "timestamp"}, NOW),
    ("datetime", "'0000-00-00 00:00:00'", "DateTime", {}, "'0000-00-00 00:00:00'"),
    ("datetime", "'2024-01-31 10:00:00'", "DateTime", {}, LiteralDefault("2024-01-31 10:00:00")),
    ("date", "(current_date())", "Date", {}, NOW),
    ("time", "'10:00:00'", "Time", {}, LiteralDefault("10:00:00")),
    ("time", "'-01:00:00'", "Time", {}, "'-01:00:00'"),
    ("json", """('{"a":1}')""", "JSON", {}, LiteralDefault('{"a":1}')),
    ("json", """('{"a": 1}')""", "JSON", {}, """('{"a": 1}')"""),
    ("longblob", None, "Bytes", {}, None),
    ("varbinary(5)", "'hi'", "Bytes", {"native": "varbinary(5)"}, LiteralDefault("aGk=")),
    ("year", "2024", "Int", {"native": "year"}, LiteralDefault(2024)),
    ("bit(3)", "b'101'", "Native", {"native": "bit(3)"}, "b'101'"),
    ("point", None, "Native", {"native": "point"}, None),
    ("set('a','b')", "'a'", "Native", {"native": "set('a','b')"}, "'a'"),
    ("enum('a','b')", "'a'", "Enum", {"enum": "t.c"}, LiteralDefault("a")),
    ("enum('','b')", None, "Native", {"native": "enum('','b')"}, None),
    ("int invisible", "3", "Int", {"native": "int invisible"}, LiteralDefault(3)),
    ("enum('a') invisible", None, "Native", {"native": "enum('a') invisible"}, None),
]


def one(column: Column) -> Database:
    return Database(tables=(Table(name="t", columns=(column,)),))


@pytest.mark.parametrize(("native", "default", "kind", "more", "said"), COLUMNS)
def test_a_column_is_taken_for_a_field(
    native: str, default: str | None, kind: str, more: dict[str, object], said: object
) -> None:
    before = one(Column(name="c", type=native, nullable=True, default=default))
    found = logical(before)
    column = found.tables[0].columns[0]
    kinds = LogicalType(kind=LogicalKind(kind))
    assert (column.type, column.default) == (replace(kinds, **more), said)
    assert resolve(found).database == before


def test_a_guessed_enum_is_called_after_its_column() -> None:
    found = logical(one(Column(name="c", type="enum('a','b')")))
    assert found.enums == (EnumType(name="t.c", values=("a", "b")),)


@pytest.mark.parametrize(
    ("collation", "kind"), [("utf8mb4_bin", LogicalKind.NATIVE), (None, LogicalKind.ENUM)]
)
def test_an_enum_with_a_collation_of_its_own_is_native(
    collation: str | None, kind: LogicalKind
) -> None:
    column = Column(name="c", type="enum('a')", collation=collation)
    guessed = logical(one(column)).tables[0].columns[0].type
    assert isinstance(guessed, LogicalType)
    assert guessed.kind is kind


def test_columns_that_keys_tie_together_have_one_kind() -> None:
    key = ForeignKey(name="f", columns=("p",), table="p", references=("id",))
    tables = (
        Table(
            name="p",
            columns=(Column(name="id", type="varchar(36)"),),
            primary_key=PrimaryKey(columns=("id",)),
        ),
        Table(name="t", columns=(Column(name="p", type="varchar(36)"),), foreign_keys=(key,)),
    )
    found = logical(Database(tables=tables))
    kinds = [column.type for table in found.tables for column in table.columns]
    assert kinds == [LogicalType(kind=LogicalKind.ID)] * 2


def test_what_a_schema_says_already_stays_where_it_fits() -> None:
    mood = LogicalType(kind=LogicalKind.ENUM, enum="mood")
    like = Database(
        tables=(
            Table(
                name="t",
                columns=(
                    Column(name="a", type=mood),
                    Column(name="b", type=LogicalType(kind=LogicalKind.ID)),
                    Column(name="c", type=LogicalType(kind=LogicalKind.INT)),
                ),
            ),
        ),
        enums=(EnumType(name="mood", values=("x", "y")),),
    )
    live = Database(
        tables=(
            Table(
                name="t",
                columns=(
                    Column(name="a", type="enum('x','y')"),
                    Column(name="b", type="varchar(36)"),
                    Column(name="c", type="bigint"),
                ),
            ),
        )
    )
    found = logical(live, like)
    kinds = [column.type for column in found.tables[0].columns]
    assert kinds == [mood, LogicalType(kind=LogicalKind.ID), LogicalType(kind=LogicalKind.BIG_INT)]
    assert found.enums == like.enums
