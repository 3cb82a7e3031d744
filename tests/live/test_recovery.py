"""What was left half done: where it goes on, what it refuses, and the ways out."""

from __future__ import annotations

import pytest

from crash_plans import BASE
from okra.errors import ChecksumMismatch, DatabaseError, OkraError, StatementFailed
from okra.migrations.down import migrate_down
from okra.migrations.resolve import Action, resolve
from okra.migrations.status import Condition, migrate_status
from okra.migrations.up import migrate_up

TABLES = (
    "CREATE TABLE a (x integer);",
    "CREATE TABLE b (x integer);",
    "CREATE TABLE c (x integer);",
)


def apart(*statements: str) -> str:
    """Statements that are a transaction each, on every server."""
    return "\n".join(f"-- okra: new transaction\n{statement}" for statement in statements)


def refused(desk, command=migrate_up, **options) -> OkraError:
    with pytest.raises(OkraError) as caught:
        command(desk.target, **options)
    return caught.value


def journal(desk, version: str) -> tuple:
    return desk.sql(
        "SELECT state, direction, applied, in_flight, error_code, error_at_statement"
        f" FROM _okra_migrations WHERE version = '{version}'"
    )[0]


def tables(desk) -> list[str]:
    return list(desk.session.tables())


def half_applied(desk) -> str:
    """A migration of three statements whose second one fails."""
    version = desk.add(
        apart(TABLES[0], "CREATE TABLE a (y integer);", TABLES[2]),
        apart("DROP TABLE c;", "DROP TABLE a;"),
    )
    error = refused(desk)
    assert isinstance(error, StatementFailed)
    assert "the statement before it is done and stays" in (error.help or "")
    return version


def test_a_failed_statement_leaves_what_was_done_before_it(desk):
    version = half_applied(desk)

    assert journal(desk, version) == ("failed", "up", 1, None, "OKR510", 2)
    assert tables(desk) == ["a"]
    entry = migrate_status(desk.target).entries[0]
    assert (entry.condition, entry.done, entry.total) == (Condition.FAILED, 1, 3)


def test_what_is_undone_with_a_failed_statement_is_said(postgres_desk):
    desk = postgres_desk
    desk.add(
        "CREATE TABLE a (x integer);\nCREATE TABLE a (y integer);\n-- okra: new transaction\nCREATE TABLE b (x integer);"
    )

    first = refused(desk).help or ""
    desk.add(
        "CREATE TABLE c (x integer);\n-- okra: new transaction\nCREATE TABLE d (x integer);\n"
        "CREATE TABLE c (y integer);"
    )
    desk.sql("CREATE TABLE a (z integer);")
    resolve(desk.target, version=next(iter(desk.states())), action=Action.APPLIED)
    second = refused(desk).help or ""

    assert "\nnothing was changed: its whole transaction was undone\n" in first
    assert (
        "\nthe first statement is done and stays; the transaction behind that was undone\n"
        in second
    )
    assert tables(desk) == ["a", "c"]


def test_what_failed_is_not_tried_again_by_itself(desk):
    version = half_applied(desk)

    error = refused(desk)

    assert (error.code, journal(desk, version)[0]) == ("OKR523", "failed")
    assert "okra db:migrate:up --resume" in (error.help or "")


def test_with_resume_the_statement_is_tried_again_and_the_rest_follows(desk):
    version = half_applied(desk)
    desk.sql("ALTER TABLE a RENAME TO aside;")

    result = migrate_up(desk.target, resume=True)

    assert [each.version for each in result.applied] == [version]
    assert tables(desk) == ["a", "aside", "c"]
    assert journal(desk, version) == ("done", "up", 3, None, None, None)


def test_an_edited_tail_goes_on_behind_what_is_done(desk):
    version = half_applied(desk)
    desk.reseal(version, migration=apart(TABLES[0], TABLES[1], "CREATE TABLE d (x integer);"))

    migrate_up(desk.target)

    assert tables(desk) == ["a", "b", "d"]
    assert migrate_status(desk.target).up_to_date


def test_an_edited_head_is_refused(desk):
    version = half_applied(desk)
    desk.reseal(version, migration=apart("CREATE TABLE z (x integer);", *TABLES[1:]))

    error = refused(desk)

    assert isinstance(error, ChecksumMismatch)
    assert (error.code, tables(desk)) == ("OKR560", ["a"])


