"""Files in steps: what one part of a file has set, checked or done counts for what it should, and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.errors import DatabaseError
from okra.migrations.up import migrate_up

if TYPE_CHECKING:
    from desks import Desk

ORPHANS = """
CREATE TABLE parents (id integer PRIMARY KEY);
CREATE TABLE children (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES parents (id));
INSERT INTO parents VALUES (1), (2), (3), (4), (5);
INSERT INTO children VALUES (1, 5);
"""


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("behind", ["", "SELECT 1;"])
def test_the_last_range_may_not_leave_rows_without_their_parent(desk: Desk, behind: str) -> None:
    desk.add(ORPHANS)
    migrate_up(desk.target)
    desk.add(f"-- okra:batch size=2 key=id\nDELETE FROM parents WHERE id > 2;\n{behind}")

    with pytest.raises(DatabaseError) as caught:
        migrate_up(desk.target)

    assert caught.value.code == "OKR514"
    assert desk.sql("SELECT id FROM parents") == [(1,), (2,), (5,)]


@pytest.mark.only_on("sqlite")
def test_what_stands_before_ranges_may_not_leave_rows_without_their_parent(desk: Desk) -> None:
    desk.add(ORPHANS)
    migrate_up(desk.target)
    desk.add(
        "DELETE FROM parents WHERE id = 5;\n"
        "-- okra:batch size=2 key=id\nDELETE FROM parents WHERE id = 1;"
    )

    with pytest.raises(DatabaseError) as caught:
        migrate_up(desk.target)

    assert caught.value.code == "OKR514"
    assert desk.sql("SELECT count(*) FROM parents") == [(5,)]


@pytest.mark.only_on("postgres", "mariadb", "mysql")
def test_transactions_may_be_put_together_behind_what_is_done(desk: Desk) -> None:
    statements = [
        "INSERT INTO a VALUES (1)",
        "INSERT INTO a VALUES (2)",
        "INSERT INTO a VALUES (3)",
    ]
    desk.add("CREATE TABLE a (id integer PRIMARY KEY);")
    migrate_up(desk.target)
    desk.sql("INSERT INTO a VALUES (3)")
    version = desk.add(";\n-- okra: new transaction\n".join(statements) + ";")
    found = []
    for _ in range(2):
        with pytest.raises(DatabaseError):
            migrate_up(desk.target)
        found += desk.sql(
            "SELECT state, applied, error_at_statement FROM _okra_migrations"
            f" WHERE version = '{version}'"
        )
        desk.reseal(version, migration=";\n".join([*statements, "INSERT INTO a VALUES (4);"]))
    desk.sql("DELETE FROM a WHERE id = 3")

    migrate_up(desk.target)

    assert found == [("failed", 2, 3), ("failed", 2, 3)]
    assert desk.states()[version] == "done"
    assert desk.sql("SELECT id FROM a ORDER BY id") == [(1,), (2,), (3,), (4,)]


def test_a_file_whose_rest_was_taken_out_is_done_with_what_is_done(desk: Desk) -> None:
    first = (
        "CREATE TABLE a (id integer PRIMARY KEY);\nINSERT INTO a VALUES (1), (2), (3);\n"
        "-- okra:batch size=2 key=id\nDELETE FROM a WHERE id = 2;\n"
    )
    version = desk.add(first + "CREATE TABLE a (id integer);")
    with pytest.raises(DatabaseError):
        migrate_up(desk.target)
    desk.reseal(version, migration=first)

    migrate_up(desk.target)

    assert desk.states() == {version: "done"}
    assert desk.sql("SELECT applied, total FROM _okra_migrations") == [(3, 3)]
    assert desk.sql("SELECT id FROM a ORDER BY id") == [(1,), (3,)]


SETTINGS = {
    "postgres": ("SET work_mem = '77MB'", "current_setting('work_mem')", "77MB"),
    "mysql": ("SET SESSION group_concat_max_len = 777", "@@group_concat_max_len", "777"),
}


def with_setting(desk: Desk) -> list[str]:
    """A migration that sets something, in steps, and one behind it; what both are to write down."""
    setting, shown, value = SETTINGS[desk.url.provider]
    desk.add("CREATE TABLE seen (what varchar(20));")
    migrate_up(desk.target)
    desk.add(
        f"{setting};\n-- okra: new transaction\nCREATE TABLE a (x integer);\n"
        f"-- okra: new transaction\nINSERT INTO seen SELECT {shown};"
    )
    desk.add(f"INSERT INTO seen SELECT {shown};")
    return [value, str(desk.sql(f"SELECT {shown}")[0][0])]


def seen(desk: Desk) -> list[str]:
    return [str(what) for (what,) in desk.sql("SELECT what FROM seen")]


@pytest.mark.only_on("postgres", "mariadb", "mysql")
@pytest.mark.parametrize("killed_at", [None, 2, 3])
def test_what_a_file_has_set_counts_for_itself_alone(desk: Desk, killed_at: int | None) -> None:
    wanted = with_setting(desk)
    if killed_at is not None:
        assert desk.run("up", "--at", f"statement {killed_at}")["died"]

    migrate_up(desk.target)

    assert seen(desk) == wanted


@pytest.mark.only_on("mariadb", "mysql")
@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        ("SET `default_week_format` = 3, @a = 'it''s'", "@@default_week_format"),
        ("SET optimizer_switch = 'mrr=on'", "@@optimizer_switch LIKE '%,mrr=on%'"),
        ("SET character_set_results = NULL", "coalesce(@@character_set_results, 'none')"),
        ("SET long_query_time = 0.25", "@@long_query_time < 1"),
        ("SET timestamp = 1", "now() < '1980-01-01'"),
        ("SET foreign_key_checks = 0", "@@foreign_key_checks"),
    ],
)
def test_whatever_is_set_is_put_back(desk: Desk, setting: str, shown: str) -> None:
    desk.add("CREATE TABLE seen (what varchar(40));")
    migrate_up(desk.target)
    desk.add(f"{setting};\nINSERT INTO seen SELECT {shown};")
    desk.add(f"INSERT INTO seen SELECT {shown};")
    before = desk.sql(f"SELECT {shown}")

    migrate_up(desk.target)

    inside, behind = seen(desk)
    assert inside != behind
    assert behind == str(before[0][0])


@pytest.mark.only_on("mariadb", "mysql")
def test_what_is_only_read_stays_as_it_is(desk: Desk) -> None:
    shown = "SELECT @@default_week_format, @@max_connections"
    before = desk.sql(shown)
    desk.add("SET @most = @@GLOBAL.max_connections;\nSET @week = @@default_week_format;")

    migrate_up(desk.target)

    assert set(desk.states().values()) == {"done"}
    assert desk.sql(shown) == before
