"""`okra dev` and `okra db:sync --watch`: real processes, real saves, a real Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import servers
from addresses import url_text
from loops import Loop, wait_until
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okra.dialects.session import MigrationSession

ENOUGH_S = 0.5
MODELS = 30


def note(*fields: str) -> str:
    """A schema of one model, with these fields besides its id."""
    lines = "".join(f"  {field}\n" for field in fields)
    return f"model Note {{\n  id: ID! @default(uuid)\n{lines}}}\n"


def many(*fields: str) -> str:
    """The same among others."""
    others = (
        f"model Item{number} {{\n  id: ID! @default(uuid)\n  name: String! @unique\n  size: Int?\n"
        f"  at: DateTime! @default(now)\n  noteId: ID!\n  note: Note! @relation(fields: [noteId], references: [id])\n}}\n"
        for number in range(MODELS - 1)
    )
    lists = (f"item{number}: [Item{number}!]!" for number in range(MODELS - 1))
    return note(*fields, *lists) + "".join(others)


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def url(
    request: pytest.FixtureRequest, folder: Path, _servers: servers.Servers
) -> Iterator[DatabaseUrl]:
    """A new database, on each kind of server."""
    if request.param == "sqlite":
        yield DatabaseUrl.parse("sqlite://local.db", base=folder)
        return
    with _servers.database(request.param) as found:
        yield found


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Loop]]:
    """Start a command that goes on, in the folder of the test; it is killed afterwards if it still runs."""
    running: list[Loop] = []

    def begin(*arguments: str, terminal: int | None = None, **environ: str) -> Loop:
        loop = Loop(folder, *arguments, terminal=terminal, **environ)
        running.append(loop)
        return loop

    yield begin
    for loop in running:
        loop.kill()


def save(folder: Path, text: str, name: str = "models.okra.gql") -> None:
    """Write a file as most editors do: a new one takes the place of the old one."""
    staged = folder / f"{name}~"
    staged.write_text(text)
    staged.replace(folder / name)


def columns(session: MigrationSession, table: str = "notes") -> set[str]:
    found = dialect(session_provider(session)).introspect(session, [table]).database
    return {column.name for each in found.tables for column in each.columns}


def session_provider(session: MigrationSession) -> str:
    return type(session).__module__.split(".")[2]


def in_file(folder: Path, name: str = "local.db") -> set[str]:
    """The columns of the notes in a SQLite file."""
    with closing(sqlite3.connect(folder / name)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(notes)")}


def test_a_save_is_in_the_database_within_half_a_second(
    folder: Path, start: Callable[..., Loop], url: DatabaseUrl
) -> None:
    text = f"sqlite://{url.path}" if url.path else url_text(url)
    save(folder, many())
    loop = start("dev", "--url", text, "--provider", url.provider)
    loop.wait_for("synced", "Watching")
    took = []
    with closing(connect(url, lock_timeout_ms=1000)) as session:
        for number in range(4):
            fields = [f"extra{each}: String?" for each in range(number + 1)]
            save(folder, many(*fields))
            name = f"extra{number}"
            took.append(wait_until(lambda name=name: name in columns(session), loop.text))
            loop.wait_for("synced", f"column notes.{name}")
    assert min(took) < ENOUGH_S, took
    assert loop.interrupt().code == 0


def test_an_error_is_shown_at_its_place_and_the_next_save_mends_it(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, note("body: Strin?"))
    shown = loop.wait_for("error[OKR104]", "String")
    assert "--> models.okra.gql:3:9" in shown

    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("synced", "column notes.title")
    assert in_file(folder) == {"id", "body", "title"}


def test_a_file_that_is_not_whole_is_an_error_like_any_other(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, note("body: String?")[:-6])
    loop.wait_for("error[OKR0")
    (folder / "models.okra.gql").unlink()
    loop.wait_for("error[OKR604]")
    save(folder, note("body: String?"))
    loop.wait_for("nothing to do")


def test_what_loses_data_is_listed_and_waits(
    folder: Path, start: Callable[..., Loop], process: Callable
) -> None:
    save(folder, note("body: String?", "title: String?"))
    loop = start("dev")
    loop.wait_for("Watching")
    with closing(sqlite3.connect(folder / "local.db")) as connection, connection:
        connection.execute("INSERT INTO notes (id, body) VALUES ('1', 'text')")

    save(folder, note("title: String?"))
    shown = loop.wait_for("to apply destructive changes")
    assert "- Drop column: notes.body (1 value)" in shown
    assert "Run `okra db:sync --force`" in shown
    assert in_file(folder) == {"id", "body", "title"}

    assert process("db:sync", "--force").code == 0
    save(folder, note("title: String?", "size: Int?"))
    loop.wait_for("synced", "column notes.size")


def test_what_may_be_a_rename_is_not_dropped_for_one(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, note("text: String?"))
    loop.wait_for("if `notes.body` was renamed to `notes.text`", "@renamed(from: …)")
    save(folder, note('text: String? @renamed(from: "body")'))
    loop.wait_for("synced")
    assert in_file(folder) == {"id", "text"}


def test_rows_that_do_not_fit_are_named(folder: Path, start: Callable[..., Loop]) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")
    with closing(sqlite3.connect(folder / "local.db")) as connection, connection:
        connection.execute("INSERT INTO notes (id) VALUES ('1')")

    save(folder, note("body: String!"))
    assert "- notes.body: 1 " in loop.wait_for("Nothing was changed")


def test_nothing_is_asked_even_at_a_terminal(folder: Path, start: Callable[..., Loop]) -> None:
    """A database that OKRA has not made: taking it over is not for a loop to decide."""
    with closing(sqlite3.connect(folder / "local.db")) as connection, connection:
        connection.execute("CREATE TABLE strangers (id integer PRIMARY KEY)")
    save(folder, f"{note('body: String?')}model Stranger {{\n  id: Int! @id\n}}\n")

    ours, its = pty.openpty()
    loop = start("dev", terminal=its)
    loop.wait_for("Watching")
    assert loop.interrupt().code == 0

    shown = os.read(ours, 10_000).decode()
    assert "error[OKR580]" in shown
    assert "okra db:sync --yes" in shown
    with closing(sqlite3.connect(folder / "local.db")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        assert tables.fetchall() == [("strangers",)]


@pytest.mark.parametrize("arguments", [("dev",), ("db:sync", "--watch")])
def test_a_protected_database_is_refused(
    folder: Path, process: Callable, arguments: tuple[str, ...]
) -> None:
    entry = {"url": "sqlite://local.db", "migrations": {"mode": "declarative"}}
    environments = {"production": entry, "shared": {**entry, "protected": True}}
    config = {"database": {"environments": environments}}
    (folder / "okra.config.json").write_text(json.dumps(config))
    save(folder, note("body: String?"))

    for name in environments:
        found = process(*arguments, "--env", name, "--yes")
        assert (found.code, "error[OKR636]" in found.err) == (2, True)
    assert not (folder / "local.db").exists()


def test_a_database_with_migrations_is_followed_only_where_somebody_agrees(
    folder: Path, process: Callable, start: Callable[..., Loop]
) -> None:
    (folder / "okra.config.json").write_text('{ "database": { "url": "sqlite://local.db" } }')
    (folder / "migrations").mkdir()
    save(folder, note("body: String?"))

    found = process("dev")
    loop = start("dev", "--yes")
    loop.wait_for("mode versioned", "synced")

    assert (found.code, "error[OKR637]" in found.err) == (2, True)


def test_a_configuration_that_makes_the_database_protected_stops_it(
    folder: Path, start: Callable[..., Loop]
) -> None:
    config = folder / "okra.config.json"
    config.write_text('{ "database": { "url": "sqlite://local.db" } }')
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")

    config.write_text('{ "database": { "url": "sqlite://local.db", "protected": true } }')
    loop.wait_for("error[OKR636]")
    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("error[OKR636]")
    assert in_file(folder) == {"id", "body"}


def test_the_configuration_and_its_variables_are_followed(
    folder: Path, start: Callable[..., Loop]
) -> None:
    config = folder / "okra.config.json"
    config.write_text('{ "database": { "url": "sqlite://one.db" } }')
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("one.db", "Watching")

    config.write_text('{ "database": { "url": "sqlite://${FILE}" } }')
    loop.wait_for("FILE")
    (folder / ".env").write_text("FILE=two.db\n")
    loop.wait_for("two.db", "synced")
    config.write_text('{ "database": { "url": ')
    loop.wait_for("error[OKR606]", "okra.config.json:1")
    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("error[OKR606]")
    config.write_text('{ "database": { "url": "sqlite://one.db" } }')
    loop.wait_for("synced", "column notes.title")

    assert in_file(folder, "one.db") == {"id", "body", "title"}
    assert in_file(folder, "two.db") == {"id", "body"}


def test_a_configuration_that_is_written_later_is_followed(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("local.db", "Watching")
    save(folder, '{ "database": { "url": "sqlite://two.db" } }', "okra.config.json")
    loop.wait_for("two.db", "synced")


def test_a_configuration_that_goes_away_leads_to_no_other_database(
    folder: Path, start: Callable[..., Loop]
) -> None:
    config = folder / "okra.config.json"
    config.write_text('{ "database": { "url": "sqlite://one.db" } }')
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("one.db", "Watching")

    config.unlink()
    loop.wait_for("the configuration `okra.config.json` is gone")
    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("is gone")
    config.write_text('{ "database": { "url": "sqlite://one.db" } }')
    loop.wait_for("synced", "column notes.title")

    assert not (folder / "local.db").exists()


def test_files_of_a_pattern_come_and_go(folder: Path, start: Callable[..., Loop]) -> None:
    (folder / "okra.config.json").write_text(
        '{ "database": { "schemas": ["models/**/*.okra.gql"] } }'
    )
    (folder / "models").mkdir()
    save(folder, note("body: String?"), "models/note.okra.gql")
    loop = start("dev")
    loop.wait_for("Watching")

    (folder / "models" / "shop" / "deep").mkdir(parents=True)
    save(folder, "model Order {\n  id: ID!\n}\n", "models/shop/deep/order.okra.gql")
    loop.wait_for("synced", "table orders")
    save(folder, "model Order {\n  id: ID!\n  at: Int?\n}\n", "models/shop/deep/order.okra.gql")
    loop.wait_for("synced", "column orders.at")
    shutil.rmtree(folder / "models" / "shop")
    loop.wait_for("Drop table: orders (0 rows)")


def test_a_schema_behind_a_link_is_followed(folder: Path, start: Callable[..., Loop]) -> None:
    (folder / "elsewhere").mkdir()
    save(folder, note("body: String?"), "elsewhere/real.gql")
    (folder / "models.okra.gql").symlink_to(Path("elsewhere") / "real.gql")
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, note("body: String?", "title: String?"), "elsewhere/real.gql")
    loop.wait_for("synced", "column notes.title")


def test_saves_are_found_where_the_system_says_nothing(
    folder: Path, start: Callable[..., Loop]
) -> None:
    """As on a network drive: `watchfiles` looks by itself there."""
    save(folder, note("body: String?"))
    loop = start("dev", WATCHFILES_FORCE_POLLING="1")
    loop.wait_for("Watching")
    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("synced", "column notes.title")


def test_two_databases_follow_their_own_files(folder: Path, start: Callable[..., Loop]) -> None:
    entries = {
        name: {"url": f"sqlite://{name}.db", "schemas": [f"{name}.okra.gql"]}
        for name in ("shop", "auth")
    }
    (folder / "okra.config.json").write_text(json.dumps({"databases": entries}))
    for name in entries:
        save(folder, note("body: String?"), f"{name}.okra.gql")
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, note("body: Strin?"), "auth.okra.gql")
    loop.wait_for("auth.okra.gql:3:9")
    save(folder, note("body: String?", "title: String?"), "shop.okra.gql")
    loop.wait_for("shop: synced", "column notes.title", "auth.okra.gql:3:9")
    assert (in_file(folder, "shop.db"), in_file(folder, "auth.db")) == (
        {"id", "body", "title"},
        {"id", "body"},
    )


def test_sync_with_watch_goes_on_with_its_flags(folder: Path, start: Callable[..., Loop]) -> None:
    save(folder, note("body: String?"))
    loop = start("db:sync", "--watch", "--force")
    loop.wait_for("synced", "Watching")
    save(folder, note("title: String?"))
    loop.wait_for("synced")
    assert in_file(folder) == {"id", "title"}
    assert loop.interrupt().code == 0


def test_ctrl_c_ends_it_at_once_and_says_so(folder: Path, start: Callable[..., Loop]) -> None:
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")
    ended = loop.interrupt()
    assert ended.code == 0
    assert ended.out.endswith("\nStopped.\n")


def test_with_json_the_document_comes_at_the_end(folder: Path, start: Callable[..., Loop]) -> None:
    save(folder, note("body: String?"))
    loop = start("dev", "--json", "--quiet")
    wait_until((folder / "local.db").exists)
    wait_until(lambda: "body" in in_file(folder))
    save(folder, note("body: Strin?"))
    loop.wait_for("OKR104")
    ended = loop.interrupt()
    assert ended.out[ended.out.index("{") :] == '{\n  "rounds": 2,\n  "failed": 1\n}\n'


def test_a_database_that_is_away_is_tried_again_at_the_next_save(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, note("body: String?"))
    loop = start("dev", "--url", "sqlite://away/local.db")
    loop.wait_for("error[OKR5", "Watching")
    (folder / "away").mkdir()
    save(folder, note("body: String?", "title: String?"))
    loop.wait_for("synced")
    assert in_file(folder / "away") == {"id", "body", "title"}


def test_a_save_during_a_sync_is_not_lost(folder: Path, start: Callable[..., Loop]) -> None:
    """Another program holds the database while files are saved twice."""
    save(folder, note("body: String?"))
    loop = start("dev")
    loop.wait_for("Watching")
    with closing(sqlite3.connect(folder / "local.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        save(folder, note("body: String?", "title: String?"))
        wait_until(lambda: os.stat(folder / "models.okra.gql").st_size)  # noqa: PTH116
        connection.execute("SELECT 1 FROM notes").fetchall()
        save(folder, note("body: String?", "title: String?", "size: Int?"))
        connection.execute("ROLLBACK")
    wait_until(lambda: in_file(folder) == {"id", "body", "title", "size"}, loop.text)
