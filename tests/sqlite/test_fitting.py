"""What is foreseen of values that SQLite refuses: never more than it does refuse, and all but odd texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from okra.dialects.sqlite.planning.fitting import unfit_columns
from okra.relational.model import Column, PrimaryKey, Table

VALUES = [
    None, 0, 7, -3, 2**63 - 1, 1.0, 1.5, -2.25, 1e300, "", "7", " 7 ", "\t7\n", "007", "+7", "1.5", "1e3", "abc",
    "7a", "0x10", "-", "1 2", "\u0667", b"", b"7", b"\x00",
]  # fmt: skip


def table(kind: str, *options: str, key: bool = False) -> Table:
    column = Column(name="a b", type=kind, nullable=not key)
    return Table(
        name="t",
        columns=(column,),
        primary_key=PrimaryKey(columns=("a b",)) if key else None,
        options=options,
    )


def refused(value: object, definition: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(definition)
        try:
            connection.execute('INSERT INTO t ("a b") VALUES (?)', [value])
        except sqlite3.IntegrityError:
            return True
    return False


def foreseen(value: object, condition: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute('CREATE TABLE t ("a b")')
        connection.execute('INSERT INTO t ("a b") VALUES (?)', [value])
        return bool(connection.execute(f"SELECT count(*) FROM t WHERE {condition}").fetchone()[0])


CASES = [
    (table(kind, "strict"), f'CREATE TABLE t ("a b" {kind}) STRICT')
    for kind in ("integer", "int", "real", "text", "blob")
]
CASES.append((table("integer", key=True), 'CREATE TABLE t ("a b" integer PRIMARY KEY)'))


@pytest.mark.parametrize(("after", "definition"), CASES)
def test_what_is_foreseen_is_refused(after: Table, definition: str) -> None:
    ((name, condition),) = unfit_columns(table(""), after, {})
    told = [value for value in VALUES if foreseen(value, condition)]
    wrong = [value for value in told if not refused(value, definition)]
    missed = [v for v in VALUES if refused(v, definition) and v not in told]
    assert (name, wrong) == ("a b", [])
    assert [value for value in missed if not isinstance(value, str)] == []


def test_nothing_is_looked_for_where_the_table_takes_the_same_as_before() -> None:
    strict = table("integer", "strict")
    assert [*unfit_columns(strict, strict, {})] == []
    assert [*unfit_columns(table("text"), table("text"), {})] == []
    assert [*unfit_columns(table("any", "strict"), table("any", "strict"), {})] == []


def test_bytes_become_text_in_a_rebuild() -> None:
    assert [*unfit_columns(table("blob"), table("text", "strict"), {})] == []
