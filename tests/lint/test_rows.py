"""Statements that change or delete all rows, however they say it; and those that say which."""

from __future__ import annotations

import pytest

from linting import codes, in_sql
from okra.dialects.base import Script
from okra.lint.acts import AttachesPartition, ChangesRows, EmptiesCascading, ReplacesRows, RunsCode
from okra.lint.conditions import nulls, truth
from okra.lint.cursor import Cursor, lexemes
from okra.lint.reading import acts_of

EVERYWHERE = ("postgres", "mysql", "sqlite")
ALWAYS = (
    "true",
    "1",
    "1=1",
    "1 = 1",
    "(TRUE)",
    "((1 = 1))",
    "'a' = 'a'",
    "2 > 1",
    "1 <> 0",
    "NOT false",
    "NOT (1 = 0)",
    "1 = 1 AND true",
    "state = 'x' OR true",
    "1 = 1 OR state = 'x'",
)
NOT_ALWAYS = (
    "false",
    "0",
    "1 = 0",
    "NULL",
    "id = 1",
    "id = id",
    "1 = 1 AND id = 5",
    "true AND (id = 5 OR state = 'x')",
    "NOT id BETWEEN 1 AND 0",
    "CASE WHEN id = 1 OR 1 = 1 OR id = 2 THEN 0 END = 1",
    "id IN (SELECT id FROM users WHERE true)",
    "'a' = 'b'",
)


def acts(sql: str, provider: str) -> tuple:
    return acts_of(Script(sql=sql, line=1), provider)


def words(condition: str) -> list[str]:
    return Cursor(lexemes(condition, "postgres"), lower=True).rest()


@pytest.mark.parametrize("provider", EVERYWHERE)
@pytest.mark.parametrize("condition", ALWAYS)
def test_a_condition_that_is_always_true_says_nothing(provider: str, condition: str) -> None:
    assert codes(in_sql(f"DELETE FROM sessions WHERE {condition}", provider)) == ["OKR303"]
    assert codes(in_sql(f"UPDATE users SET age = 1 WHERE {condition}", provider)) == ["OKR304"]


@pytest.mark.parametrize("provider", EVERYWHERE)
@pytest.mark.parametrize("condition", NOT_ALWAYS)
def test_a_condition_that_depends_on_rows_says_which(provider: str, condition: str) -> None:
    assert in_sql(f"DELETE FROM users WHERE {condition}", provider) == ()
    assert in_sql(f"UPDATE users SET age = 1 WHERE {condition}", provider) == ()


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        ("false OR 0", False),
        ("NOT true", False),
        ("id = 1 AND false", False),
        ("id = 1 OR false", None),
        ("x BETWEEN 1 AND 0", None),
        ("0x10", None),
        ("1_000", True),
        ("", None),
    ],
)
def test_what_a_condition_is_for_all_rows(condition: str, known: bool | None) -> None:
    assert truth(words(condition)) is known


def test_conditions_nest_as_deep_as_anybody_likes() -> None:
    assert truth(words("(" * 5_000 + "1 = 1" + ")" * 5_000)) is True
    assert truth(words("NOT " * 5_000 + "true")) is None
    assert truth(words("(1 = 1 AND " * 5_000 + "true" + ")" * 5_000)) is None


def test_parentheses_around_a_test_for_null_say_no_more() -> None:
    assert nulls(words("((a IS NULL OR b IS NULL))")) == ("a", "b")
    assert nulls(words("(a IS NULL) AND b = 1")) == ()


@pytest.mark.parametrize("provider", EVERYWHERE)
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM sessions WHERE true",
        "WITH old AS (SELECT id FROM users WHERE age > 5) DELETE FROM sessions",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT 2 WHERE true), m AS (SELECT 1) DELETE FROM sessions WHERE 1",
    ],
)
def test_all_rows_go(provider: str, sql: str) -> None:
    (found,) = in_sql(sql, provider)
    assert found.code == "OKR303"
    assert found.span is not None
    assert sql[found.span.start :].startswith("DELETE")


