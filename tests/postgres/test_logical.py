"""Native columns are taken for what they were meant to be, and resolve to what they were."""

from __future__ import annotations

from typing import Any

import pytest

from okra.dialects import dialect
from okra.relational.diff import diff
from okra.relational.model import (
    Column,
    ColumnDefault,
    Database,
    DefaultFunction,
    EnumType,
    ForeignKey,
    FunctionDefault,
    LiteralDefault,
    LogicalKind,
    LogicalType,
    Table,
)

POSTGRES = dialect("postgres")
MOOD = EnumType(name="mood", values=("sad", "ok"))
NOW = FunctionDefault(DefaultFunction.NOW)


def guessed(**parts: Any) -> Column:
    """The logical form of one native column, which resolves to it again."""
    column = Column(**{"name": "c", "nullable": True} | parts)
    database = Database(tables=(Table(name="t", columns=(column,)),), enums=(MOOD,))
    found = POSTGRES.logical(database)
    assert diff(POSTGRES.resolve(found).database, database) == ()
    return found.tables[0].columns[0]


def kind(name: LogicalKind, **parts: Any) -> LogicalType:
    return LogicalType(kind=name, **parts)


@pytest.mark.parametrize(
    ("native", "logical"),
    [
        ("uuid", kind(LogicalKind.ID)),
        ("text", kind(LogicalKind.STRING)),
        ("character varying(20)", kind(LogicalKind.STRING, length=20)),
        ("character varying", kind(LogicalKind.STRING, native="character varying")),
        ("character(3)", kind(LogicalKind.STRING, native="character(3)")),
        ("citext", kind(LogicalKind.STRING, native="citext")),
        ("smallint", kind(LogicalKind.INT, native="smallint")),
        ("bigint", kind(LogicalKind.BIG_INT)),
        ("real", kind(LogicalKind.FLOAT, native="real")),
        ("numeric", kind(LogicalKind.DECIMAL, native="numeric")),
        ("numeric(12,3)", kind(LogicalKind.DECIMAL, precision=(12, 3))),
        ("numeric(5,-2)", kind(LogicalKind.DECIMAL, native="numeric(5,-2)")),
        ("timestamp with time zone", kind(LogicalKind.DATE_TIME, native="timestamp with time zone")),
        ("timestamp(3) without time zone", kind(LogicalKind.DATE_TIME, native="timestamp(3) without time zone")),
        ("json", kind(LogicalKind.JSON, native="json")),
        ("text[]", kind(LogicalKind.STRING, list=True)),
        ("character varying(5)[]", kind(LogicalKind.STRING, list=True, length=5)),
        ("mood", kind(LogicalKind.ENUM, enum="mood")),
        ("mood[]", kind(LogicalKind.ENUM, enum="mood", list=True)),
        ("tsvector", kind(LogicalKind.NATIVE, native="tsvector")),
        ("int4range[]", kind(LogicalKind.NATIVE, native="int4range[]")),
        ('other."Type"', kind(LogicalKind.NATIVE, native='other."Type"')),
    ],
)  # fmt: skip
def test_a_type_is_taken_for_its_word(native: str, logical: LogicalType):
    assert guessed(type=native).type == logical


@pytest.mark.parametrize(
    ("native", "text", "default"),
    [
        ("text", "'it''s'", LiteralDefault("it's")),
        ("text", "lower('A')", "lower('A')"),
        ("text", "5", "5"),
        ("integer", "-5", LiteralDefault(-5)),
        ("bigint", "5", LiteralDefault("5")),
        ("bigint", "'5'", "'5'"),
        ("double precision", "0", LiteralDefault(0.0)),
        ("double precision", "0.0", "0.0"),
        ("numeric(10,2)", "1.50", LiteralDefault("1.50")),
        ("boolean", "true", LiteralDefault(value=True)),
        ("jsonb", "'{\"a\": [1, 2]}'", LiteralDefault('{"a":[1,2]}')),
        ("json", "'{\"a\": 1}'", "'{\"a\": 1}'"),
        ("uuid", "gen_random_uuid()", FunctionDefault(DefaultFunction.UUID)),
        ("timestamp without time zone", "CURRENT_TIMESTAMP", NOW),
        ("timestamp without time zone", "now()", "now()"),
        ("date", "CURRENT_DATE", NOW),
        ("date", "'2024-01-31'", LiteralDefault("2024-01-31")),
        ("timestamp with time zone", "'2024-01-31 10:00:00+00'", LiteralDefault("2024-01-31 10:00:00Z")),
        ("mood", "'ok'", LiteralDefault("ok")),
        ("mood[]", "'{sad,ok}'", LiteralDefault(("sad", "ok"))),
        ("text[]", "'{a,\"b c\"}'", LiteralDefault(("a", "b c"))),
        ("text[]", "'{a,NULL}'", "'{a,NULL}'"),
        ("integer[]", "'{}'", LiteralDefault(())),
        ("integer[]", "'{{1},{2}}'", "'{{1},{2}}'"),
    ],
)  # fmt: skip
def test_a_default_is_a_value_where_one_leads_to_it(native: str, text: str, default: ColumnDefault):
    assert guessed(type=native, default=text).default == default


def test_an_updated_at_column_without_default_says_so():
    column = guessed(type="timestamp without time zone", updated_at=True)
    assert (column.updated_at, column.default) == (True, "NULL")


def test_columns_that_a_key_ties_together_have_one_word():
    parent = Table(name="p", columns=(Column(name="id", type="bigint"),))
    child = Table(
        name="c",
        columns=(Column(name="p", type="integer"), Column(name="m", type="mood")),
        foreign_keys=(ForeignKey(columns=("p",), table="p", references=("id",)),),
    )
    found = POSTGRES.logical(Database(tables=(parent, child), enums=(MOOD,)))
    assert [column.type for column in found.tables[1].columns] == [
        LogicalType(kind=LogicalKind.BIG_INT, native="integer"),
        LogicalType(kind=LogicalKind.ENUM, enum="mood"),
    ]


def test_columns_of_a_known_schema_keep_their_words():
    wanted = Column(
        name="c", type=LogicalType(kind=LogicalKind.STRING, native="uuid"), nullable=True
    )
    like = Database(tables=(Table(name="t", columns=(wanted,)),))
    native = POSTGRES.resolve(like).database
    assert POSTGRES.logical(native, like).tables[0].columns == (wanted,)
    assert POSTGRES.logical(native).tables[0].columns[0].type == LogicalType(kind=LogicalKind.ID)
