"""Checks that stand in a column's definition stay when the column changes, and go when they should."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.relational.diff import diff
from okra.relational.model import Check, Column, Database, Generated, Table
from okra.relational.order import order
from okra.relational.renaming import ColumnRename, Renames

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
IN_COLUMN = "age int NULL CHECK (age > 0)"
IN_TABLE = "age int NULL, CONSTRAINT age CHECK (age > 0)"
TABLE = Table(
    name="t",
    columns=(Column(name="id", type="int"), Column(name="age", type="int", nullable=True)),
    checks=(Check(name="age", expression="age > 0"),),
)
WIDER = (TABLE.columns[0], replace(TABLE.columns[1], type="bigint"))
OTHER = (Check(name="age", expression="age > 5"),)


@pytest.mark.parametrize("made", [IN_COLUMN, IN_TABLE])
@pytest.mark.parametrize(
    "after",
    [
        replace(TABLE, columns=WIDER),
        replace(TABLE, checks=()),
        replace(TABLE, columns=WIDER, checks=()),
        replace(TABLE, checks=OTHER),
        replace(TABLE, columns=WIDER, checks=OTHER),
        replace(TABLE, checks=(Check(name="renamed", expression="age > 0"),)),
        replace(TABLE, columns=TABLE.columns[:1], checks=()),
    ],
)
def test_a_check_in_a_column_is_where_it_should_be_afterwards(
    mariadb: DatabaseUrl, made: str, after: Table
) -> None:
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(
            f"CREATE TABLE t (id int NOT NULL, {made})"
            " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        )
        before = MYSQL.introspect(session).database
        wanted = Database(tables=(after,))
        assert before == Database(tables=(TABLE,))
        for statement in MYSQL.plan(
            order(diff(before, wanted), cut_cycles=True), wanted
        ).statements:
            session.execute(statement.sql)
        assert diff(MYSQL.introspect(session).database, wanted) == ()


YEARS = replace(TABLE.columns[1], name="years")
DOUBLE = Column(
    name="twice",
    type="int",
    nullable=True,
    generated=Generated(expression="age * 2", stored=False),
)
RENAMES = Renames(columns=(ColumnRename(table="t", before="age", after="years"),))


def of_years(name: str) -> tuple[Check, ...]:
    return (Check(name=name, expression="years > 0"),)


@pytest.mark.parametrize("made", [IN_COLUMN, IN_TABLE])
@pytest.mark.parametrize(
    ("column", "checks"),
    [
        (YEARS, of_years("age")),
        (YEARS, of_years("years")),
        (YEARS, of_years("t_years_check")),
        (YEARS, ()),
        (YEARS, (Check(name="age", expression="years > 5"),)),
        (replace(YEARS, type="bigint"), of_years("age")),
    ],
)
def test_a_check_in_a_column_follows_it_to_another_name_and_back(
    mariadb: DatabaseUrl, made: str, column: Column, checks: tuple[Check, ...]
) -> None:
    double = replace(DOUBLE, generated=Generated(expression="years * 2", stored=False))
    after = replace(TABLE, columns=(TABLE.columns[0], column, double), checks=checks)
    wanted = Database(tables=(after,))
    with closing(connect(mariadb, lock_timeout_ms=1_000)) as session:
        session.execute(
            f"CREATE TABLE t (id int NOT NULL, {made}, twice int AS (age * 2) VIRTUAL)"
            " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        )
        before = MYSQL.introspect(session).database
        for old, new, renames in ((before, wanted, RENAMES), (wanted, before, RENAMES.inverted())):
            changes = order(diff(old, new, renames), cut_cycles=True)
            for statement in MYSQL.plan(changes, new).statements:
                session.execute(statement.sql)
            assert diff(MYSQL.introspect(session).database, new) == ()
