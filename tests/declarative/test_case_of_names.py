"""Tables whose names differ in letters only."""

from __future__ import annotations

import pytest

WANTED = """\
model User {
  id: Int! @id
}
"""


@pytest.mark.only_on("sqlite", "postgres")  # others may fold names of tables
def test_a_table_of_the_same_name_in_other_letters_may_be_a_rename(place):
    place.configure(migrations={"mode": "declarative"})
    place.schema(WANTED)
    place.sql(
        'CREATE TABLE "Users" (id integer NOT NULL PRIMARY KEY, a text, b text, c text, d text)'
    )
    place.sql('INSERT INTO "Users" (id) VALUES (7)')

    refused = place.okra("db:sync", "--yes")
    place.must("db:sync", "--yes", "--force", "--rename", "Users=users")

    assert "if `Users` was renamed to `users`, say so: `--rename Users=users`" in refused.err
    assert place.sql("SELECT id FROM users") == [(7,)]
