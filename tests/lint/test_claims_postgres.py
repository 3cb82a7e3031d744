"""What rules say of locks and of tables that are written anew is what PostgreSQL does; and the safe way does not."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from linting import world_sql
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.lint import rule_of
from okra.plan import ANEW, OUTSIDE, Statement
from watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")
ROWS = """
INSERT INTO users (name, age, email, state) SELECT 'n' || i, 20 + i % 50, i || '@x', 'on' FROM generate_series(1, 300) i;
INSERT INTO posts (title, author_id) SELECT 't', 1 + i % 200 FROM generate_series(1, 300) i;
INSERT INTO events SELECT FROM generate_series(1, 300);
INSERT INTO products (code) SELECT i::text FROM generate_series(1, 300) i;
"""
READ, WRITE = "read", "write"

LOCKS = {
    "OKR307": ("users", {READ, WRITE}),
    "OKR309": ("users", {READ, WRITE}),
    "OKR310": ("posts", {WRITE}),
    "OKR312": ("events", {READ, WRITE}),
    "OKR314": ("posts", {WRITE}),
    "OKR315": ("users", {READ, WRITE}),
    "OKR317": ("users", {READ, WRITE}),
    "OKR318": ("users", {READ, WRITE}),
}
"""What nobody else can do with which table while the example runs."""

REWRITES = ("OKR312", "OKR317")
LOOKS = ("OKR307", "OKR309", "OKR310", "OKR314", "OKR315")
"""Rules whose example reads a table row by row under such a lock."""


@pytest.fixture
def session(postgres: DatabaseUrl) -> Iterator[MigrationSession]:
    """A session on a database with the small shop and rows in it."""
    with closing(connect(postgres, lock_timeout_ms=5_000)) as found:
        for script in POSTGRES.split(world_sql("postgres") + ROWS):
            found.execute(script.sql)
        yield found


def statements(text: str) -> list[Statement]:
    """The statements of a file as a plan has them."""
    return [
        Statement(
            sql=script.sql,
            purpose="",
            transactional=OUTSIDE not in script.comment and "CONCURRENTLY" not in script.sql,
            anew=ANEW in script.comment,
        )
        for script in POSTGRES.split(text)
    ]


def refused(url: DatabaseUrl, table: str) -> set[str]:
    """What nobody else can do with `table` just now."""
    found = set()
    with closing(connect(url, lock_timeout_ms=5_000)) as other:
        other.execute("SET lock_timeout = '150ms'")
        for what, sql in (
            (READ, f"SELECT 1 FROM {table} LIMIT 1"),
            (WRITE, f"UPDATE {table} SET id = id WHERE id = -1"),
        ):
            try:
                other.query(sql) if what == READ else other.execute(sql)
            except DatabaseError:
                found.add(what)
    return found


@pytest.mark.parametrize("code", LOCKS)
def test_others_wait_while_the_example_runs(
    code: str, session: MigrationSession, postgres: DatabaseUrl
) -> None:
    table, kept = LOCKS[code]
    session.begin()
    for statement in statements(rule_of(code).example):
        session.execute(statement.sql)
    found = refused(postgres, table)
    session.rollback()

    assert found == kept


@pytest.mark.parametrize("code", [*LOOKS, *REWRITES])
def test_the_example_takes_as_long_as_the_table_is_large(
    code: str, session: MigrationSession
) -> None:
    watch = Watch(session)
    table = LOCKS[code][0]
    for statement in statements(rule_of(code).example):
        with watch.transaction():
            seen = watch.run(statement)
    assert (table in seen.rewritten) is (code in REWRITES)
    assert table in seen.rewritten | seen.blocked


@pytest.mark.parametrize(
    "code", ["OKR307", "OKR309", "OKR310", "OKR314", "OKR315", "OKR316", "OKR317"]
)
def test_the_safe_way_does_not(code: str, session: MigrationSession) -> None:
    watch = Watch(session)
    session.execute("ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey")
    for group in grouped(statements(rule_of(code).safe)):
        if not group[0].transactional:
            assert watch.run(group[0]).rewritten == set()
            continue
        with watch.transaction():
            for statement in group:
                assert watch.run(statement) == (set(), set()), statement.sql


def test_validating_in_the_same_transaction_keeps_the_lock_through_the_scan(
    session: MigrationSession, postgres: DatabaseUrl
) -> None:
    """OKR316"""
    watch = Watch(session)
    added, validated = statements(rule_of("OKR316").example)
    with watch.transaction():
        assert watch.run(added) == (set(), set())
        assert watch.run(validated).blocked == {"users"}
        assert refused(postgres, "users") == {READ, WRITE}


@pytest.mark.parametrize(
    "sql",
    [
        "VACUUM (FULL) users",
        "CLUSTER users USING users_pkey",
        "ALTER TABLE users SET UNLOGGED",
    ],
)
def test_maintenance_writes_the_table_anew(sql: str, session: MigrationSession) -> None:
    """OKR318"""
    session.execute("ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey")
    watch = Watch(session)
    assert watch.run(Statement(sql=sql, purpose="")).rewritten == {"users"}


def grouped(found: Sequence[Statement]) -> list[list[Statement]]:
    groups: list[list[Statement]] = []
    for statement in found:
        alone = not statement.transactional or (groups and not groups[-1][0].transactional)
        if not groups or alone or statement.anew:
            groups.append([])
        groups[-1].append(statement)
    return groups


def test_a_new_enum_value_can_not_be_used_before_the_commit(session: MigrationSession) -> None:
    """OKR323"""
    add, use = statements(rule_of("OKR323").example)
    session.begin()
    session.execute(add.sql)
    with pytest.raises(DatabaseError, match="unsafe use of new value"):
        session.execute(use.sql)
    session.rollback()

    for statement in statements(rule_of("OKR323").safe):
        session.execute(statement.sql)


def test_code_that_writes_a_renamed_enum_value_fails(session: MigrationSession) -> None:
    """OKR322"""
    session.execute("INSERT INTO orders (status) VALUES ('open')")
    session.execute(rule_of("OKR322").example.rstrip(";"))
    with pytest.raises(DatabaseError, match="invalid input value"):
        session.execute("INSERT INTO orders (status) VALUES ('open')")


def test_cascade_drops_what_nobody_has_named(session: MigrationSession) -> None:
    """OKR324"""
    session.execute("CREATE VIEW open_orders AS SELECT id, status FROM orders")
    with pytest.raises(DatabaseError, match="depend"):
        session.execute("DROP TYPE status")
    session.execute(rule_of("OKR324").example.rstrip(";"))
    rows = session.query(
        "SELECT to_regclass('open_orders'), (SELECT count(*) FROM information_schema.columns"
        " WHERE table_name = 'orders' AND column_name = 'status')"
    )
    assert rows == [(None, 0)]


def test_an_invalid_index_is_taken_for_the_index(session: MigrationSession) -> None:
    """OKR325"""
    session.execute("INSERT INTO users (name, email) VALUES ('a', 'same'), ('b', 'same')")
    with pytest.raises(DatabaseError, match="could not create unique index"):
        session.execute("CREATE UNIQUE INDEX CONCURRENTLY users_email_idx ON users (email)")
    session.execute(rule_of("OKR325").example.rstrip(";"))
    assert session.query(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email_idx'::regclass"
    ) == [(False,)]


def test_with_a_lock_timeout_of_its_own_a_file_keeps_readers_waiting(
    session: MigrationSession, postgres: DatabaseUrl
) -> None:
    """OKR326: OKRA's own limit is there until the file sets another."""
    usual = session.query("SHOW lock_timeout")[0][0]
    assert usual != "0"
    session.execute(rule_of("OKR326").example.rstrip(";"))
    assert session.query("SHOW lock_timeout") == [("0",)]


