"""Keys and indexes that InnoDB has no room for are refused, and no others."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError, UnsupportedChange
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
FITS = [
    "a: String! @length(max: 768) @id",
    'a: String! @length(max: 800) @id @collate("latin1_swedish_ci")',
    "id: Int! @id\n  a: String! @length(max: 768) @unique",
    'id: Int! @id\n  a: String! @length(max: 900)\n  @index(fields: [{field: "a", length: 768}])',
    'id: Int! @id\n  a: String! @length(max: 900)\n  @index(fields: [a], type: "fulltext")',
]
TOO_LONG = [
    "a: String! @length(max: 769) @id",
    "a: String!\n  b: String!\n  c: String!\n  d: String!\n  @id(fields: [a, b, c, d])",
    "id: Int! @id\n  a: String @length(max: 500)\n  b: String @length(max: 500)\n  @index(fields: [a, b])",
]


def lowered(fields: str) -> Database:
    text = f"model T {{\n  {fields}\n}}"
    definition = parse_schema([Source("x.okra.gql", text)], providers=("mysql",)).definition
    return lower(definition, "mysql")


def made(url: DatabaseUrl, database: Database) -> None:
    changes = order(diff(Database(), database), cut_cycles=True)
    with closing(connect(url, lock_timeout_ms=5_000)) as session:
        for statement in MYSQL.plan(changes, database).statements:
            session.execute(statement.sql)


@pytest.mark.parametrize("fields", FITS)
def test_a_key_that_just_fits_is_made(mysql: DatabaseUrl, fields: str) -> None:
    made(mysql, MYSQL.resolve(lowered(fields)).database)


@pytest.mark.parametrize("fields", TOO_LONG)
def test_a_key_that_is_refused_the_server_would_refuse(
    mysql: DatabaseUrl, fields: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = lowered(fields)
    with pytest.raises(UnsupportedChange) as caught:
        MYSQL.resolve(schema)
    assert caught.value.code == "OKR427"

    monkeypatch.setattr("okra.dialects.mysql.natives.resolving.check_key_lengths", lambda _: None)
    with pytest.raises(DatabaseError, match="key was too long"):
        made(mysql, MYSQL.resolve(schema).database)


def test_an_index_that_the_server_would_cut_is_refused() -> None:
    with pytest.raises(UnsupportedChange) as caught:
        MYSQL.resolve(lowered("id: Int! @id\n  a: String @length(max: 800) @index"))

    assert (caught.value.code, caught.value.message, caught.value.place) == (
        "OKR427",
        "the index `ts_a_idx` of `ts` takes 3,200 bytes, and InnoDB has 3,072",
        "ts.ts_a_idx",
    )
