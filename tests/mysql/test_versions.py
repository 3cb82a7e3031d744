"""What a server has not is named with its version, before anything runs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.dialects.mysql.natives.mariadb import flavour, version_of
from okra.dialects.mysql.natives.versions import lacking
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Index,
    IndexPart,
    Table,
)

PLAIN = Column(name="a", type="int")


def table(**parts: object) -> Database:
    return Database(tables=(replace(Table(name="t", columns=(PLAIN,)), **parts),))


def index(part: IndexPart, *, unique: bool = False, visible: bool = True) -> Database:
    columns = (PLAIN, Column(name="s", type="text"))
    found = Index(name="i", parts=(part,), unique=unique, visible=visible)
    return table(columns=columns, indexes=(found,))


CASES = [
    (
        index(IndexPart(expression="lower(s)")),
        "10.11.6-MariaDB",
        "has not indexes of expressions: index `i` of `t`",
    ),
    (index(IndexPart(expression="lower(s)")), "8.0.36", None),
    (
        index(IndexPart(expression="lower(s)")),
        "8.0.12",
        "has not indexes of expressions, only 8.0.13 has: index `i` of `t`",
    ),
    (
        index(IndexPart(column="a", descending=True)),
        "10.6.12-MariaDB",
        "has not descending indexes, only 10.8.1 has: index `i` of `t`",
    ),
    (index(IndexPart(column="a", descending=True)), "8.0.11", None),
    (
        index(IndexPart(column="s"), unique=True),
        "8.4.0",
        "has not unique indexes of long texts: index `i` of `t`",
    ),
    (
        index(IndexPart(column="a"), visible=False),
        "10.5.3-MariaDB",
        "has not indexes that queries leave alone, only 10.6.0 has: index `i` of `t`",
    ),
    (table(columns=(Column(name="a", type="uuid"),)), "8.4.0", "has not the type `uuid`: `t.a`"),
    (table(columns=(Column(name="a", type="uuid"),)), "10.11.6-MariaDB", None),
    (
        table(columns=(Column(name="a", type="point srid 4326"),)),
        "10.11.6-MariaDB",
        "has not SRID of a column: `t.a`",
    ),
    (
        table(columns=(Column(name="a", type="json", default="('{}')"),)),
        "8.0.12",
        "has not expressions as defaults, only 8.0.13 has: `t.a`",
    ),
    (
        table(columns=(Column(name="a", type="text", collation="utf8mb4_0900_ai_ci"),)),
        "10.11.6-MariaDB",
        "has not the collation utf8mb4_0900_ai_ci, only 11.4.5 has: `t.a`",
    ),
    (
        table(checks=(Check(name="c", expression="a > 0"),)),
        "8.0.18",
        "has not checks that DROP CONSTRAINT drops, only 8.0.19 has: check `c` of `t`",
    ),
    (
        table(
            columns=(Column(name="a", type="varchar(769)"),),
            indexes=(Index(name="i", parts=(IndexPart(column="a"),), unique=True),),
        ),
        "8.0.36",
        "has not unique indexes of long texts: index `i` of `t`",
    ),
    (
        table(
            columns=(Column(name="a", type="json"),),
            indexes=(Index(name="i", parts=(IndexPart(column="a", length=10),)),),
        ),
        "8.0.36",
        "has not indexes of JSON columns: index `i` of `t`",
    ),
    (table(options=("engine=Aria",)), "8.0.36", "has not the engine Aria: table `t`"),
    (
        table(
            checks=(Check(name="c", expression="a > 0"),),
            foreign_keys=(
                ForeignKey(
                    name="f",
                    columns=("a",),
                    table="p",
                    references=("id",),
                    on_update=Action.CASCADE,
                ),
            ),
        ),
        "8.0.36",
        "has not checks of columns that a foreign key changes: check `c` of `t`",
    ),
]


@pytest.mark.parametrize(("database", "version", "expected"), CASES)
def test_what_a_server_lacks_is_said(
    database: Database, version: str, expected: str | None
) -> None:
    server = "MariaDB" if "MariaDB" in version else "MySQL"
    number = version.partition("-")[0]
    assert lacking(database, version) == (
        () if expected is None else (f"{server} {number} {expected}",)
    )


def test_the_version_of_mariadb_is_read_behind_what_it_tells_old_clients() -> None:
    assert version_of("5.5.5-10.6.12-MariaDB-log") == (10, 6, 12)


def test_old_servers_are_asked_only_for_what_their_catalogue_has() -> None:
    found = [flavour(version) for version in ("8.0.11", "8.0.15", "8.0.16", "10.6.1-MariaDB")]
    assert [each.index_expression for each in found] == ["NULL", "expression", "expression", "NULL"]
    assert ["check_constraints" in each.checks for each in found] == [False, False, True, True]
