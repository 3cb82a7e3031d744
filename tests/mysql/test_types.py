"""Types and defaults of MySQL and MariaDB come to one spelling."""

from __future__ import annotations

import pytest

from okra.dialects.mysql.natives.defaults import canonical_default
from okra.dialects.mysql.natives.typenames import canonical_type

TYPES = [
    ("INT", "int", None),
    ("int(11)", "int", None),
    ("integer", "int", None),
    ("INT4", "int", None),
    ("int(10) unsigned", "int unsigned", None),
    ("int(5) unsigned zerofill", "int(5) unsigned zerofill", None),
    ("tinyint(4)", "tinyint", None),
    ("tinyint(1)", "tinyint(1)", None),
    ("tinyint(1) unsigned", "tinyint unsigned", None),
    ("bool", "tinyint(1)", None),
    ("BOOLEAN", "tinyint(1)", None),
    ("middleint", "mediumint", None),
    ("serial", "bigint unsigned", None),
    ("decimal", "decimal(10,0)", None),
    ("numeric(5)", "decimal(5,0)", None),
    ("dec(12, 4)", "decimal(12,4)", None),
    ("fixed(3,1) unsigned", "decimal(3,1) unsigned", None),
    ("real", "double", None),
    ("double precision", "double", None),
    ("float(10)", "float", None),
    ("float(30)", "double", None),
    ("float(7,3)", "float(7,3)", None),
    ("char", "char(1)", None),
    ("character(5)", "char(5)", None),
    ("character varying(20)", "varchar(20)", None),
    ("nvarchar(10)", "varchar(10)", "utf8mb3_general_ci"),
    ("national character varying(10)", "varchar(10)", "utf8mb3_general_ci"),
    ("varchar(20) character set latin1", "varchar(20)", "latin1_swedish_ci"),
    ("varchar(20) charset utf8", "varchar(20)", "utf8mb3_general_ci"),
    ("varchar(20) collate utf8_bin", "varchar(20)", "utf8mb3_bin"),
    ("VARCHAR(20) CHARACTER SET latin1 COLLATE Latin1_Bin", "varchar(20)", "latin1_bin"),
    ("varchar(20) binary", "varchar(20)", "utf8mb4_bin"),
    ("varchar(20) character set binary", "varbinary(20)", None),
    ("char byte", "binary(1)", None),
    ("text(100)", "text", None),
    ("text(20000)", "mediumtext", None),
    ("blob(70000)", "mediumblob", None),
    ("long varchar", "mediumtext", None),
    ("long", "mediumtext", None),
    ("bit", "bit(1)", None),
    ("year(4)", "year", None),
    ("datetime(0)", "datetime", None),
    ("DATETIME(3)", "datetime(3)", None),
    ("enum('a', 'b')", "enum('a','b')", None),
    ("ENUM('it\\'s',\"dq\")", "enum('it''s','dq')", None),
    ("set('x') collate utf8mb4_bin", "set('x')", "utf8mb4_bin"),
    ("varchar(10) /*M!100301 COMPRESSED*/", "varchar(10) compressed", None),
    ("geomcollection", "geometrycollection", None),
    ("point", "point", None),
    ("json", "json", None),
    ("uuid", "uuid", None),
]

# the default as it is written or shown | the column's type | the one spelling
DEFAULTS = [
    ("NULL", "int", None),
    ("(NULL)", "int", None),
    ("'5'", "int", "5"),
    ("+3", "int", "3"),
    ("-1", "int", "-1"),
    ("0x10", "int", "16"),
    ("00005", "int(5) unsigned zerofill", "5"),
    ("TRUE", "tinyint(1)", "1"),
    ("false", "tinyint(1)", "0"),
    ("1", "decimal(10,2)", "1.00"),
    ("'1.5'", "decimal(10,2)", "1.50"),
    ("1e2", "decimal(10,2)", "100.00"),
    ("-0.5", "decimal(3,1)", "-0.5"),
    ("1.005", "decimal(10,2)", "1.01"),
    ("-1.025", "decimal(10,2)", "-1.03"),
    ("-0.001", "decimal(10,2)", "0.00"),
    ("1e99", "decimal(10,2)", "'1e99'"),
    ("0.0", "double", "0"),
    ("1e2", "double", "100"),
    ("1e20", "double", "1e+20"),
    ("b'101'", "bit(3)", "b'101'"),
    ("5", "bit(3)", "b'101'"),
    ("'x'", "varchar(20)", "'x'"),
    ('"x"', "varchar(20)", "'x'"),
    ("5", "varchar(20)", "'5'"),
    ("N'x'", "varchar(20)", "'x'"),
    ("_utf8mb4'x'", "varchar(20)", "'x'"),
    ("'it\\'s'", "varchar(20)", "'it''s'"),
    ("'a\\\\b'", "varchar(20)", "'a\\\\b'"),
    ("'ab  '", "char(5)", "'ab'"),
    ("'ab  '", "varchar(5)", "'ab  '"),
    ("0x6162", "varchar(5)", "'ab'"),
    ("x'6162'", "varbinary(5)", "'ab'"),
    ("0x00ff", "varbinary(5)", "x'00ff'"),
    ("'a\\0\\0'", "binary(3)", "'a'"),
    ("'x'", "text", "('x')"),
    ("_utf8mb4'x'", "text", "('x')"),
    ("'{}'", "json", "('{}')"),
    ("json_object('a',1)", "json", "(json_object('a', 1))"),
    ("'a'", "enum('a','b')", "'a'"),
    ("'2024-01-31'", "datetime", "'2024-01-31 00:00:00'"),
    ("'2024-01-31 10:20'", "datetime(3)", "'2024-01-31 10:20:00.000'"),
    ("'2024-1-5'", "date", "'2024-01-05'"),
    ("date '2024-01-05'", "date", "'2024-01-05'"),
    ("'10:00'", "time", "'10:00:00'"),
    ("'10:00:00.5'", "time(3)", "'10:00:00.500'"),
    ("2024", "year", "2024"),
    ("'1999'", "year", "1999"),
    ("now()", "datetime", "CURRENT_TIMESTAMP"),
    ("current_timestamp()", "timestamp", "CURRENT_TIMESTAMP"),
    ("(now())", "datetime", "CURRENT_TIMESTAMP"),
    ("LOCALTIME", "datetime", "CURRENT_TIMESTAMP"),
    ("current_timestamp(3)", "datetime(3)", "CURRENT_TIMESTAMP(3)"),
    ("now()", "varchar(30)", "(current_timestamp())"),
    ("curdate()", "date", "(current_date())"),
    ("current_date", "date", "(current_date())"),
    ("uuid()", "varchar(36)", "(uuid())"),
    ("(uuid())", "varchar(36)", "(uuid())"),
    ("((1 + 1))", "int", "(1 + 1)"),
    ("current_timestamp() + interval 1 day", "datetime", "(current_timestamp() + INTERVAL 1 DAY)"),
]


@pytest.mark.parametrize(("text", "native", "collation"), TYPES)
def test_a_type_has_one_spelling(text: str, native: str, collation: str | None) -> None:
    assert canonical_type(text) == (native, collation)


@pytest.mark.parametrize("native", sorted({native for _, native, _ in TYPES}))
def test_the_one_spelling_of_a_type_stays_as_it_is(native: str) -> None:
    assert canonical_type(native) == (native, None)


@pytest.mark.parametrize(("text", "native", "expected"), DEFAULTS)
def test_a_default_has_one_spelling(text: str, native: str, expected: str | None) -> None:
    assert canonical_default(text, native) == expected
    if expected is not None:
        assert canonical_default(expected, native) == expected