@pytest.mark.parametrize("provider", EVERYWHERE)
@pytest.mark.parametrize(
    "sql",
    [
        "WITH old AS (SELECT id FROM users) DELETE FROM sessions WHERE id IN (SELECT id FROM old)",
        "WITH old AS (SELECT 1 AS i) UPDATE users SET age = 1 WHERE id IN (SELECT i FROM old)",
        "WITH old AS (SELECT 1 AS i) SELECT i FROM old",
        "INSERT INTO users (name) SELECT 'x'",
    ],
)
def test_a_with_that_says_which_rows_is_not_meant(provider: str, sql: str) -> None:
    assert in_sql(sql, provider) == ()


@pytest.mark.parametrize("provider", EVERYWHERE)
def test_a_where_in_a_subquery_is_not_that_of_the_statement(provider: str) -> None:
    sql = "UPDATE users SET age = (SELECT max(id) FROM posts JOIN orders ON true WHERE author_id = users.id)"
    assert codes(in_sql(sql, provider)) == ["OKR304"]
    assert in_sql(f"{sql} WHERE id = 1", provider) == ()


def test_rows_that_go_in_a_with_are_found_in_postgres() -> None:
    moved = "WITH gone AS MATERIALIZED (DELETE FROM sessions{} RETURNING *) INSERT INTO invoices SELECT id FROM gone"
    both = (
        "WITH a AS (UPDATE users SET age = 1 RETURNING id), b AS (DELETE FROM posts WHERE true) "
        "SELECT count(*) FROM a"
    )
    assert codes(in_sql(moved.format(""), "postgres")) == ["OKR303"]
    assert in_sql(moved.format(" WHERE expires_at < now()"), "postgres") == ()
    assert codes(in_sql(both, "postgres")) == ["OKR304", "OKR303"]


def test_a_with_that_orders_its_rows_hides_nothing_behind_it() -> None:
    sql = (
        "WITH RECURSIVE t (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM t WHERE id < 3) SEARCH DEPTH FIRST BY id SET o "
        "CYCLE id SET seen USING path, b AS (SELECT 1) DELETE FROM sessions"
    )
    assert codes(in_sql(sql, "postgres")) == ["OKR303"]


MERGE = "MERGE INTO sessions AS t USING users AS u ON {on} WHEN {when} THEN {do}"


@pytest.mark.parametrize(
    ("on", "when", "do", "found"),
    [
        ("true", "MATCHED", "DELETE", ["OKR303"]),
        ("1 = 1", "MATCHED AND true", "DELETE", ["OKR303"]),
        ("true", "MATCHED", "UPDATE SET expires_at = now()", ["OKR304"]),
        ("false", "NOT MATCHED BY SOURCE", "DELETE", ["OKR303"]),
        ("t.id::text = u.name", "MATCHED", "DELETE", []),
        ("t.id::text = u.name", "MATCHED", "UPDATE SET expires_at = now()", []),
        ("t.id::text = u.name", "NOT MATCHED BY SOURCE", "DELETE", []),
        ("true", "MATCHED AND u.age = 5", "DELETE", []),
        ("true", "MATCHED", "DO NOTHING", []),
        ("CASE WHEN u.age = 1 THEN true END", "MATCHED", "DELETE", []),
    ],
)
def test_a_merge_that_reaches_all_rows(on: str, when: str, do: str, found: list[str]) -> None:
    assert codes(in_sql(MERGE.format(on=on, when=when, do=do), "postgres")) == found


@pytest.mark.parametrize(
    ("sql", "alone"),
    [
        ("UPDATE users SET age = 1 WHERE true", True),
        ("WITH n AS (SELECT 1) UPDATE users SET age = 1", False),
        (MERGE.format(on="true", when="MATCHED", do="UPDATE SET expires_at = now()"), False),
    ],
)
def test_only_what_can_be_run_in_ranges_is_told_to(sql: str, alone: bool) -> None:
    (found,) = in_sql(sql, "postgres")
    assert found.help.startswith("`-- okra:batch") is alone
    assert "okra:batch" in found.help


def test_every_branch_of_a_merge_is_read() -> None:
    sql = (
        "MERGE INTO ONLY public.stock t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED AND t.n = 0 THEN DELETE "
        "WHEN MATCHED THEN UPDATE SET n = CASE WHEN t.n > 1 THEN 1 END, (a, b) = (1, 2) "
        "WHEN NOT MATCHED THEN INSERT VALUES (1, 2) RETURNING t.id, t.n"
    )
    assert acts(sql, "postgres") == (
        ChangesRows(at=sql.index("DELETE"), verb="DELETE", table="stock"),
        ChangesRows(at=sql.index("UPDATE"), verb="UPDATE", table="stock", sets=("n", "a", "b")),
    )


