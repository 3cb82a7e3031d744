"""What rows get in required columns whose values are gone is something that the table takes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.relational.model import (
    Check,
    Column,
    Database,
    ForeignKey,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
TYPES = """
int|bigint unsigned|decimal(10,2)|double|float|bit(3)|varchar(20)|char(5)|text|longblob|binary(3)|varbinary(5)|date
|datetime(3)|timestamp|time|year|json|enum('a','b')|set('x','y')|tinyint(1)|uuid|inet6|point|polygon|geometrycollection
""".replace("\n", "").split("|")
CHECKS = [
    ("int", "a > 0", "1"),
    ("int", "a BETWEEN 5 AND 9", "5"),
    ("int", "a IN (3, 4)", "3"),
    ("int", "a <> 0 AND a % 2 = 0 AND a > 6", None),
    ("int", "a < 0", "-1"),
    ("decimal(10,2)", "a >= 1.5", "1.5"),
    ("varchar(20)", "a IN ('x', 'y')", "'x'"),
    ("varchar(20)", "a <> ''", None),
    ("varchar(20)", "char_length(a) > 2", "'xxx'"),
    ("varchar(20)", "char_length(trim(a)) >= 3", "'xxxx'"),
    ("varchar(20)", "a IS NOT NULL", "''"),
    ("date", "a > '2000-01-01'", "'1970-01-01'"),
]


def table(column: Column, **more: object) -> Table:
    columns = (Column(name="id", type="int"), column)
    return replace(
        Table(name="t", columns=columns, primary_key=PrimaryKey(columns=("id",))), **more
    )


def values(url: DatabaseUrl, wanted: Table, more: str = "") -> list[object]:
    """What three rows hold in column `a` once the placeholder was written to them and the table made as wanted."""
    column = wanted.columns[1]
    with closing(connect(url, lock_timeout_ms=1_000)) as session:
        for missing in MYSQL.lacking(Database(tables=(wanted,)), session.server_version):
            pytest.skip(missing)
        session.execute(f"CREATE TABLE t (id int PRIMARY KEY, a {column.type} NULL)")
        session.execute("INSERT INTO t (id) VALUES (1), (2), (3)")
        session.execute(f"UPDATE t SET a = {MYSQL.placeholder(wanted, column, None)}")
        session.execute(f"ALTER TABLE t MODIFY a {column.type} NOT NULL {more}")
        return [value for (value,) in session.query("SELECT a FROM t")]


@pytest.mark.parametrize("native", TYPES)
def test_there_is_a_value_of_every_type(mysql: DatabaseUrl, native: str) -> None:
    assert None not in values(mysql, table(Column(name="a", type=native)))


@pytest.mark.parametrize(("native", "check", "expected"), CHECKS)
def test_a_value_is_one_that_the_checks_allow(
    native: str, check: str, expected: str | None
) -> None:
    column = Column(name="a", type=native)
    found = MYSQL.placeholder(
        table(column, checks=(Check(name="c", expression=check),)), column, None
    )
    assert expected is None or found == expected


@pytest.mark.parametrize(
    "native", ["int", "varchar(36)", "varchar(10)", "binary(16)", "decimal(10,0)"]
)
def test_unique_values_differ(mysql: DatabaseUrl, native: str) -> None:
    column = Column(name="a", type=native)
    index = Index(name="i", parts=(IndexPart(column="a"),), unique=True)
    assert len(set(values(mysql, table(column, indexes=(index,)), ", ADD UNIQUE (a)"))) == 3


def test_a_row_that_refers_to_its_own_table_refers_to_itself(mysql: DatabaseUrl) -> None:
    column = Column(name="a", type="int")
    key = ForeignKey(name="f", columns=("a",), table="t", references=("id",))
    more = ", ADD FOREIGN KEY (a) REFERENCES t (id)"
    assert values(mysql, table(column, foreign_keys=(key,)), more) == [1, 2, 3]


def test_an_id_gets_a_uuid() -> None:
    column = Column(name="a", type="varchar(36)")
    kind = LogicalType(kind=LogicalKind.ID)
    assert MYSQL.placeholder(table(column), column, kind) == "UUID()"
