"""`okra db:diff`: any two of schema files, a migration and a live database."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODEL = "model Post {\n  id: ID!\n  title: String!\n}\n"


@pytest.fixture
def applied(folder: Path, okra: Callable) -> Path:
    """A project whose only migration is applied."""
    (folder / "models.okra.gql").write_text(MODEL)
    assert okra("db:migrate:generate").code == 0
    assert okra("db:migrate:up").code == 0
    return folder


def execute(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "local.db")
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "words",
    [[], ["migrations"], ["migrations", "database"], ["schema", "schema"], ["empty", "empty"]],
)
def test_what_okra_made_does_not_differ(okra: Callable, applied: Path, words: list[str]) -> None:
    found = okra("db:diff", "--check", *words)
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("No difference between ")


def test_it_shows_the_changes(okra: Callable, applied: Path) -> None:
    execute(applied, "ALTER TABLE posts ADD COLUMN extra text")
    found = okra("db:diff", "migrations", "database", "--check")
    assert (found.code, found.err) == (3, "")
    assert found.out.splitlines()[1:] == ["  + column posts.extra: text null"]


@pytest.mark.parametrize(
    ("environ", "painted"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_shown_on_a_terminal_that_has_them(
    terminal: Callable, applied: Path, environ: dict, painted: bool
) -> None:
    execute(applied, "ALTER TABLE posts ADD COLUMN extra text")
    execute(applied, "ALTER TABLE posts DROP COLUMN title")

    changes = terminal("db:diff", **environ).out
    drift = terminal("db:diff", "--live", **environ).out

    assert ("\x1b[32m  + column posts.title: text not null\x1b[0m" in changes) is painted
    assert ("\x1b[31m  - column posts.extra\x1b[0m" in changes) is painted
    assert ("column title: \x1b[31mmissing\x1b[0m; expected text not null" in drift) is painted
    assert ("\x1b" in changes + drift) is painted


def test_it_shows_the_sql(okra: Callable, applied: Path) -> None:
    (applied / "models.okra.gql").write_text(MODEL.replace("title", "extra: Int\n  title"))
    assert 'ALTER TABLE "posts" ADD COLUMN "extra" integer;' in okra("db:diff", "--sql").out


def test_a_version_a_file_and_a_url_can_be_compared(okra: Callable, applied: Path) -> None:
    version = next((applied / "migrations").glob("2*")).name
    (applied / "other.okra.gql").write_text(MODEL)
    (applied / "local.db").rename(applied / "other.db")
    pairs = [(version, "other.okra.gql"), ("other.okra.gql", "sqlite://other.db")]
    assert [okra("db:diff", *pair, "--check").code for pair in pairs] == [0, 0]


def test_renames_are_followed_between_schemas(okra: Callable, applied: Path) -> None:
    (applied / "new.okra.gql").write_text(
        MODEL.replace("title: String!", 'name: String! @renamed(from: "title")')
    )
    found = okra("db:diff", "models.okra.gql", "new.okra.gql")
    assert found.out.splitlines()[1:] == ["  > column posts.title → name"]


def test_what_can_not_be_compared_is_named(okra: Callable, applied: Path) -> None:
    execute(applied, "CREATE VIEW recent AS SELECT * FROM posts")
    found = okra("db:diff", "--check")
    assert (found.code, found.err) == (0, "warning: not compared: view `recent`\n")


def test_a_table_that_the_schema_leaves_alone_is_no_difference(
    okra: Callable, applied: Path
) -> None:
    execute(applied, "CREATE TABLE sessions (x)")
    assert okra("db:diff", "--check").code == 3
    with (applied / "models.okra.gql").open("a") as file:
        file.write("model Session @unmanaged {\n  id: ID!\n}\n")
    assert okra("db:diff", "--check").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["datbase"], "OKR624"),
        (["20200101_000000"], "OKR525"),
        (["no.okra.gql"], "OKR604"),
        (["sqlite://no.db"], "OKR500"),
        (["mysql://host/db"], "OKR619"),
    ],
)
def test_what_is_not_there_is_one_error(
    okra: Callable, applied: Path, words: list[str], code: str
) -> None:
    found = okra("db:diff", *words)
    assert found.code in {1, 2}
    assert found.err.startswith(f"error[{code}]: ")


def test_it_answers_in_json(okra: Callable, applied: Path) -> None:
    document = okra("db:diff", "schema", "empty", "--json").json()
    assert document["changes"] == ["- table posts"]
    assert document["statements"] == ['DROP TABLE "posts"']
    assert document["hazards"][0]["kind"] == "loses data"


def test_nothing_is_written(okra: Callable, folder: Path) -> None:
    (folder / "models.okra.gql").write_text(MODEL)
    assert okra("db:diff").code == 1
    assert [path.name for path in folder.iterdir()] == ["models.okra.gql"]
