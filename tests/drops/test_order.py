"""A migration that rows refuse has lost nothing: what is dropped for good is dropped when all else is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places import Place

BEFORE = """\
model User { id: Int! @id
  email: String? @length(max: 50)
  old: String? }
model Gone { id: Int! @id }
model Part { id: Int! @id
  n: Int? }
"""
AFTER = """\
model User { id: Int! @id
  email: String! @length(max: 50) }
model Part { id: Int! @id
  n: Int? @unique }
"""


def test_what_rows_refuse_is_found_before_anything_is_dropped(place: Place) -> None:
    place.configure(migrations={"allow": ["blocking"]})
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "first")
    place.must("db:migrate:up")
    place.sql(
        "INSERT INTO users VALUES (1, 'a', 'precious'), (2, NULL, 'too');"
        "INSERT INTO gones VALUES (1); INSERT INTO parts VALUES (1, 5), (2, 5)"
    )
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "second", "--yes")

    for mend in (
        "UPDATE users SET email = old WHERE email IS NULL",
        "UPDATE parts SET n = id",
    ):
        assert place.okra("db:migrate:up", "--resume", "--yes").code == 1
        assert place.sql("SELECT old FROM users ORDER BY id") == [("precious",), ("too",)]
        assert place.sql("SELECT id FROM gones") == [(1,)]
        place.sql(mend)

    place.must("db:migrate:up", "--resume", "--yes")
    place.must("db:migrate:status", "--drift")
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT email FROM users ORDER BY id") == [("a",), ("too",)]
