"""A first migration of many tables, which PostgreSQL gets many at a time: what goes wrong within is told and undone."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from desks import DRIVER
from okra.dialects.session import connect
from okra.errors import OkraError
from okra.migrations.down import migrate_down
from okra.migrations.events import EventKind
from okra.migrations.statements import BLAMED
from okra.migrations.up import migrate_up
from proxies import Proxy

if TYPE_CHECKING:
    from desks import Desk
    from okra.migrations.events import Event

COUNT = 70
WAITS = 'CREATE TABLE "waits" (\n  "id" int REFERENCES "busy"\n)'
WAITING = (
    "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE d.datname = current_database() AND NOT l.granted"
)
LONG = "x" * 100_000


def tables(extra: str = "") -> list[str]:
    return [
        f'CREATE TABLE "t{number}" (\n  "id" int PRIMARY KEY{extra}\n)' for number in range(COUNT)
    ]


def text(statements: list[str]) -> str:
    return "".join(f"{each};\n\n" for each in statements)


def with_one(wrong: str, at: int, statements: list[str] | None = None) -> str:
    statements = tables() if statements is None else statements
    return text([*statements[:at], wrong, *statements[at:]])


DROPS = "".join(f'DROP TABLE "t{number}";\n' for number in reversed(range(COUNT)))


def made(desk: Desk) -> int:
    return sum(name.startswith("t") for name in desk.session.tables())


def numbers(events: list[Event], kind: EventKind) -> list[int]:
    return [each.number for each in events if each.kind is kind]


@pytest.mark.parametrize("at", [0, 31, 32, COUNT])
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('CREATE TABLE "old" (\n  "id" int\n)', "OKR510"),
        ('CREATE TABLE "x" (\n  "id" citext\n)', "OKR558"),
        ('CREATE TABLE "nowhere"."x" (\n  "id" int\n)', "OKR550"),
        ('CREATE TABLE "x" (\n  "id" int DEFAULT \'one\'\n)', "OKR511"),
    ],
)
def test_what_is_refused_is_named_with_its_line_and_a_mended_file_goes_on(
    postgres_desk: Desk, at: int, wrong: str, code: str
) -> None:
    desk = postgres_desk
    first = desk.add('CREATE TABLE "old" ("id" int);')
    second = desk.add(with_one(wrong, at), DROPS)
    events: list[Event] = []
    with pytest.raises(OkraError) as caught:
        migrate_up(desk.target, progress=events.append)

    path, _, line = (caught.value.place or "").rpartition(":")
    assert caught.value.code == code
    assert path == str(desk.folder(second) / "migration.sql")
    assert (desk.folder(second) / "migration.sql").read_text().splitlines()[
        int(line) - 1 :
    ] == with_one(wrong, at).splitlines()[at * 4 :]
    assert numbers(events, EventKind.STATEMENT_STARTED) == [1, *range(1, at + 2)]
    assert numbers(events, EventKind.STATEMENT_DONE) == [1, *range(1, at + 1)]
    blamed = {second: "failed"} if code in BLAMED else {}
    assert (desk.states(), made(desk)) == ({first: "done"} | blamed, 0)

    desk.reseal(second, migration=text(tables()))
    migrate_up(desk.target)
    assert (desk.states(), made(desk)) == ({first: "done", second: "done"}, COUNT)
    migrate_down(desk.target, confirm=lambda _: True)
    assert made(desk) == 0


@pytest.mark.parametrize("after", [False, True])
def test_a_connection_that_is_cut_between_them_costs_nothing(
    postgres_desk: Desk, *, after: bool
) -> None:
    desk = postgres_desk
    version = desk.add(text(tables()), DROPS)
    for number in (0, 17, 32):
        proxy = Proxy(desk.url, f'CREATE TABLE "t{number}"'.encode(), after=after)
        result = migrate_up(replace(desk.target, url=proxy.url(desk.url)))
        proxy.close()
        assert proxy.cut
        assert [each.version for each in result.applied] == [version]
        assert (desk.states(), made(desk)) == ({version: "done"}, COUNT)
        migrate_down(desk.target, confirm=lambda _: True)


@pytest.mark.parametrize("extra", ["", f" CHECK ('{LONG}' <> '')"], ids=["short", "long"])
@pytest.mark.parametrize("at", [0, 20])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15)])
def test_a_run_that_is_stopped_among_them_leaves_nothing(
    postgres_desk: Desk, at: int, number: int, code: int, extra: str
) -> None:
    desk = postgres_desk
    first = desk.add('CREATE TABLE "busy" ("id" int PRIMARY KEY);')
    migrate_up(desk.target)
    second = desk.add(with_one(WAITS, at, tables(extra)[:35]))
    with closing(connect(desk.url, lock_timeout_ms=1_000)) as other:
        other.begin()
        other.execute('LOCK TABLE "busy" IN ACCESS EXCLUSIVE MODE')
        process = subprocess.Popen(
            [sys.executable, str(DRIVER), "up", str(desk.base)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not desk.sql(WAITING):
            assert process.poll() is None
        process.send_signal(number)
        said, complaint = process.communicate(timeout=60)
        other.rollback()
    desk.settle()

    assert (process.returncode, complaint) == (code, "")
    assert ("interrupted" in said) == (number == signal.SIGINT)
    assert (desk.states(), made(desk)) == ({first: "done"}, 0)
    migrate_up(desk.target)
    assert (desk.states(), made(desk)) == ({first: "done", second: "done"}, 35)


def test_both_sides_may_have_more_to_say_than_the_network_takes(postgres_desk: Desk) -> None:
    desk = postgres_desk
    desk.sql(
        "CREATE FUNCTION tell() RETURNS event_trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE WARNING '%', repeat('y', 300000); END$$;"
        "CREATE EVENT TRIGGER telling ON ddl_command_end EXECUTE FUNCTION tell();"
    )
    version = desk.add(text([f"{each[:-2]} CHECK ('{LONG}' <> '')\n)" for each in tables()]))
    events: list[Event] = []
    migrate_up(desk.target, progress=events.append)

    assert numbers(events, EventKind.STATEMENT_DONE) == [*range(1, COUNT + 1)]
    assert (desk.states(), made(desk)) == ({version: "done"}, COUNT)


def test_what_the_database_does_about_each_table_is_kept_in_order(postgres_desk: Desk) -> None:
    desk = postgres_desk
    desk.sql(
        "CREATE SCHEMA watch; CREATE TABLE watch.seen (number serial, name text);"
        "CREATE FUNCTION watch.look() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN"
        " INSERT INTO watch.seen (name) SELECT object_identity FROM pg_event_trigger_ddl_commands()"
        " WHERE object_type = 'table' AND object_identity LIKE 'public.t%';"
        " IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands()"
        " WHERE object_identity = 'public.t40') AND NOT EXISTS (SELECT 1 FROM pg_class"
        " WHERE relname = 'allowed') THEN RAISE EXCEPTION 'no such tables here'; END IF; END$$;"
        "CREATE EVENT TRIGGER looking ON ddl_command_end EXECUTE FUNCTION watch.look();"
    )
    version = desk.add(text(tables()))
    with pytest.raises(OkraError) as caught:
        migrate_up(desk.target)
    assert "statement 41 of" in caught.value.message
    assert "no such tables here" in caught.value.message
    assert made(desk) == 0

    desk.sql('CREATE TABLE watch."allowed" ();')
    desk.reseal(version, migration=text(tables()) + "-- allowed now\n")
    migrate_up(desk.target)
    assert [name for (name,) in desk.sql("SELECT name FROM watch.seen ORDER BY number")] == [
        f"public.t{number}" for number in range(COUNT)
    ]


def test_other_statements_and_portions_may_stand_between(postgres_desk: Desk) -> None:
    desk = postgres_desk
    between = [
        "SET LOCAL lock_timeout = '2s'",
        "COMMENT ON TABLE \"t0\" IS 'the first'",
        'CREATE SEQUENCE "counted"',
        'CREATE TABLE "sums" (\n  "a" int,\n  "b" int GENERATED ALWAYS AS ("a" + 1) STORED\n)',
        'INSERT INTO "t0" SELECT 1',
        'CREATE INDEX "t0_again" ON "t0" ("id")',
        '-- okra: new transaction\nCREATE TABLE "late" (\n  "id" int\n)',
        '-- okra: outside a transaction\nCREATE INDEX CONCURRENTLY "late_id" ON "late" ("id")',
        '-- okra: new transaction\nCREATE TABLE "last" (\n  "id" int REFERENCES "t1"\n)',
        'CREATE INDEX "last_id" ON "last" ("id")',
    ]
    version = desk.add(text([*tables(), *between]))
    events: list[Event] = []
    migrate_up(desk.target, progress=events.append)

    both = [(each.kind, each.number) for each in events if each.kind.name.startswith("STATEMENT_")]
    assert both == [
        (kind, number)
        for number in range(1, COUNT + len(between) + 1)
        for kind in (EventKind.STATEMENT_STARTED, EventKind.STATEMENT_DONE)
    ]
    assert desk.states() == {version: "done"}
    assert desk.sql("SELECT count(*) FROM pg_indexes WHERE tablename IN ('late', 'last')") == [(2,)]


def test_each_of_them_has_the_whole_time_that_a_statement_may_take(postgres_desk: Desk) -> None:
    desk = postgres_desk
    desk.sql(
        "CREATE FUNCTION rest() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN"
        " PERFORM pg_sleep(CASE WHEN EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands()"
        " WHERE object_identity = 'public.t20') THEN 600 ELSE 0 END); END$$;"
        "CREATE EVENT TRIGGER resting ON ddl_command_end EXECUTE FUNCTION rest();"
    )
    desk.add("SET LOCAL statement_timeout = '1s';\n\n" + text(tables()))
    with pytest.raises(OkraError) as caught:
        migrate_up(desk.target)

    assert (caught.value.code, made(desk)) == ("OKR510", 0)
    assert "statement 22 of" in caught.value.message
    assert "the server has cancelled the statement" in caught.value.message