def test_a_shortened_file_is_refused(desk):
    version = desk.add(apart(*TABLES, "CREATE TABLE a (y integer);"))
    refused(desk)
    desk.reseal(version, migration=apart(*TABLES[:2]))

    assert refused(desk).code == "OKR560"


def test_a_half_applied_migration_is_not_taken_back(desk):
    half_applied(desk)

    error = refused(desk, migrate_down)

    assert (error.code, tables(desk)) == ("OKR563", ["a"])


def test_what_failed_on_rows_is_tried_again(desk):
    desk.add(BASE)
    migrate_up(desk.target)
    desk.sql("INSERT INTO users VALUES (4, NULL);")
    change = (
        "ALTER TABLE users ALTER COLUMN name SET NOT NULL;"
        if desk.is_postgres
        else "ALTER TABLE users MODIFY COLUMN name varchar(40) NOT NULL;"
    )
    version = desk.add(apart(TABLES[0], change, TABLES[1]))
    error = refused(desk)
    desk.sql("DELETE FROM users WHERE name IS NULL;")

    migrate_up(desk.target)

    assert (error.code, journal(desk, version)) == ("OKR511", ("done", "up", 3, None, None, None))


def cut_off(desk, statement: str, *, number: int = 2) -> str:
    """A run that was killed while the server was at work on a statement that the catalogue says nothing of."""
    procedure = (
        "CREATE PROCEDURE work() LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (''called''); END';"
        if desk.is_postgres
        else "CREATE PROCEDURE work() INSERT INTO log VALUES ('called');"
    )
    desk.add(BASE)
    migrate_up(desk.target)
    desk.sql(procedure)
    version = desk.add(
        apart(TABLES[0]) + f"\n-- okra: outside a transaction\n{statement}\n" + TABLES[1],
        "DROP TABLE b; DROP TABLE a;",
    )
    assert desk.run("up", "--at", f"statement {number}")["died"]
    return version


def test_a_statement_that_nobody_knows_about_stops_the_run(desk):
    version = cut_off(desk, "CALL work();")

    error = refused(desk)
    again = refused(desk)
    status = migrate_status(desk.target)

    assert (error.code, again.code) == ("OKR561", "OKR561")
    for way in ("--done 2", "--retry", "--reverted"):
        assert way in (error.help or "")
    assert journal(desk, version) == ("unknown", "up", 1, 2, "OKR561", 2)
    assert [problem.code for problem in status.problems] == ["OKR561"]
    assert (status.up_to_date, desk.sql("SELECT * FROM log")) == (False, [])


def test_it_goes_on_behind_a_statement_that_somebody_says_was_done(desk):
    version = cut_off(desk, "CALL work();")
    refused(desk)

    with pytest.raises(DatabaseError, match="nobody is in doubt about statement 1"):
        resolve(desk.target, version, action=Action.DONE, statement=1)
    result = resolve(desk.target, version, action=Action.DONE, statement=2)
    migrate_up(desk.target)

    assert (result.before, result.after) == ("unknown", "running")
    assert (desk.states()[version], desk.sql("SELECT * FROM log")) == ("done", [])
    assert "b" in tables(desk)


def test_it_sends_a_statement_again_that_somebody_says_was_not_done(desk):
    version = cut_off(desk, "CALL work();")
    refused(desk)

    resolve(desk.target, version, action=Action.RETRY)
    migrate_up(desk.target)

    assert (desk.states()[version], desk.sql("SELECT * FROM log")) == ("done", [("called",)])


@pytest.mark.parametrize(
    "said", [{"action": Action.RETRY}, {"action": Action.DONE, "statement": 1}]
)
def test_of_several_statements_under_way_the_next_run_finds_out_by_itself(mysql_desk, said):
    desk = mysql_desk
    version = desk.add("\n".join(TABLES))
    assert desk.run("up", "--at", "statement 3")["died"]

    error = refused(desk, resolve, version=version, **said)
    migrate_up(desk.target)

    assert error.code == "OKR530"
    assert f"statements 1 to 3 of `{version}` were sent" in error.message
    assert (desk.states(), tables(desk)) == ({version: "done"}, ["a", "b", "c"])


def test_what_was_taken_back_by_hand_begins_anew(desk):
    version = cut_off(desk, "CALL work();")
    refused(desk)
    desk.sql("DROP TABLE a;")

    resolve(desk.target, version, action=Action.REVERTED)
    migrate_up(desk.target)

    assert (desk.states()[version], desk.sql("SELECT * FROM log")) == ("done", [("called",)])


