"""What older servers lack is said with the version, and what they have is not."""

from __future__ import annotations

from typing import Any

import pytest

from okra.dialects import dialect
from okra.relational.model import (
    Check,
    Column,
    Database,
    Generated,
    Index,
    IndexPart,
    Table,
)

POSTGRES = dialect("postgres")
A = (IndexPart(column="a"),)
MULTI = (IndexPart(column="a", ops="int4_minmax_multi_ops"),)


def lacking(version: str, **parts: Any) -> tuple[str, ...]:
    columns = (Column(name="a", type="integer"), *parts.pop("columns", ()))
    table = Table(name="t", columns=columns, **parts)
    return POSTGRES.lacking(Database(tables=(table,)), version)


VIRTUAL = Column(name="b", type="integer", generated=Generated(expression="a", stored=False))
STORED = Column(name="b", type="integer", generated=Generated(expression="a"))
NULLS = Index(name="i", parts=A, unique=True, nulls_distinct=False)


@pytest.mark.parametrize(
    ("parts", "first", "what"),
    [
        ({"columns": (VIRTUAL,)}, 18, "column `t.b` is computed and not stored"),
        ({"indexes": (NULLS,)}, 15, "index `i` of `t` has NULLS NOT DISTINCT"),
        (
            {"columns": (Column(name="b", type="int4multirange"),)},
            14,
            "column `t.b` has the type `int4multirange`",
        ),
        (
            {"columns": (Column(name="b", type="numeric(3,-2)"),)},
            15,
            "column `t.b` has the type `numeric(3,-2)`",
        ),
        (
            {"indexes": (Index(name="i", parts=MULTI, method="brin"),)},
            14,
            "index `i` of `t` has the operator class int4_minmax_multi_ops",
        ),
        (
            {"columns": (Column(name="b", type="uuid", default="uuidv7()"),)},
            18,
            "column `t.b` calls uuidv7()",
        ),
        (
            {"checks": (Check(name="k", expression="regexp_like(b, 'x')"),)},
            15,
            "check `k` of `t` calls regexp_like()",
        ),
        (
            {"indexes": (Index(name="i", parts=(IndexPart(expression="casefold(b)"),)),)},
            18,
            "index `i` of `t` calls casefold()",
        ),
        (
            {"indexes": (Index(name="i", parts=A, method="spgist", include=("a",)),)},
            14,
            "index `i` of `t` is of the type SP-GiST and has INCLUDE",
        ),
    ],
)
def test_a_version_lacks_what_came_later(parts: dict[str, Any], first: int, what: str):
    older = first - 1
    assert lacking(f"{first}.1", **parts) == ()
    assert lacking(f"{older}.22 (Debian {older}.22-1)", **parts) == (
        f"{what}: PostgreSQL has that from version {first} on, and the server is {older}",
    )


def test_thirteen_has_everything_else():
    exact = Column(name="c", type="numeric(3,3)[]")
    assert lacking("13.0", columns=(STORED, exact), indexes=(Index(name="i", parts=A),)) == ()
