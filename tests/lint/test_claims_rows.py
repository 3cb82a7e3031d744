"""What rules say of rows that are replaced and of partitions happens on live servers."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from linting import codes, in_sql, world_sql
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.lint import rule_of
from okra.plan import Statement
from watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl
    from places import Place

READINGS = """
CREATE TABLE readings (taken_on date NOT NULL, n int) PARTITION BY RANGE (taken_on);
CREATE TABLE readings_2024 (taken_on date NOT NULL, n int);
INSERT INTO readings_2024 SELECT '2024-02-01', i FROM generate_series(1, 300) i;
"""


@pytest.fixture
def shop(place: Place) -> Place:
    """A user with all columns, and a post of theirs that goes with them."""
    place.sql(
        world_sql(place.provider).replace("ON DELETE SET NULL", "ON DELETE CASCADE")
        + "INSERT INTO users (id, name, age) VALUES (1, 'a', 3);"
        "INSERT INTO posts (id, title, author_id) VALUES (1, 't', 1);"
    )
    return place


@pytest.fixture
def session(postgres: DatabaseUrl) -> Iterator[MigrationSession]:
    """A session on a partitioned table, and a table that is to become a part of it."""
    with closing(connect(postgres, lock_timeout_ms=5_000)) as found:
        for script in dialect("postgres").split(READINGS):
            found.execute(script.sql)
        yield found


def run(place: Place, sql: str) -> None:
    """As a migration runs it, with foreign keys on."""
    with closing(connect(place.url, lock_timeout_ms=5_000)) as session:
        if place.provider == "sqlite":
            session.execute("PRAGMA foreign_keys = ON")
        session.execute(sql)


@pytest.mark.only_on("sqlite", "mariadb", "mysql")
def test_replace_loses_columns_and_rows_that_refer_to_the_row(shop: Place) -> None:
    """OKR360"""
    run(shop, rule_of("OKR360").example.rstrip(";"))
    assert shop.sql("SELECT id, name, age FROM users") == [(1, "Ada", None)]
    assert shop.sql("SELECT count(*) FROM posts") == [(0,)]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO users (id, name) VALUES (1, 'Ada')",
        "UPDATE OR REPLACE users SET id = 1 WHERE id = 2",
    ],
)
def test_other_words_for_replace_do_the_same(shop: Place, sql: str) -> None:
    """OKR360"""
    shop.sql("INSERT INTO users (id, name) VALUES (2, 'b')")
    run(shop, sql)
    assert shop.sql("SELECT count(*) FROM posts") == [(0,)]


@pytest.mark.only_on("sqlite", "mariadb", "mysql")
def test_the_safe_way_keeps_what_it_does_not_name(shop: Place) -> None:
    """OKR360"""
    mysql, sqlite = rule_of("OKR360").safe.split("-- SQLite\n")
    run(
        shop, (sqlite if shop.provider == "sqlite" else mysql.split("\n", 1)[1]).strip().rstrip(";")
    )
    assert shop.sql("SELECT id, name, age FROM users") == [(1, "Ada", 3)]
    assert shop.sql("SELECT count(*) FROM posts") == [(1,)]


@pytest.mark.parametrize("way", ["example", "safe"])
def test_a_partition_is_looked_at_row_by_row_unless_a_check_says_it_all(
    way: str, session: MigrationSession
) -> None:
    """OKR361"""
    watch = Watch(session)
    seen = set()
    for script in dialect("postgres").split(getattr(rule_of("OKR361"), way)):
        with watch.transaction():
            if "ATTACH" in script.sql:
                seen = watch.run(Statement(sql=script.sql, purpose="")).blocked
                assert "readings_2024" in watch.locks()
            else:
                session.execute(script.sql)
    assert seen == ({"readings_2024"} if way == "example" else set())


def test_rows_of_a_with_go_although_nobody_asks_for_them(session: MigrationSession) -> None:
    """OKR303: a DELETE in a WITH runs, whatever the statement selects."""
    session.execute("WITH gone AS (DELETE FROM readings_2024) SELECT 1")
    assert session.query("SELECT count(*) FROM readings_2024") == [(0,)]


def test_a_merge_on_true_deletes_every_row(session: MigrationSession) -> None:
    """OKR303"""
    session.execute("MERGE INTO readings_2024 USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE")
    assert session.query("SELECT count(*) FROM readings_2024") == [(0,)]


@pytest.mark.parametrize(
    "sql",
    [
        "DO $$ BEGIN DELETE FROM readings_2024; END $$",
        "CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM readings_2024'; CALL p()",
    ],
)
def test_code_that_no_rule_looks_at_removes_rows_all_the_same(
    sql: str, session: MigrationSession
) -> None:
    """OKR362"""
    for script in dialect("postgres").split(sql):
        session.execute(script.sql)
    assert session.query("SELECT count(*) FROM readings_2024") == [(0,)]
    assert codes(in_sql(sql, "postgres")) == ["OKR362"]


@pytest.mark.only_on("mariadb")
def test_a_text_that_is_executed_removes_rows_all_the_same(shop: Place) -> None:
    """OKR362"""
    sql = "EXECUTE IMMEDIATE 'DELETE FROM posts'"
    run(shop, sql)
    assert shop.sql("SELECT count(*) FROM posts") == [(0,)]
    assert codes(in_sql(sql, "mysql")) == ["OKR362"]


def test_a_default_partition_is_looked_at_too(session: MigrationSession) -> None:
    """OKR361"""
    session.execute("CREATE TABLE readings_rest PARTITION OF readings DEFAULT")
    watch = Watch(session)
    sql = rule_of("OKR361").example.rstrip(";")
    with watch.transaction():
        blocked = watch.run(Statement(sql=sql, purpose="")).blocked
    assert blocked == {"readings_2024", "readings_rest"}
