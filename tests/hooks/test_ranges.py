"""Statements in ranges of a key: which keys, which statements, what is refused, and how a stopped one goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from okra.errors import ChecksumMismatch, DatabaseError, DirectoryError, OkraError, StatementFailed
from okra.migrations.down import migrate_down
from okra.migrations.resolve import Action, resolve
from okra.migrations.up import migrate_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from desks import Desk

MARKED = "-- okra: hooks\n"


def hooks(up: str, down: str = "") -> str:
    return f"-- okra:up\n{up}\n-- okra:down\n{down}\n"


def refused(work: Callable[[], object]) -> OkraError:
    with pytest.raises(OkraError) as found:
        work()
    return found.value


def with_users(desk: Desk, count: int = 10, key: str = "id integer PRIMARY KEY") -> None:
    desk.add(f"CREATE TABLE users ({key}, n integer NOT NULL);")
    migrate_up(desk.target)
    name = key.split(maxsplit=1)[0].strip('"`')
    for number in range(count):
        desk.sql(f"INSERT INTO users ({name}, n) VALUES ({number + 1}, 0)")


KEYS = {
    "text": (
        "varchar(20)",
        ["'b'", "'a'", "'it''s'", "'Z'", "'ö'", "'-- x'", "'a b'", "''", "'?'", "'%s'"],
    ),
    "bytes": ("{bytes}", ["{x}00", "{x}01", "{x}27", "{x}5C", "{x}FF", "{x}0000"]),
    "date": ("date", ["'2024-01-31'", "'1999-12-31'", "'2024-02-29'", "'2030-01-01'"]),
    "big": (
        "bigint",
        ["9007199254740993", "9007199254740992", "-9223372036854775808", "9223372036854775807"],
    ),
    "exact": ("decimal(30, 10)", ["0.0000000001", "-1.5", "12345678901234567890.1234567891", "7"]),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_of_any_type_cuts_the_rows_so_that_each_is_in_one_range(desk, kind):
    sql, values = KEYS[kind]
    binary = {"sqlite": "blob", "postgres": "bytea", "mysql": "varbinary(10)"}[desk.url.provider]
    if kind == "exact" and desk.url.provider == "sqlite":
        values = [f"'k{value}'" for value in values]  # SQLite has no exact numbers
        sql = "text"
    desk.add(
        f"CREATE TABLE users (k {sql.format(bytes=binary)} NOT NULL PRIMARY KEY, n integer NOT NULL);"
    )
    migrate_up(desk.target)
    backslash = "'a" + "\\" * (2 if desk.url.provider == "mysql" else 1) + "b'"
    values = [*values, backslash] if kind == "text" else values
    for value in values:
        text = value
        if kind == "bytes":
            digits = value.format(x="")
            text = f"decode('{digits}', 'hex')" if desk.is_postgres else f"x'{digits}'"
        desk.sql(f"INSERT INTO users VALUES ({text}, 0)")
    for size in (1, 2, 3):
        desk.add(
            MARKED, hooks=hooks(f"-- okra:batch size={size} key=k\nUPDATE users SET n = n + 1;")
        )

    migrate_up(desk.target)

    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(3, len(values))]


STATEMENTS = [
    ("UPDATE users SET n = n + 1", 10),
    ("UPDATE users SET n = n + 1 -- a remark\n", 10),
    ("UPDATE users SET n = n + 1 WHERE id > 3 OR id = 1 -- where", 8),
    (
        "UPDATE users\nSET n = (SELECT count(*) FROM users AS u WHERE u.id = users.id ORDER BY 1 LIMIT 1)",
        10,
    ),
    ("UPDATE users AS u SET n = 1 WHERE u.id IN (SELECT id FROM more WHERE id < 5)", 4),
    (
        "UPDATE users SET n = CASE WHEN 'WHERE' = 'x' THEN 2 ELSE 1 END /* WHERE ; */ WHERE id = 5",
        1,
    ),
]


@pytest.mark.parametrize(("sql", "changed"), STATEMENTS)
def test_the_range_joins_the_condition_of_the_statement(desk, sql, changed):
    if "count(*) FROM users" in sql and desk.url.provider == "mysql":
        sql = "UPDATE users SET n = 1"  # MySQL does not read the table that it changes
    with_users(desk)
    desk.sql("CREATE TABLE more (id integer); INSERT INTO more VALUES (1), (2), (3), (4), (9);")
    desk.add(MARKED, hooks=hooks(f"-- okra:batch size=3 key=id\n{sql};"))

    migrate_up(desk.target)

    assert desk.sql("SELECT count(*) FROM users WHERE n = 1") == [(changed,)]


def test_rows_are_deleted_in_ranges_too(desk):
    with_users(desk)
    desk.add(MARKED, hooks=hooks("-- okra:batch size=3 key=id\nDELETE FROM users WHERE id > 4;"))

    migrate_up(desk.target)

    assert desk.sql("SELECT count(*), max(id) FROM users") == [(4, 4)]


REFUSED = [
    ("-- okra:batch size=3", "UPDATE users SET n = 1", "OKR497", "it names no key"),
    (
        "-- okra:batch size=0 key=id",
        "UPDATE users SET n = 1",
        "OKR497",
        "the size `0` is no number of rows",
    ),
    ("-- okra:batch size=many key=id", "UPDATE users SET n = 1", "OKR497", "the size `many`"),
    (
        "-- okra:batch size=3 key=id,n",
        "UPDATE users SET n = 1",
        "OKR497",
        "the key `id,n` has several columns",
    ),
    (
        "-- okra:batch key=id step=4",
        "UPDATE users SET n = 1",
        "OKR497",
        "`step` means nothing there",
    ),
    (
        "-- okra:batch key=id\n-- okra:batch key=id",
        "UPDATE users SET n = 1",
        "OKR497",
        "it stands twice",
    ),
    (
        "-- okra:batch key=id",
        "INSERT INTO users VALUES (99, 1)",
        "OKR498",
        "it is no plain UPDATE or DELETE",
    ),
    ("-- okra:batch key=id", "UPDATE users SET n = 1 ORDER BY id", "OKR498", "it has `ORDER`"),
    (
        "-- okra:batch key=id",
        "UPDATE users SET n = 1, id = id + 100",
        "OKR498",
        "it changes its own key `id`",
    ),
    ("-- okra:batch key=id", "DELETE FROM users LIMIT 3", "OKR498", "it has `LIMIT`"),
    (
        "-- okra:batch key=n",
        "UPDATE users SET id = 1",
        "OKR499",
        "`users.n` is not unique by itself, or may be NULL",
    ),
    ("-- okra:batch key=nix", "UPDATE users SET n = 1", "OKR499", "`users` has no column `nix`"),
    ("-- okra:batch key=id", "UPDATE nobody SET n = 1", "OKR499", "OKRA finds no table nobody"),
]


@pytest.mark.parametrize(("line", "sql", "code", "why"), REFUSED)
def test_what_can_not_be_cut_into_ranges_is_refused_with_its_place(desk, line, sql, code, why):
    with_users(desk)
    version = desk.add(MARKED, hooks=hooks(f"SELECT 1;\n{line}\n{sql};"))

    error = refused(lambda: migrate_up(desk.target))

    lines = line.count("\n")
    assert (error.code, error.place) == (code, f"{desk.folder(version)}/hooks.sql:{4 + lines}")
    assert why in error.message
    assert desk.sql("SELECT count(*), sum(n) FROM users") == [(10, 0)]


def test_a_key_that_may_be_null_is_refused_and_a_unique_one_is_taken(desk):
    unique = "k integer NOT NULL UNIQUE"
    desk.add(
        f"CREATE TABLE users (id integer PRIMARY KEY, {unique}, loose integer UNIQUE, n integer);"
    )
    migrate_up(desk.target)
    desk.sql("INSERT INTO users VALUES (1, 7, NULL, 0), (2, 8, NULL, 0), (3, 9, 1, 0)")
    desk.add(MARKED, hooks=hooks("-- okra:batch size=1 key=k\nUPDATE users SET n = n + 1;"))
    migrate_up(desk.target)
    desk.add(MARKED, hooks=hooks("-- okra:batch size=1 key=loose\nUPDATE users SET n = n + 1;"))

    error = refused(lambda: migrate_up(desk.target))

    assert isinstance(error, DatabaseError)
    assert error.code == "OKR499"
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, 3)]


class Halfway:
    """A migration that failed in the third range of its second statement."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with_users(desk)
        desk.sql("CREATE TABLE small (id integer PRIMARY KEY, n integer NOT NULL CHECK (n < 5))")
        desk.sql("INSERT INTO small SELECT id, 0 FROM users")
        desk.sql("UPDATE small SET n = 4 WHERE id = 8")
        self.version = desk.add(MARKED, hooks=self.hooks(3))
        self.error = refused(lambda: migrate_up(desk.target))

    def hooks(self, size: int, *, table: str = "small", key: str = "id") -> str:
        up = f"UPDATE users SET n = n + 1;\n-- okra:batch size={size} key={key}\nUPDATE {table} SET n = n + 1;"
        return hooks(
            up,
            f"-- okra:batch size=4 key=id\nUPDATE {table} SET n = n - 1;\nUPDATE users SET n = 0;",
        )

    def progress(self) -> dict:
        [(mark,)] = self.desk.sql(
            f"SELECT mark FROM _okra_migrations WHERE version = '{self.version}'"
        )
        return json.loads(mark)

    def check_done(self) -> None:
        assert self.desk.states()[self.version] == "done"
        assert self.desk.sql("SELECT n, count(*) FROM small GROUP BY n ORDER BY n") == [(1, 10)]
        assert self.desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, 10)]