def test_columns_that_an_update_sets() -> None:
    (found,) = acts(
        "UPDATE t SET a = 1, (b, t.c) = (2, 3) WHERE id = 1 RETURNING id, d", "postgres"
    )
    assert found.sets == ("a", "b")
    assert acts("UPDATE t SET a = a IS DISTINCT FROM 2, b = 1", "postgres")[0].bare


@pytest.mark.parametrize(
    ("sql", "providers"),
    [
        ("REPLACE INTO users (id) VALUES (1)", ("mysql", "sqlite")),
        ("REPLACE LOW_PRIORITY users SET id = 1", ("mysql",)),
        ("INSERT OR REPLACE INTO users (id) VALUES (1)", ("sqlite",)),
        ("UPDATE OR REPLACE users SET id = 2 WHERE id = 1", ("sqlite",)),
        ("WITH n AS (SELECT 1 AS i) REPLACE INTO users (id) SELECT i FROM n", ("sqlite",)),
    ],
)
def test_rows_that_are_in_the_way_of_new_ones_go(sql: str, providers: tuple[str, ...]) -> None:
    for provider in providers:
        (found,) = in_sql(sql, provider)
        assert (found.code, "`posts`" in found.message) == ("OKR360", True)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 'REPLACE INTO'",
        "INSERT OR IGNORE INTO users (id) VALUES (1)",
        "CREATE TABLE fresh (id int PRIMARY KEY); REPLACE INTO fresh VALUES (1)",
        "UPDATE users SET name = replace(name, 'a', 'b') WHERE id = 1",
    ],
)
def test_what_keeps_rows_is_no_replace(sql: str) -> None:
    assert "OKR360" not in codes(in_sql(sql, "sqlite"))


def test_where_two_rows_may_be_equal_nothing_is_in_the_way() -> None:
    before = "model Log @keyless { text: String! }\nmodel Tag { id: Int! @id }"
    sql = "REPLACE INTO logs (text) VALUES ('a'); REPLACE INTO tags (id) VALUES (1)"
    (found,) = in_sql(sql, "sqlite", before)
    assert found.message == "REPLACE deletes rows of `tags` that are in the way"


def test_hints_of_mysql_are_no_names() -> None:
    assert acts("DELETE LOW_PRIORITY QUICK IGNORE FROM t", "mysql") == (
        ChangesRows(at=0, verb="DELETE", table="t", whole=True, bare=True),
    )
    assert acts("DELETE FROM t PARTITION (p0)", "mysql")[0].bare is False
    assert acts("REPLACE DELAYED INTO t VALUES (1)", "mysql") == (
        ReplacesRows(at=0, verb="REPLACE", table="t"),
    )


def test_truncate_names_each_table() -> None:
    emptied = ChangesRows(at=0, verb="TRUNCATE", table="a", whole=True, bare=True)
    assert acts("TRUNCATE TABLE ONLY a, b CASCADE", "postgres")[::2] == (
        emptied,
        EmptiesCascading(at=0),
    )


ATTACH = "ALTER TABLE readings ATTACH PARTITION posts FOR VALUES FROM (1, 2) TO (5, 6);"
CHECK = "ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0){};\n"
VALIDATE = "-- okra: new transaction\nALTER TABLE posts VALIDATE CONSTRAINT c;\n"


def test_a_partition_that_is_attached() -> None:
    assert acts(ATTACH.rstrip(";"), "postgres") == (
        AttachesPartition(at=21, table="readings", partition="posts"),
    )
    assert acts("ALTER TABLE r ATTACH PARTITION public.p DEFAULT", "postgres") == (
        AttachesPartition(at=14, table="r", partition="p", rest=True),
    )
    assert acts("ALTER INDEX i ATTACH PARTITION j", "postgres") == ()
    assert acts("ALTER TABLE r DETACH PARTITION p CONCURRENTLY", "postgres") == ()


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", True),
        (CHECK.format(" NOT VALID"), True),
        (CHECK.format(" NOT VALID") + VALIDATE, False),
        (CHECK.format(""), False),
        (CHECK.format("").replace("posts", "users"), True),
        ("CREATE TABLE posts (id int);\n", False),
    ],
)
def test_a_check_that_was_validated_is_believed(before: str, found: bool) -> None:
    assert ("OKR361" in codes(in_sql(before + ATTACH, "postgres"))) is found


