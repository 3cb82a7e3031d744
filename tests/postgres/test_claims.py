"""What a plan does not warn of does not happen: measured on live servers, statement by statement.

A statement without "rewrites the table" leaves every file of a table that was there as it is. One without
"blocks writes or reads" reads no table row by row, and builds no index, while this transaction holds a lock on
it that others have to wait for. A change of type without "may fail" takes all values, and without "changes
data" the way back gives them back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.postgres.planning.casts import cast
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.migrations.draft import Manner, draft
from okra.plan import HazardKind
from okra.relational.changes import CreateTable
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)
from okra.relational.order import order
from okra.source import Source
from watching import Watch, false_claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.session import MigrationSession
    from okra.migrations.draft import Draft
    from okra.plan import Plan
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")
GOLDEN = Path(__file__).parent.parent / "golden"
VALUES = {
    "smallint": ["0", "-7", "32767"],
    "integer": ["0", "42", "2147483647"],
    "bigint": ["0", "-1", "9007199254740993"],
    "real": ["0", "1.5", "3.4e38"],
    "double precision": ["0", "0.1", "1e300"],
    "numeric": ["0", "1.50", "12345678901234567890.123456789"],
    "numeric(6,2)": ["0", "9999.99"],
    "numeric(8,2)": ["0", "999999.99"],
    "numeric(8,4)": ["0", "9999.9999"],
    "boolean": ["true", "false"],
    "text": ["''", "'007'", "'{}'", "' pad '", "'a longer text than most'"],
    "character varying": ["''", "'abc'"],
    "character varying(5)": ["''", "'abcde'", "'1'"],
    "character varying(9)": ["'abcdefghi'"],
    "character(3)": ["'ab'", "'abc'"],
    "bytea": ["'\\x'", "'\\x00ff'"],
    "uuid": ["'00000000-0000-0000-0000-000000000001'"],
    "json": ['\'{"a": 1, "a": 2}\'', "'[]'"],
    "jsonb": ["'{\"a\": 1}'", "'null'"],
    "date": ["'2024-02-29'", "'infinity'"],
    "time without time zone": ["'12:34:56.789012'"],
    "time(3) without time zone": ["'12:34:56.789'"],
    "timestamp without time zone": ["'2024-02-29 12:34:56.789012'", "'infinity'"],
    "timestamp(3) without time zone": ["'2024-02-29 12:34:56.789'"],
    "timestamp with time zone": ["'2024-02-29 12:34:56.789012+00'"],
    "timestamp(3) with time zone": ["'2024-02-29 12:34:56.789+00'"],
    "interval": ["'1 day 02:03:04.567891'"],
    "inet": ["'10.0.0.1/8'"],
    "cidr": ["'10.0.0.0/8'"],
    "bit(3)": ["'101'"],
    "bit varying": ["'1'", "'10101'"],
    "bit varying(5)": ["'10101'"],
    "integer[]": ["'{1,2}'", "'{}'"],
    "text[]": ["'{a,NULL}'"],
    "character varying(5)[]": ["'{abcde}'"],
    "mood": ["'good'", "'bad'"],
    "state": ["'open'"],
}
ENUMS = "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TYPE state AS ENUM ('open')"


def typed(kind: str) -> Database:
    table = Table(
        name="things",
        columns=(
            Column(name="id", type="integer"),
            Column(name="value", type=kind, nullable=True),
        ),
        primary_key=PrimaryKey(columns=("id",), name="things_pkey"),
    )
    enums = (
        EnumType(name="mood", values=("good", "bad")),
        EnumType(name="state", values=("open",)),
    )
    return Database(tables=(table,), enums=enums)


INDEXED = [kind for kind in VALUES if kind != "json"]


def with_parts(kind: str) -> Database:
    """The same, and a check, an index of each kind and a condition are about the column."""
    table = typed(kind).tables[0]
    value = "value IS NOT NULL"
    indexes = (
        Index(name="by_value", parts=(IndexPart(column="value"),)),
        Index(name="by_part", parts=(IndexPart(column="id"),), where=value),
        Index(name="by_expression", parts=(IndexPart(expression=f"({value})"),)),
    )
    check = Check(name="odd", expression=f"{value} OR id >= 0")
    return Database(
        tables=(replace(table, indexes=indexes, checks=(check,)),), enums=typed(kind).enums
    )


def indexed(kind: str) -> Database:
    """The same with nothing but an index of the column."""
    table = typed(kind).tables[0]
    index = Index(name="by_value", parts=(IndexPart(column="value"),))
    return Database(tables=(replace(table, indexes=(index,)),), enums=typed(kind).enums)


def plan_between(before: Database, after: Database, *, online: bool = True) -> Plan:
    changes = order(diff(before, after), cut_cycles=True)
    return POSTGRES.plan(changes, after, online=online)


def values(session: MigrationSession) -> list[tuple]:
    return session.query("SELECT value::text FROM things ORDER BY id")


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("parts", [indexed, with_parts])
@pytest.mark.parametrize("before", INDEXED)
def test_a_change_of_type_does_no_more_to_what_uses_the_column(
    postgres: DatabaseUrl,
    before: str,
    parts: Callable[[str], Database],
    online: bool,
) -> None:
    wrong: list[str] = []
    session = connect(postgres, lock_timeout_ms=5_000)
    watch = Watch(session)
    for text in ENUMS.split("; "):
        session.execute(text)
    for after in INDEXED:
        if after == before or cast(before, after, ("mood", "state")).rewrites:
            continue  # what is written anew says so already
        made = CreateTable(table=parts(before).tables[0])
        for statement in POSTGRES.plan([made], parts(before)).statements:
            session.execute(statement.sql)
        session.execute("INSERT INTO things VALUES (1, NULL)")
        wrong += false_claims(watch.go(plan_between(parts(before), parts(after), online=online)))
        session.execute("DROP TABLE things")
    session.close()

    assert wrong == []


@pytest.mark.parametrize("before", VALUES)
def test_a_change_of_type_does_no_more_than_it_says(postgres: DatabaseUrl, before: str) -> None:
    wrong: list[str] = []
    session = connect(postgres, lock_timeout_ms=5_000)
    watch = Watch(session)
    for text in ENUMS.split("; "):
        session.execute(text)
    for after in VALUES:
        if after == before:
            continue
        session.execute(
            f"CREATE TABLE things (id integer CONSTRAINT things_pkey PRIMARY KEY, value {before})"
        )
        for number, value in enumerate(VALUES[before]):
            session.execute(f"INSERT INTO things VALUES ({number}, {value})")
        old = values(session)
        up = plan_between(typed(before), typed(after))
        back = plan_between(typed(after), typed(before))
        told = {h.kind for h in up.hazards}
        told_back = {h.kind for h in back.hazards}
        try:
            wrong += false_claims(watch.go(up))
            new = values(session)
            watch.go(back)
            if HazardKind.CHANGES_DATA not in told | told_back and values(session) != old:
                wrong.append(f"{before} → {after}: {old} became {new}, then {values(session)}")
        except DatabaseError as error:
            if HazardKind.MAY_FAIL not in told | told_back:
                wrong.append(f"{before} → {after}: {error.message} {error.__cause__}")
        session.execute("DROP TABLE things")
    session.close()

    assert wrong == []


def parsed(path: Path):
    text = path.read_text() if path.exists() else ""
    return parse_schema([Source(path.name, text)]).definition


def drafts(folder: Path, *, online: bool) -> tuple[Draft, Draft]:
    before, after = parsed(folder / "before.okra.gql"), parsed(folder / "after.okra.gql")
    first = draft("postgres", Database(), None, before)
    return first, draft("postgres", first.after, before, after, manner=Manner(online=online))


def execute(session: MigrationSession, *plans: Plan) -> None:
    for found in plans:
        for statement in found.statements:
            session.execute(statement.sql)


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize(
    "case", sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "postgres.sql").exists())
)
def test_a_plan_does_no_more_than_it_says(postgres: DatabaseUrl, case: str, online: bool) -> None:
    folder = GOLDEN / case
    session = connect(postgres, lock_timeout_ms=5_000)
    first, second = drafts(folder, online=online)
    lacking = [
        each
        for found in (second.before, second.after)
        for each in POSTGRES.lacking(found, session.server_version)
    ]
    if lacking:  # then the server does not know it, indeed
        with pytest.raises(DatabaseError):
            execute(session, first.plan, second.plan)
        session.close()
        return
    execute(session, first.plan)

    wrong = false_claims(Watch(session).go(second.plan))
    wrong += false_claims(Watch(session).go(second.reverse))

    session.close()
    assert wrong == []
