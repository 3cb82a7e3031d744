"""`okra db:reset` on each kind of database: what goes, what stays, and what comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

SCHEMA = """\
model User {
  id: Int! @id @default(autoincrement)
  email: String! @unique @length(max: 40)
  posts: [Post!]!
}

model Post {
  id: Int! @id
  userId: Int!
  user: User! @relation(fields: [userId], references: [id])
}
"""
ROWS = "INSERT INTO users (id, email) VALUES (1, 'a'), (2, 'b'); INSERT INTO posts VALUES (1, 1);"
STRANGERS = (
    "CREATE TABLE legacy (id integer); INSERT INTO legacy VALUES (1);"
    " CREATE VIEW old AS SELECT id FROM legacy;"
)
MODES = ["versioned", "declarative"]


@pytest.fixture(params=MODES)
def shop(request: pytest.FixtureRequest, place: Place) -> Place:
    """A database with rows, made by migrations or by a sync; one seed."""
    place.configure(migrations={"mode": request.param})
    place.schema(SCHEMA)
    make(place, request.param)
    place.sql(ROWS)
    (place.folder / "seeds").mkdir()
    (place.folder / "seeds" / "User.csv").write_text("email\nseed@x\n")
    return place


def make(place: Place, mode: str) -> None:
    if mode == "versioned":
        place.must("db:migrate:generate")
        place.must("db:migrate:up")
    else:
        place.must("db:sync", "--yes")


def emails(place: Place) -> list[str]:
    return [str(email) for (email,) in place.sql("SELECT email FROM users ORDER BY email")]


def test_all_tables_are_made_anew_and_seeded(shop: Place) -> None:
    said = shop.must("db:reset", "--yes").splitlines()
    assert said[1:4] == [
        "What OKRA manages will be dropped:",
        "- table posts (1 row)",
        "- table users (2 rows)",
    ]
    assert said[-1].startswith("Seeded 1 file: 1 row added")
    assert emails(shop) == ["seed@x"]


def test_a_reset_twice_is_the_same(shop: Place) -> None:
    shop.must("db:reset", "--yes")
    shop.must("db:reset", "--yes")
    assert emails(shop) == ["seed@x"]


def test_without_seeds_the_tables_stay_empty(shop: Place) -> None:
    shop.must("db:reset", "--yes", "--no-seed")
    assert emails(shop) == []


def test_nothing_happens_unasked(shop: Place) -> None:
    found = shop.okra("db:reset")
    assert found.code == 2
    assert "OKR616" in found.err
    assert emails(shop) == ["a", "b"]


def test_a_dry_run_drops_nothing(shop: Place) -> None:
    said = shop.must("db:reset", "--dry-run")
    assert "- table users (2 rows)" in said
    assert emails(shop) == ["a", "b"]


def test_tables_of_others_stay(shop: Place) -> None:
    shop.sql(STRANGERS)
    said = shop.must("db:reset", "--yes")
    assert "Not OKRA's, so it stays: legacy, old" in said
    assert emails(shop) == ["seed@x"]
    assert shop.sql("SELECT id FROM old") == [(1,)]


@pytest.mark.only_on("postgres")
def test_types_of_others_stay(shop: Place) -> None:
    shop.sql(
        "CREATE TYPE used AS ENUM ('x'); CREATE TABLE users_of_it (kind used, kinds used[]);"
        " CREATE TYPE alone AS ENUM ('x')"
    )
    said = shop.must("db:reset", "--yes")
    assert "Not OKRA's, so it stays: users_of_it, alone, used" in said
    assert shop.sql("SELECT typname FROM pg_type WHERE typtype = 'e' ORDER BY 1") == [
        ("alone",),
        ("used",),
    ]


@pytest.mark.only_on("postgres")
def test_tables_in_schemas_that_the_url_does_not_name_are_made_anew_too(place: Place) -> None:
    place.configure()
    place.schema('model Entry @schema("audit") {\n  id: ID! @default(uuid)\n}\n')
    place.must("db:migrate:generate", "--no-verify")
    place.must("db:migrate:up")
    place.sql("INSERT INTO audit.entries DEFAULT VALUES; CREATE TABLE audit.theirs (id int);")

    said = place.must("db:reset", "--yes")

    assert "table audit.entries (1 row)" in said
    assert place.sql("SELECT count(*) FROM audit.entries") == [(0,)]
    assert place.sql("SELECT count(*) FROM audit.theirs") == [(0,)]


def test_all_drops_tables_of_others_too(shop: Place) -> None:
    shop.sql(STRANGERS)
    said = shop.must("db:reset", "--yes", "--all")
    assert {"- view old", "- table legacy (1 row)", "- table users (2 rows)"} <= set(
        said.splitlines()
    )
    assert emails(shop) == ["seed@x"]
    assert "legacy" not in shop.must("db:pull").lower()


def test_a_table_of_others_that_refers_to_one_of_ours_keeps_everything_as_it_is(
    shop: Place,
) -> None:
    shop.sql(
        "CREATE TABLE audits (id integer, user_id integer,"
        " CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users (id))"
    )
    found = shop.okra("db:reset", "--yes")
    assert found.code == 1
    assert found.err.startswith("error[OKR643]: `audits` would stay")
    assert emails(shop) == ["a", "b"]
    shop.must("db:reset", "--yes", "--all")
    assert emails(shop) == ["seed@x"]


ELSEWHERE = {
    "a view": (
        "CREATE VIEW elsewhere.v AS SELECT id FROM users",
        "rule _RETURN on view elsewhere.v",
    ),
    "a type": (
        "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE elsewhere.t (r mood)",
        "column r of table elsewhere.t",
    ),
    "types": (
        "CREATE DOMAIN mood AS int; CREATE TABLE elsewhere.t (r mood[])",
        "column r of table elsewhere.t",
    ),
    "an heir": ("CREATE TABLE elsewhere.t () INHERITS (users)", "table elsewhere.t"),
}


@pytest.mark.only_on("postgres")  # nothing elsewhere uses what is in one database of the others
@pytest.mark.parametrize("case", ELSEWHERE)
def test_all_is_all_of_its_schemas_and_nothing_that_lies_elsewhere(shop: Place, case: str) -> None:
    statement, what = ELSEWHERE[case]
    shop.sql(f"CREATE SCHEMA elsewhere; {statement}")
    found = shop.okra("db:reset", "--yes", "--all")
    assert found.code == 1
    assert f"`{what}` would go as well, and lies elsewhere" in found.err
    shop.sql("DROP SCHEMA elsewhere CASCADE")
    shop.must("db:reset", "--yes", "--all")


def test_all_names_what_only_looks_like_ours_and_counts_tables_whatever_their_names(
    shop: Place,
) -> None:
    for name in ("_okra_notes", "a.b"):
        table = f"`{name}`" if shop.provider == "mysql" else f'"{name}"'
        shop.sql(f"CREATE TABLE {table} (id integer)")
        shop.sql(f"INSERT INTO {table} VALUES (1)")
    said = shop.must("db:reset", "--yes", "--all")
    assert "- table _okra_notes (1 row)" in said
    assert "- table a.b (1 row)" in said


def test_a_schema_that_is_wrong_keeps_everything_as_it_is(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema(SCHEMA)
    place.must("db:sync", "--yes")
    place.sql(ROWS)
    place.schema("model User {")
    assert place.okra("db:reset", "--yes").code == 1
    assert emails(place) == ["a", "b"]


def test_migrations_that_were_edited_keep_everything_as_it_is(place: Place) -> None:
    place.configure(migrations={"mode": "versioned"})
    place.schema(SCHEMA)
    make(place, "versioned")
    place.sql(ROWS)
    (file,) = (place.folder / "migrations").glob("2*/migration.sql")
    file.write_text(file.read_text() + "-- edited\n")
    found = place.okra("db:reset", "--yes")
    assert found.code == 1
    assert "OKR460" in found.err
    assert emails(place) == ["a", "b"]


@pytest.mark.parametrize("flag", ["--yes", "--dry-run"])
def test_tables_that_no_migration_makes_again_stay(place: Place, flag: str) -> None:
    place.configure(migrations={"mode": "versioned"})
    place.schema(SCHEMA)
    make(place, "declarative")
    place.sql(ROWS)
    found = place.okra("db:reset", flag)
    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "error[OKR645]: there are no migrations in `migrations`: what a reset drops would not be made again",
    )
    assert emails(place) == ["a", "b"]
    assert "Made anew: 0 migrations." in place.must("db:reset", "--all", "--yes")
    assert place.okra("db:reset", "--yes", "--no-seed").code == 0


def test_a_seed_that_can_t_be_read_keeps_everything_as_it_is(shop: Place) -> None:
    (shop.folder / "seeds" / "User.yaml").write_text("- [")
    found = shop.okra("db:reset", "--yes")
    assert found.code == 1
    assert "OKR596" in found.err
    assert emails(shop) == ["a", "b"]


def test_a_protected_database_is_reset_only_by_name(place: Place) -> None:
    place.configure(migrations={"mode": "versioned"}, protected=True)
    place.schema(SCHEMA)
    make(place, "versioned")
    place.sql(ROWS)
    assert "OKR616" in place.okra("db:reset", "--yes").err
    assert "OKR616" in place.okra("db:reset", "--confirm-database", "other").err
    assert emails(place) == ["a", "b"]
    place.must("db:reset", "--confirm-database", place.url.database or "shop.db")
    assert emails(place) == []


def test_a_database_of_another_environment_is_not_reset(shop: Place) -> None:
    """What says `staging` in its stamp is not `local`, whatever the configuration leads to."""
    shop.must("db:reset", "--yes")
    entry = {"provider": shop.provider, "url": shop.address}
    text = (shop.folder / "okra.config.json").read_text()
    mode = "versioned" if '"versioned"' in text else "declarative"
    configured = {
        "environments": {"local": entry, "staging": entry},
        "migrations": {"mode": mode},
    }
    (shop.folder / "okra.config.json").write_text(json.dumps({"database": configured}))
    shop.must("db:reset", "--yes", "--env", "staging")
    found = shop.okra("db:reset", "--yes", "--env", "local")
    assert found.code == 1
    assert "OKR527" in found.err
    assert emails(shop) == ["seed@x"]


def test_enums_and_functions_go_and_come_with_their_tables(place: Place) -> None:
    place.configure(migrations={"mode": "versioned"})
    place.schema(
        "enum Level { LOW HIGH }\nmodel Item {\n  id: Int! @id\n  level: Level!\n  at: DateTime! @updatedAt\n}\n"
    )
    make(place, "versioned")
    place.must("db:reset", "--yes")
    assert place.okra("db:diff", "--check").code == 0


def test_tables_that_a_pending_migration_drops_are_ours_too(place: Place) -> None:
    place.configure(migrations={"mode": "versioned"})
    place.schema(SCHEMA)
    make(place, "versioned")
    place.schema("model User {\n  id: Int! @id\n}\n")
    place.must("db:migrate:generate", "--name", "drops", "--yes")
    said = place.must("db:reset", "--yes")
    assert "- table posts (0 rows)" in said
    assert place.sql("SELECT count(*) FROM users") == [(0,)]


@pytest.mark.only_on("postgres")
@pytest.mark.parametrize("flags", [(), ("--all",)])
def test_what_depends_on_a_table_that_goes_is_named_and_nothing_is_changed(
    shop: Place, flags: tuple[str, ...]
) -> None:
    shop.sql(
        "CREATE SCHEMA other; CREATE VIEW other.seen AS SELECT email FROM users;"
        " CREATE VIEW seen AS SELECT email FROM users"
    )
    found = shop.okra("db:reset", "--yes", *flags)
    assert found.code == 1
    assert "migration" not in found.err
    assert found.err.endswith("nothing was changed\n")
    assert emails(shop) == ["a", "b"]


@pytest.mark.only_on("postgres")
def test_without_the_right_to_drop_a_table_nothing_is_changed(shop: Place) -> None:
    owner = f"owner_{shop.url.database}"[:60]
    user = f"user_{shop.url.database}"[:60]
    shop.sql(
        f'CREATE ROLE "{owner}"; CREATE ROLE "{user}" LOGIN; ALTER TABLE posts OWNER TO "{owner}";'
    )
    shop.sql(
        f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{user}"; GRANT ALL ON SCHEMA public TO "{user}";'
    )
    config = shop.folder / "okra.config.json"
    config.write_text(config.read_text().replace(f"//{shop.url.user}", f"//{user}"))

    found = shop.okra("db:reset", "--yes")

    for role in (user, owner):
        shop.sql(
            f'REASSIGN OWNED BY "{role}" TO CURRENT_USER; DROP OWNED BY "{role}"; DROP ROLE "{role}";'
        )
    assert found.code == 1
    assert "error[OKR543]" in found.err
    assert found.err.endswith("nothing was changed\n")
    assert emails(shop) == ["a", "b"]