def test_from_wider_to_wider_nothing_is_written_anew(session: MigrationSession) -> None:
    """OKR312: what its page says of changes that are instant."""
    watch = Watch(session)
    for sql in (
        "ALTER TABLE users ALTER COLUMN name TYPE character varying(80)",
        "ALTER TABLE users ALTER COLUMN name TYPE text",
    ):
        with watch.transaction():
            assert watch.run(Statement(sql=sql, purpose="")).rewritten == set()


def test_a_name_is_cut_without_a_word(session: MigrationSession) -> None:
    """OKR337"""
    session.execute(rule_of("OKR337").example.rstrip(";"))
    name = rule_of("OKR337").example.split()[2]
    found = session.query("SELECT relname FROM pg_class WHERE relname LIKE 'users_by%'")
    assert found == [(name[:63],)]
    assert len(name) > 63


@pytest.mark.parametrize("way", ["example", "safe"])
def test_a_primary_key_from_a_nullable_index_looks_at_every_row(
    way: str, session: MigrationSession
) -> None:
    """OKR339"""
    session.execute("ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey")
    session.execute("ALTER TABLE users DROP CONSTRAINT users_pkey")
    session.execute("UPDATE users SET age = id")
    watch = Watch(session)
    *before, last = statements(getattr(rule_of("OKR339"), way))
    for statement in before:
        watch.run(statement)
    with watch.transaction():
        assert ("users" in watch.run(last).blocked) is (way == "example")


def test_rights_are_nothing_that_is_compared(session: MigrationSession) -> None:
    """OKR354"""
    before = POSTGRES.introspect(session).database
    session.execute("GRANT SELECT ON users TO PUBLIC")
    session.execute("ALTER TABLE users ENABLE ROW LEVEL SECURITY")
    assert POSTGRES.introspect(session).database == before


def test_indexes_on_a_column_are_built_anew_for_another_collation(
    session: MigrationSession, postgres: DatabaseUrl
) -> None:
    """OKR312"""
    session.execute("CREATE INDEX users_name ON users (name)")
    watch = Watch(session)
    with watch.transaction():
        seen = watch.run(
            Statement(
                sql='ALTER TABLE users ALTER COLUMN name TYPE character varying(40) COLLATE "C"',
                purpose="",
            )
        )
        assert seen.rewritten == set()
        assert seen.blocked == {"users"}
