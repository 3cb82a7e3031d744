"""What is said of values that change their type is what MariaDB does to them: no false "safe"."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.mysql.planning.conversions import Conversion, conversion
from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

NUMBERS = ("0", "1")
MOMENTS = ("'1970-01-02 03:04:05'", "'2037-12-31 23:59:59'")
VALUES = {
    "tinyint": ("-128", "127"),
    "tinyint unsigned": ("0", "255"),
    "smallint": ("-32768", "32767"),
    "int": ("-2147483648", "2147483647"),
    "int unsigned": ("0", "4294967295"),
    "bigint": ("-9223372036854775808", "9223372036854775807"),
    "bigint unsigned": ("0", "18446744073709551615"),
    "decimal(6,2)": ("-9999.99", "9999.99"),
    "decimal(10,0)": ("-9999999999", "9999999999"),
    "decimal(30,10)": ("-99999999999999999999.9999999999", "0.0000000001"),
    "float": ("1.5", "-3.4e38", "1e-30"),
    "double": ("1.5", "-1.7e308", "0.1", "123456789.123456"),
    "bit(1)": NUMBERS,
    "bit(64)": ("0", "18446744073709551615"),
    "year": ("1901", "2155"),
    "date": ("'1000-01-01'", "'9999-12-31'"),
    "time": ("'-838:59:59'", "'12:34:56'"),
    "datetime": ("'1000-01-01 00:00:00'", "'9999-12-31 23:59:59'"),
    "datetime(6)": ("'1000-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'"),
    "timestamp": MOMENTS,
    "char(5)": ("''", "'äöüß☃'"),
    "varchar(5)": ("''", "'äöüß☃'", "' a  '"),
    "varchar(36)": ("REPEAT('x', 36)", "REPEAT('☃', 36)"),
    "varchar(255)": ("REPEAT('☃', 255)", "''"),
    "tinytext": ("REPEAT('x', 255)", "''"),
    "text": ("REPEAT('x', 65535)", "'☃'"),
    "longtext": ("REPEAT('x', 70000)", "'☃'"),
    "varbinary(20)": ("x'ff00'", "REPEAT('x', 20)"),
    "blob": ("x'ff00'", "REPEAT('x', 65535)"),
    "longblob": ("x'ff00'", "REPEAT('x', 70000)"),
    "json": ("'{\"a\": 1}'", "'[1, \"☃\"]'"),
    "enum('a','bb')": ("'a'", "'bb'"),
    "enum('a','bb','c')": ("'a'", "'c'"),
    "set('a','b')": ("''", "'a,b'"),
}
SAFE = [
    (before, after)
    for before in VALUES
    for after in VALUES
    if before != after and conversion(before, after).doubt is None
]
SHOWN = {"bit": "{} + 0", "json": "CAST({} AS CHAR)"}


def test_every_conversion_that_is_said_to_work_works(mysql: DatabaseUrl) -> None:
    """And where nothing is said to be lost, the way back gives the values that were there."""
    wrong = []
    with closing(connect(mysql, lock_timeout_ms=5_000)) as session:
        for before, after in SAFE:
            session.execute(f"CREATE TABLE t (id int PRIMARY KEY, c {before}) CHARSET utf8mb4")
            for number, value in enumerate(VALUES[before]):
                session.execute(f"INSERT INTO t VALUES ({number}, {value})")
            rows = session.query("SELECT id, HEX(c), c FROM t ORDER BY id")
            texts = session.query("SELECT CONCAT(c) FROM t ORDER BY id")
            try:
                session.execute(f"ALTER TABLE t MODIFY c {after}")
                if before == "bigint unsigned" and ("text" in after or "char" in after):
                    # On the way back, MariaDB takes a text of that size for no number.
                    assert session.query("SELECT CONCAT(c) FROM t ORDER BY id") == texts
                elif conversion(before, after).loss is None:
                    session.execute(f"ALTER TABLE t MODIFY c {before}")
                    assert session.query("SELECT id, HEX(c), c FROM t ORDER BY id") == rows
            except (DatabaseError, AssertionError) as error:
                wrong.append(f"{before} → {after}: {error}"[:200])
            session.execute("DROP TABLE t")

    assert len(SAFE) > 100
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("int", "bigint", Conversion()),
        ("varchar(20)", "varchar(40)", Conversion()),
        ("bigint", "int", Conversion(doubt="may hold numbers that are too large or too small")),
        ("varchar(20)", "varchar(10)", Conversion(doubt="may hold values that are too long")),
        ("decimal(6,2)", "decimal(6,1)", Conversion(loss="loses digits behind the point")),
        ("datetime(3)", "datetime", Conversion(loss="loses fractions of seconds")),
        (
            "enum('a','b')",
            "enum('a')",
            Conversion(doubt="may hold 'b', which it can't any more"),
        ),
        (
            "varchar(9)",
            "int",
            Conversion(
                doubt="may hold values that are no `int`",
                loss="becomes `int`, as far as its values can be read as that",
            ),
        ),
    ],
)
def test_what_may_come_of_values_is_said(before: str, after: str, wanted: Conversion) -> None:
    assert conversion(before, after) == wanted
