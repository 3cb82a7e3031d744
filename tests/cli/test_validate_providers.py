"""`okra db:validate` for several providers: what one of them can't have is found at its place, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = """
{ "database": {
    "environments": {
      "local": { "provider": "sqlite", "url": "sqlite://local.db", "migrations": { "dir": "./m/sqlite" } },
      "two": { "provider": "mysql", "url": "${URL}", "migrations": { "dir": "./m/mysql" } },
      "three": { "provider": "postgres", "url": "${URL}", "migrations": { "dir": "./m/postgres" } }
    },
    "schemas": ["./models.okra.gql"]
} }
"""
WRONG = """\
model Seat {
  id: ID!
  number: Int @default(autoincrement)
  place: String @unique(nulls: NOT_DISTINCT)
}

model Row {
  id: ID!
  note: String @check("note <> ''; x")
}
"""


@pytest.fixture
def three(folder: Path) -> Path:
    (folder / "okra.config.json").write_text(CONFIG)
    return folder


def test_all_that_a_provider_cannot_have_is_said_at_its_place(okra: Callable, three: Path) -> None:
    (three / "models.okra.gql").write_text(WRONG)

    found = okra("db:validate")

    assert found.code == 1
    heads = [line for line in found.err.splitlines() if line.startswith(("error", "  -->"))]
    assert heads == [
        "error[OKR214]: SQLite counts up only a column that is the primary key by itself",
        "  --> models.okra.gql:3:3",
        "error[OKR246]: MySQL counts up only a column with which a key or an index begins",
        "  --> models.okra.gql:3:3",
        "error[OKR217]: a check is not one SQL expression: it has a `;` where it would end",
        "  --> models.okra.gql:7:7",
    ]


def test_a_name_that_a_provider_cannot_hold_is_said_at_its_model(
    okra: Callable, three: Path
) -> None:
    (three / "models.okra.gql").write_text(
        'model Seat {\n  id: ID!\n  a: Int @column(name: "ü😀")\n}'
    )

    found = okra("db:validate")

    assert found.err.splitlines()[:2] == [
        "error[OKR403]: `ü😀` can't be a name in MySQL: it has a character outside the Basic Multilingual Plane",
        "  --> models.okra.gql:1:7",
    ]


@pytest.mark.parametrize("name", ["createdAt", r"\"Made\"", "pirce"])
def test_a_column_that_is_not_there_is_said_once_for_all_providers(
    okra: Callable, folder: Path, name: str
) -> None:
    config = CONFIG.replace('"provider": "mysql"', '"provider": "postgres"').replace("m/mysql", "m")
    (folder / "okra.config.json").write_text(config)
    (folder / "models.okra.gql").write_text(
        f'model Row {{\n  id: ID!\n  price: Int @check("{name} > 0")\n  createdAt: Int\n}}\n'
    )

    found = okra("db:validate")

    bare = name.strip('\\"')
    heads = [line for line in found.err.splitlines() if line.startswith("error")]
    assert heads == [f"error[OKR220]: `{bare}` is no column of `rows`"]


def test_what_providers_take_differently_is_a_warning(okra: Callable, three: Path) -> None:
    (three / "models.okra.gql").write_text("model Seat { id: ID! at: DateTime }")

    found = okra("db:validate")

    assert found.code == 0
    assert [line.split(":")[1] for line in found.err.splitlines()] == [" `ID`", " `DateTime`"]


def test_one_provider_is_enough_to_be_content(okra: Callable, folder: Path) -> None:
    (folder / "models.okra.gql").write_text("model Seat { id: ID! at: DateTime }")

    assert okra("db:validate", "--provider", "mysql").err == ""


def test_a_word_that_no_provider_has_is_a_warning(okra: Callable, folder: Path) -> None:
    (folder / "models.okra.gql").write_text('model A @table(engine: "Aria") { id: ID! }')

    found = okra("db:validate", "--provider", "postgres")

    assert found.code == 0
    assert found.err.startswith("warning[OKR163]: `engine` of `@table` does nothing here")
