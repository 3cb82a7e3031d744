"""One canonical text for all that a server prints alike, and one that it prints the same way again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.postgres.expressions.canonical import canonical, canonical_default
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    Table,
)

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

POSTGRES = dialect("postgres")
FOLDER = Path(__file__).with_name("spellings")
CHECKS = FOLDER.joinpath("checks.txt").read_text().splitlines()
INDEXES = FOLDER.joinpath("indexes.txt").read_text().splitlines()
DEFAULTS = [
    line.split("\t", 1) for line in FOLDER.joinpath("defaults.txt").read_text().splitlines()
]
MOOD = EnumType(name="mood", values=("sad", "ok", "happy"))
TYPES = {
    "c": "integer",
    "d": "integer",
    "sm": "smallint",
    "bi": "bigint",
    "v": "character varying(10)",
    "t": "text",
    "n": "numeric(10,2)",
    "nn": "numeric",
    "f": "double precision",
    "r": "real",
    "b": "boolean",
    "m": "mood",
    "ts": "timestamp without time zone",
    "tz": "timestamp with time zone",
    "dt": "date",
    "j": "jsonb",
    "js": "json",
    "ch": "character(3)",
    "arr": "integer[]",
    "ta": "text[]",
    "va": "character varying[]",
    "u": "uuid",
    "iv": "interval",
    "tm": "time without time zone",
    "by": "bytea",
    "nm": "name",
    "tsv": "tsvector",
    "cit": "citext",
}
# The server drops a collation that says nothing, and sees through parentheses that we take for a BETWEEN.
REWRITTEN = {"'x' COLLATE \"C\"", "(c >= 1 AND c <= 5) AND d > 0"}


@pytest.fixture
def spelled(session: MigrationSession) -> MigrationSession:
    """A session on a database with the table `spelled`, which has a column of each of TYPES."""
    try:
        session.execute("CREATE EXTENSION citext")
    except Exception as error:  # noqa: BLE001
        pytest.skip(f"no citext here: {error}")
    session.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')")
    session.execute(f"CREATE TABLE spelled ({columns_sql()})")
    return session


def columns_sql() -> str:
    return ", ".join(f"{name} {kind}" for name, kind in TYPES.items())


def printed_check(session: MigrationSession, text: str) -> str:
    session.execute(f"ALTER TABLE spelled ADD CONSTRAINT k CHECK ({text})")
    [(found,)] = session.query(
        "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'k'"
    )
    session.execute("ALTER TABLE spelled DROP CONSTRAINT k")
    return str(found)


def printed_part(session: MigrationSession, text: str) -> str:
    session.execute(f"CREATE INDEX k ON spelled (({text}))")
    [(found,)] = session.query("SELECT pg_get_indexdef('k'::regclass, 1, false)")
    session.execute("DROP INDEX k")
    return str(found)


def printed_default(session: MigrationSession, kind: str, text: str) -> tuple[str | None, str]:
    session.execute(f"CREATE TABLE one (a {kind} DEFAULT {text})")
    [(found, native)] = session.query(
        "SELECT pg_get_expr(adbin, adrelid), format_type(atttypid, atttypmod) FROM pg_attribute"
        " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
        " WHERE attrelid = 'one'::regclass AND attnum = 1"
    )
    session.execute("DROP TABLE one")
    return (None if found is None else str(found)), str(native)


def test_the_canonical_text_of_a_check_is_printed_like_the_original(spelled: MigrationSession):
    types = tuple(TYPES.items())
    wrong = []
    for text in CHECKS:
        printed = printed_check(spelled, text)
        mine, servers = canonical(text, types), canonical(printed, types)
        again = printed_check(spelled, servers)
        if again != printed or canonical(servers, types) != servers:
            wrong.append((text, printed, servers, again))
        if text not in REWRITTEN and printed_check(spelled, mine) != printed:
            wrong.append((text, printed, mine, printed_check(spelled, mine)))
    assert wrong == []


def test_the_canonical_text_of_an_index_is_printed_like_the_original(spelled: MigrationSession):
    types = tuple(TYPES.items())
    wrong = []
    for text in INDEXES:
        printed = printed_part(spelled, text)
        wrong += (
            (text, printed, mine)
            for mine in (canonical(text, types), canonical(printed, types))
            if printed_part(spelled, mine) != printed or canonical(mine, types) != mine
        )
    assert wrong == []


def test_the_canonical_text_of_a_default_is_printed_like_the_original(spelled: MigrationSession):
    wrong = []
    for kind, text in DEFAULTS:
        printed, native = printed_default(spelled, kind, f"({text})")
        if printed is None or text in REWRITTEN:
            continue
        for mine in (canonical_default(text, native), canonical_default(printed, native)):
            again = None if mine is None else printed_default(spelled, kind, mine)[0]
            if again != printed or canonical_default(str(mine), native) != mine:
                wrong.append((kind, text, printed, mine, again))
    assert wrong == []


def native(kind: str) -> LogicalType:
    return LogicalType(kind=LogicalKind.NATIVE, native=kind)


def spelled_tables(session: MigrationSession) -> Database:
    """One table for each spelling, made as it is written; returns what a schema with these texts leads to."""
    columns = tuple(Column(name=n, type=native(kind), nullable=True) for n, kind in TYPES.items())
    tables = []
    for number, text in enumerate(CHECKS):
        name = f"check{number}"
        own = text.replace("spelled.", f"{name}.")
        session.execute(f"CREATE TABLE {name} ({columns_sql()}, CONSTRAINT k CHECK ({own}))")
        check = Check(name="k", expression=own)
        tables.append(Table(name=name, columns=columns, checks=(check,)))
    for number, text in enumerate(INDEXES):
        name, where = f"index{number}", "v IN ('a', 'b')" if number % 2 else "b"
        session.execute(f"CREATE TABLE {name} ({columns_sql()})")
        session.execute(f"CREATE INDEX i{number} ON {name} (({text})) WHERE {where}")
        index = Index(name=f"i{number}", parts=(IndexPart(expression=text),), where=where)
        tables.append(Table(name=name, columns=columns, indexes=(index,)))
    for number, (kind, text) in enumerate(DEFAULTS):
        name = f"default{number}"
        session.execute(f"CREATE TABLE {name} (a {kind} DEFAULT ({text}))")
        column = Column(name="a", type=native(kind), nullable=True, default=text)
        tables.append(Table(name=name, columns=(column,)))
    return POSTGRES.resolve(Database(tables=tuple(tables), enums=(MOOD,))).database


def test_every_spelling_is_quiet_and_most_are_without_asking_the_server(spelled: MigrationSession):
    spelled.execute("DROP TABLE spelled")
    wanted = spelled_tables(spelled)

    alone = diff(POSTGRES.introspect(spelled).database, wanted)
    settled = diff(POSTGRES.introspect(spelled, wanted=wanted).database, wanted)

    assert describe(settled) == []
    assert len(alone) < len(wanted.tables) / 8