def test_a_check_of_the_schema_is_believed() -> None:
    before = 'model Part @table(name: "posts") { id: Int! @id  age: Int! @check("age > 0") }'
    assert codes(in_sql(ATTACH, "postgres", before)) == []


@pytest.mark.parametrize(
    ("sql", "provider", "verb"),
    [
        ("DO $$ BEGIN DELETE FROM users; END $$", "postgres", "DO"),
        ("DO LANGUAGE plpgsql 'BEGIN END'", "postgres", "DO"),
        ("CALL p(1)", "postgres", "CALL"),
        ("EXECUTE p", "postgres", "EXECUTE"),
        ("CALL p", "mysql", "CALL"),
        ("EXECUTE IMMEDIATE 'DELETE FROM users'", "mysql", "EXECUTE"),
    ],
)
def test_code_that_no_rule_looks_at_is_named(sql: str, provider: str, verb: str) -> None:
    assert acts(sql, provider) == (RunsCode(at=0, verb=verb),)
    assert codes(in_sql(sql, provider)) == ["OKR362"]


@pytest.mark.parametrize(
    ("sql", "provider"),
    [
        ("DO $okra$\nBEGIN\n  DROP FUNCTION f();\nEND\n$okra$", "postgres"),
        ("DO $okra1$\nBEGIN\nEND\n$okra1$", "postgres"),
        ("DO SLEEP(0)", "mysql"),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "postgres"),
    ],
)
def test_what_okra_writes_and_what_runs_nothing_is_not_named(sql: str, provider: str) -> None:
    assert in_sql(sql, provider) == ()


@pytest.mark.parametrize(
    ("update", "filled"),
    [
        ("UPDATE users SET email = '' WHERE email IS NULL", True),
        ("UPDATE users SET email = ''", True),
        ("UPDATE users SET email = '' WHERE true", True),
        ("WITH n AS (SELECT 1) UPDATE users SET age = 1, email = '' WHERE (email IS NULL)", True),
        ("UPDATE users SET email = '' WHERE id = 5", False),
        ("UPDATE users SET age = 1 WHERE email IS NULL", False),
        ("UPDATE users SET age = 1", False),
    ],
)
def test_a_column_is_filled_by_what_sets_it_where_it_is_null(update: str, filled: bool) -> None:
    require = "ALTER TABLE users ALTER COLUMN email SET NOT NULL"
    assert ("OKR306" not in codes(in_sql(f"{update}; {require}", "postgres"))) is filled


@pytest.mark.parametrize(
    ("sql", "provider"),
    [
        ("DELETE u FROM users AS u", "mysql"),
        ("DELETE users.* FROM users WHERE 1", "mysql"),
        ("DELETE FROM [users] WHERE 1 RETURNING id", "sqlite"),
        ("UPDATE OR IGNORE users SET age = 1", "sqlite"),
        ("DELETE FROM ONLY users * WHERE true", "postgres"),
    ],
)
def test_the_table_is_named_whatever_stands_before_it(sql: str, provider: str) -> None:
    (found,) = in_sql(sql, provider)
    assert "`users`" in found.message


@pytest.mark.parametrize("provider", EVERYWHERE)
@pytest.mark.parametrize(
    "sql",
    [
        "WITH",
        "WITH a AS",
        "WITH a AS (DELETE",
        "MERGE",
        "MERGE INTO t WHEN",
        "REPLACE",
        "UPDATE",
        "DELETE",
    ],
)
def test_what_is_cut_off_breaks_nothing(sql: str, provider: str) -> None:
    assert isinstance(acts(sql, provider), tuple)


def test_a_with_in_a_with_is_read_as_deep_as_anybody_writes() -> None:
    deep = "WITH a AS (" * 500 + "DELETE FROM users" + ") SELECT 1" * 500
    assert acts(deep, "postgres") == ()
    two = "WITH a AS (WITH b AS (SELECT 1) DELETE FROM sessions) SELECT 1"
    assert codes(in_sql(two, "postgres")) == ["OKR303"]
