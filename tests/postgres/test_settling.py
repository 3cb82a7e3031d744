"""Spellings that no rule knows are told from differences by the server itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from okra.dialects import dialect
from okra.relational.changes import AlterTable, RenameCheck, RenameIndex
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Database,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")
INT = LogicalType(kind=LogicalKind.INT)
MOMENT = LogicalType(kind=LogicalKind.DATE_TIME)

UNSETTLED = Table(
    name="t",
    columns=(
        Column(name="a", type=INT, nullable=True),
        Column(name="at", type=MOMENT, nullable=True, default="'Jan 1 2024'"),
    ),
    checks=(Check(name="k", expression="a ^ 2 > 4 AND at < 'Feb 3 2030'"),),
    indexes=(Index(name="i", parts=(IndexPart(expression="sqrt(a)"),), where="at > 'May 5 2025'"),),
)


def unsettled(session: MigrationSession) -> Database:
    session.execute(
        "CREATE TABLE t (a integer, at timestamp DEFAULT '2024-01-01 00:00:00',"
        " CONSTRAINT k CHECK ((a ^ 2) > 4 AND at < '2030-02-03'))"
    )
    session.execute("CREATE INDEX i ON t (sqrt(a)) WHERE at > '2025-05-05'")
    return POSTGRES.resolve(Database(tables=(UNSETTLED,))).database


def test_the_server_settles_what_no_rule_knows(session: MigrationSession):
    wanted = unsettled(session)
    before = POSTGRES.catalogue(session)

    assert len(diff(POSTGRES.introspect(session).database, wanted)) == 1
    assert diff(POSTGRES.introspect(session, wanted=wanted).database, wanted) == ()
    assert POSTGRES.catalogue(session) == before


def test_the_server_settles_inside_a_transaction_and_leaves_it_open(session: MigrationSession):
    wanted = unsettled(session)
    session.execute("BEGIN")
    session.execute("CREATE TABLE mine (a integer)")

    found = POSTGRES.introspect(session, ["t"], wanted=wanted).database

    assert diff(found, wanted) == ()
    assert [table.name for table in POSTGRES.introspect(session).database.tables] == ["mine", "t"]
    session.execute("ROLLBACK")
    assert [table.name for table in POSTGRES.introspect(session).database.tables] == ["t"]


def test_the_server_settles_for_a_session_that_only_reads(
    session: MigrationSession, postgres: DatabaseUrl, opened: Callable[..., MigrationSession]
):
    wanted = unsettled(session)
    reader = opened(postgres, read_only=True)

    found = POSTGRES.introspect(reader, wanted=wanted).database

    assert diff(found, wanted) == ()


def test_what_really_differs_stays_a_difference(session: MigrationSession):
    wanted = unsettled(session)
    table = wanted.tables[0]
    others = (
        msgspec.structs.replace(table, checks=(Check(name="k", expression="a ^ 3 > 4"),)),
        msgspec.structs.replace(
            table,
            columns=(
                table.columns[0],
                msgspec.structs.replace(table.columns[1], default="'2024-01-02 00:00:00'"),
            ),
        ),
        msgspec.structs.replace(
            table, columns=(*table.columns, Column(name="new", type="no_such_type"))
        ),
        msgspec.structs.replace(table, checks=(Check(name="k", expression="no_such_function(a)"),)),
    )
    for other in others:
        changed = Database(tables=(other,))
        assert diff(POSTGRES.introspect(session, wanted=changed).database, changed) != ()


@pytest.mark.parametrize(
    ("live", "wanted"),
    [
        ("DEFAULT '5'", "5"),
        ("DEFAULT 5.0", "5"),
        ("DEFAULT '-5'", "-5"),
        ("DEFAULT (0)::bigint", "0"),
    ],
)
def test_numbers_are_compared_by_their_value(session: MigrationSession, live: str, wanted: str):
    session.execute(f"CREATE TABLE t (a bigint {live})")
    column = Column(name="a", type="bigint", nullable=True, default=wanted)
    database = POSTGRES.resolve(Database(tables=(Table(name="t", columns=(column,)),))).database
    assert diff(POSTGRES.introspect(session, wanted=database).database, database) == ()


@pytest.mark.parametrize(
    ("live", "wanted"),
    [
        ("v = ANY (ARRAY[('a'::varchar)::text, ('b'::varchar)::text])", "v IN ('a', 'b')"),
        ("v = ANY (ARRAY['a', 'b'])", "v IN ('a', 'b')"),
        ("v IN ('a')", "v = 'a'::text"),
        ("a >= 1 AND a <= 5 AND b > 0", "(a BETWEEN 1 AND 5) AND b > 0"),
        ("timezone('utc', at) > '2020-01-01'", "(at AT TIME ZONE 'utc') > '2020-01-01'"),
        ("date_part('year', at) > 2000", "extract(year from at) > 2000"),
        ("btrim(v) <> ''", "trim(v) <> ''"),
        ("substring(v, 1, 2) = 'ab'", "substring(v from 1 for 2) = 'ab'"),
        ("at < now()", "at < current_timestamp"),
        ("n > 1.50", "n > 1.5"),
    ],
)
def test_older_spellings_of_the_same_are_equal(session: MigrationSession, live: str, wanted: str):
    assert not differs(session, live, wanted)


@pytest.mark.parametrize(
    ("live", "wanted"),
    [
        ("a / 2 > 0.4", "a / 2.0 > 0.4"),
        ("v = '01'", "v = '1'"),
        ("v > '1'", "v > '1.00'"),
        ("v::varchar(3) = 'abc'", "v::varchar(5) = 'abc'"),
        ("a::text > '5'", "a > '5'"),
        ("at::date > now()::date", "at::date > now()"),
    ],
)
def test_what_means_something_else_is_no_older_spelling(
    session: MigrationSession, live: str, wanted: str
):
    assert differs(session, live, wanted)


@pytest.mark.parametrize(("live", "wanted"), [("'01'", "1"), ("'1.0'", "1")])
def test_texts_of_digits_are_no_numbers(session: MigrationSession, live: str, wanted: str):
    session.execute(f"CREATE TABLE t (a text DEFAULT {live})")
    column = Column(name="a", type="text", nullable=True, default=f"'{wanted}'")
    database = Database(tables=(Table(name="t", columns=(column,)),))
    assert diff(POSTGRES.introspect(session, wanted=database).database, database) != ()


def differs(session: MigrationSession, live: str, wanted: str) -> bool:
    """Whether a table with the check `live` is told from one with the check `wanted`."""
    columns = {
        "a": "integer",
        "b": "integer",
        "v": "varchar(9)",
        "n": "numeric",
        "at": "timestamptz",
    }
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    session.execute(f"CREATE TABLE t ({listed}, CONSTRAINT k CHECK ({live}))")
    table = Table(
        name="t",
        columns=tuple(
            Column(name=name, type=LogicalType(kind=LogicalKind.NATIVE, native=kind), nullable=True)
            for name, kind in columns.items()
        ),
        checks=(Check(name="k", expression=wanted),),
    )
    database = POSTGRES.resolve(Database(tables=(table,))).database
    return diff(POSTGRES.introspect(session, wanted=database).database, database) != ()


def test_what_is_called_otherwise_is_renamed_and_not_made_again(session: MigrationSession):
    wanted = unsettled(session)
    session.execute("ALTER TABLE t RENAME CONSTRAINT k TO older; ALTER INDEX i RENAME TO j")
    found = POSTGRES.introspect(session, wanted=wanted).database

    [change] = diff(found, wanted)

    assert isinstance(change, AlterTable)
    assert [type(step) for step in change.steps] == [RenameCheck, RenameIndex]
