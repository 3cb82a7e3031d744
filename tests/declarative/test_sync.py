"""`okra db:sync` on each kind of database, as users meet it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

SHOP = """\
enum Level { BASIC GOLD }

model User {
  id: Int! @id @default(autoincrement)
  email: String! @length(max: 40)
  nick: String? @length(max: 40)
  level: Level! @default(BASIC)
  posts: [Post!]!
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String! @length(max: 40)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
}
"""
LOGS = "\nmodel OldLog {\n  id: Int! @id\n}\n"
ROWS = """\
INSERT INTO users (id, email, nick) VALUES (1, 'a@x', 'n1'), (2, 'b@x', NULL), (3, 'c@x', 'n3');
INSERT INTO posts (id, title, user_id) VALUES (1, 'p1', 1), (2, 'p2', 1), (3, 'p3', 2);
"""


def declared(place: Place, **migrations: object) -> None:
    place.configure(migrations={"mode": "declarative"} | migrations)


@pytest.fixture
def shop(place: Place) -> Place:
    """A database with rows that was synced once."""
    declared(place)
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(ROWS)
    return place


def plain(text: str) -> list[str]:
    """The lines of `text` without what differs from run to run."""
    return [re.sub(r" \([\d.]+ m?s\)", "", line) for line in text.splitlines()]


def test_a_second_sync_finds_nothing(shop):
    assert plain(shop.must("db:sync"))[1:] == [
        "Nothing to do: the database is what the schema says."
    ]


def test_the_database_and_the_environment_are_named_before_anything_is_done(place):
    place.configure(
        environments={"test": {"url": place.address, "migrations": {"mode": "declarative"}}}
    )
    place.schema(SHOP)

    first = place.must("db:sync", "--env", "test").splitlines()[0]

    assert first.startswith(f"Database: {place.url.provider}:")
    assert first.endswith(", environment test")


def test_what_loses_data_is_listed_with_counts_and_nothing_is_done(shop):
    shop.schema(SHOP + LOGS)
    shop.must("db:sync")
    shop.sql("INSERT INTO old_logs (id) VALUES (1)")
    before = shop.sql("SELECT * FROM users")
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", "  age: Int?\n"))

    found = shop.okra("db:sync")

    assert found.code == 1
    assert found.err == (
        "⚠️  Destructive changes detected:\n"
        "- Drop column: users.nick (2 values)\n"
        "- Drop table: old_logs (1 row)\n"
        "\n"
        "Run with --force to apply destructive changes\n"
    )
    assert shop.sql("SELECT * FROM users") == before


def test_a_count_has_commas_and_the_document_has_numbers(shop):
    many = ", ".join(f"({n}, 'e{n}', 'n{n}')" for n in range(10, 1214))
    shop.sql(f"INSERT INTO users (id, email, nick) VALUES {many}")
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", ""))

    found = shop.okra("db:sync", "--json")

    assert found.json()["destructive"] == [
        {"kind": "Drop column", "what": "users.nick", "count": 1206, "unit": "value", "note": None}
    ]
    assert "- Drop column: users.nick (1,206 values)" in found.err


def test_values_that_change_are_listed_where_there_are_any(shop):
    schema = SHOP.replace("  level:", "  at: DateTime?\n  level:")
    shop.schema(schema)
    shop.must("db:sync")
    shop.schema(schema.replace("at: DateTime?", "at: Date?"))
    empty = shop.okra("db:sync", "--dry-run", "--json").json()["destructive"]
    shop.sql("UPDATE users SET at = '2024-01-01 10:00:00' WHERE id < 3")

    found = shop.okra("db:sync", "--dry-run", "--json").json()["destructive"]

    assert empty == []
    if shop.provider == "sqlite":  # both are texts
        assert found == []
    else:
        (loss,) = found
        assert (loss["kind"], loss["what"], loss["count"]) == ("Change column", "users.at", 2)


def test_force_applies_what_loses_data_and_keeps_all_else(shop):
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", "  age: Int?\n"))

    shop.must("db:sync", "--force")

    assert shop.sql("SELECT id, email, age FROM users ORDER BY id") == [
        (1, "a@x", None),
        (2, "b@x", None),
        (3, "c@x", None),
    ]
    assert shop.sql("SELECT id, title, user_id FROM posts ORDER BY id") == [
        (1, "p1", 1),
        (2, "p2", 1),
        (3, "p3", 2),
    ]


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


def test_hints_of_renames_are_followed_and_values_stay(shop):
    shop.sql("UPDATE users SET level = 'GOLD' WHERE id = 1")
    shop.schema(
        SHOP.replace("nick:", "alias:")
        .replace(
            "alias: String? @length(max: 40)",
            'alias: String? @length(max: 40) @renamed(from: "nick")',
        )
        .replace("GOLD }", 'RICH @renamed(from: "GOLD") }')
    )

    shop.must("db:sync")

    assert shop.sql("SELECT id, alias, level FROM users ORDER BY id") == [
        (1, "n1", "RICH"),
        (2, None, "BASIC"),
        (3, "n3", "BASIC"),
    ]
    assert "Nothing to do" in shop.must("db:sync")


def test_a_rename_can_be_said_with_a_flag(shop):
    shop.schema(SHOP.replace("nick:", "alias:"))

    shop.must("db:sync", "--rename", "users.nick=alias")

    assert shop.sql("SELECT alias FROM users ORDER BY id") == [("n1",), (None,), ("n3",)]


@pytest.mark.parametrize(
    ("flag", "value", "near"),
    [
        ("--rename", "users.nik=alias", "nick"),
        ("--rename", "users.nick=alia", "alias"),
        ("--rename", "user.nick=alias", "users"),
        ("--default", "users.alia=''", "alias"),
    ],
)
def test_a_flag_that_is_about_nothing_is_refused(shop, flag, value, near):
    shop.schema(SHOP.replace("nick:", "alias:"))

    found = shop.okra("db:sync", "--force", flag, value)

    assert found.code == 2
    assert f"did you mean `{near}`?" in found.err
    assert shop.sql("SELECT nick FROM users WHERE id = 1") == [("n1",)]


def test_a_flag_that_was_followed_already_is_fine(shop):
    shop.schema(SHOP.replace("nick:", "alias:"))
    shop.must("db:sync", "--rename", "users.nick=alias")

    assert "Nothing to do" in shop.must("db:sync", "--rename", "users.nick=alias")


def test_a_new_value_of_an_enum_is_a_default_at_once(shop):
    shop.schema(SHOP.replace("{ BASIC GOLD }", "{ BASIC TOP GOLD }").replace("(BASIC)", "(TOP)"))

    shop.must("db:sync")
    shop.sql("INSERT INTO users (id, email) VALUES (9, 'z')")

    assert shop.sql("SELECT level FROM users ORDER BY id") == [
        ("BASIC",),
        ("BASIC",),
        ("BASIC",),
        ("TOP",),
    ]
    assert "Nothing to do" in shop.must("db:sync")


def test_children_that_go_with_their_parent_stay_when_it_is_made_anew(shop):
    many = ", ".join(f"({n}, 'p{n}', 3)" for n in range(10, 510))
    shop.sql(f"INSERT INTO posts (id, title, user_id) VALUES {many}")
    shop.schema(SHOP.replace("email: String! @length(max: 40)", "email: String? @length(max: 30)"))

    shop.must("db:sync", "--force")

    assert shop.sql("SELECT count(*) FROM posts") == [(503,)]
    assert shop.sql("SELECT count(*) FROM users") == [(3,)]


def test_a_dry_run_shows_the_sql_and_changes_nothing(shop):
    shop.schema(SHOP + LOGS)

    out = shop.must("db:sync", "--dry-run")
    again = shop.okra("db:sync", "--dry-run", "--json")

    assert "CREATE TABLE" in out
    assert out.splitlines()[-1] == "Nothing was changed."
    assert again.json()["changes"] == ["+ table old_logs (1 column)"]
    assert again.json()["applied"] is False


@pytest.mark.only_on("sqlite")
def test_a_dry_run_makes_no_database(place):
    declared(place)
    place.schema(SHOP)

    place.must("db:sync", "--dry-run")

    assert not (place.folder / "shop.db").exists()


def test_the_first_sync_of_a_database_with_tables_asks(place):
    declared(place)
    place.schema(SHOP + '\nmodel Found {\n  x: Int? @column(name: "x")\n  @keyless\n}\n')
    place.sql("CREATE TABLE founds (x integer)")

    refused = place.okra("db:sync")
    agreed = place.okra("db:sync", "--yes")

    assert refused.code == 2
    assert "  + table users (4 columns)" in refused.out
    assert "error[OKR616]: this needs a confirmation" in refused.err
    assert "`okra db:sync --yes`" in refused.err
    assert agreed.code == 0
    assert "Nothing to do" in place.must("db:sync")


def test_what_the_first_sync_would_drop_is_listed_and_needs_both_flags(place):
    declared(place)
    place.schema(SHOP)
    place.sql("CREATE TABLE found (x integer)")

    agreed = place.okra("db:sync", "--yes")
    forced = place.okra("db:sync", "--force")

    assert agreed.code == 1
    assert "- Drop table: found (0 rows)" in agreed.err
    assert forced.code == 2
    assert place.sql("SELECT count(*) FROM found") == [(0,)]
    assert place.okra("db:sync", "--yes", "--force").code == 0


def test_tables_that_are_excluded_are_left_alone_by_sync_diff_and_pull(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.sql("CREATE TABLE legacy_orders (x integer); INSERT INTO legacy_orders VALUES (1)")

    place.must("db:sync")
    difference = place.must("db:diff", "--json")
    pulled = place.must("db:pull", "--json")

    assert json.loads(difference)["changes"] == []
    assert "legacy" not in json.loads(pulled)["schema"].lower()
    assert place.sql("SELECT x FROM legacy_orders") == [(1,)]


@pytest.mark.only_on("postgres")
def test_a_type_that_only_excluded_tables_use_is_left_alone(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.sql("""CREATE TYPE "Old Mood" AS ENUM ('a'); CREATE TABLE legacy_x (m "Old Mood"[])""")

    place.must("db:sync")

    assert "Nothing to do" in place.must("db:sync")
    assert place.sql("SELECT count(*) FROM pg_type WHERE typname = 'Old Mood'") == [(1,)]


def test_an_excluded_child_keeps_its_rows_when_its_parent_is_made_anew(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(
        ROWS + "CREATE TABLE legacy_x (u integer REFERENCES users (id) ON DELETE CASCADE);"
        "INSERT INTO legacy_x VALUES (1), (2)"
    )
    place.schema(SHOP.replace("email: String! @length(max: 40)", "email: String? @length(max: 30)"))

    place.must("db:sync", "--force")

    assert place.sql("SELECT u FROM legacy_x ORDER BY u") == [(1,), (2,)]


def test_a_table_of_an_unmanaged_model_is_left_alone(shop):
    shop.sql("CREATE TABLE theirs (x integer)")
    shop.schema(SHOP + '\nmodel Their @table(name: "theirs") @unmanaged {\n  id: Int! @id\n}\n')

    assert "Nothing to do" in shop.must("db:sync")


def test_a_database_with_a_history_of_migrations_is_not_synced_unasked(place):
    place.configure(migrations={"mode": "versioned"})
    place.schema(SHOP)
    place.must("db:migrate:generate", "--no-verify")
    place.must("db:migrate:up")
    declared(place)
    place.schema(SHOP + LOGS)

    refused = place.okra("db:sync")
    agreed = place.okra("db:sync", "--yes")

    assert refused.code == 2
    assert "`okra db:migrate:up`" in refused.err
    assert agreed.code == 0


def test_a_protected_database_needs_the_configuration_and_its_name(place):
    place.schema(SHOP)
    declared(place)
    config = json.loads((place.folder / "okra.config.json").read_text())
    config["database"]["protected"] = True
    (place.folder / "okra.config.json").write_text(json.dumps(config))
    forbidden = place.okra("db:sync", "--yes", "--force")
    config["database"]["migrations"]["allowSync"] = True
    (place.folder / "okra.config.json").write_text(json.dumps(config))
    name = place.url.database or "shop.db"

    unnamed = place.okra("db:sync", "--yes", "--force")
    misnamed = place.okra("db:sync", "--confirm-database", "other")
    named = place.okra("db:sync", "--confirm-database", name)

    assert (forbidden.code, unnamed.code, misnamed.code) == (2, 2, 2)
    assert "error[OKR582]" in forbidden.err
    assert f"`--confirm-database {name}`" in unnamed.err
    assert named.code == 0


def test_what_was_there_is_kept_and_can_be_restored(shop):
    shop.schema(SHOP.replace("nick:", "alias:") + LOGS)
    shop.must("db:sync", "--rename", "users.nick=alias")

    refused = shop.okra("db:sync", "--restore", "last")
    shop.must("db:sync", "--restore", "last", "--force")

    assert (shop.folder / ".okra" / ".gitignore").read_text() == "*\n"
    assert "- Drop table: old_logs (0 rows)" in refused.err
    assert shop.sql("SELECT nick FROM users ORDER BY id") == [("n1",), (None,), ("n3",)]
    shop.schema(SHOP)
    assert "Nothing to do" in shop.must("db:sync")


def test_a_snapshot_that_is_not_there_is_named_with_those_that_are(shop):
    found = shop.okra("db:sync", "--restore", "19990101")

    newest = max(path.stem for path in (shop.folder / ".okra" / "schema").iterdir())
    assert found.code == 2
    assert "error[OKR584]: there is no snapshot `19990101`" in found.err
    assert newest in found.err


def test_a_snapshot_can_be_named_by_its_file_and_by_its_time(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()

    unnamed = shop.okra("db:sync", "--restore", "")
    by_file = shop.okra("db:sync", "--dry-run", "--restore", str(path))
    by_time = shop.okra("db:sync", "--dry-run", "--restore", path.name[:22])

    assert by_file.code == by_time.code == 0
    assert unnamed.code == 2
    assert "- table posts" in by_file.out
    assert by_file.out == by_time.out


def test_a_text_that_would_be_a_day_without_its_time_is_not_made_one_unasked(shop):
    if shop.provider == "sqlite":
        pytest.skip("a day is a text in SQLite, and stays what it is")
    shop.sql("UPDATE users SET nick = '2024-01-20T14:30:00' WHERE id = 1")
    shop.sql("UPDATE users SET nick = NULL WHERE id > 1")
    shop.schema(SHOP.replace("nick: String? @length(max: 40)", "nick: Date?"))

    found = shop.okra("db:sync")

    assert found.code == 1
    assert "- Change column: users.nick (1 value)" in found.err
    assert shop.sql("SELECT nick FROM users WHERE id = 1") == [("2024-01-20T14:30:00",)]


def test_the_newest_fifty_snapshots_are_kept(shop):
    folder = shop.folder / ".okra" / "schema"
    (first,) = folder.iterdir()
    for number in range(60):
        (folder / f"20200101_000000_{number:06}_0123456789ab.json").write_bytes(first.read_bytes())
    shop.schema(SHOP + LOGS)

    shop.must("db:sync")

    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 50
    assert names[-2] == first.name
    assert names[0] == "20200101_000000_000012_0123456789ab.json"


def test_tracking_in_the_database_tells_what_no_catalogue_says(place):
    declared(place, tracking="shadow")
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(ROWS)
    place.schema(SHOP.replace("nick: String?", 'nick: String? @column(name: "nickname")'))

    place.must("db:sync")

    assert place.sql("SELECT nickname FROM users ORDER BY id") == [("n1",), (None,), ("n3",)]
    rows = place.sql(
        "SELECT version, schema_hash, applied_at, schema_snapshot FROM _okra_schema_history"
    )
    assert len(rows) == 2
    assert "Nothing to do" in place.must("db:sync")


@pytest.mark.only_on("postgres", "mysql", "maria")
def test_a_statement_that_is_refused_in_the_middle_says_where_the_database_stands(place):
    two = "model Alpha {\n  id: Int! @id\n}\nmodel Zebra {\n  id: Int! @id\n}\n"
    declared(place, exclude=["legacy_*"])
    place.schema(two)
    place.must("db:sync")
    place.sql("CREATE TABLE legacy_x (z integer, FOREIGN KEY (z) REFERENCES alphas (id))")
    place.schema("model New {\n  id: Int! @id\n}\n")

    found = place.okra("db:sync", "--force")

    assert found.code == 1
    if place.provider == "postgres":
        assert "nothing was changed" in found.err
        assert place.sql("SELECT count(*) FROM zebras") == [(0,)]
    else:
        assert (
            "1 of 3 statements is done and stays; run `okra db:sync` again: it goes on" in found.err
        )
    place.sql("DROP TABLE legacy_x")
    again = place.must("db:sync", "--force")
    if place.provider == "mysql":
        assert "was broken off after at least 1 of its 3 statements" in again
    assert "Nothing to do" in place.must("db:sync")


def test_a_table_of_synced_schemas_that_is_not_okras_is_named(place):
    declared(place, tracking="shadow")
    place.schema(SHOP)
    place.must("db:sync")
    place.sql("UPDATE _okra_schema_history SET schema_snapshot = '{}x'")
    damaged = place.okra("db:sync")
    place.sql("DROP TABLE _okra_schema_history; CREATE TABLE _okra_schema_history (x integer)")
    other = place.okra("db:sync")

    assert "error[OKR588]" in damaged.err
    assert "error[OKR588]" in other.err
    place.sql("DROP TABLE _okra_schema_history")
    assert place.okra("db:sync").code == 0


def test_a_snapshot_that_was_changed_by_hand_is_refused(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()
    path.write_text("{")

    found = shop.okra("db:sync", "--restore", "last")

    assert found.code == 2
    assert "error[OKR583]" in found.err