def test_a_statement_that_was_edited_while_in_flight_is_in_doubt(desk):
    version = cut_off(desk, "CALL work();")
    desk.reseal(version, migration=apart(TABLES[0], "INSERT INTO log VALUES ('x');", TABLES[1]))

    assert refused(desk).code == "OKR561"


def test_a_killed_way_back_is_finished_by_the_next_up_which_then_applies_anew(desk):
    version = desk.add(apart(*TABLES), apart("DROP TABLE c;", "DROP TABLE b;", "DROP TABLE a;"))
    migrate_up(desk.target)
    assert desk.run("down", "--at", "statement 2")["died"]

    before = journal(desk, version)[:2]
    migrate_up(desk.target)

    assert before == ("reverting", "down")
    assert (desk.states(), tables(desk)) == ({version: "done"}, ["a", "b", "c"])


def test_a_way_back_of_which_nothing_was_done_is_given_up_by_the_next_up(desk):
    back = "-- ! loses data: drops table `a` with all its rows\nDROP TABLE a;"
    version = desk.add(apart(TABLES[0], TABLES[1]), apart("DROP TABLE b;", back))
    migrate_up(desk.target)
    desk.sql("INSERT INTO b VALUES (7);")
    assert desk.run("down", "--at", "statement 1")["died"]
    warnings: list[str] = []

    migrate_up(desk.target, progress=lambda event: warnings.append(event.purpose))

    assert desk.sql("SELECT x FROM b") == [(7,)]
    assert journal(desk, version) == ("done", "up", 2, None, None, None)
    assert (
        f"`{version}` was to be taken back, and nothing of that was done: it stays applied"
        in warnings
    )
    assert migrate_status(desk.target).up_to_date
    migrate_down(desk.target, confirm=lambda _: True)
    assert tables(desk) == []


def test_what_finishing_a_killed_way_back_loses_is_said(desk):
    back = "-- ! loses data: drops table `a` with all its rows\nDROP TABLE a;"
    version = desk.add(apart(TABLES[0], TABLES[1]), apart("DROP TABLE b;", back))
    migrate_up(desk.target)
    assert desk.run("down", "--at", "statement 2")["died"]
    warnings: list[str] = []

    migrate_up(desk.target, progress=lambda event: warnings.append(event.purpose))

    assert warnings[1] == (
        f"`{version}` is half taken back; the rest goes first, and drops table `a` with all its rows"
    )


def test_a_way_back_that_failed_goes_on_where_it_stopped(desk):
    version = desk.add(
        apart(*TABLES), apart("DROP TABLE c;", "DROP TABLE nothing;", "DROP TABLE a;")
    )
    migrate_up(desk.target)

    first = refused(desk, migrate_down)
    second = refused(desk, migrate_down)
    desk.sql("CREATE TABLE nothing (x integer);")
    migrate_down(desk.target, resume=True)

    assert (first.code, second.code) == ("OKR510", "OKR523")
    assert (desk.states(), tables(desk)) == ({version: "reverted"}, ["b"])


def test_an_invalid_index_is_dropped_and_built_again(postgres_desk):
    desk = postgres_desk
    desk.add(BASE)
    migrate_up(desk.target)
    desk.sql("INSERT INTO users VALUES (4, 'ann');")
    version = desk.add("CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (name);")

    error = refused(desk)
    left = desk.sql("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
    desk.sql("DELETE FROM users WHERE id = 4;")
    migrate_up(desk.target)

    assert (error.code, left) == ("OKR511", [(0,)])
    assert desk.states()[version] == "done"
    assert desk.sql(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_name_key'::regclass"
    ) == [(True,)]


def test_a_setting_of_a_file_counts_behind_a_statement_that_was_cut_off(mysql_desk):
    desk = mysql_desk
    desk.add(BASE)
    migrate_up(desk.target)
    version = desk.add(
        "SET @said = 'kept';\nCREATE TABLE a (x integer);\nINSERT INTO log VALUES (@said);"
    )
    assert desk.run("up", "--at", "statement 2 done")["died"]

    migrate_up(desk.target)

    assert (desk.states()[version], desk.sql("SELECT what FROM log")) == ("done", [("kept",)])
