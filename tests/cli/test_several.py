"""A configuration with several databases: what opens none of them is done for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import okra as library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = """{ "databases": {
  "shop": { "schemas": ["shop.okra.gql", "both.okra.gql"] },
  "auth": { "schemas": ["auth.okra.gql", "both.okra.gql"] } } }"""
NEAT = "model {} {{\n  id: ID!\n  name: String\n}}\n"
NOTHING = "nothing to do: the newest migration is what the schema says.\n"


@pytest.fixture
def two(folder: Path) -> Path:
    """Two databases with a schema file each, and one that both have."""
    (folder / "okra.config.json").write_text(CONFIG)
    for file, model in (("shop", "Order"), ("auth", "User"), ("both", "Note")):
        (folder / f"{file}.okra.gql").write_text(NEAT.format(model))
    return folder


def written(folder: Path) -> list[str]:
    """The migrations, without the time in their names."""
    found = (folder / "migrations").glob("*/2*")
    return sorted(re.sub(r"\d{8}_\d{6}", "TIME", f"{p.parent.name}/{p.name}") for p in found)


def test_the_commands_of_the_pipeline_need_no_name(okra: Callable, two: Path) -> None:
    assert okra("db:migrate:generate").code == 0
    for line in (["fmt", "--check"], ["db:validate"], ["db:migrate:generate", "--check"]):
        assert okra(*line).code == 0


def test_what_opens_a_database_asks_which(okra: Callable, two: Path) -> None:
    for command in ("up", "down", "status"):
        found = okra(f"db:migrate:{command}")
        assert (found.code, "[OKR611]" in found.err) == (2, True)


def test_fmt_formats_the_files_of_all_databases_once(okra: Callable, two: Path) -> None:
    (two / "both.okra.gql").write_text("model Note{id:ID!\nname:String}")

    assert okra("fmt", "--json").json() == {
        "changed": ["both.okra.gql"],
        "unchanged": ["shop.okra.gql", "auth.okra.gql"],
    }
    assert (two / "both.okra.gql").read_text() == NEAT.format("Note")


def test_fmt_takes_schema_files_that_a_flag_names(okra: Callable, two: Path) -> None:
    found = okra("fmt", "--schema", "auth.okra.gql", "--json").json()
    assert found == {"changed": [], "unchanged": ["auth.okra.gql"]}


def test_validate_says_the_result_of_each_database(okra: Callable, two: Path) -> None:
    said = "the schema is valid: 2 models, 0 enums.\n"
    assert okra("db:validate") == (0, f"shop: {said}auth: {said}", "")
    value = {"valid": True, "models": 2, "enums": 0, "warnings": []}
    assert okra("db:validate", "--json").json() == {
        "valid": True,
        "databases": [
            value | {"database": "shop", "files": ["shop.okra.gql", "both.okra.gql"]},
            value | {"database": "auth", "files": ["auth.okra.gql", "both.okra.gql"]},
        ],
    }


def test_validate_shows_the_errors_of_all_databases(okra: Callable, two: Path) -> None:
    (two / "shop.okra.gql").write_text("model Order { id: ID!\n thing: Thing }")
    (two / "auth.okra.gql").write_text("model User { id: ID!\n other: Other }")

    found = okra("db:validate")

    assert (found.code, found.out) == (
        1,
        "shop: the schema is not valid.\nauth: the schema is not valid.\n",
    )
    assert re.findall(r"--> (\S+)", found.err) == ["shop.okra.gql:2:9", "auth.okra.gql:2:9"]


def test_validate_goes_on_behind_a_broken_schema(okra: Callable, two: Path) -> None:
    (two / "shop.okra.gql").write_text("model Order {")

    document = okra("db:validate", "--json").json()

    assert document["valid"] is False
    assert [(item["database"], item["valid"]) for item in document["databases"]] == [
        ("shop", False),
        ("auth", True),
    ]
    assert document["error"] == document["databases"][0]["error"]


def test_an_error_in_a_file_that_databases_share_is_shown_once(okra: Callable, two: Path) -> None:
    (two / "both.okra.gql").write_text("model Note { id: ID!\n thing: Thing }")
    found = okra("db:validate")
    assert (found.code, found.err.count("error[")) == (1, 1)


def test_generate_writes_for_every_database_under_one_version(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:generate", "--name", "first")

    assert (found.code, found.err, written(two)) == (0, "", ["auth/TIME_first", "shop/TIME_first"])
    assert re.sub(r"\d{8}_\d{6}", "TIME", found.out) == (
        "shop:\n  + table notes (2 columns)\n  + table orders (2 columns)\n"
        "auth:\n  + table notes (2 columns)\n  + table users (2 columns)\n"
        "shop: wrote migrations/shop/TIME_first (proven: up, down and up again)\n"
        "auth: wrote migrations/auth/TIME_first (proven: up, down and up again)\n"
        "Next: read migration.sql, then apply it with `okra db:migrate:up --database NAME`.\n"
    )
    assert okra("db:migrate:generate").out == f"shop: {NOTHING}auth: {NOTHING}"


def test_generate_check_tells_which_database_lacks_a_migration(okra: Callable, two: Path) -> None:
    okra("db:migrate:generate", "--database", "shop")

    found = okra("db:migrate:generate", "--check", "--json")

    document = found.json()["databases"]
    assert (found.code, [(one["database"], len(one["changes"])) for one in document]) == (
        3,
        [("shop", 0), ("auth", 1)],
    )
    assert written(two) == ["shop/TIME"]


def test_a_dry_run_prints_the_sql_of_each_database(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:generate", "--dry-run", "--quiet")
    assert (found.code, (two / "migrations").exists()) == (0, False)
    assert re.findall(r"^-- database: \w+|^CREATE TABLE .\w+", found.out, re.MULTILINE) == [
        "-- database: shop",
        'CREATE TABLE "notes',
        'CREATE TABLE "orders',
        "-- database: auth",
        'CREATE TABLE "notes',
        'CREATE TABLE "users',
    ]


def test_nothing_is_written_when_one_database_fails(okra: Callable, two: Path) -> None:
    (two / "auth.okra.gql").write_text("model User {")
    assert (okra("db:migrate:generate").code, written(two)) == (1, [])


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that lies below `folder`: the bytes of files, and no bytes for folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("is_first", [True, False])
def test_nothing_is_left_where_the_folder_of_one_database_can_not_be_written(
    okra: Callable, two: Path, is_first: bool
) -> None:
    if not is_first:
        okra("db:migrate:generate", "--database", "shop")
        (two / "shop.okra.gql").write_text(NEAT.format("Invoice"))
    (two / "migrations" / "auth").mkdir(parents=True)
    (two / "migrations" / "auth" / "current").write_text("in the way")
    before = everything(two)

    found = okra("db:migrate:generate")

    assert (found.code, "error[OKR450]: can't write " in found.err) == (1, True)
    assert everything(two) == before


def test_a_declarative_database_is_left_out(okra: Callable, two: Path) -> None:
    declarative = '"auth": { "migrations": { "mode": "declarative" },'
    (two / "okra.config.json").write_text(CONFIG.replace('"auth": {', declarative))
    found = okra("db:migrate:generate")
    assert (found.code, written(two)) == (0, ["shop/TIME"])
    assert found.out.startswith("auth: declarative, it has no migrations.\nshop:\n")


def test_databases_that_share_a_directory_are_refused(okra: Callable, two: Path) -> None:
    shared = '{ "migrations": { "dir": "migrations" }, "schemas"'
    (two / "okra.config.json").write_text(CONFIG.replace('{ "schemas"', shared))

    found = okra("db:migrate:generate")

    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "error[OKR612]: `migrations` would hold the migrations of both databases `shop` and `auth`",
    )
    assert not (two / "migrations").exists()


@pytest.mark.parametrize("flag", ["--rename=notes.name=title", "--default=notes.name=''"])
def test_an_answer_needs_the_database_it_is_about(okra: Callable, two: Path, flag: str) -> None:
    name = flag.partition("=")[0]
    assert okra("db:migrate:generate", flag).err == (
        f"error[OKR611]: `{name}` is about one database, and the configuration has several\n"
        "  = help: say which one is meant: `--database shop`\n"
    )


def test_a_question_names_its_database(terminal: Callable, okra: Callable, two: Path) -> None:
    okra("db:migrate:generate")
    (two / "auth.okra.gql").write_text(NEAT.format("User").replace("name", "nick"))
    found = terminal(
        "db:migrate:generate", answers=[("auth: The column `users.name` is gone", "1")]
    )
    assert found.code == 0


def test_the_library_loads_all_databases(two: Path) -> None:
    assert [item.target.database for item in library.load_all(folder=two)] == ["shop", "auth"]


def test_an_environment_that_a_database_lacks_is_named_with_it(okra: Callable, two: Path) -> None:
    assert okra("db:validate", "--env", "local").err.startswith(
        "error[OKR610]: the database `shop` has no environment `local`: it has none at all\n"
    )


def test_an_unknown_environment_of_the_variable_names_the_variable(
    process: Callable, folder: Path
) -> None:
    (folder / "okra.config.json").write_text('{ "database": { "environments": { "local": {} } } }')
    assert process("db:validate", OKRA_ENV="locla").err == (
        "error[OKR610]: the configuration has no environment `locla`, which OKRA_ENV names\n"
        "  = help: did you mean `local`?\n"
    )
