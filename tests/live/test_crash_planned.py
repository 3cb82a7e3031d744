"""Migrations that OKRA itself has planned: killed at any point, up and down, nobody has to mend anything."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import okra
from okra.dialects import dialect
from okra.migrations.down import migrate_down
from okra.migrations.draft import draft
from okra.migrations.up import migrate_up
from okra.relational.diff import diff
from okra.relational.model import Database

BEFORE = """
enum Mood { GLAD SAD }
model User {
  id: Int! @id
  name: String
  mood: Mood! @default(GLAD)
  age: Int!
  old: String
}
model Post {
  id: Int! @id
  title: String! @length(max: 40)
  userId: Int!
}
"""
AFTER = """
enum Mood { GLAD SAD CALM }
model User {
  id: Int! @id
  name: String! @unique @length(max: 60)
  mood: Mood! @default(CALM)
  years: BigInt! @renamed(from: "age")
  touched: DateTime! @updatedAt
  posts: [Post!]!
  @index(fields: [mood, years])
  @check(expr: "years >= 0", name: "users_years_check")
}
model Post {
  id: Int! @id
  title: String! @length(max: 200)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
  tags: [Tag!]!
}
model Tag {
  id: Int! @id
  label: String! @unique @length(max: 30)
  posts: [Post!]!
}
"""
ROWS = """
INSERT INTO users (id, name, age) VALUES (1, 'ann', 40), (2, 'bob', 30);
INSERT INTO posts (id, title, user_id) VALUES (1, 'x', 1), (2, 'y', 2);
"""


def planned(desk) -> tuple[Database, Database]:
    """Two migrations as `generate` writes them: what there is, applied and with rows, and the change."""
    provider = desk.url.provider
    before, after = okra.parse(BEFORE), okra.parse(AFTER)
    first = draft(provider, Database(), None, before)
    second = draft(provider, first.after, before, after)
    for each in (first, second):
        desk.add(each.migration_sql("x"), each.rollback_sql("x"), database=each.after)
    return first.after, second.after


def allowed(desk):
    return replace(desk.target, allow=("blocking",))


def found(desk, wanted: Database) -> list:
    names = [table.name for table in wanted.tables]
    live = dialect(desk.url.provider).introspect(desk.session, names, wanted=wanted)
    return list(diff(live.database, wanted))


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.nightly)])
def test_a_planned_migration_survives_being_killed_at_any_point(desk, every):
    below, above = planned(desk)
    migrate_up(desk.target, steps=1)
    desk.sql(ROWS)
    died = {"up": 0, "down": 0}
    for number in range(1, 400, every):
        up = desk.run("up", "--die", str(number))
        migrate_up(allowed(desk))
        assert found(desk, above) == []
        assert desk.sql("SELECT id, name, years FROM users ORDER BY id") == [
            (1, "ann", 40),
            (2, "bob", 30),
        ]
        down = desk.run("down", "--die", str(number))
        if desk.sql("SELECT count(*) FROM _okra_migrations WHERE state = 'reverted'") == [(0,)]:
            migrate_down(allowed(desk), confirm=lambda _: True)
        assert found(desk, below) == []
        assert desk.sql("SELECT id, name, age FROM users ORDER BY id") == [
            (1, "ann", 40),
            (2, "bob", 30),
        ]
        assert desk.sql("SELECT count(*) FROM posts") == [(2,)]
        died["up"] += "died" in up
        died["down"] += "died" in down
        if "died" not in up and "died" not in down:
            break
    assert min(died.values()) > 15 / every


@pytest.mark.parametrize("number", [3, 9])
def test_a_planned_migration_is_resumed_by_many_at_once(desk, number):
    _, above = planned(desk)
    migrate_up(desk.target, steps=1)
    desk.sql(ROWS)
    desk.run("up", "--die", str(number))

    said = desk.all_at_once(6)

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) <= 1
    assert found(desk, above) == []