@pytest.fixture
def halfway(desk: Desk) -> Halfway:
    return Halfway(desk)


def test_a_range_that_fails_leaves_those_before_it_done_and_says_so(halfway):
    error = halfway.error

    assert isinstance(error, StatementFailed)
    assert error.place == f"{halfway.desk.folder(halfway.version)}/hooks.sql:4"
    assert "2 ranges of it are done and will not be run again" in str(error.help)
    assert halfway.desk.states()[halfway.version] == "failed"
    assert (halfway.progress()["ranges"], halfway.progress()["after"].strip("'")) == (2, "6")
    assert halfway.desk.sql("SELECT sum(n) FROM small WHERE id < 7") == [(6,)]


def test_once_the_row_is_mended_it_goes_on_with_the_next_range(halfway):
    halfway.desk.sql("UPDATE small SET n = 0 WHERE id = 8")

    migrate_up(halfway.desk.target, resume=True)

    halfway.check_done()


def test_said_that_it_may_be_tried_again_it_still_knows_its_ranges(halfway):
    halfway.desk.sql("UPDATE small SET n = 0 WHERE id = 8")

    resolve(halfway.desk.target, halfway.version, action=Action.RETRY)
    migrate_up(halfway.desk.target)

    halfway.check_done()


def test_the_size_of_the_ranges_may_be_another_one_when_it_goes_on(halfway):
    halfway.desk.sql("UPDATE small SET n = 0 WHERE id = 8")
    halfway.desk.reseal(halfway.version, hooks=halfway.hooks(1))

    migrate_up(halfway.desk.target)

    halfway.check_done()


