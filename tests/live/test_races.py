"""Another run, or the server, comes in between at the worst moment: nothing happens twice, and the history stays right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from crash_plans import BASE
from okra.dialects import dialect
from okra.errors import DatabaseError, LockNotObtained, StatementFailed
from okra.migrations.down import DownResult, migrate_down
from okra.migrations.history_tables import HistoryTables
from okra.migrations.stamps import Stamps
from okra.migrations.status import migrate_status
from okra.migrations.up import migrate_up
from proxies import Proxy

if TYPE_CHECKING:
    from collections.abc import Callable

    from desks import Desk

OTHER = "00000000-0000-4000-8000-000000000000"
HISTORY = "_okra_migrations"
STEPS = (
    "INSERT INTO log VALUES ('one');\n-- okra: new transaction\nCREATE TABLE a (x integer);\n"
    "-- okra: new transaction\nINSERT INTO log VALUES ('two');"
)


def once_at(point: str, work: Callable[[], object]) -> Callable[[str], None]:
    """Does `work` when a run comes to `point` for the first time."""
    left = [point]

    def fault(name: str) -> None:
        if name in left:
            left.remove(name)
            work()

    return fault


def based(desk: Desk) -> None:
    desk.add(BASE)
    migrate_up(desk.target)


def logged(desk: Desk) -> list[str]:
    return [str(what) for (what,) in desk.sql("SELECT what FROM log ORDER BY what")]


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as caught:
        work()
    return caught.value.code


def test_another_run_makes_the_history_first(desk: Desk) -> None:
    version = desk.add("CREATE TABLE a (x integer);")

    def make() -> None:
        tables = HistoryTables(desk.session, HISTORY, dialect(desk.url.provider).quote)
        Stamps(desk.session, tables).create(environment="local", identity=OTHER, okra_version="0")

    result = migrate_up(desk.target, fault=once_at("history", make))

    assert [each.version for each in result.applied] == [version]
    assert desk.states() == {version: "done"}
    assert desk.sql("SELECT id FROM _okra_stamp") == [(OTHER,)]


def test_where_something_else_has_the_name_of_a_table_of_the_history_nothing_is_made(
    postgres_desk: Desk,
) -> None:
    desk = postgres_desk
    desk.add("CREATE TABLE a (x integer);")
    desk.sql("CREATE TYPE _okra_log AS ENUM ()")

    assert code_of(lambda: migrate_up(desk.target)) == "OKR508"
    assert desk.session.tables() == []
    desk.sql("DROP TYPE _okra_log")
    assert len(migrate_up(desk.target).applied) == 1


@pytest.mark.parametrize("kind", ["file", "steps"])
def test_another_run_applies_it_first(desk: Desk, kind: str) -> None:
    based(desk)
    first = next(iter(desk.states()))
    version = desk.add("INSERT INTO log VALUES ('one');" if kind == "file" else STEPS)

    def apply() -> None:
        columns = [
            name
            for (name,) in desk.sql(
                "SELECT column_name FROM information_schema.columns"
                f" WHERE table_name = '{HISTORY}' AND table_schema = "
                + ("'public'" if desk.is_postgres else "database()")
            )
        ]
        rest = ", ".join(name for name in columns if name not in ("version", "runner"))
        desk.sql(
            f"INSERT INTO {HISTORY} (version, runner, {rest})"
            f" SELECT '{version}', '{OTHER}', {rest} FROM {HISTORY} WHERE version = '{first}'"
        )

    result = migrate_up(desk.target, fault=once_at("claim", apply))

    assert (result.applied, result.current) == ((), version)
    assert desk.states() == {first: "done", version: "done"}
    assert logged(desk) == []


@pytest.mark.parametrize(
    "point", ["statement 1", "statement 2", "statement 3", "record", "take over"]
)
def test_who_has_lost_its_hold_looks_again_and_does_nothing_twice(desk: Desk, point: str) -> None:
    based(desk)
    version = desk.add(STEPS)
    if point == "take over":
        assert desk.run("up", "--at", "statement 2")["died"]

    def take() -> None:
        desk.sql(
            f"UPDATE {HISTORY} SET runner = '{OTHER}', epoch = epoch + 1 WHERE version = '{version}'"
        )

    migrate_up(desk.target, fault=once_at(point, take))

    assert desk.states()[version] == "done"
    assert logged(desk) == ["one", "two"]
    assert "a" in desk.session.tables()
    assert migrate_status(desk.target).up_to_date


def test_who_is_still_at_work_is_waited_for_and_left_alone(desk: Desk) -> None:
    based(desk)
    version = desk.add(STEPS)
    assert desk.run("up", "--at", "statement 2")["died"]
    desk.settle()
    [(runner,)] = desk.sql(f"SELECT runner FROM {HISTORY} WHERE version = '{version}'")
    desk.session.lock.announce(str(runner))

    code = code_of(lambda: migrate_up(replace(desk.target, lock_timeout_ms=300)))

    assert (code, desk.states()[version]) == ("OKR562", "running")
    assert logged(desk) == ["one"]
    desk.close()
    migrate_up(desk.target)
    assert logged(desk) == ["one", "two"]


def test_who_lost_the_connection_and_the_lock_with_it_leaves_the_rest_to_the_other(
    desk: Desk,
) -> None:
    based(desk)
    version = desk.add(STEPS)

    def cut() -> None:
        if desk.is_postgres:
            desk.session.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        else:
            for (number,) in desk.sql(
                "SELECT id FROM information_schema.processlist"
                " WHERE db = database() AND id <> connection_id()"
            ):
                desk.sql(f"KILL {number}")
        desk.session.lock.take(HISTORY)

    target = replace(desk.target, lock_timeout_ms=300)
    with pytest.raises(LockNotObtained):
        migrate_up(target, fault=once_at("statement 3", cut))
    assert logged(desk) == ["one"]
    desk.session.lock.give_back()

    migrate_up(desk.target)

    assert desk.states()[version] == "done"
    assert logged(desk) == ["one", "two"]


def test_a_lock_that_the_server_has_forgotten_is_told_of(desk: Desk) -> None:
    desk.session.lock.take(HISTORY)
    desk.session.query(
        "SELECT pg_advisory_unlock_all()" if desk.is_postgres else "SELECT release_all_locks()"
    )

    assert code_of(desk.session.lock.give_back) == "OKR557"


def test_a_connection_that_breaks_right_behind_a_failed_statement_leaves_nothing_in_doubt(
    desk: Desk,
) -> None:
    based(desk)
    desk.sql("INSERT INTO users VALUES (4, 'ann')")
    if desk.is_postgres:
        sql, look, number = "CREATE UNIQUE INDEX CONCURRENTLY n ON users (name);", b"indisvalid", 3
    else:
        sql, look, number = "CREATE UNIQUE INDEX n ON users (name);", b"SHOW CREATE TABLE", 2
    version = desk.add(f"INSERT INTO log VALUES ('one');\n-- okra: new transaction\n{sql}")
    proxy = Proxy(desk.url, look, number=number, after=False)

    with pytest.raises(StatementFailed) as caught:
        migrate_up(replace(desk.target, url=proxy.url(desk.url)))
    proxy.close()
    state = desk.states()[version]
    desk.sql("DELETE FROM users WHERE id = 4")
    migrate_up(desk.target)

    assert proxy.cut
    assert "the failure could not be written down" in (caught.value.help or "")
    assert (state, desk.states()[version]) == ("running", "done")
    assert logged(desk) == ["one"]


@pytest.mark.only_on("mariadb")
def test_a_statement_that_failed_half_way_is_looked_at_again(mysql_desk: Desk) -> None:
    desk = mysql_desk
    version = desk.add(
        "CREATE TABLE a (x integer);\nDROP TABLE a, nothing;\nCREATE TABLE b (x integer);"
    )

    code = code_of(lambda: migrate_up(desk.target))

    assert (code, desk.session.tables()) == ("OKR510", [])
    assert desk.sql(f"SELECT state, applied, in_flight FROM {HISTORY}") == [("unknown", 1, 2)]
    migrate_up(desk.target)  # both tables are gone
    assert (desk.states(), desk.session.tables()) == ({version: "done"}, ["b"])


def test_nothing_is_sent_once_the_migration_lock_is_gone(mysql_desk: Desk) -> None:
    desk = mysql_desk
    version = desk.add(
        "CREATE TABLE a (x integer);\nSELECT release_all_locks();\nSELECT sleep(0.2);\nCREATE TABLE b (x integer);"
    )

    code = code_of(lambda: migrate_up(desk.target))

    assert (code, desk.session.tables()) == ("OKR557", ["a"])
    migrate_up(desk.target)
    assert (desk.states(), desk.session.tables()) == ({version: "done"}, ["a", "b"])


def test_a_history_of_a_newer_okra_is_left_alone(desk: Desk) -> None:
    based(desk)
    version = desk.add(STEPS)
    desk.sql("UPDATE _okra_stamp SET format = 2")

    assert code_of(lambda: migrate_up(desk.target)) == "OKR521"
    assert version not in desk.states()
    assert logged(desk) == []


def test_what_another_run_takes_back_meanwhile_is_not_skipped(desk: Desk) -> None:
    first = desk.add("CREATE TABLE a (x integer);", "DROP TABLE a;")
    migrate_up(desk.target)
    desk.add(
        "-- ! loses data: some rows\nCREATE TABLE b (x integer);\n"
        "-- okra: new transaction\nCREATE TABLE c (x integer);"
    )

    def take_back(_: object) -> bool:
        migrate_down(desk.target, confirm=lambda _: True)
        return True

    assert code_of(lambda: migrate_up(desk.target, confirm=take_back)) == "OKR528"
    assert desk.states() == {first: "reverted"}
    assert desk.session.tables() == []


@pytest.mark.parametrize("after", [False, True])
def test_what_was_done_where_its_end_was_lost_is_told_of(desk: Desk, *, after: bool) -> None:
    based(desk)
    version = desk.add("INSERT INTO log VALUES ('one');", "INSERT INTO log VALUES ('back');")
    found = []
    for command in (migrate_up, migrate_down):
        proxy = Proxy(desk.url, b"COMMIT", after=after)
        result = command(replace(desk.target, url=proxy.url(desk.url)))
        proxy.close()
        done = result.reverted if isinstance(result, DownResult) else result.applied
        found.append((proxy.cut, [each.version for each in done], desk.states()[version]))

    assert found == [(True, [version], "done"), (True, [version], "reverted")]
    assert logged(desk) == ["back", "one"]


def test_a_way_back_whose_first_statement_was_broken_off_is_not_given_up(
    postgres_desk: Desk,
) -> None:
    desk = postgres_desk
    based(desk)
    version = desk.add("CREATE INDEX CONCURRENTLY n ON users (name);", "DROP INDEX CONCURRENTLY n;")
    migrate_up(desk.target)
    assert desk.run("down", "--at", "statement 1")["died"]
    # What the server leaves behind where it was stopped while it waited for others.
    desk.sql("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'n'::regclass")

    migrate_up(desk.target)

    assert desk.states()[version] == "done"
    assert desk.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = 'n'::regclass") == [(True,)]
