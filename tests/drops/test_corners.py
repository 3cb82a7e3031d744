"""Deferred drops where names meet: hints that were not followed, other schemas, old files."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
