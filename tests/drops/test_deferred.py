"""`"drops": "deferred"` through the command line: what is dropped is kept aside, comes back, and is purged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places import Place

BEFORE = """\
enum Color {
  RED
  GREEN
}

model User {
  id: Int! @id @default(autoincrement)
  email: String! @unique
  nick: String! @length(max: 40) @default("none")
  color: Color! @default(RED)
  changed: DateTime! @updatedAt
  team: Team! @relation(fields: [teamId])
  teamId: Int!
  notes: [Note!]
  @index(fields: [nick, email])
}

model Team {
  id: Int! @id @default(autoincrement)
  name: String! @unique
  users: [User!]
}

model Note {
  id: Int! @id @default(autoincrement)
  text: String!
  user: User? @relation(fields: [userId])
  userId: Int?
}
"""
AFTER = """\
model User {
  id: Int! @id @default(autoincrement)
  email: String! @unique
  notes: [Note!]
}

model Note {
  id: Int! @id @default(autoincrement)
  text: String!
  user: User? @relation(fields: [userId])
  userId: Int?
}
"""
REBUILT = AFTER.replace("text: String!", "text: String?").replace(
    "email: String! @unique", "email: String?"
)
ROWS = """\
INSERT INTO teams (id, name) VALUES (1, 'one'), (2, 'two');
INSERT INTO users (email, nick, color, changed, team_id)
  VALUES ('a@x', 'ann', 'GREEN', '2024-01-02 03:04:05', 2);
INSERT INTO notes (id, text, user_id) VALUES (1, 'hello', 1);
"""
KEPT = "SELECT email, nick, color, team_id FROM users ORDER BY id"


def start(place: Place) -> None:
    place.configure(migrations={"drops": "deferred", "allow": ["blocking"]})
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "first", "--yes")
    place.must("db:migrate:up", "--yes")
    place.sql(ROWS)


def go_on(place: Place, schema: str, name: str) -> str:
    place.schema(schema)
    place.must("db:migrate:generate", "--name", name, "--yes")
    place.must("db:migrate:up", "--yes")
    (folder,) = (place.folder / "migrations").glob(f"*_{name}")
    return (folder / "migration.sql").read_text() + (folder / "rollback.sql").read_text()


def test_what_is_dropped_comes_back_with_its_data(place: Place) -> None:
    start(place)
    text = go_on(place, AFTER, "drop")
    assert "loses data" not in text
    place.sql("INSERT INTO users (email) VALUES ('b@x')")
    place.sql("DELETE FROM notes")
    assert "Nothing to do" in place.must("db:migrate:generate", "--yes")
    assert "_okra_" not in place.must("db:pull", "--out", "pulled.okra.gql", "--yes")
    assert "_okra_" not in (place.folder / "pulled.okra.gql").read_text()
    assert "_okra_" not in place.must("db:migrate:status", "--drift")
    assert place.sql("SELECT count(*) FROM users") == [(2,)]
    place.must("db:migrate:down", "--yes")
    assert place.sql(KEPT)[0] == ("a@x", "ann", "GREEN", 2)
    assert place.sql("SELECT name FROM teams ORDER BY id") == [("one",), ("two",)]
    place.must("db:migrate:up", "--yes")
    place.must("db:migrate:down", "--yes")
    assert place.sql(KEPT)[0] == ("a@x", "ann", "GREEN", 2)


def test_what_is_kept_aside_is_not_said_to_be_lost(place: Place) -> None:
    """Also where SQLite makes the tables anew; names that have no version yet are shown nowhere."""
    start(place)
    place.schema(AFTER)
    made = place.okra("db:migrate:generate", "--name", "drop", "--yes")
    found = place.okra("db:lint", "--no-color", "--json").json()["findings"]

    assert "00000000" not in made.out + made.err
    assert {"OKR301", "OKR302"}.isdisjoint(each["code"] for each in found)
    assert "OKR302" not in made.err


def test_what_is_kept_aside_outlives_later_migrations(place: Place) -> None:
    start(place)
    go_on(place, AFTER, "drop")
    go_on(place, REBUILT, "rebuild")
    place.must("db:migrate:down", "--yes")
    place.must("db:migrate:down", "--yes")
    assert place.sql(KEPT) == [("a@x", "ann", "GREEN", 2)]


def test_what_is_dropped_can_be_made_and_dropped_again(place: Place) -> None:
    start(place)
    for number in range(2):
        go_on(place, AFTER, f"drop{number}")
        place.sql("DELETE FROM notes; DELETE FROM users")
        go_on(place, BEFORE.replace("Color! @default(RED)", "Color?"), f"make{number}")
    assert place.sql("SELECT count(*) FROM teams") == [(0,)]
    found = place.okra("db:migrate:purge", "--dry-run", "--json").json()["purged"]
    assert len(found) == 10
    assert {each["count"] for each in found} == {0, 2}


def test_what_is_purged_is_gone_for_good(place: Place) -> None:
    start(place)
    go_on(place, AFTER, "drop")
    assert "Nothing is kept aside" in place.must("db:migrate:purge", "--older-than", "1d", "--yes")
    assert "Would drop 1 table and 4 columns" in place.must("db:migrate:purge", "--dry-run")
    found = place.okra("db:migrate:purge", "--json")
    assert found.code != 0
    found = place.okra("db:migrate:purge", "--yes")
    assert found.code == 0
    assert "with 2 rows" in found.err
    assert "Dropped 1 table and 4 columns for good." in found.out
    assert "Nothing is kept aside" in place.must("db:migrate:purge", "--yes")
    refused = place.okra("db:migrate:down", "--yes")
    assert "OKR690" in refused.err
    go_on(place, REBUILT, "rebuild")
    place.must("db:migrate:down", "--yes")


def test_the_name_of_a_protected_database_is_asked_for_before_a_purge(place: Place) -> None:
    start(place)
    go_on(place, AFTER, "drop")
    place.configure(migrations={"drops": "deferred"}, protected=True)
    assert place.okra("db:migrate:purge", "--yes").code != 0
    assert "Would drop 1 table" in place.must("db:migrate:purge", "--dry-run")


def test_a_reset_takes_what_is_kept_aside_along(place: Place) -> None:
    start(place)
    go_on(place, AFTER, "drop")
    place.must("db:reset", "--yes")
    found = place.okra("db:migrate:purge", "--dry-run", "--json").json()["purged"]
    assert [each["count"] for each in found] == [0] * 5


def test_hooks_see_what_is_dropped_and_it_comes_back(place: Place) -> None:
    start(place)
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "drop", "--with-hooks", "--yes")
    place.must("db:migrate:up", "--yes")
    place.must("db:migrate:down", "--yes")
    assert place.sql(KEPT) == [("a@x", "ann", "GREEN", 2)]


def test_a_dry_run_of_the_way_back_knows_what_is_kept_aside(place: Place) -> None:
    start(place)
    go_on(place, AFTER, "drop")
    found = place.okra("db:migrate:dry-run", "--down", "--yes")
    assert found.code == 0, found
    assert "no locks are known" not in found.out + found.err
    place.must("db:migrate:down", "--yes")
    place.must("db:migrate:test")
