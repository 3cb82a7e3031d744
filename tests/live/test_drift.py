"""Drift on every kind of database: it is seen, shown as a tree, and each way out leads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

MODELS = """\
model User {
  id: Int! @id
  email: String! @length(max: 80) @unique
  posts: [Post!]
}

model Post {
  id: Int! @id
  title: String! @length(max: 80) @index
  author: User! @relation(fields: [authorId])
  authorId: Int!
}
"""
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgres": "SELECT relname FROM pg_class",
    "mysql": "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
}
BY_HAND = """\
ALTER TABLE posts ADD COLUMN extra int;
{drop_index};
CREATE INDEX posts_title_idx ON posts (title, id);
CREATE TABLE mine (x int);
"""


@pytest.fixture
def applied(place: Place) -> Place:
    """The models' only migration is applied."""
    place.schema(MODELS)
    place.must("db:migrate:generate")
    place.must("db:migrate:up")
    return place


def change_by_hand(place: Place) -> None:
    drop = "DROP INDEX posts_title_idx" + (" ON posts" if place.provider == "mysql" else "")
    place.sql(BY_HAND.format(drop_index=drop))


def test_what_was_applied_has_not_drifted(applied: Place) -> None:
    found = applied.okra("db:diff", "--live", "--check")
    status = applied.okra("db:migrate:status", "--drift", "--check")

    assert (found.code, status.code, found.err + status.err) == (0, 0, "")
    assert found.out.splitlines()[1].startswith("The database is what migration 2")
    assert status.out.splitlines()[-2].startswith("The database is what migration 2")


def test_what_was_changed_by_hand_is_a_tree_of_what_is_expected_and_what_is_there(
    applied: Place,
) -> None:
    change_by_hand(applied)

    found = applied.okra("db:diff", "--live", "--check")

    kind = "int" if applied.provider != "postgres" else "integer"
    assert found.code == 3
    assert found.out.splitlines()[2:] == [
        "  table mine: not expected; found 1 column",
        "  table posts",
        "  ├─ index posts_title_idx: expected index (title), found index (title, id)",
        f"  └─ column extra: not expected; found {kind} null",
    ]
    assert [line.split("`")[0] for line in found.err.splitlines() if line.startswith("help")] == [
        "help: adopt it: ",
        "help: repair it: ",
        "help: ignore it: ",
    ]


def test_status_says_so_and_lets_it_count_where_it_is_asked_for(applied: Place) -> None:
    change_by_hand(applied)

    usual = applied.okra("db:migrate:status", "--check")
    asked = applied.okra("db:migrate:status", "--check", "--drift")
    without = applied.okra("db:migrate:status", "--no-drift", "--json").json()

    assert (usual.code, asked.code, without["drift"]) == (0, 3, None)
    assert "  table mine: not expected; found 1 column\n" in usual.out
    assert usual.out.endswith("nothing is pending, but it is not what that promises.\n")


def test_it_is_one_document(applied: Place) -> None:
    applied.sql("CREATE TABLE mine (x int)")
    expected = {
        "kind": "table",
        "name": "mine",
        "expected": None,
        "found": "1 column",
        "parts": [],
    }

    found = applied.okra("db:diff", "--live", "--json").json()
    status = applied.okra("db:migrate:status", "--json").json()

    assert (found["differences"], status["drift"]["differences"]) == ([expected], [expected])
    assert len(found["statements"]) == 1
    assert found["hazards"][0]["kind"] == "loses data"


def test_repairing_it_with_the_printed_sql_ends_it(applied: Place) -> None:
    change_by_hand(applied)

    applied.sql(applied.okra("--quiet", "db:diff", "--live", "--sql").out)

    assert applied.okra("db:diff", "--live", "--check").code == 0


def test_adopting_it_as_a_migration_ends_it_and_loses_nothing(applied: Place) -> None:
    change_by_hand(applied)
    applied.sql("INSERT INTO mine VALUES (7)")

    applied.must("db:pull", "--out", "models.okra.gql", "--yes")
    applied.must("db:migrate:generate", "--yes")
    version = applied.okra("db:migrate:status", "--json").json()["next"]
    applied.must("db:migrate:resolve", version, "--applied")

    assert applied.okra("db:migrate:status", "--drift", "--check").code == 0
    assert applied.sql("SELECT x FROM mine") == [(7,)]


