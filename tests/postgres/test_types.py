"""Types in every spelling are the server's own, and logical types lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.dialects.postgres.natives.typenames import canonical_type
from okra.dialects.postgres.natives.types import literal_default, native_type
from okra.relational.model import LiteralDefault, LogicalKind, LogicalType

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

SPELLINGS = [
    ("int", "integer"),
    ("int4", "integer"),
    ("INTEGER", "integer"),
    ("int2", "smallint"),
    ("int8", "bigint"),
    ("bool", "boolean"),
    ("float", "double precision"),
    ("float8", "double precision"),
    ("float(24)", "real"),
    ("float(25)", "double precision"),
    ("float4", "real"),
    ("dec(5)", "numeric(5,0)"),
    ("decimal", "numeric"),
    ("numeric( 10 , 2 )", "numeric(10,2)"),
    ("numeric(6)", "numeric(6,0)"),
    ("varchar", "character varying"),
    ("varchar(20)", "character varying(20)"),
    ("char varying(20)", "character varying(20)"),
    ("national character varying(3)", "character varying(3)"),
    ("char", "character(1)"),
    ("char(3)", "character(3)"),
    ("nchar(2)", "character(2)"),
    ('"char"', '"char"'),
    ("bpchar", "bpchar"),
    ("bit", "bit(1)"),
    ("bit(3)", "bit(3)"),
    ("varbit", "bit varying"),
    ("bit varying(9)", "bit varying(9)"),
    ("time", "time without time zone"),
    ("timetz(3)", "time(3) with time zone"),
    ("time (2) with time zone", "time(2) with time zone"),
    ("timestamp", "timestamp without time zone"),
    ("timestamptz", "timestamp with time zone"),
    ("timestamptz(3)", "timestamp(3) with time zone"),
    ("timestamp(6) without time zone", "timestamp(6) without time zone"),
    ("interval", "interval"),
    ("interval(1)", "interval(1)"),
    ("INTERVAL DAY TO SECOND(4)", "interval day to second(4)"),
    ("interval second (1)", "interval second(1)"),
    ("int[]", "integer[]"),
    ("int[][]", "integer[]"),
    ("int[3]", "integer[]"),
    ("varchar(5) ARRAY", "character varying(5)[]"),
    ("varchar(5)[10][]", "character varying(5)[]"),
    ("integer array[4]", "integer[]"),
    ("pg_catalog.int4", "integer"),
    ("text", "text"),
    ("jsonb", "jsonb"),
    ("uuid", "uuid"),
    ("int4range", "int4range"),
    ("regclass", "regclass"),
]
OTHERS = [
    ("Mood", "mood"),
    ('"Mood"', '"Mood"'),
    ('"two words"[]', '"two words"[]'),
    ("audit.action", "audit.action"),
    ('audit."Action"', 'audit."Action"'),
    ("geometry(Point, 4326)", "geometry(point,4326)"),
    ("vector(3)", "vector(3)"),
    ("  citext ", "citext"),
]


@pytest.mark.parametrize(("written", "kept"), SPELLINGS + OTHERS)
def test_a_type_has_one_spelling(written: str, kept: str):
    assert (canonical_type(written), canonical_type(kept)) == (kept, kept)


def test_the_one_spelling_is_the_servers(session: MigrationSession):
    columns = ", ".join(f"c{number} {written}" for number, (written, _) in enumerate(SPELLINGS))
    session.execute(f"CREATE TABLE t ({columns})")

    rows = session.query(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum"
    )

    assert [row[0] for row in rows] == [kept for _, kept in SPELLINGS]


@pytest.mark.parametrize(
    ("kind", "native"),
    [
        (LogicalType(kind=LogicalKind.ID), "uuid"),
        (LogicalType(kind=LogicalKind.STRING), "text"),
        (LogicalType(kind=LogicalKind.STRING, length=20), "character varying(20)"),
        (LogicalType(kind=LogicalKind.STRING, length=20, list=True), "character varying(20)[]"),
        (LogicalType(kind=LogicalKind.INT), "integer"),
        (LogicalType(kind=LogicalKind.BIG_INT), "bigint"),
        (LogicalType(kind=LogicalKind.FLOAT), "double precision"),
        (LogicalType(kind=LogicalKind.DECIMAL, precision=(38, 9)), "numeric(38,9)"),
        (LogicalType(kind=LogicalKind.BOOLEAN, list=True), "boolean[]"),
        (LogicalType(kind=LogicalKind.DATE_TIME), "timestamp without time zone"),
        (LogicalType(kind=LogicalKind.DATE), "date"),
        (LogicalType(kind=LogicalKind.TIME), "time without time zone"),
        (LogicalType(kind=LogicalKind.JSON), "jsonb"),
        (LogicalType(kind=LogicalKind.BYTES), "bytea"),
        (LogicalType(kind=LogicalKind.ENUM, enum="order_state"), "order_state"),
        (LogicalType(kind=LogicalKind.ENUM, enum="Order"), '"Order"'),
        (LogicalType(kind=LogicalKind.ENUM, enum="audit.user", list=True), 'audit."user"[]'),
        (LogicalType(kind=LogicalKind.STRING, native="CITEXT"), "citext"),
    ],
)
def test_a_logical_type_has_a_native_one(kind: LogicalType, native: str):
    assert native_type(kind, "t.c") == native


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (LogicalKind.STRING, "it's", "'it''s'"),
        (LogicalKind.INT, -5, "-5"),
        (LogicalKind.BIG_INT, "-9223372036854775808", "-9223372036854775808"),
        (LogicalKind.FLOAT, 1.5, "1.5"),
        (LogicalKind.FLOAT, 2.0, "2"),
        (LogicalKind.FLOAT, 1e300, "'1e+300'"),
        (LogicalKind.DECIMAL, "12.50", "12.50"),
        (LogicalKind.BOOLEAN, False, "false"),
        (LogicalKind.JSON, '{"b":1,"aa":[1.50,null]}', '\'{"b": 1, "aa": [1.50, null]}\''),
        (LogicalKind.BYTES, "AP8=", "'\\x00ff'"),
        (LogicalKind.DATE_TIME, "2024-01-31T14:30Z", "'2024-01-31 14:30:00'"),
        (LogicalKind.TIME, "14:30", "'14:30:00'"),
        (
            LogicalKind.ID,
            "6F1C2F7E00004000800000000000000A",
            "'6f1c2f7e-0000-4000-8000-00000000000a'",
        ),
    ],
)
def test_a_value_is_a_default_as_the_server_keeps_it(
    kind: LogicalKind, value: bool | float | str, text: str, session: MigrationSession
):
    native = native_type(LogicalType(kind=kind, precision=(10, 2)), "t.c")

    mine = literal_default(LiteralDefault(value), LogicalType(kind=kind), native)

    session.execute(f"CREATE TABLE t (a {native} DEFAULT {mine}, b {native})")
    session.execute("INSERT INTO t (b) VALUES (NULL)")
    assert mine == text


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        (LogicalKind.STRING, (), "'{}'"),
        (LogicalKind.STRING, ("a", "b c", 'q"', "b\\", "", "NULL", "x,y"), r"""'{a,"b c","q\"","b\\","","NULL","x,y"}'"""),
        (LogicalKind.INT, (1, -2), "'{1,-2}'"),
        (LogicalKind.BOOLEAN, (True, False), "'{t,f}'"),
        (LogicalKind.FLOAT, (1.5,), "'{1.5}'"),
    ],
)  # fmt: skip
def test_a_list_is_the_text_of_an_array(
    kind: LogicalKind, values: tuple[str, ...], text: str, session: MigrationSession
):
    list_type = LogicalType(kind=kind, list=True)
    native = native_type(list_type, "t.c")

    mine = literal_default(LiteralDefault(values), list_type, native)

    session.execute(f"CREATE TABLE t (a {native} DEFAULT {mine})")
    [(printed,)] = session.query("SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef")
    assert (mine, printed) == (text, f"{text}::{native}")
