"""`okra db:migrate:export`, as users run it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from okra.cli.commands import db_migrate_export
from okra.migrations.export_formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = """\
model User {
  id: Int! @id
  name: String
  orders: [Order!]
}
model Order {
  id: Int! @id
  userId: Int!
  user: User! @relation(fields: [userId], onDelete: CASCADE)
}
"""
SECOND = FIRST.replace("name: String", 'name: String! @default("${none}; -- ever")')


@pytest.fixture
def shop(folder: Path, okra: Callable) -> Path:
    """Two migrations for SQLite; the second makes a table anew."""
    (folder / "models.okra.gql").write_text(FIRST)
    assert okra("db:migrate:generate", "--name", "first").code == 0
    (folder / "models.okra.gql").write_text(SECOND)
    assert okra("db:migrate:generate", "--name", "second").code == 0
    return folder


def texts(folder: Path, pattern: str) -> list[str]:
    return [path.read_text() for path in sorted(folder.glob(pattern))]


@pytest.mark.parametrize("tool", ["golang-migrate", "goose", "flyway", "dbmate", "atlas", "sql"])
def test_exporting_again_writes_nothing(shop: Path, okra: Callable, tool: str) -> None:
    asked = ("db:migrate:export", "--format", tool, "--out", "out")
    first = okra(*asked, "--json")
    assert (first.code, first.json()["format"], first.json()["notes"]) == (0, tool, [])
    files = sorted(str(path.relative_to(shop)) for path in (shop / "out").iterdir())
    assert sorted(first.json()["written"]) == files
    again = okra(*asked)
    assert again.out == f"out is up to date: {len(files)} files.\n"


def test_exporting_again_adds_what_is_new(shop: Path, okra: Callable) -> None:
    asked = ("db:migrate:export", "--format", "atlas", "--out", "out")
    okra(*asked)
    (shop / "models.okra.gql").write_text(SECOND + "model Note { id: ID! }\n")
    okra("db:migrate:generate", "--name", "third")
    written = okra(*asked, "--json").json()["written"]
    assert [name.rpartition("_")[2] for name in written] == ["third.sql", "out/atlas.sum"]


def test_a_file_that_says_something_else_stays(shop: Path, okra: Callable) -> None:
    asked = ("db:migrate:export", "--format", "goose", "--out", "out")
    okra(*asked)
    path = min((shop / "out").iterdir())
    path.write_text("mine")
    found = okra(*asked)
    assert (found.code, found.err.splitlines()[0]) == (
        1,
        f"error[OKR681]: `out/{path.name}` is there already, and says something else",
    )
    assert path.read_text() == "mine"


def test_a_file_of_nobody_is_named(shop: Path, okra: Callable) -> None:
    (shop / "out").mkdir()
    (shop / "out/1_mine.sql").write_text("SELECT 1;")
    found = okra("db:migrate:export", "--format", "dbmate", "--out", "out")
    assert found.err == (
        "warning: `1_mine.sql` is in the folder and belongs to no migration: dbmate would run it, too\n"
    )


def test_not_into_the_migrations_themselves(shop: Path, okra: Callable) -> None:
    found = okra("db:migrate:export", "--format", "sql", "--out", "migrations")
    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "error[OKR683]: `migrations` is where the migrations themselves are",
    )


def test_an_edited_migration_is_refused(shop: Path, okra: Callable) -> None:
    path = next(shop.glob("migrations/*_second/migration.sql"))
    path.write_text(path.read_text() + "SELECT 1;\n")
    found = okra("db:migrate:export", "--format", "sql", "--out", "out")
    assert (found.code, found.err[:14]) == (1, "error[OKR460]:")
    assert not (shop / "out").exists()


def test_a_line_that_the_tool_would_take_for_its_own_is_refused(shop: Path, okra: Callable) -> None:
    path = next(shop.glob("migrations/*_second/migration.sql"))
    path.write_text(path.read_text() + "\n-- migrate:down\nSELECT 1;\n")
    assert okra("db:migrate:verify").code == 0
    assert okra("db:migrate:export", "--format", "goose", "--out", "out").code == 0
    found = okra("db:migrate:export", "--format", "dbmate", "--out", "other")
    assert (found.code, found.err.split("`")[:2]) == (
        1,
        ["error[OKR682]: dbmate would take ", "-- migrate:"],
    )


def test_flyway_replaces_nothing(shop: Path, okra: Callable) -> None:
    okra("db:migrate:export", "--format", "flyway", "--out", "out")
    assert texts(shop / "out", "V*second.sql.conf") == ["placeholderReplacement=false\n"]
    assert texts(shop / "out", "V*first.sql.conf") == []


def test_rows_are_safe_where_foreign_keys_are_on(shop: Path, okra: Callable) -> None:
    okra("db:migrate:export", "--format", "golang-migrate", "--out", "out")
    first, second = texts(shop / "out", "*.up.sql")
    database = sqlite3.connect("shop.db", isolation_level=None)
    database.executescript(first)
    database.execute("INSERT INTO users VALUES (1, 'Ann')")
    database.execute("INSERT INTO orders VALUES (1, 1)")
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="foreign_keys_must_be_off"):
        database.executescript(f"BEGIN; {second} COMMIT;")
    database.execute("ROLLBACK")
    assert database.execute("SELECT count(*) FROM orders").fetchone() == (1,)
    database.execute("PRAGMA foreign_keys = OFF")
    database.executescript(f"BEGIN; {second} COMMIT;")
    assert database.execute("SELECT count(*) FROM orders").fetchone() == (1,)
    database.close()


def test_what_goose_gets(folder: Path, okra: Callable) -> None:
    (folder / "models.okra.gql").write_text("model User { id: Int! @id }")
    okra("db:migrate:generate", "--name", "users")
    okra("db:migrate:export", "--format", "goose", "--out", "out")
    (name,) = [path.name for path in (folder / "out").iterdir()]
    version = name.removesuffix("001_users.sql")
    assert (
        (folder / "out" / name).read_text()
        == f"""\
-- {version[:8]}_{version[8:]}_users

-- +goose Up
-- create table users
CREATE TABLE "users" (
  "id" integer NOT NULL PRIMARY KEY
);

-- +goose Down
-- nothing is done where foreign keys are on: dropping a table would delete what refers to it
CREATE TEMPORARY TABLE "_okra_foreign_keys" ("on" CONSTRAINT "foreign_keys_must_be_off" CHECK ("on" = 0));

INSERT INTO "_okra_foreign_keys" SELECT foreign_keys FROM pragma_foreign_keys;

DROP TABLE temp."_okra_foreign_keys";

-- drop table users
-- ! loses data: drops table `users` with all its rows
-- ! breaks code that runs against the old schema: code that uses `users` fails
DROP TABLE "users";
"""
    )


def test_every_form_can_be_asked_for() -> None:
    assert list(db_migrate_export.FORMATS) == list(FORMATS)