@pytest.mark.parametrize("edit", [{"table": "users"}, {"key": "nix"}])
def test_another_statement_or_key_is_refused_when_a_part_is_done(halfway, edit):
    halfway.desk.reseal(halfway.version, hooks=halfway.hooks(3, **edit))

    error = refused(lambda: migrate_up(halfway.desk.target))

    assert isinstance(error, ChecksumMismatch)
    assert (error.code, error.place) == (
        "OKR566",
        f"{halfway.desk.folder(halfway.version)}/hooks.sql:4",
    )
    assert halfway.desk.sql("SELECT sum(n) FROM small WHERE id < 7") == [(6,)]


def test_a_key_in_the_history_that_is_no_literal_is_never_sent(halfway):
    bad = halfway.progress() | {"after": "0 OR 1=1"}
    text = json.dumps(bad).replace("'", "''")
    halfway.desk.sql(
        f"UPDATE _okra_migrations SET mark = '{text}' WHERE version = '{halfway.version}'"
    )

    error = refused(lambda: migrate_up(halfway.desk.target, resume=True))

    assert error.code == "OKR567"


def test_what_is_done_in_ranges_goes_back_in_ranges(desk):
    with_users(desk, 12)
    up = "-- okra:batch size=5 key=id\nUPDATE users SET n = n + 1;"
    down = "-- okra:batch size=3 key=id\nUPDATE users SET n = n - 1;"
    version = desk.add(MARKED, MARKED, hooks=hooks(up, down))
    migrate_up(desk.target)

    migrate_down(desk.target, confirm=lambda _: True)

    assert desk.states()[version] == "reverted"
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(0, 12)]


