"""Columns that refer to each other have to be kept alike, and join tables follow their models."""

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
SCHEMA = """
model Parent {{
  id: {0} @id {1}
  children: [Child!]!
}}
model Child {{
  id: Int! @id
  parent: Parent! @relation(fields: [parentId], references: [id])
  parentId: {0} {2}
}}
"""
SAME = [
    ("Int!", "", ""),
    ("String!", '@collate("utf8mb4_bin")', '@collate("utf8mb4_bin")'),
    ("String!", '@db(type: "char(9)")', '@db(type: "varchar(30)")'),
    ("Decimal!", "", '@db(type: "decimal(9,1)")'),
    ("DateTime!", "", '@db(type: "datetime(3)")'),
]
OTHER = [
    ("Int!", "", '@db(type: "bigint")'),
    ("Int!", '@db(type: "int unsigned")', ""),
    ("String!", '@collate("utf8mb4_bin")', ""),
    ("String!", '@collate("latin1_swedish_ci")', ""),
    ("Float!", "", '@db(type: "float")'),
]


def lowered(text: str) -> Database:
    definition = parse_schema([Source("x.okra.gql", text)], providers=("mysql",)).definition
    return lower(definition, "mysql")


def made(url: DatabaseUrl, database: Database) -> None:
    with closing(connect(url, lock_timeout_ms=5_000)) as session:
        changes = order(diff(Database(), database), cut_cycles=True)
        for statement in MYSQL.plan(changes, database).statements:
            session.execute(statement.sql)


@pytest.mark.parametrize("words", SAME, ids=str)
def test_what_the_server_takes_is_not_refused(
    mysql: DatabaseUrl, words: tuple[str, str, str]
) -> None:
    made(mysql, MYSQL.resolve(lowered(SCHEMA.format(*words))).database)


@pytest.mark.parametrize("words", OTHER, ids=str)
def test_what_is_refused_the_server_would_refuse(
    mysql: DatabaseUrl, words: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = lowered(SCHEMA.format(*words))
    with pytest.raises(UnsupportedChange) as caught:
        MYSQL.resolve(schema)
    assert caught.value.code == "OKR426"

    monkeypatch.setattr("okra.dialects.mysql.natives.resolving.check_key_types", lambda _: None)
    with pytest.raises(DatabaseError, match="Foreign key constraint is incorrectly formed"):
        made(mysql, MYSQL.resolve(schema).database)


def test_a_join_table_has_the_collations_of_the_keys_that_it_refers_to(mysql: DatabaseUrl) -> None:
    schema = lowered(
        """
        model Tag @table(collation: "latin1_swedish_ci") {
          name: String! @id
          posts: [Post!]!
        }
        model Post {
          slug: String! @id @collate("utf8mb4_bin")
          tags: [Tag!]!
        }
        """
    )

    database = MYSQL.resolve(schema).database

    join = database.table("post_tags")
    assert join is not None
    assert [(column.name, column.collation) for column in join.columns] == [
        ("post_id", "utf8mb4_bin"),
        ("tag_id", "latin1_swedish_ci"),
    ]
    made(mysql, database)
