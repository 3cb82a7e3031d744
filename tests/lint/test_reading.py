"""What statements do, as rules see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linting import codes, in_sql
from okra.dialects.base import Script
from okra.lint.acts import (
    AddsCheck,
    AddsColumn,
    AddsForeignKey,
    AddsKey,
    ColumnText,
    CreatesIndex,
    DropsColumn,
    DropsTables,
    Form,
    Redefines,
    RenamesColumn,
    RenamesTable,
    Sets,
    SetsType,
    WritesAnew,
)
from okra.lint.reading import acts_of


def acts(sql: str, provider: str) -> tuple:
    return acts_of(Script(sql=sql, line=1), provider)


def test_names_are_those_of_the_model() -> None:
    (one,) = acts('DROP TABLE public.Users, "Odd ""name""", billing.Lines CASCADE', "postgres")
    assert one == DropsTables(at=0, tables=("users", 'Odd "name"', "billing.lines"), cascade=True)
    assert acts("DROP TABLE `Users`", "mysql") == (DropsTables(at=0, tables=("Users",)),)


def test_several_clauses_are_several_acts_each_at_its_place() -> None:
    sql = "ALTER TABLE users ADD COLUMN a numeric(10, 2) DEFAULT 1.5 NOT NULL,\n  DROP COLUMN IF EXISTS b,\n  ALTER COLUMN c TYPE varchar(3) USING left(c, 3)"
    added, dropped, typed = acts(sql, "postgres")
    column = ColumnText(name="a", type="numeric(10, 2)", required=True, default="1.5")
    assert added == AddsColumn(at=18, table="users", column=column)
    assert dropped == DropsColumn(at=sql.index("DROP"), table="users", column="b")
    assert typed == SetsType(
        at=sql.index("ALTER COLUMN"), table="users", column="c", type="varchar(3)"
    )


def test_constraints_behind_a_column_are_acts_of_their_own() -> None:
    found = acts(
        "ALTER TABLE p ADD author_id int UNIQUE REFERENCES users (id) CHECK (author_id > 0)",
        "postgres",
    )
    assert [type(act) for act in found] == [AddsColumn, AddsKey, AddsForeignKey, AddsCheck]


def test_mysql_says_how_it_is_to_be_done() -> None:
    redefined, renamed, form = acts(
        "ALTER TABLE `t` CHANGE COLUMN `a` `b` bigint unsigned NOT NULL DEFAULT '0' COMMENT 'it\\'s, so', "
        "ALGORITHM=COPY, LOCK = SHARED",
        "mysql",
    )
    text = ColumnText(name="b", type="bigint unsigned", required=True, default="'0'", comment=True)
    assert redefined == Redefines(at=16, table="t", column="a", definition=text)
    assert renamed == RenamesColumn(at=16, table="t", column="a", after="b")
    assert form == Form(at=12, table="t", algorithm="COPY", lock="SHARED")


def test_an_index_on_an_expression_has_its_columns_only() -> None:
    (index,) = acts(
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t USING btree (lower(a), b DESC) WHERE c > 0",
        "postgres",
    )
    assert index == CreatesIndex(
        at=0,
        table="t",
        name="i",
        columns=("b",),
        parts=("lower(a)", "b"),
        where="c > 0",
        unique=True,
        concurrent=True,
        lenient=True,
    )


def test_several_tables_are_renamed_at_once() -> None:
    assert acts("RENAME TABLE a TO b, c TO d", "mysql") == (
        RenamesTable(at=13, table="a", after="b"),
        RenamesTable(at=21, table="c", after="d"),
    )


@pytest.mark.parametrize(
    ("sql", "name", "value"),
    [
        ("SET SESSION foreign_key_checks = 0", "foreign_key_checks", "0"),
        ("SET @@session.sql_mode := ''", "sql_mode", ""),
        ("SET LOCAL lock_timeout TO '0'", "lock_timeout", "0"),
        ("PRAGMA main.foreign_keys(ON)", "foreign_keys", "on"),
    ],
)
def test_settings(sql: str, name: str, value: str) -> None:
    provider = "postgres" if "LOCAL" in sql else "mysql" if "SET" in sql else "sqlite"
    (found,) = acts(sql, provider)
    assert isinstance(found, Sets)
    assert (found.name, found.value) == (name, value)


def test_maintenance() -> None:
    assert acts("VACUUM (FULL, ANALYZE) users", "postgres") == (
        WritesAnew(at=0, what="VACUUM FULL", table="users"),
    )
    assert acts("VACUUM ANALYZE users", "postgres") == ()
    assert acts("REINDEX INDEX CONCURRENTLY i", "postgres") == ()
    assert acts("CLUSTER users USING i", "postgres")[0].table == "users"


@pytest.mark.parametrize(
    "sql",
    [
        "DO $okra$ BEGIN DROP TABLE users; END $okra$",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP TABLE users'",
        "SELECT 'DROP TABLE users'",
        "COMMENT ON TABLE users IS 'TRUNCATE users'",
        "CREATE TEMP TABLE users (id int)",
        "DROP VIEW v",
    ],
)
def test_what_a_statement_only_mentions_is_not_done(sql: str) -> None:
    assert acts(sql, "postgres") == ()