FILES = [
    ({"migration": "SELECT 1;"}, "OKR464", "migration.sql"),
    ({"migration": MARKED + "SELECT 1;\n" + MARKED}, "OKR464", "migration.sql:3"),
    ({"hooks": "-- okra:up\nSELECT 1;\n"}, "OKR496", "hooks.sql"),
    ({"hooks": "-- okra:up\n-- okra:down\n-- okra:up\n"}, "OKR496", "hooks.sql:3"),
    ({"hooks": "SELECT 1;\n-- okra:up\n-- okra:down\n"}, "OKR496", "hooks.sql:1"),
    ({"hooks": "-- okra:up\nSELECT 'x;\n-- okra:down\n"}, "OKR480", "hooks.sql:2:8"),
    ({"hooks": "-- okra:up\n-- a remark\nCOMMIT;\n-- okra:down\n"}, "OKR517", "hooks.sql"),
]


@pytest.mark.parametrize(("edit", "code", "place"), FILES)
def test_files_that_do_not_fit_together_are_refused_before_anything_runs(desk, edit, code, place):
    with_users(desk)
    version = desk.add("CREATE TABLE extra (id integer);\n" + MARKED, hooks=hooks("SELECT 1;"))
    desk.reseal(version, **edit)

    error = refused(lambda: migrate_up(desk.target))

    assert (error.code, error.place) == (code, f"{desk.folder(version)}/{place}")
    assert version not in desk.states()


def test_a_place_for_hooks_without_hooks_is_refused(desk):
    version = desk.add(MARKED)

    error = refused(lambda: migrate_up(desk.target))

    assert isinstance(error, DirectoryError)
    assert (error.code, error.place) == ("OKR464", f"{desk.folder(version)}/migration.sql:1")


@pytest.mark.only_on("mysql")
def test_a_table_without_transactions_is_refused(desk):
    if desk.url.provider != "mysql":
        return
    desk.add("CREATE TABLE users (id integer PRIMARY KEY, n integer) ENGINE=MyISAM;")
    migrate_up(desk.target)
    desk.add(MARKED, hooks=hooks("-- okra:batch key=id\nUPDATE users SET n = 1;"))

    error = refused(lambda: migrate_up(desk.target))

    assert error.code == "OKR498"
    assert "its engine MyISAM knows no transactions" in error.message.replace("myisam", "MyISAM")


def test_the_first_migration_of_a_new_database_may_run_in_ranges(desk):
    rows = ", ".join(f"({number}, 0)" for number in range(7))
    version = desk.add(
        f"CREATE TABLE users (id integer PRIMARY KEY, n integer);\nINSERT INTO users VALUES {rows};\n"
        "-- add one\n-- okra:batch size=2 key=id\nUPDATE users SET n = n + 1;",
        "DROP TABLE users;",
    )
    second = desk.add("CREATE TABLE more (id integer);")

    migrate_up(desk.target)

    assert desk.states() == {version: "done", second: "done"}
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, 7)]


