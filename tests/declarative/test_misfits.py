"""Rows that would not fit are found before a sync changes anything, on each kind of database."""

from __future__ import annotations

import pytest

from shops import SHOP

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


def test_rows_that_would_be_refused_are_listed_with_counts_and_nothing_is_done(shop):
    shop.sql("UPDATE users SET email = 'a@x' WHERE id = 2; UPDATE users SET nick = NULL")
    before = shop.sql("SELECT * FROM users")
    changed = SHOP.replace("@length(max: 40)\n  nick", "@length(max: 40) @unique\n  nick")
    changed = changed.replace("nick: String?", "nick: String!").replace(
        "  level:", "  born: Int!\n  level:"
    )
    shop.schema(changed)

    found = shop.okra("db:sync")

    assert found.code == 1
    assert found.err.splitlines() == [
        "Rows that don't fit:",
        "- users.nick: 3 rows have no value, and it becomes required",
        "  give them one: `--default users.nick=…`, or a `@default` in the schema",
        "- users.born: it is required without a default, and the table has 3 rows",
        "  give them one: `--default users.born=…`, or a `@default` in the schema",
        "- users.email: 1 value is there more than once, and it becomes unique",
        "  make them differ, or remove all but one of each",
        "",
        "Nothing was changed",
    ]
    assert shop.sql("SELECT * FROM users") == before


def test_a_dry_run_says_once_that_nothing_was_changed(shop):
    shop.sql("UPDATE users SET nick = NULL")
    shop.schema(SHOP.replace("nick: String?", "nick: String!"))

    found = shop.okra("db:sync", "--dry-run")

    assert found.code == 0
    assert "Rows that don't fit:" in found.err
    assert (found.out + found.err).count("Nothing was changed") == 1


def test_values_that_a_type_would_refuse_are_counted_before_anything_is_done(shop):
    if shop.provider == "sqlite":  # its types take any value
        shop.sql("UPDATE users SET level = 'GOLD' WHERE id < 3")
        shop.schema(SHOP.replace("{ BASIC GOLD }", "{ BASIC }"))
        assert shop.okra("db:sync").err.splitlines()[1] == (
            "- users: 2 rows do not satisfy level IN ('BASIC')"
        )
        return
    shop.sql("UPDATE users SET level = 'GOLD', nick = '7' WHERE id < 3")
    changed = SHOP.replace("{ BASIC GOLD }", "{ BASIC }")
    changed = changed.replace("title: String! @length(max: 40)", "title: String! @length(max: 1)")
    shop.schema(changed.replace("nick: String? @length(max: 40)", "nick: Int?"))

    found = shop.okra("db:sync", "--force")

    listed = sorted(line for line in found.err.splitlines() if line.startswith("- "))
    level = {
        "postgres": "2 rows hold 'GOLD', which `level` loses",
        "mysql": "2 values do not fit into enum('BASIC')",
    }
    number = {"postgres": "integer", "mysql": "int"}[shop.provider]
    text = {"postgres": "character varying(1)", "mysql": "varchar(1)"}[shop.provider]
    assert listed == [
        f"- posts.title: 3 values do not fit into {text}",
        f"- users.level: {level[shop.provider]}",
        f"- users.nick: 1 value does not fit into {number}",
    ]


def test_rows_without_a_parent_are_counted(shop):
    shop.schema(SHOP + "\nmodel Tag {\n  id: Int! @id\n  userId: Int?\n}\n")
    shop.must("db:sync")
    shop.sql("INSERT INTO tags (id, user_id) VALUES (1, 1), (2, 77), (3, NULL)")
    related = "  user: User? @relation(fields: [userId], references: [id])\n"
    tags = "  posts: [Post!]!\n  tags: [Tag!]!\n"
    shop.schema(
        SHOP.replace("  posts: [Post!]!\n", tags)
        + f"\nmodel Tag {{\n  id: Int! @id\n  userId: Int?\n{related}}}\n"
    )

    found = shop.okra("db:sync")

    assert "- tags.user_id: 1 row refers to nothing in users" in found.err


def test_a_value_can_be_given_for_rows_that_have_none(shop):
    shop.schema(SHOP.replace("nick: String?", "nick: String!"))

    shop.must("db:sync", "--default", "users.nick='none'")

    assert shop.sql("SELECT nick FROM users ORDER BY id") == [("n1",), ("none",), ("n3",)]


def test_force_gives_rows_a_value_where_nobody_has_said_one(shop):
    shop.schema(SHOP.replace("  level:", "  born: Int!\n  level:"))

    found = shop.okra("db:sync", "--force")

    assert found.code == 0
    assert "warning: rows without `users.born` get 0" in found.err
    assert shop.sql("SELECT DISTINCT born FROM users") == [(0,)]


def test_the_smallest_whole_number_is_too_long_for_a_number_of_few_digits(place):
    text = "model Total {\n  id: Int! @id\n  sum: BigInt?\n}\n"
    place.configure(migrations={"mode": "declarative"})
    place.schema(text)
    place.must("db:sync")
    place.sql("INSERT INTO totals VALUES (1, -9223372036854775808)")
    place.schema(text.replace("BigInt?", "Decimal? @precision(total: 20, scale: 6)"))
    found = place.okra("db:sync")
    if place.provider == "sqlite":
        assert found.code == 0
    else:
        assert "- totals.sum: 1 value does not fit into " in found.err
    assert place.sql("SELECT sum FROM totals") == [(-9223372036854775808,)]


PLAIN = "model User {\n  id: Int! @id\n  d: TYPE\n}\n"


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("before", "after", "value", "code"),
    [
        ("Decimal", "Int", "3.5", 1),
        ("Decimal", "Int", "3.0", 0),
        ("String", "Int", "'many'", 1),
        ("String", "Int", "'12'", 0),
        ("String", "Float", "'much'", 1),
    ],
)
def test_values_that_sqlite_would_keep_as_they_are_are_found_first(
    place, before, after, value, code
):
    place.schema(PLAIN.replace("TYPE", before))
    place.must("db:sync", "--yes")
    place.sql(f"INSERT INTO users VALUES (1, {value})")
    place.schema(PLAIN.replace("TYPE", after))

    found = place.okra("db:sync", "--yes", "--force")

    assert (found.code, "- users.d: 1 value is no " in found.err) == (code, bool(code))


def test_a_value_for_rows_that_is_none_of_the_enum_is_found_first(place):
    place.schema("model User {\n  id: Int! @id\n}\n")
    place.must("db:sync", "--yes")
    place.sql("INSERT INTO users VALUES (1)")
    place.schema("enum Role { A B }\nmodel User {\n  id: Int! @id\n  role: Role!\n}\n")

    wrong = place.okra("db:sync", "--yes", "--default", "users.role='BOSS'")
    right = place.okra("db:sync", "--yes", "--default", "users.role='A'")

    assert (wrong.code, right.code) == (1, 0)
    if place.provider == "sqlite":
        assert "- users.role: what 1 row gets does not satisfy role IN ('A', 'B')" in wrong.err
