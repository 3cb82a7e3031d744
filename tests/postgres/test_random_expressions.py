"""Random expressions: the canonical text means what was written, and the server prints it as it printed that."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from okra.dialects.postgres.expressions.canonical import canonical, tree_of
from okra.dialects.postgres.expressions.loose import loosely_equal
from okra.errors import DatabaseError
from random_expressions import COLUMNS, ROWS, Expressions

if TYPE_CHECKING:
    from okra.dialects.base import Value
    from okra.dialects.session import MigrationSession

TYPES = tuple(COLUMNS.items())
COLUMNS_SQL = ", ".join(f'"{name}" {kind}' for name, kind in TYPES)


@pytest.fixture
def table(session: MigrationSession) -> MigrationSession:
    """A session on a database with an empty table `t` and one with rows, `filled`."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    session.execute(f"CREATE TABLE t ({COLUMNS_SQL})")
    session.execute(f"CREATE TABLE filled (n serial, {COLUMNS_SQL})")
    session.execute(f"INSERT INTO filled ({names}) VALUES {', '.join(ROWS)}")
    return session


def printed(session: MigrationSession, text: str) -> str | None:
    """What the server makes of a check; None where it refuses it."""
    session.execute("BEGIN")
    try:
        session.execute(f"ALTER TABLE t ADD CONSTRAINT k CHECK ({text})")
        [(found,)] = session.query(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'k'"
        )
    except DatabaseError:
        return None
    else:
        return str(found)
    finally:
        session.execute("ROLLBACK")


def values(session: MigrationSession, text: str) -> list[Value]:
    """What comes out for each row, `error` where nothing does."""
    found: list[Value] = []
    for number in range(1, len(ROWS) + 1):
        try:
            [(value,)] = session.query(f"SELECT ({text}) FROM filled WHERE n = {number}")
        except DatabaseError:
            value = "error"
        found.append(value)
    return found


def faults(session: MigrationSession, text: str) -> list[str]:
    """What is wrong with the canonical texts of an expression and of what the server makes of it."""
    shown = printed(session, text)
    if shown is None:
        return []
    if tree_of(text, TYPES) is None or tree_of(shown, TYPES) is None:
        return [f"can't be read: {text} / {shown}"]
    mine, servers = canonical(text, TYPES), canonical(shown, TYPES)
    found = [f"not canonical: {each}" for each in (mine, servers) if canonical(each, TYPES) != each]
    if printed(session, servers) != shown:
        found.append(f"another print: {text} -> {servers}")
    wanted = values(session, text)
    found += (
        f"another meaning: {text} -> {each}"
        for each in (mine, servers)
        if values(session, each) != wanted
    )
    again = printed(session, mine)
    if again is None or not loosely_equal(canonical(again, TYPES), servers, TYPES):
        found.append(f"can't be settled: {text} -> {mine}")
    return found


def test_random_expressions_keep_their_meaning_and_their_print(table: MigrationSession):
    expressions = Expressions(Random(1))  # noqa: S311
    assert [f for _ in range(150) for f in faults(table, expressions.truth(3))] == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
def test_many_random_expressions_keep_their_meaning_and_their_print(
    table: MigrationSession, seed: int
):
    expressions = Expressions(Random(1000 + seed))  # noqa: S311
    assert [f for _ in range(1000) for f in faults(table, expressions.truth(4))] == []
