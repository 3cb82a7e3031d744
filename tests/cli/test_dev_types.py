"""`okra dev` and the generated types: with each save, whatever the database says to it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from loops import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LANGUAGE = '{ "language": "go" }'


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Loop]]:
    """Start a command that goes on, in the folder of the test; it is killed afterwards if it still runs."""
    running: list[Loop] = []

    def begin(*arguments: str) -> Loop:
        running.append(Loop(folder, *arguments))
        return running[-1]

    yield begin
    for loop in running:
        loop.kill()


def save(folder: Path, *fields: str) -> None:
    """A schema of one model with these fields, saved as most editors do."""
    lines = "".join(f"  {field}\n" for field in ("id: ID! @default(uuid)", *fields))
    staged = folder / "models.okra.gql~"
    staged.write_text(f"model Note {{\n{lines}}}\n")
    staged.replace(folder / "models.okra.gql")


def types(folder: Path) -> str:
    return (folder / "generated" / "go" / "models.go").read_text()


def test_types_follow_each_save_and_what_was_written_is_one_line(
    folder: Path, start: Callable[..., Loop]
) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    loop = start("dev")
    first = loop.wait_for("Watching")
    assert " types: go (wrote 1 file)\n" in first
    assert "`okra.service.json`" in first

    save(folder, "body: String?", "title: String?")
    shown = loop.wait_for("synced", "column notes.title")
    assert shown.count("types: go (wrote 1 file)") == 1
    assert "Title" in types(folder)

    (folder / "models.okra.gql").write_text((folder / "models.okra.gql").read_text() + "# note\n")
    assert "types" not in loop.wait_for("nothing to do")


def test_types_follow_a_schema_that_the_database_refuses(
    folder: Path, start: Callable[..., Loop]
) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    loop = start("dev")
    loop.wait_for("Watching")
    with closing(sqlite3.connect(folder / "local.db")) as connection, connection:
        connection.execute("INSERT INTO notes (id, body) VALUES ('1', 'text')")

    save(folder, "title: String?")
    loop.wait_for("types: go (wrote 1 file)", "to apply destructive changes")
    assert "Title" in types(folder)


def test_types_follow_where_the_database_cannot_be_reached(
    folder: Path, start: Callable[..., Loop]
) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    loop = start("dev", "--url", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1")
    loop.wait_for("types: go (wrote 1 file)", "error[OKR", "Watching")
    save(folder, "title: String?")
    loop.wait_for("types: go (wrote 1 file)", "error[OKR")
    assert "Title" in types(folder)


def test_a_schema_that_is_wrong_leaves_the_types_as_they_are(
    folder: Path, start: Callable[..., Loop]
) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    loop = start("dev")
    loop.wait_for("Watching")
    before = types(folder)
    save(folder, "body: Strin?")
    assert "types" not in loop.wait_for("error[OKR104]", "`String`")
    assert types(folder) == before


def test_what_the_language_cannot_say_is_shown_in_place_and_the_database_follows(
    folder: Path, start: Callable[..., Loop]
) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    loop = start("dev")
    loop.wait_for("Watching")

    save(folder, "body: String?", "userId: Int?", 'user_id: Int? @column(name: "other")')
    shown = loop.wait_for("error[OKR705]", "--> models.okra.gql:", "synced", "column notes.other")
    assert "types" not in shown
    save(folder, "body: String?", "userId: Int?")
    loop.wait_for("types: go (wrote 1 file)")


def test_the_configuration_and_the_service_may_change_the_languages(
    folder: Path, start: Callable[..., Loop]
) -> None:
    save(folder, "body: String?")
    loop = start("dev")
    assert "types" not in loop.wait_for("Watching")

    (folder / "okra.service.json").write_text('{ "language": 3 }')
    loop.wait_for("warning[OKR706]", "--> okra.service.json:1:15", "nothing to do")
    save(folder, "body: String?", "title: String?")
    assert "OKR706" not in loop.wait_for("synced", "notes.title")
    (folder / "okra.service.json").write_text('{ "language": "rust" }')
    assert "rust" not in loop.wait_for("nothing to do")
    (folder / "okra.service.json").write_text(LANGUAGE)
    loop.wait_for("types: go (wrote 1 file)")
    generators = {"go": {"output": "gen"}}
    config = {"database": {"provider": "sqlite"}, "models": {"generators": generators}}
    (folder / "okra.config.json").write_text(json.dumps(config))
    loop.wait_for("types: go (wrote 1 file)")
    assert (folder / "gen" / "models.go").exists()


def test_a_sync_that_watches_writes_no_types(folder: Path, start: Callable[..., Loop]) -> None:
    (folder / "okra.service.json").write_text(LANGUAGE)
    save(folder, "body: String?")
    assert "types" not in start("db:sync", "--watch").wait_for("Watching")
    assert not (folder / "generated").exists()
