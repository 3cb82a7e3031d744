"""`okra db:migrate:dry-run`: what it says of each kind of database, and that it changes nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.session import connect

if TYPE_CHECKING:
    from places import Place

FIRST = """\
model User { id: Int! @id name: String! posts: [Post!]! }
model Post { id: Int! @id n: Int author: User! @relation(fields: [authorId]) authorId: Int! }
"""


def migration(place: Place, name: str, schema: str) -> None:
    place.schema(schema)
    place.must("db:migrate:generate", "--name", name, "--yes")


@pytest.fixture
def filled(place: Place) -> Place:
    """A database with a migration and rows."""
    place.configure()
    migration(place, "first", FIRST)
    place.must("db:migrate:up")
    users = ", ".join(f"({number}, 'user {number}')" for number in range(1, 301))
    posts = ", ".join(f"({number}, {number}, {number})" for number in range(1, 301))
    place.sql(
        f"INSERT INTO users (id, name) VALUES {users};"
        f"INSERT INTO posts (id, n, author_id) VALUES {posts};"
    )
    return place


def state(place: Place) -> object:
    """All definitions, all rows, and the history."""
    session = connect(place.url, lock_timeout_ms=5_000)
    found = [
        dialect(place.provider).catalogue(session),
        *(session.query(f"SELECT * FROM {table} ORDER BY 1") for table in ("users", "posts")),
        session.query("SELECT version, state FROM _okra_migrations ORDER BY 1"),
    ]
    session.close()
    return found


def rehearsed(place: Place, *arguments: str) -> dict:
    before = state(place)
    ran = place.okra("db:migrate:dry-run", "--json", *arguments)
    found = ran.json()
    assert ran.code == (3 if found["refused"] else 0), ran
    assert state(place) == before
    return found


def test_a_column_more_is_a_moment(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    found = rehearsed(filled)
    assert found["refused"] is None
    assert found["executed"] == ("copy" if filled.provider == "mysql" else "target")
    (step,) = found["migrations"][0]["steps"]
    assert (
        step["locks"]
        == {
            "sqlite": [{"table": "the database", "mode": "write lock", "blocks": "writes"}],
            "postgres": [
                {"table": "users", "mode": "ACCESS EXCLUSIVE", "blocks": "reads and writes"}
            ],
            "mysql": [
                {"table": "users", "mode": "ALGORITHM=INSTANT", "blocks": "reads and writes"}
            ],
        }[filled.provider]
    )
    assert "works" not in step
    (blocked,) = found["migrations"][0]["blocked"]
    assert blocked["highMs"] < 1000


def test_a_type_that_needs_other_bytes_rewrites_the_table(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("n: Int", "n: String"))
    steps = rehearsed(filled)["migrations"][0]["steps"]
    works = [step["works"] for step in steps if step.get("works")]
    assert works == [{"posts": "rewrites all rows"}]
    if filled.provider == "sqlite":
        assert sum(step.get("rows", 0) for step in steps) == 300


def test_what_rows_refuse_is_found_where_it_can_be_undone(filled: Place) -> None:
    schema = FIRST.replace("model User", 'model User @check(expr: "length(name) > 6")')
    migration(filled, "second", schema)
    found = rehearsed(filled)
    if filled.provider == "mysql":
        assert (found["refused"], found["executed"]) == (None, "copy")
        assert found["why"].startswith("the server could not undo `ALTER TABLE `users`")
        return
    assert found["refused"]["where"] == "target"
    assert "/migration.sql:" in found["refused"]["place"]
    assert rehearsed(filled, "--on", "copy")["refused"] is None


@pytest.mark.only_on("postgres")
def test_what_a_run_that_stopped_has_done_is_not_tried_again(filled: Place) -> None:
    schema = FIRST.replace("model User", 'model User @check(expr: "length(name) > 6")')
    migration(filled, "second", schema)
    assert filled.okra("db:migrate:up", "--allow", "blocking").code == 1
    ran = filled.okra("db:migrate:dry-run", "--json")
    found = ran.json()
    assert [step["number"] for step in found["migrations"][0]["steps"]] == [2]
    assert "is violated by some row" in found["refused"]["message"]
    assert "\n  2/2 " in filled.okra("db:migrate:dry-run").out


@pytest.mark.only_on("postgres")
def test_what_was_done_and_then_edited_is_refused_by_all_that_look(filled: Place) -> None:
    schema = FIRST.replace("model User", 'model User @check(expr: "length(name) > 6")')
    migration(filled, "second", schema)
    assert filled.okra("db:migrate:up", "--allow", "blocking").code == 1
    path = max(filled.folder.glob("migrations/2*")) / "migration.sql"
    path.write_text(
        path.read_text().replace(" ADD ", " ADD  ", 1).replace("NOT VALID", "NOT\n  VALID")
    )
    filled.must("db:migrate:verify")

    ran = [
        filled.okra(*command.split())
        for command in (
            "db:migrate:up",
            "db:migrate:dry-run",
            "db:migrate:status --check",
            "db:migrate:repair --dry-run",
        )
    ]

    assert [each.code for each in ran] == [1, 1, 3, 1]
    assert all("OKR560" in each.err + each.out for each in ran)
    assert all("--reverted`" in each.err + each.out for each in ran)


def test_the_way_back_says_what_it_loses(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    filled.must("db:migrate:up")
    found = rehearsed(filled, "--down")
    assert [each["folder"][16:] for each in found["migrations"]] == ["second"]
    assert found["migrations"][0]["losses"] == ["drops column `users.age` with its values"]
    assert filled.must("db:migrate:dry-run", "--down").count("loses data") == 1


def test_several_migrations_are_run_one_on_the_other(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    migration(
        filled, "third", FIRST.replace("name: String!", "name: String! age: Int more: String")
    )
    found = rehearsed(filled)
    assert [each["folder"][16:] for each in found["migrations"]] == ["second", "third"]
    assert len(rehearsed(filled, "--steps", "1")["migrations"]) == 1


def test_rows_that_a_migration_writes_are_counted(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    file = next((filled.folder / "migrations").glob("*_second")) / "migration.sql"
    file.write_text("-- grow\nUPDATE posts SET n = n + 1 WHERE id <= 7;\n" + file.read_text())
    filled.must("db:migrate:verify")
    steps = rehearsed(filled)["migrations"][0]["steps"]
    assert [step.get("rows") for step in steps] == (
        [None, None] if filled.provider == "mysql" else [7, 0]
    )


def test_a_protected_database_is_left_alone_but_for_reading(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    filled.configure(protected=True)
    found = rehearsed(filled)
    assert found["executed"] == "copy"
    assert found["why"] == "the database is protected, and `--on target` was not given"


@pytest.mark.only_on("postgres")
def test_the_locks_are_those_that_up_takes(filled: Place) -> None:
    """What is said to keep readers waiting does, and what is said not to does not."""
    migration(filled, "second", FIRST.replace("n: Int", "n: Int @index"))
    step = rehearsed(filled)["migrations"][0]["steps"][0]
    assert step["locks"] == [
        {"table": "posts", "mode": "SHARE UPDATE EXCLUSIVE", "blocks": "nothing"}
    ]
    assert step["works"] == {"posts": "builds an index"}
    writer = connect(filled.url, lock_timeout_ms=5_000)
    writer.execute("BEGIN")
    writer.execute(
        "UPDATE posts SET n = 1 WHERE id = 1"
    )  # SHARE, as without CONCURRENTLY, would wait
    started = time.monotonic()
    before = filled.okra("db:migrate:dry-run")
    assert (before.code, time.monotonic() - started < 20) == (0, True)
    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.only_on("sqlite")
def test_a_database_that_is_not_there_yet_is_not_made(place: Place) -> None:
    place.configure()
    migration(place, "first", FIRST)
    out = place.must("db:migrate:dry-run")
    assert "Run on the target and undone" in out
    assert not (place.folder / "shop.db").exists()


def test_names_that_have_to_be_quoted(place: Place) -> None:
    place.configure()
    schema = 'model Order @table(name: "Order\'s list") { id: Int! @id }'
    migration(place, "first", schema)
    place.must("db:migrate:up")
    migration(place, "second", schema.replace("}", "select: String }"))
    found = place.okra("db:migrate:dry-run", "--json").json()["migrations"][0]
    names = {each["table"] for each in (*found["blocked"], *found["steps"][0]["locks"])}
    assert names == {"the database" if place.provider == "sqlite" else "Order's list"}


@pytest.mark.only_on("postgres")
def test_a_table_that_a_copy_can_not_have_is_tried_on_the_target(filled: Place) -> None:
    filled.sql("CREATE DOMAIN short AS text; ALTER TABLE users ADD COLUMN nick short;")
    migration(filled, "second", FIRST.replace("name: String!", "name: String! age: Int"))
    found = rehearsed(filled)
    assert found["notes"] == [
        'no locks are known: the copy could not be made: type "short" does not exist'
    ]
    assert (found["executed"], found["refused"]) == ("target", None)
    assert "durationMs" in found["migrations"][0]["steps"][0]


def test_nothing_to_do(filled: Place) -> None:
    assert "There is nothing to do." in filled.must("db:migrate:dry-run")


@pytest.mark.only_on("postgres")
def test_a_counter_that_no_transaction_puts_back_is_not_moved(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("n: Int", "n: BigInt"))
    (folder,) = (filled.folder / "migrations").glob("*_second")
    for name, sql in (
        ("migration", "CREATE SEQUENCE tickets;\nSELECT setval('tickets', 100);\n"),
        ("rollback", "DROP SEQUENCE tickets;\n"),
    ):
        with (folder / f"{name}.sql").open("a") as file:
            file.write(sql)
    filled.must("db:migrate:verify")
    found = rehearsed(filled)
    assert found["executed"] == "copy"
    assert "SETVAL" in found["why"]


def test_what_up_wants_consent_for_is_said_and_no_reason_to_fail(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("n: Int", "n: String"))

    (found,) = rehearsed(filled)["migrations"]
    said = filled.must("db:migrate:dry-run")

    if filled.provider != "mysql":
        assert (found["consent"], "--allow" in said) == ([], False)
        return
    assert found["consent"] == [
        "statement 1: copies all rows of `posts`; nobody else can write to it meanwhile"
    ]
    assert f"  wants `--allow blocking`: {found['consent'][0]}\n" in said
    refused = filled.okra("db:migrate:up").err
    assert ("OKR564" in refused, found["consent"][0] in refused) == (True, True)
    filled.must("db:migrate:up", "--allow", "blocking")
    assert rehearsed(filled, "--down")["migrations"][0]["consent"] == found["consent"]


@pytest.mark.only_on("mysql", "mariadb")
def test_consent_is_not_wanted_for_empty_tables_nor_where_it_is_given_for_good(
    filled: Place,
) -> None:
    migration(filled, "second", FIRST.replace("n: Int", "n: String"))
    filled.configure(migrations={"allow": ["blocking"]})
    given = rehearsed(filled)["migrations"][0]["consent"]
    filled.configure()
    filled.sql("DELETE FROM posts")

    assert (given, rehearsed(filled)["migrations"][0]["consent"]) == ([], [])


def test_the_way_back_of_what_is_kept_aside_is_tried_on_a_copy_that_has_it(filled: Place) -> None:
    filled.configure(migrations={"drops": "deferred"})
    migration(filled, "drop", "model User { id: Int! @id posts: [Post!]! }" + FIRST.split("\n")[1])
    migration(filled, "more", "model User { id: Int! @id }")
    filled.must("db:migrate:up", "--yes")
    aside = "_okra_trash_posts_" + max(filled.folder.glob("migrations/2*")).name[:15]

    ran = filled.okra("db:migrate:dry-run", "--down", "--steps", "2", "--json")

    found = ran.json()
    assert (ran.code, found["refused"], found["notes"]) == (0, None, [])
    steps = [step for each in found["migrations"] for step in each["steps"]]
    locked = {lock["table"] for step in steps for lock in step.get("locks", ())}
    assert locked >= ({"the database"} if filled.provider == "sqlite" else {aside, "users"})
    on_copy = filled.okra("db:migrate:dry-run", "--down", "--steps", "2", "--on", "copy", "--json")
    assert [each["steps"][0]["locks"] for each in on_copy.json()["migrations"]] == [
        each["steps"][0]["locks"] for each in found["migrations"]
    ]
    filled.must("db:migrate:down", "--steps", "2", "--yes", "--allow", "blocking")


@pytest.mark.only_on("mysql", "mariadb")
def test_a_table_that_was_renamed_is_still_the_same_one(filled: Place) -> None:
    filled.configure(migrations={"drops": "deferred"})
    migration(filled, "gone", "model User { id: Int! @id name: String! }")
    filled.must("db:migrate:up", "--yes")

    steps = rehearsed_alone(filled, "--down")

    assert [
        (lock["table"], lock["mode"]) for step in steps[1:] for lock in step.get("locks", ())
    ] == [("posts", "ALGORITHM=COPY, LOCK=SHARED")]


@pytest.mark.only_on("mysql", "mariadb")
def test_the_rest_of_a_way_back_that_stopped_is_tried_on_what_was_brought_back(
    filled: Place,
) -> None:
    filled.configure(migrations={"drops": "deferred"})
    migration(filled, "unique", FIRST.replace("n: Int", "n: Int @unique"))
    migration(filled, "gone", FIRST.replace("n: Int ", ""))
    filled.must("db:migrate:up", "--yes")
    aside = "_okra_trash_n_" + max(filled.folder.glob("migrations/2*")).name[:15]
    filled.sql(f"UPDATE posts SET {aside} = 1")
    assert filled.okra("db:migrate:down", "--yes").code == 1

    steps = rehearsed_alone(filled, "--down")

    assert [(step["number"], step["locks"][0]["table"]) for step in steps] == [(2, "posts")]


@pytest.mark.only_on("sqlite")
def test_the_way_back_of_what_was_squashed_is_tried_piece_by_piece(filled: Place) -> None:
    migration(filled, "second", FIRST.replace("n: Int", "n: Int m: Int"))
    filled.must("db:migrate:up")
    filled.must("db:migrate:squash", "--yes", "--keep")

    found = rehearsed(filled, "--down")

    assert [each["folder"][16:] for each in found["migrations"]] == ["second"]


def rehearsed_alone(place: Place, *arguments: str) -> list[dict]:
    """The statements of the only migration."""
    found = place.okra("db:migrate:dry-run", "--json", *arguments).json()
    assert (found["refused"], found["notes"]) == (None, [])
    (only,) = found["migrations"]
    return only["steps"]
