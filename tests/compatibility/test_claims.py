"""What `okra db:check` says of statements of older code is what each server says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from okra.compatibility.comparing import compatibility
from okra.compatibility.finding import Affected, Finding, Level
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.language.definition import SchemaDefinition
    from places import Place

USER = "model User {{ id: Int! @id {} }}"
ORDERS = "model Order { id: Int! @id userId: Int user: User @relation(fields: [userId]%s) }"


class Case(NamedTuple):
    """Two schemas, a statement that was right under the old one, and what becomes of it.

    given    rows of the new schema that are there already
    refused  where the server refuses the statement
    said     where that is said; where it is refused, or everywhere
    """

    before: str
    after: str
    statement: str
    affected: Affected
    level: Level
    refused: tuple[str, ...] = ("sqlite", "postgres", "mysql")
    given: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


W, R = Affected.WRITERS, Affected.READERS
INSERT = "INSERT INTO users (id) VALUES (1)"
CASES = {
    "a required column comes": Case(
        USER.format(""), USER.format("name: String!"), INSERT, W, Level.BREAKING
    ),
    "a required enum comes": Case(
        USER.format(""),
        "enum Role { A B } " + USER.format("role: Role!"),
        INSERT,
        W,
        Level.BREAKING,
        refused=("sqlite", "postgres"),
        said=("sqlite", "postgres", "mysql"),  # MySQL writes the first value, and says nothing
    ),
    "an optional column comes": Case(
        USER.format(""), USER.format("name: String"), INSERT, W, Level.SAFE, ()
    ),
    "a required column with a default comes": Case(
        USER.format(""), USER.format("n: Int! @default(5)"), INSERT, W, Level.SAFE, ()
    ),
    "a column goes": Case(
        USER.format("name: String"), USER.format(""), "SELECT name FROM users", R, Level.BREAKING
    ),
    "a column is renamed": Case(
        USER.format("name: String"),
        USER.format('title: String @renamed(from: "name")'),
        "UPDATE users SET name = 'x'",
        W,
        Level.BREAKING,
    ),
    "a table goes": Case(
        USER.format("") + " model Old { id: Int! @id }",
        USER.format(""),
        "SELECT id FROM olds",
        R,
        Level.BREAKING,
    ),
    "a column becomes required": Case(
        USER.format("name: String"), USER.format("name: String!"), INSERT, W, Level.BREAKING
    ),
    "a column becomes required and has a default": Case(
        USER.format("n: Int @default(1)"),
        USER.format("n: Int! @default(1)"),
        "INSERT INTO users (id, n) VALUES (1, NULL)",
        W,
        Level.RISKY,
    ),
    "a default goes from a required column": Case(
        USER.format("n: Int! @default(1)"), USER.format("n: Int!"), INSERT, W, Level.BREAKING
    ),
    "a column is computed now": Case(
        USER.format("n: Int"),
        USER.format('n: Int @computed(expr: "id + 1")'),
        "INSERT INTO users (id, n) VALUES (1, 7)",
        W,
        Level.BREAKING,
    ),
    "an enum loses a value": Case(
        "enum Role { A B } " + USER.format("role: Role"),
        "enum Role { A } " + USER.format("role: Role"),
        "INSERT INTO users (id, role) VALUES (1, 'B')",
        W,
        Level.BREAKING,
    ),
    "an enum gets a value": Case(
        "enum Role { A B } " + USER.format("role: Role"),
        "enum Role { A B C } " + USER.format("role: Role"),
        "INSERT INTO users (id, role) VALUES (1, 'B')",
        R,
        Level.RISKY,
        (),
    ),
    "a text becomes an enum": Case(
        USER.format("role: String"),
        "enum Role { A B } " + USER.format("role: Role"),
        "INSERT INTO users (id, role) VALUES (1, 'other')",
        W,
        Level.RISKY,
    ),
    "a text becomes shorter": Case(
        USER.format("name: String @length(max: 20)"),
        USER.format("name: String @length(max: 3)"),
        "INSERT INTO users (id, name) VALUES (1, 'longer')",
        W,
        Level.RISKY,
        refused=("postgres", "mysql"),
    ),
    "a number becomes smaller": Case(
        USER.format("n: BigInt"),
        USER.format("n: Int"),
        "INSERT INTO users (id, n) VALUES (1, 3000000000)",
        W,
        Level.RISKY,
        refused=("postgres", "mysql"),
    ),
    "a column becomes unique": Case(
        USER.format("n: Int"),
        USER.format("n: Int @unique"),
        "INSERT INTO users (id, n) VALUES (2, 1)",
        W,
        Level.RISKY,
        given=("INSERT INTO users (id, n) VALUES (1, 1)",),
    ),
    "a new optional column is unique": Case(
        USER.format(""),
        USER.format("n: Int @unique"),
        "INSERT INTO users (id) VALUES (2)",
        W,
        Level.SAFE,
        (),
        given=(INSERT,),
    ),
    "a new unique column has a constant default": Case(
        USER.format(""),
        USER.format("n: Int! @unique @default(1)"),
        "INSERT INTO users (id) VALUES (2)",
        W,
        Level.BREAKING,
        given=(INSERT,),
    ),
    "a key is not counted up any more": Case(
        "model User { id: Int! @id @default(autoincrement) name: String }",
        USER.format("name: String"),
        "INSERT INTO users (name) VALUES ('Ann')",
        W,
        Level.BREAKING,
        refused=("postgres", "mysql"),
    ),
    "an enum gets another text": Case(
        'enum Role { A B @value("b") } ' + USER.format("role: Role"),
        'enum Role { A B @value("beta") } ' + USER.format("role: Role"),
        "INSERT INTO users (id, role) VALUES (1, 'b')",
        W,
        Level.BREAKING,
    ),
    "a check comes": Case(
        USER.format("n: Int"),
        USER.format('n: Int @check(expr: "n > 0")'),
        "INSERT INTO users (id, n) VALUES (1, 0)",
        W,
        Level.RISKY,
    ),
    "a check of a new column comes": Case(
        USER.format("n: Int"),
        USER.format('n: Int m: Int @check(expr: "m > 0")'),
        "INSERT INTO users (id, n) VALUES (1, 0)",
        W,
        Level.SAFE,
        (),
    ),
    "a table that holds on to rows comes": Case(
        USER.format(""),
        USER.format("orders: [Order!]") + ORDERS % ", onDelete: RESTRICT",
        "DELETE FROM users",
        W,
        Level.RISKY,
        given=(INSERT, "INSERT INTO orders (id, user_id) VALUES (1, 1)"),
    ),
    "rows have to refer to something": Case(
        USER.format("") + " model Order { id: Int! @id userId: Int }",
        USER.format("orders: [Order!]") + ORDERS % "",
        "INSERT INTO orders (id, user_id) VALUES (1, 99)",
        W,
        Level.RISKY,
    ),
}


def parsed(text: str) -> SchemaDefinition:
    return parse_schema([Source("models.okra.gql", text)]).definition


def findings(case: Case, provider: str) -> tuple[Finding, ...]:
    return compatibility(parsed(case.before), parsed(case.after), [provider])


def make(session: MigrationSession, provider: str, text: str) -> None:
    """The tables of a schema in an empty database."""
    kind = dialect(provider)
    wanted = kind.resolve(lower(parsed(text), provider)).database
    changes = order(diff(Database(), wanted), cut_cycles=kind.cuts_cycles)
    for statement in kind.plan(changes, wanted).statements:
        session.execute(statement.sql)


def is_refused(place: Place, text: str, given: tuple[str, ...], statement: str) -> bool:
    session = connect(place.url, lock_timeout_ms=5_000)
    try:
        if place.provider == "sqlite":
            session.execute("PRAGMA foreign_keys = ON")
        session.execute("BEGIN")
        make(session, place.provider, text)
        for row in given:
            session.execute(row)
        try:
            session.execute(statement)
        except DatabaseError:
            return True
        return False
    finally:
        session.execute("ROLLBACK")
        session.close()


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_server_says_the_same(place: Place, case: Case) -> None:
    provider = place.provider
    found = [each for each in findings(case, provider) if case.affected in each.affects]
    said = provider in (case.said or case.refused) or not case.refused
    assert is_refused(place, case.after, case.given, case.statement) == (provider in case.refused)
    levels = [each.level for each in found]
    if said:
        assert case.level in levels
        assert case.level is not Level.SAFE or set(levels) == {Level.SAFE}
    else:  # the server does not keep to it, so nothing is said
        assert case.level not in levels


def test_the_same_schema_changes_nothing() -> None:
    text = "enum Role { A B } " + USER.format("role: Role n: Int @unique")
    for provider in ("sqlite", "postgres", "mysql"):
        assert compatibility(parsed(text), parsed(text), [provider]) == ()
