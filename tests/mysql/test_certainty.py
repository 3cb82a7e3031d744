"""A check that a plan calls safe is safe: the server finds no row that does not satisfy it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.plan import HazardKind
from okra.relational.diff import diff
from okra.relational.model import Check, Column, Database, PrimaryKey, Table
from okra.relational.order import order

if TYPE_CHECKING:
    from okra.plan import Plan
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
ID = Column(name="id", type="int")
TABLE = Table(name="t", columns=(ID,), primary_key=PrimaryKey(columns=("id",)))


def with_check(expression: str, default: str | None, collation: str | None) -> Plan:
    """The plan for a new column `a` with a check, which is NULL where it has no default."""
    column = Column(
        name="a",
        type="varchar(20)",
        nullable=default is None,
        default=default,
        collation=collation,
    )
    checks = (Check(name="c", expression=expression),)
    after = Table(
        name="t", columns=(ID, column), primary_key=PrimaryKey(columns=("id",)), checks=checks
    )
    database = Database(tables=(after,))
    changes = diff(Database(tables=(TABLE,)), database)
    return MYSQL.plan(order(changes, cut_cycles=True), database)


SAFE = [
    ("a = 'x'", "'x'", None),
    ("a <> 'x'", "'y'", None),
    ("a IN ('x', 'y')", "'y'", "utf8mb4_bin"),
    ("a < 'b'", "'a'", "utf8mb4_bin"),
    ("char_length(a) > 2", "'abc'", None),
    ("a > 'x'", None, None),
]
DOUBTFUL = [
    ("a = 'x'", "'X'", "utf8mb4_bin"),
    ("a <> 'x'", "'X'", None),
    ("a <> 'e'", "'é'", None),
    ("a <> 'e'", "'e '", None),
    ("a < 'B'", "'a'", "utf8mb4_bin"),
    ("a NOT IN ('ab', 'cd')", "'AB'", None),
    ("is_ipv4(a)", None, None),
    ("a IS NOT NULL", None, None),
]


def may_fail(plan: Plan) -> bool:
    return any(hazard.kind is HazardKind.MAY_FAIL for hazard in plan.hazards)


def works(mysql: DatabaseUrl, plan: Plan) -> bool:
    """Whether the server does it where there is a row."""
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute(
            "CREATE TABLE t (id int PRIMARY KEY) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        )
        session.execute("INSERT INTO t VALUES (1)")
        try:
            for statement in plan.statements:
                session.execute(statement.sql)
        except DatabaseError as error:
            assert error.code == "OKR509", error
            return False
    return True


@pytest.mark.parametrize(("expression", "default", "collation"), SAFE)
def test_what_is_certain_is_called_safe(
    mysql: DatabaseUrl, expression: str, default: str | None, collation: str | None
) -> None:
    plan = with_check(expression, default, collation)

    assert (may_fail(plan), works(mysql, plan)) == (False, True)


@pytest.mark.parametrize(("expression", "default", "collation"), DOUBTFUL)
def test_what_the_collation_decides_may_fail(
    mysql: DatabaseUrl, expression: str, default: str | None, collation: str | None
) -> None:
    plan = with_check(expression, default, collation)

    assert (may_fail(plan), works(mysql, plan)) == (True, False)