def test_ignoring_it_ends_it(applied: Place) -> None:
    applied.sql("CREATE TABLE mine (x int)")

    applied.configure(migrations={"exclude": ["mi*"]})

    assert applied.okra("db:diff", "--live", "--check").code == 0
    assert applied.okra("db:migrate:status", "--drift", "--check").code == 0


@pytest.mark.only_on("postgres")
def test_a_type_that_only_an_excluded_table_has_is_excluded_with_it(applied: Place) -> None:
    applied.sql("CREATE TYPE mood AS ENUM ('good'); CREATE TABLE legacy (x mood[])")
    seen = applied.okra("db:diff", "--live").out.splitlines()[2:]

    applied.configure(migrations={"exclude": ["legacy"]})

    assert seen == [
        "  enum mood: not expected; found good",
        "  table legacy: not expected; found 1 column",
    ]
    assert applied.okra("db:diff", "--live", "--check").code == 0
    assert applied.okra("db:diff", "--check").code == 0
    assert "mood" not in applied.must("db:pull", "--json")


def test_a_declarative_database_is_compared_with_its_schema(place: Place) -> None:
    place.schema("model User { id: Int! @id }")
    place.configure(migrations={"mode": "declarative"})
    place.sql("CREATE TABLE mine (x int)")

    found = place.okra("db:diff", "--live")

    assert found.out.splitlines()[1:] == [
        "The database is not what the schema says:",
        "  table mine: not expected; found 1 column",
        "  table users: missing; expected 1 column",
    ]
    assert "repair it: `okra db:sync`" in found.err


def test_where_nothing_is_applied_nothing_is_promised(place: Place) -> None:
    place.schema(MODELS)

    empty = place.okra("db:diff", "--live")
    place.sql("CREATE TABLE mine (x int)")
    full = place.okra("db:diff", "--live")

    assert empty.out.splitlines()[1:] == ["The database is empty, and nothing is applied."]
    assert full.out.splitlines()[1:] == [
        "The database is not empty, and nothing is applied:",
        "  table mine: not expected; found 1 column",
    ]
    assert "`okra db:migrate:up --baseline VERSION`" in full.err
    assert "repair it" not in full.err


def test_nothing_is_said_of_a_database_without_a_history(place: Place) -> None:
    place.schema(MODELS)
    place.sql("CREATE TABLE mine (x int)")
    place.must("db:migrate:generate")

    status = place.okra("db:migrate:status", "--json").json()

    assert status["drift"] is None
    assert [problem["code"] for problem in status["problems"]] == ["OKR520"]


def test_while_nobody_knows_what_it_should_be_that_is_said(applied: Place) -> None:
    folder = next((applied.folder / "migrations").glob("2*"))
    folder.rename(applied.folder / "aside")

    found = applied.okra("db:diff", "--live")
    status = applied.okra("db:migrate:status", "--drift")

    assert found.code == 1
    assert (
        f"error[OKR471]: nobody can say what the database should be: `{folder.name}` is applied"
        in found.err
    )
    assert "whether it is what was applied can't be said" in status.err


def test_what_failed_and_was_undone_is_no_drift_and_what_is_halfway_is_not_known(
    applied: Place,
) -> None:
    applied.sql(
        "INSERT INTO users VALUES (1, 'a'); INSERT INTO posts VALUES (1, 'same', 1), (2, 'same', 1)"
    )
    applied.schema(MODELS.replace("@index", "@unique") + "model Kind {\n  id: Int! @id\n}\n")
    applied.must("db:migrate:generate", "--yes")
    assert applied.okra("db:migrate:up").code == 1

    found = applied.okra("db:diff", "--live", "--check")

    halfway = [table for (table,) in applied.sql(TABLES[applied.provider]) if table == "kinds"]
    assert (found.code, "is halfway" in found.err) == ((1, True) if halfway else (0, False))
    assert applied.provider != "mysql" or halfway


def test_live_takes_no_states(applied: Place) -> None:
    found = applied.okra("db:diff", "--live", "schema")
    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "error[OKR470]: `--live` compares the database with what it promises to be, not with `schema`",
    )
