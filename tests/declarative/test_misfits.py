"""Rows that would not fit are found before a sync changes anything, on each kind of database."""

from __future__ import annotations

import pytest

OLD = """\
model User {
  id: Int! @id
  email: String? @unique @length(max: 40)
  level: Level! @default(BASIC)
}
enum Level { BASIC GOLD }
"""


@pytest.fixture
def users(place):
    """A database with two users of whom nothing is known."""
    place.configure(migrations={"mode": "declarative"})
    place.schema(OLD)
    place.must("db:sync")
    place.sql("INSERT INTO users (id) VALUES (1), (2)")
    return place


def refused(place, *flags: str) -> list[str]:
    """What a sync says of the rows; nothing was changed."""
    before = place.sql("SELECT * FROM users")
    found = place.okra("db:sync", *flags)
    assert found.code == 1
    assert place.sql("SELECT * FROM users") == before
    assert "Nothing was changed" in found.err
    return [line for line in found.err.splitlines() if line.startswith("- ")]


def test_one_value_for_many_rows_of_a_unique_key(users):
    users.schema(OLD.replace("email: String?", "email: String!"))
    assert refused(users, "--default", "users.email='none'") == [
        "- users.email: 1 value is there more than once, and it becomes unique"
    ]


def test_a_required_relation_to_a_table_that_is_new(users):
    users.schema(
        OLD.replace("}\nenum", "  teamId: Int!\n  team: Team! @relation(fields: [teamId], references: [id])\n}\nenum")
        + "model Team {\n  id: Int! @id\n  users: [User!]!\n}\n"
    )  # fmt: skip
    assert refused(users, "--default", "users.team_id=1") == [
        "- users.team_id: 2 rows refer to nothing in teams"
    ]


def test_a_check_may_name_a_value_that_the_enum_is_still_to_get(users):
    text = OLD.replace("BASIC GOLD", "BASIC GOLD BRASS")
    users.schema(
        text.replace("@default(BASIC)", "@default(BASIC) @check(expr: \"level <> 'BRASS'\")")
    )
    users.must("db:sync")
    assert "Nothing to do" in users.must("db:sync")
