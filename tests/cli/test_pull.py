"""`okra db:pull` and `okra db:migrate:verify`."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = """
CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE orders (
  id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id),
  note text
);
CREATE VIEW latest AS SELECT * FROM orders;
"""


@pytest.fixture
def shop(folder: Path) -> Path:
    """A database that OKRA did not make."""
    connection = sqlite3.connect(folder / "shop.db")
    connection.executescript(SHOP)
    connection.close()
    return folder


URL = ("--url", "sqlite://shop.db")


def test_the_schema_goes_to_standard_output(okra: Callable, shop: Path) -> None:
    found = okra("db:pull", *URL)
    assert (found.code, found.err) == (0, "warning: not in the schema: view `latest`\n")
    assert found.out.startswith("model Customer {\n")
    assert "  email: String! @unique" in found.out


def test_what_is_pulled_is_valid_formatted_and_no_different(okra: Callable, shop: Path) -> None:
    assert okra("db:pull", *URL, "--out", "models.okra.gql").code == 0
    codes = [
        okra(*line.split(), *URL).code for line in ("db:validate", "fmt --check", "db:diff --check")
    ]
    assert codes == [0, 0, 0]


def test_a_database_is_taken_over(okra: Callable, shop: Path) -> None:
    okra("db:pull", *URL, "--out", "models.okra.gql")
    version = okra("db:migrate:generate", "--json").json()["written"][0]["version"]
    found = okra("db:migrate:up", *URL, "--baseline", version)
    assert found.code == 0
    assert f"Took {version} as applied, without running it\n" in found.out
    assert okra("db:migrate:status", *URL, "--check").code == 0
    assert okra("db:diff", *URL, "--check").code == 0


def test_a_file_is_changed_only_with_consent(
    okra: Callable, terminal: Callable, shop: Path
) -> None:
    schema = shop / "models.okra.gql"
    schema.write_text("# mine\n")
    assert okra("db:pull", *URL, "--out", "models.okra.gql").code == 2
    no = terminal(
        "db:pull",
        *URL,
        "--out",
        "models.okra.gql",
        answers=[("Change what is no longer so in it?", "n")],
    )
    assert (no.code, schema.read_text()) == (1, "# mine\n")
    assert okra("db:pull", *URL, "--out", "models.okra.gql", "--yes").code == 0
    assert okra("db:pull", *URL, "--out", "models.okra.gql").code == 0


def test_names_and_descriptions_are_kept(okra: Callable, shop: Path) -> None:
    (shop / "models.okra.gql").write_text(
        'model Client @table(name: "customers") {\n  """how to reach them"""\n'
        "  email: String! @unique\n  id: Int! @id\n}\n"
    )
    pulled = okra("db:pull", *URL).out
    assert "model Client" in pulled
    assert "how to reach them" in pulled


def test_comments_order_and_layout_of_the_file_are_kept(okra: Callable, shop: Path) -> None:
    schema = shop / "models.okra.gql"
    okra("db:pull", *URL, "--out", "models.okra.gql")
    text = "# The shop.\n\n" + schema.read_text().replace("  id:", "  # the number\n  id:")
    schema.write_text(text)
    connection = sqlite3.connect(shop / "shop.db")
    connection.executescript("ALTER TABLE customers ADD COLUMN phone text")
    connection.close()

    assert okra("db:pull", *URL, "--out", "models.okra.gql", "--yes").code == 0

    assert schema.read_text() == text.replace(
        "  orders: [Order!]!\n", "  orders: [Order!]!\n  phone: String?\n"
    )


def test_a_schema_with_errors_does_not_stand_in_the_way(okra: Callable, shop: Path) -> None:
    (shop / "models.okra.gql").write_text("model {")
    found = okra("db:pull", *URL)
    assert found.code == 0
    assert found.err.startswith(
        "warning: the schema has errors, so nothing of what it says was kept"
    )


def test_a_file_with_errors_is_not_written_over(okra: Callable, shop: Path) -> None:
    schema = shop / "models.okra.gql"
    schema.write_text("# Not to be lost.\nmodel {")
    found = okra("db:pull", *URL, "--out", "models.okra.gql", "--yes")
    assert found.code == 1
    assert "--> models.okra.gql:2:7" in found.err
    assert schema.read_text() == "# Not to be lost.\nmodel {"


def test_the_history_is_no_model(okra: Callable, shop: Path) -> None:
    (shop / "okra.config.json").write_text(
        '{ "database": { "url": "sqlite://own.db", "migrations": { "table": "applied" } } }'
    )
    (shop / "models.okra.gql").write_text("model A { id: ID! }")
    okra("db:migrate:generate")
    okra("db:migrate:up")
    pulled = okra("db:pull", "--json").json()
    assert (pulled["models"], pulled["written"], pulled["warnings"]) == (1, None, [])
    assert okra("db:diff", "--check").code == 0


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "OKR500"),
        (lambda path: path.write_text("not a database" * 100), "OKR50"),
        (lambda path: path.mkdir(), "OKR50"),
    ],
)
def test_what_is_no_database_is_one_error(
    okra: Callable, folder: Path, make: Callable, code: str
) -> None:
    make(folder / "shop.db")
    found = okra("db:pull", *URL)
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(f"error[{code}")


@pytest.fixture
def edited(blog: Path, okra: Callable) -> Path:
    """A project whose only migration was edited by hand, in a way that changes nothing."""
    okra("db:migrate:generate", "--name", "first")
    sql = next((blog / "migrations").glob("2*/migration.sql"))
    sql.write_text(sql.read_text() + "\n-- by hand\n")
    return blog


def test_an_edited_migration_is_refused_until_it_is_proven_again(
    okra: Callable, edited: Path
) -> None:
    refused = okra("db:migrate:up")
    assert (refused.code, "`okra db:migrate:verify`" in refused.err) == (1, True)
    proven = okra("db:migrate:verify")
    assert (proven.code, proven.err) == (0, "")
    assert "Proven and sealed: 2" in proven.out
    assert okra("db:migrate:up").code == 0
    assert okra("db:migrate:verify").out.endswith(
        "Nothing to do: everything that is not applied is proven, and as it was written.\n"
    )


def test_an_edit_that_leads_elsewhere_is_refused(okra: Callable, edited: Path) -> None:
    sql = next((edited / "migrations").glob("2*/migration.sql"))
    sql.write_text(sql.read_text().replace('"title" text', '"titel" text'))
    found = okra("db:migrate:verify")
    assert (found.code, found.err.count("error[")) == (1, 1)
    assert "the proof failed" in found.err


def test_a_migration_written_without_a_proof_can_be_proven_later(
    okra: Callable, blog: Path
) -> None:
    okra("db:migrate:generate", "--no-verify")
    assert "not proven" in okra("db:migrate:status").out
    verified = okra("db:migrate:verify", "--json").json()["verified"]
    assert len(verified) == 1
    assert "not proven" not in okra("db:migrate:status").out
