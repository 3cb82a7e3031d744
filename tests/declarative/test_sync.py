"""`okra db:sync` on each kind of database, as users meet it."""

from __future__ import annotations

import json
import re

import pytest

from shops import LOGS, SHOP, declared


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
        assert "error[OKR420]: " in found.err
        assert "nothing was changed" in found.err
        assert place.sql("SELECT count(*) FROM zebras") == [(0,)]
    else:
        assert "error[OKR586]: statement 2 of 3 failed: " in found.err
        assert (
            "1 of 3 statements is done and stays; run `okra db:sync` again: it goes on" in found.err
        )
    place.sql("DROP TABLE legacy_x")
    again = place.must("db:sync", "--force")
    if place.provider == "mysql":
        assert "was broken off after at least 1 of its 3 statements" in again
    assert "Nothing to do" in place.must("db:sync")


@pytest.mark.parametrize("history", [False, True], ids=["never migrated", "migrated"])
def test_what_was_synced_beside_migrations_becomes_one_by_the_commands_that_are_named(
    place, history
):
    place.schema(SHOP)
    place.configure()
    place.must("db:migrate:generate", "--yes")
    if history:
        place.must("db:migrate:up")
    place.schema(SHOP.replace("nick:", "phone: String?\n  nick:"))
    said = place.okra("db:sync", "--yes").err
    commands = re.findall(r"`okra ([^`]+)`", said)

    place.must(*commands[0].split(), "--yes")
    newest = max(path.parent.name for path in place.folder.glob("migrations/*/migration.sql"))
    version = "_".join(newest.split("_")[:2])
    place.must(*commands[1].replace("VERSION", version).split(), "--yes")

    assert said.startswith("warning: the configuration says that this database has migrations: ")
    assert len(commands) == 2
    assert "nothing is pending" in place.must("db:migrate:status")