def test_names_that_need_quotes_are_found(desk):
    quote = "`" if desk.url.provider == "mysql" else '"'
    table, key, alias = (f"{quote}{name}{quote}" for name in ("User where", "The Id", "my u"))
    desk.add(f"CREATE TABLE {table} ({key} integer PRIMARY KEY, n integer NOT NULL);")
    migrate_up(desk.target)
    desk.sql(f"INSERT INTO {table} VALUES (1, 0), (2, 0), (3, 0), (4, 0)")
    up = (
        f"-- okra:batch size=1 key={key}\nUPDATE {table} SET n = n + 1;\n"
        f"-- okra:batch size=3 key={key}\nUPDATE {table} AS {alias} SET n = n + 1 WHERE {alias}.{key} < 9;\n"
    )
    desk.add(MARKED, hooks=hooks(up))

    migrate_up(desk.target)

    assert desk.sql(f"SELECT n, count(*) FROM {table} GROUP BY n") == [(2, 4)]


def test_line_ends_of_windows_make_no_difference(desk):
    with_users(desk)
    text = hooks("-- okra:batch size=3 key=id\nUPDATE users SET n = n + 1;", "SELECT 1;")
    desk.add(MARKED, hooks=text.replace("\n", "\r\n") + "\n")

    migrate_up(desk.target)

    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, 10)]


BODIES = {
    "sqlite": "CREATE TRIGGER t AFTER INSERT ON users BEGIN UPDATE users SET n = 9; DELETE FROM log; END;",
    "postgres": "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $x$BEGIN DELETE FROM log; END;$x$;\n"
    "/* a /* nested; */ remark */ SELECT f();\nDROP FUNCTION f();",
    "mysql": "DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM log; UPDATE users SET n = 9; END//\nDELIMITER ;\n"
    "DROP PROCEDURE p;",
}


def test_bodies_of_triggers_and_functions_stand_in_hooks_whole(desk):
    with_users(desk, 3)
    desk.sql("CREATE TABLE log (what varchar(9)); INSERT INTO log VALUES ('x');")
    version = desk.add(MARKED, hooks=hooks(f"{BODIES[desk.url.provider]}\nUPDATE users SET n = 5;"))

    migrate_up(desk.target)

    assert desk.states()[version] == "done"
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(5, 3)]


@pytest.mark.only_on("sqlite")
def test_a_primary_key_that_is_null_is_refused(desk):
    desk.add("CREATE TABLE users (id text PRIMARY KEY, n integer);")
    migrate_up(desk.target)
    desk.sql("INSERT INTO users VALUES ('a', 0), (NULL, 0), ('b', 0)")
    desk.add(MARKED, hooks=hooks("-- okra:batch size=1 key=id\nUPDATE users SET n = n + 1;"))

    error = refused(lambda: migrate_up(desk.target))

    assert (error.code, "rows whose `users.id` is NULL" in error.message) == ("OKR499", True)
    desk.sql("DELETE FROM users WHERE id IS NULL")
    migrate_up(desk.target)
    assert desk.sql("SELECT n, count(*) FROM users GROUP BY n") == [(1, 2)]


@pytest.mark.only_on("sqlite")
def test_a_key_with_a_nul_is_a_key_like_others(desk):
    desk.add("CREATE TABLE users (k text NOT NULL PRIMARY KEY, n integer NOT NULL);")
    migrate_up(desk.target)
    for digits in ("61", "610062", "610063", "62"):
        desk.sql(f"INSERT INTO users VALUES (CAST(x'{digits}' AS TEXT), 0)")
    desk.add(
        f"SELECT 1;\n{MARKED}SELECT 1;",
        hooks=hooks("-- okra:batch size=1 key=k\nUPDATE users SET n = n + 1;"),
    )
    migrate_up(desk.target)
    assert desk.sql("SELECT n FROM users") == [(1,)] * 4