def test_strings_of_a_dialect_hide_what_is_in_them() -> None:
    (added,) = acts("ALTER TABLE t ADD c text DEFAULT E'it\\'s, NOT NULL'", "postgres")
    assert not added.column.required
    (quoted,) = acts("ALTER TABLE t ADD c text DEFAULT $x$, DROP COLUMN a$x$", "postgres")
    assert isinstance(quoted, AddsColumn)


WORDS = st.sampled_from(
    [
        "ALTER",
        "TABLE",
        "ADD",
        "COLUMN",
        "DROP",
        "CONSTRAINT",
        "FOREIGN",
        "KEY",
        "REFERENCES",
        "CHECK",
        "UNIQUE",
        "PRIMARY",
        "INDEX",
        "CREATE",
        "NOT",
        "NULL",
        "DEFAULT",
        "TYPE",
        "SET",
        "RENAME",
        "TO",
        "USING",
        "VALID",
        "CASCADE",
        "(",
        ")",
        ",",
        ".",
        ";",
        "'",
        '"',
        "`",
        "$$",
        "::",
        "=",
        "users",
        "id",
        "5",
        "'a'",
        "E'\\",
        "--",
        "/*",
        "MODIFY",
        "CHANGE",
        "ALGORITHM",
        "UPDATE",
        "DELETE",
        "FROM",
        "WHERE",
        "IS",
        "OR",
        "TRUNCATE",
        "VACUUM",
        "FULL",
        "REINDEX",
        "PRAGMA",
        "VALUE",
        "IF",
        "EXISTS",
        "GENERATED",
        "AS",
        "WITH",
        "MERGE",
        "INTO",
        "USING",
        "ON",
        "WHEN",
        "MATCHED",
        "THEN",
        "CASE",
        "END",
        "REPLACE",
        "AND",
        "1",
        "ATTACH",
        "PARTITION",
    ]
)


@given(st.lists(WORDS, max_size=24), st.sampled_from(["postgres", "mysql", "sqlite"]))
def test_nothing_that_is_written_breaks_the_reader(words: list[str], provider: str) -> None:
    assert isinstance(acts(" ".join(words), provider), tuple)


def test_what_the_file_makes_itself_is_not_meant() -> None:
    sql = """
    CREATE TABLE notes (id int NOT NULL);
    ALTER TABLE notes ADD COLUMN text text NOT NULL;
    CREATE INDEX notes_text ON notes (text);
    ALTER TABLE notes ADD CONSTRAINT c CHECK (id > 0);
    ALTER TABLE notes RENAME TO remarks;
    ALTER TABLE remarks DROP COLUMN text;
    DROP TABLE remarks;
    """
    assert in_sql(sql, "postgres") == ()


def test_a_column_that_was_filled_may_become_required() -> None:
    fill = "UPDATE users SET email = '' WHERE email IS NULL;\n"
    require = "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"
    assert "OKR306" in codes(in_sql(require, "postgres"))
    assert "OKR306" not in codes(in_sql(fill + require, "postgres"))


def test_a_renamed_table_is_still_the_one_it_was() -> None:
    sql = "ALTER TABLE users RENAME TO people; ALTER TABLE people ALTER COLUMN id TYPE bigint;"
    assert codes(in_sql(sql, "postgres")) == ["OKR320", "OKR312"]


def test_a_rebuild_is_one_change() -> None:
    sql = """
    CREATE TABLE new_orders (id integer PRIMARY KEY, status text);
    INSERT INTO new_orders (id, status) SELECT id, status FROM orders;
    DROP TABLE orders;
    ALTER TABLE new_orders RENAME TO orders;
    """
    assert in_sql(sql, "sqlite") == ()
    assert codes(in_sql(sql.replace("DROP TABLE orders", "DROP TABLE events"), "sqlite")) == [
        "OKR301"
    ]


def test_a_constraint_that_is_never_validated_looks_at_no_row() -> None:
    add = "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;"
    validate = "\n-- okra: new transaction\nALTER TABLE users VALIDATE CONSTRAINT c;"
    assert in_sql(add, "postgres") == ()
    (found,) = in_sql(add + validate, "postgres")
    assert found.code == "OKR329"
    assert found.span is not None
    assert found.span.start > len(add)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE users FROM users JOIN posts ON posts.author_id = users.id",
        "UPDATE users JOIN posts ON posts.author_id = users.id SET users.age = 1",
        "DELETE FROM users LIMIT 10",
    ],
)
def test_what_else_says_which_rows(sql: str) -> None:
    assert in_sql(sql, "mysql") == ()


def test_truncate_cascade() -> None:
    assert codes(in_sql("TRUNCATE users CASCADE", "postgres")) == ["OKR303", "OKR324"]
