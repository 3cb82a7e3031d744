"""Deferred drops where names meet: hints that were not followed, other schemas, old files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

DEFERRED = {"drops": "deferred", "allow": ["blocking"]}


def go_on(place: Place, schema: str, name: str) -> None:
    place.schema(schema)
    place.must("db:migrate:generate", "--name", name, "--yes")
    place.must("db:migrate:up", "--yes")


def test_a_field_that_takes_over_another_ones_column_leaves_its_own_aside(place: Place) -> None:
    """The field's name says that `old` became `code`; but `code` was there before, so `old` is dropped."""
    place.configure(migrations=DEFERRED)
    go_on(place, "model Part { id: Int! @id\n old: String?\n code: String? }", "first")
    place.sql("INSERT INTO parts (id, old, code) VALUES (1, 'mine', 'other')")
    go_on(place, 'model Part { id: Int! @id\n old: String? @column(name: "code") }', "second")
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT old, code FROM parts") == [("mine", "other")]


def test_a_model_that_takes_over_another_ones_table_leaves_its_own_aside(place: Place) -> None:
    place.configure(migrations=DEFERRED)
    go_on(place, "model Part { id: Int! @id }\nmodel Piece { id: Int! @id }", "first")
    place.sql("INSERT INTO parts (id) VALUES (1); INSERT INTO pieces (id) VALUES (2)")
    go_on(place, 'model Part @table(name: "pieces") { id: Int! @id }', "second")
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT id FROM parts") == [(1,)]
    assert place.sql("SELECT id FROM pieces") == [(2,)]


def test_the_age_of_what_is_kept_aside_counts_from_when_it_was_dropped_here(place: Place) -> None:
    """A migration may lie in a branch for months before a database gets it."""
    place.configure(migrations=DEFERRED)
    go_on(place, "model Part { id: Int! @id\n old: String? }", "first")
    go_on(place, "model Part { id: Int! @id }", "second")
    place.sql("UPDATE _okra_migrations SET finished_at = '2999-01-01T00:00:00.000Z'")
    assert "Nothing is kept aside" in place.must("db:migrate:purge", "--older-than", "0h", "--yes")
    place.must("db:migrate:down", "--yes")


@pytest.mark.only_on("postgres")
def test_what_another_schema_keeps_aside_comes_back_and_is_purged(place: Place) -> None:
    place.configure(migrations=DEFERRED)
    other = '@okra(schema: "other")\n'
    full = f"{other}model Part {{ id: Int! @id\n old: String? }}\nmodel Gone {{ id: Int! @id }}"
    go_on(place, full, "first")
    place.sql("INSERT INTO other.parts VALUES (1, 'mine'); INSERT INTO other.gones VALUES (2)")
    go_on(place, f"{other}model Part {{ id: Int! @id }}", "second")
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT old FROM other.parts") == [("mine",)]
    assert place.sql("SELECT id FROM other.gones") == [(2,)]
    place.must("db:migrate:up", "--yes")
    strange = '"_okra_trash_x_20200101_000000"'  # of another project with a history of its own
    place.sql(f"CREATE SCHEMA strange; CREATE TABLE strange.{strange} (id int)")
    assert "1 table and 1 column" in place.must("db:migrate:purge", "--yes")
    assert place.sql(f"SELECT count(*) FROM strange.{strange}") == [(0,)]
    assert "OKR690" in place.okra("db:migrate:down", "--yes").err


@pytest.mark.only_on("postgres")
def test_a_reset_takes_what_another_schema_keeps_aside_along(place: Place) -> None:
    mark = "&" if "?" in place.address else "?"
    place.configure(migrations=DEFERRED, url=f"{place.address}{mark}schema=public,other")
    other = '@okra(schema: "other")\n'
    go_on(place, f"{other}model Part {{ id: Int! @id }}\nmodel Gone {{ id: Int! @id }}", "first")
    go_on(place, f"{other}model Part {{ id: Int! @id }}", "second")
    place.must("db:reset", "--yes")
    assert "Would drop 1 table" in place.must("db:migrate:purge", "--dry-run")


def test_nothing_is_older_than_the_calendar(place: Place) -> None:
    place.configure(migrations=DEFERRED)
    go_on(place, "model Part { id: Int! @id\n old: String? }", "first")
    go_on(place, "model Part { id: Int! @id }", "second")
    assert "Nothing is kept" in place.must("db:migrate:purge", "--older-than", "999999w", "--yes")


def test_what_another_run_purges_meanwhile_needs_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okra.migrations import purge

    place.configure(migrations=DEFERRED)
    go_on(place, "model Part { id: Int! @id }\nmodel Gone { id: Int! @id }", "first")
    go_on(place, "model Part { id: Int! @id }", "second")
    look = purge.kept

    def rival(*arguments: object) -> object:
        found = look(*arguments)
        for each in found:
            place.sql(each.drop)
        return found

    monkeypatch.setattr(purge, "kept", rival)
    assert "Nothing is kept aside" in place.must("db:migrate:purge", "--yes")


def test_sql_that_was_edited_and_made_anew_keeps_aside_under_its_new_version(place: Place) -> None:
    place.configure(migrations=DEFERRED)
    first = "model Part { id: Int! @id\n old: String? }"
    go_on(place, first, "first")
    place.sql("INSERT INTO parts VALUES (1, 'mine')")
    place.schema("model Part { id: Int! @id }")
    place.must("db:migrate:generate", "--name", "mine", "--yes")
    (mine,) = place.folder.glob("migrations/*_mine")
    (mine / "migration.sql").write_text(f"-- by hand\n{(mine / 'migration.sql').read_text()}")
    place.must("db:migrate:verify")
    aside = mine.rename(place.folder / mine.name)
    time.sleep(1.1)
    place.schema(f"{first}\nmodel Piece {{ id: Int! @id }}")
    place.must("db:migrate:generate", "--name", "theirs", "--yes")
    aside.rename(mine)
    place.schema("model Part { id: Int! @id }\nmodel Piece { id: Int! @id }")
    (theirs,) = place.folder.glob("migrations/*_theirs")
    place.must("db:migrate:rebase", mine.name)
    (mine,) = place.folder.glob("migrations/*_mine")
    place.must("db:migrate:up", "--yes")
    assert mine.name > theirs.name
    (found,) = place.okra("db:migrate:purge", "--dry-run", "--json").json()["purged"]
    assert found["version"] == mine.name.removesuffix("_mine")
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT old FROM parts") == [("mine",)]
