"""Every required column can be filled again when the way back has lost its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.postgres.natives.typenames import canonical_type
from okra.relational.model import (
    Check,
    Column,
    ForeignKey,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)
from random_tables import TYPES

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

POSTGRES = dialect("postgres")
MORE = ["path", "line", "lseg", "box", "polygon", "circle", "macaddr8", "datemultirange", "tsquery", "name", "oid", "pg_lsn", "jsonpath", "tid", "cid", "xid", "xid8", "pg_snapshot", "regclass", "regtype", "regoper", "regconfig", "regrole"]  # fmt: skip
DIFFERING = ["smallint", "integer", "bigint", "numeric", "double precision", "text", "uuid", "bytea", "date", "timestamp without time zone", "timestamp with time zone", "character varying(30)"]  # fmt: skip


def fill(session: MigrationSession, table: Table, kind: LogicalType | None = None) -> list[object]:
    """The values that rows get in the new column of `table`."""
    column = table.columns[-1]
    value = POSTGRES.placeholder(table, column, kind)
    session.execute(f"ALTER TABLE t ADD c {column.type}")
    session.execute(f"UPDATE t SET c = {value}")
    session.execute("ALTER TABLE t ALTER c SET NOT NULL")
    return [row[0] for row in session.query("SELECT c::text FROM t")]


def with_column(native: str) -> Table:
    columns = (Column(name="id", type="integer"), Column(name="c", type=native))
    return Table(name="t", columns=columns, primary_key=PrimaryKey(columns=("id",)))


@pytest.fixture
def rows(session: MigrationSession) -> MigrationSession:
    session.execute("CREATE TYPE mood AS ENUM ('sad', 'Very happy')")
    session.execute("CREATE TABLE t (id integer PRIMARY KEY)")
    session.execute("INSERT INTO t SELECT generate_series(1, 1000)")
    return session


def test_a_column_of_any_type_gets_a_value(rows: MigrationSession):
    for native in [*TYPES, *MORE]:
        if native in (
            "mood",
            "xml",
        ):  # the one is tested below, the other is not built into every server
            continue
        fill(rows, with_column(canonical_type(native)))
        rows.execute("ALTER TABLE t DROP c")


def test_an_enum_gets_its_first_value(rows: MigrationSession):
    kind = LogicalType(kind=LogicalKind.ENUM, enum="mood")
    assert set(fill(rows, with_column("mood"), kind)) == {"sad"}


@pytest.mark.parametrize("native", DIFFERING)
def test_a_unique_column_gets_another_value_in_each_row(rows: MigrationSession, native: str):
    table = with_column(native)
    unique = Index(name="u", parts=(IndexPart(column="c"),), unique=True)
    found = fill(rows, Table(name="t", columns=table.columns, indexes=(unique,)))
    assert len(set(found)) == len(found) == 1000


def test_a_key_gets_the_first_row_that_it_can_refer_to(rows: MigrationSession):
    rows.execute(
        "CREATE TABLE parents (id integer PRIMARY KEY); INSERT INTO parents VALUES (7), (5)"
    )
    key = ForeignKey(columns=("c",), table="parents", references=("id",))
    table = Table(name="t", columns=with_column("integer").columns, foreign_keys=(key,))
    assert set(fill(rows, table)) == {"5"}


def test_a_key_to_its_own_table_gets_the_row_itself(rows: MigrationSession):
    key = ForeignKey(columns=("c",), table="t", references=("id",))
    table = Table(name="t", columns=with_column("integer").columns, foreign_keys=(key,))
    assert sorted(int(str(value)) for value in fill(rows, table)) == list(range(1, 1001))


@pytest.mark.parametrize(
    ("native", "check", "value"),
    [
        ("integer", "c >= 1", "1"),
        ("integer", "c > 5 AND c < 10", "6"),
        ("integer", "c BETWEEN 3 AND 4", "3"),
        ("integer", "c IN (7, 8)", "7"),
        ("integer", "c <> 0", "1"),
        ("integer", "c < 0 OR c > 100", "-1"),
        ("numeric(4,2)", "c > 0.5", "1"),
        ("bigint", "c >= 0", "0"),
        ("text", "c IN ('a', 'b')", "'a'"),
        ("text", "c <> ''", "'x'"),
        ("text", "length(c) > 3", "'xxxx'"),
        ("text", "char_length(c) BETWEEN 2 AND 5", "'xx'"),
        ("text", "c LIKE 'a%'", "'ax'"),
        ("character varying(9)", "c = lower(c)", "''"),
        ("boolean", "c", "true"),
        ("boolean", "c = true", "true"),
        ("date", "c > '2000-01-01'", "'1970-01-01'"),
        (
            "uuid",
            "c IS NOT NULL AND c <> '00000000-0000-0000-0000-000000000000'",
            "gen_random_uuid()",
        ),
        ("integer", "c > id", "0"),
        ("integer", "c % 2 = 1", "0"),
    ],
)
def test_a_checked_column_gets_a_value_that_the_check_allows(native: str, check: str, value: str):
    columns = (Column(name="id", type="integer"), Column(name="c", type=native))
    checks = (Check(name="k", expression=check), Check(name="other", expression="id > 0"))
    table = Table(name="t", columns=columns, checks=checks)
    assert POSTGRES.placeholder(table, columns[1], None) == value
