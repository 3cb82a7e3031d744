"""`db:migrate:up`, `down`, `status` and `resolve`, as users meet them."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.projects.library import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = "model Post {\n  id: ID!\n  title: String!\n}\n"
TWO = ONE.replace("title: String!", "title: String!\n  body: String?")


@pytest.fixture
def two(folder: Path, okra: Callable) -> Path:
    """A project with two migrations, none applied."""
    for name, text in (("one", ONE), ("two", TWO)):
        (folder / "models.okra.gql").write_text(text)
        assert okra("db:migrate:generate", "--name", name).code == 0
    return folder


def times(text: str) -> str:
    """`text` without what differs from run to run."""
    text = re.sub(r"\d{8}_\d{6}", "VERSION", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text)
    return re.sub(r" \([\d.]+ m?s\)", "", text)


def versions(folder: Path) -> list[str]:
    return sorted(path.name[:15] for path in (folder / "migrations").glob("2*"))


def columns(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "local.db")
    try:
        return [row[1] for row in connection.execute("PRAGMA table_info(posts)")]
    finally:
        connection.close()


def test_up_names_the_database_and_shows_each_statement(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:up")
    assert (found.code, found.err) == (0, "")
    assert times(found.out) == (
        f"Database: sqlite://{two}/local.db\n"
        "Applying VERSION_one (1 of 2)\n"
        "  1/1 create table posts\n"
        "  done\n"
        "Applying VERSION_two (2 of 2)\n"
        "  1/1 add column posts.body\n"
        "  done\n"
        "Applied 2 migrations; the database is at VERSION.\n"
    )
    assert columns(two) == ["id", "title", "body"]


def test_up_with_nothing_to_do(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    found = okra("db:migrate:up")
    assert found.code == 0
    assert times(found.out).endswith("Nothing to do: the database is at VERSION.\n")


def test_without_any_migration_it_names_the_next_step(okra: Callable, folder: Path) -> None:
    for command in ("up", "status"):
        found = okra(f"db:migrate:{command}")
        assert found.code == 0
        assert found.out.endswith(
            "There is no migration yet: `okra db:migrate:generate` writes one.\n"
        )


def test_up_stops_where_it_is_told(okra: Callable, two: Path) -> None:
    okra("db:migrate:up", "--steps", "1")
    assert columns(two) == ["id", "title"]
    okra("db:migrate:up", "--to", versions(two)[1])
    assert columns(two) == ["id", "title", "body"]


def test_up_dry_run_prints_the_sql_and_makes_no_database(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:up", "--dry-run", "--quiet")
    assert 'CREATE TABLE "posts"' in found.out
    assert not (two / "local.db").exists()


def test_up_as_a_document(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:up", "--json")
    document = found.json()
    assert [item["version"] for item in document["applied"]] == versions(two)
    assert document["current"] == versions(two)[1]
    assert "Applying" in found.err


def test_a_failed_migration_is_one_screen_with_the_way_out(okra: Callable, two: Path) -> None:
    connection = sqlite3.connect(two / "local.db")
    connection.execute("CREATE TABLE posts (x)")
    connection.close()
    found = okra("db:migrate:up")
    assert (found.code, found.err.count("error[")) == (1, 1)
    assert "--baseline" in found.err
    again = okra("db:migrate:up", "--baseline", versions(two)[0])
    assert again.code == 0
    assert columns(two) == ["x", "body"]


def test_a_baseline_says_what_the_database_lacks(okra: Callable, two: Path) -> None:
    connection = sqlite3.connect(two / "local.db")
    connection.execute("CREATE TABLE posts (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL)")
    connection.close()
    found = okra("db:migrate:up", "--baseline", versions(two)[1])
    assert times(found.err) == (
        "warning: the database is not as `VERSION_two` leaves it: + column posts.body: text null\n"
    )
    assert times(found.out) == (
        f"Database: sqlite://{two}/local.db\n"
        "Took VERSION as applied, without running it\n"
        "Took VERSION as applied, without running it\n"
        "Nothing was run; the database is at VERSION.\n"
    )


def test_a_baseline_is_told_although_a_later_migration_fails(okra: Callable, two: Path) -> None:
    connection = sqlite3.connect(two / "local.db")
    connection.execute(
        "CREATE TABLE posts (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, body TEXT)"
    )
    connection.close()
    found = okra("db:migrate:up", "--baseline", versions(two)[0])
    assert found.code == 1
    assert times(found.out).startswith(
        f"Database: sqlite://{two}/local.db\n"
        "Took VERSION as applied, without running it\n"
        "Applying VERSION_two (1 of 1)\n"
    )
    lines = times(found.err).splitlines()
    assert lines[0] == (
        "warning: the database is not as `VERSION_one` leaves it: - column posts.body"
    )
    assert lines[-1].endswith("`okra db:migrate:resolve VERSION --applied`")


@pytest.mark.parametrize(
    "command",
    ["db:migrate:up --baseline VERSION", "db:migrate:resolve VERSION --applied"],
)
def test_a_new_database_has_nothing_to_take_over(okra: Callable, two: Path, command: str) -> None:
    found = okra(*command.replace("VERSION", versions(two)[0]).split())
    assert (found.code, (two / "local.db").exists()) == (1, False)
    assert times(found.err) == (
        "error[OKR535]: the database has none of the tables that `VERSION_one` leaves: `posts`\n"
        f"  --> sqlite://{two}/local.db\n"
        "  = help: to make them run `okra db:migrate:up` without `--baseline`\n"
        "          nothing was written down\n"
    )


def test_resolve_warns_of_what_the_database_lacks(okra: Callable, two: Path) -> None:
    okra("db:migrate:up", "--steps", "1")
    found = okra("db:migrate:resolve", versions(two)[1], "--applied")
    assert found.code == 0
    assert times(found.err) == (
        "warning: the database is not as `VERSION_two` leaves it: + column posts.body: text null\n"
    )


def test_a_hand_edit_that_can_not_be_read_is_shown_in_its_file(okra: Callable, two: Path) -> None:
    path = next((two / "migrations").glob("*_two")) / "migration.sql"
    path.write_text("UPDATE posts SET body = 'open;\n")
    found = okra("db:migrate:verify")
    assert found.code == 1
    assert f"  --> {path}:1:25\n" in found.err


def test_damage_that_repair_mends_names_it(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    first, second = sorted((two / "migrations").glob("2*"))
    sql = first / "migration.sql"

    text = sql.read_text()
    sql.write_text(f"{text}-- edited\n")
    edited = okra("db:migrate:up")
    sql.unlink()
    lost = okra("db:migrate:up")
    sql.write_text(text)
    second.rename(two / "aside")
    gone = okra("db:migrate:up")

    assert ["OKR461" in edited.err, "OKR450" in lost.err, "OKR462" in gone.err] == [True] * 3
    assert all("`okra db:migrate:repair`" in each.err for each in (edited, lost, gone))


def test_what_the_history_has_lost_is_not_to_be_removed_from_the_folder(
    okra: Callable, two: Path
) -> None:
    okra("db:migrate:up")
    first = min((two / "migrations").glob("2*")).name
    with closing(sqlite3.connect(two / "local.db")) as database, database:
        database.execute("DELETE FROM _okra_migrations WHERE version = ?", [first[:15]])

    refused = okra("db:migrate:up")

    assert [refused.code, "OKR524" in refused.err, "remove" in refused.err] == [1, True, False]
    assert f"`okra db:migrate:resolve {first[:15]} --applied`" in refused.err
    assert okra("db:migrate:resolve", first[:15], "--applied").code == 0
    assert okra("db:migrate:status", "--check").code == 0


def test_a_copy_of_a_folder_is_said_to_be_one(okra: Callable, two: Path) -> None:
    first = min((two / "migrations").glob("2*"))
    shutil.copytree(first, first.with_name("20240601_000000_copy"))

    found = okra("db:migrate:up")

    assert found.code == 1
    assert f"OKR451]: the folder `20240601_000000_copy` holds the snapshot of `{first.name}`" in (
        found.err
    )
    assert f"help: `{first.name}` is there as well: remove this copy of it" in found.err


def test_verify_names_what_was_edited_for_other_providers(okra: Callable, blog: Path) -> None:
    """What a person edits in several folders is sealed in one of them only."""
    environments = {
        "local": {"provider": "sqlite", "url": "sqlite://blog.db"},
        "production": {"provider": "postgres", "url": "postgres://nobody@127.0.0.1:1/shop"},
    }
    blog.joinpath("okra.config.json").write_text(
        json.dumps({"database": {"environments": environments}})
    )
    assert okra("db:migrate:generate", "--no-verify").code == 0
    for file in blog.glob("migrations/*/2*/migration.sql"):
        file.write_text(f"{file.read_text()}-- looked at\n")

    found = okra("db:migrate:verify")

    assert (found.code, "Proven and sealed" in found.out) == (0, True)
    assert "postgres were edited and not proven yet: `okra db:migrate:verify --env production`" in (
        found.err
    )


def test_down_lists_what_is_lost_and_asks(terminal: Callable, okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    refused = terminal("db:migrate:down", answers=[("Go on? [y/N]", "n")])
    assert (refused.code, columns(two)) == (1, ["id", "title", "body"])
    assert "loses data: drops column `posts.body`" in refused.out
    assert refused.out.endswith("Nothing was changed.\n")
    agreed = terminal("db:migrate:down", answers=[("Go on? [y/N]", "y")])
    assert (agreed.code, columns(two)) == (0, ["id", "title"])


def test_down_without_a_terminal_needs_yes(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    found = okra("db:migrate:down")
    assert (found.code, columns(two)) == (2, ["id", "title", "body"])
    assert "error[OKR616]" in found.err
    assert "`--yes`" in found.err
    assert okra("db:migrate:down", "--yes").code == 0
    assert columns(two) == ["id", "title"]


def test_down_dry_run_changes_nothing_and_names_the_losses(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    found = okra("db:migrate:down", "--steps", "2", "--dry-run", "--json")
    document = found.json()
    assert len(document["reverted"]) == 2
    assert "drops column `posts.body`" in document["losses"][0]["message"]
    assert columns(two) == ["id", "title", "body"]


def test_down_warns_of_rows_that_may_keep_it_from_being_taken_back(
    okra: Callable, folder: Path
) -> None:
    schema = "enum State {\n  OPEN\n}\nmodel Post {\n  id: ID!\n  state: State!\n}\n"
    for text in (schema, schema.replace("  OPEN\n", "  OPEN\n  DONE\n")):
        (folder / "models.okra.gql").write_text(text)
        assert okra("db:migrate:generate").code == 0
    okra("db:migrate:up")
    warning = (
        "taking back VERSION may fail on existing data: "
        "rows of `posts` may not satisfy `state IN ('OPEN')`"
    )

    shown = okra("db:migrate:down", "--dry-run")
    found = okra("db:migrate:down", "--json")

    assert times(shown.err) == f"warning: {warning}\n"
    assert [times(text) for text in found.json()["warnings"]] == [warning]
    assert (found.code, f"warning: {warning}\n" in times(found.err)) == (0, True)


def test_down_takes_one_measure_only(okra: Callable, two: Path) -> None:
    found = okra("db:migrate:down", "--steps", "1", "--to", "x")
    assert (found.code, "OKR601" in found.err) == (2, True)


@pytest.fixture
def protected(two: Path, okra: Callable) -> Path:
    """The same database, in an environment called production, with all applied."""
    (two / "okra.config.json").write_text(
        '{ "database": { "environments": { "production": { "url": "sqlite://local.db" } } } }'
    )
    assert okra("db:migrate:up").code == 0
    return two


def test_a_protected_database_wants_its_name(okra: Callable, protected: Path) -> None:
    assert okra("db:migrate:down", "--yes").code == 2
    assert okra("db:migrate:down", "--yes", "--confirm-database", "other.db").code == 2
    assert columns(protected) == ["id", "title", "body"]
    assert okra("db:migrate:down", "--confirm-database", "local.db").code == 0
    assert columns(protected) == ["id", "title"]


def test_a_protected_database_wants_its_name_typed(terminal: Callable, protected: Path) -> None:
    prompt = "Type `local.db` to go on:"
    assert terminal("db:migrate:down", "--yes", answers=[(prompt, "y")]).code == 1
    assert terminal("db:migrate:down", answers=[(prompt, "local.db")]).code == 0
    assert columns(protected) == ["id", "title"]


def test_up_that_loses_data_of_a_protected_database_wants_its_name_typed(
    terminal: Callable, okra: Callable, protected: Path
) -> None:
    (protected / "models.okra.gql").write_text(ONE)
    assert okra("db:migrate:generate").code == 0
    prompt = "Type `local.db` to go on:"

    refused = terminal("db:migrate:up", "--yes", answers=[(prompt, "y")])
    assert (refused.code, "Nothing was changed." in refused.out) == (1, True)
    assert columns(protected) == ["id", "title", "body"]
    assert terminal("db:migrate:up", answers=[(prompt, "local.db")]).code == 0
    assert columns(protected) == ["id", "title"]


def test_as_a_library_up_asks_only_whom_it_is_given(okra: Callable, protected: Path) -> None:
    (protected / "models.okra.gql").write_text(ONE)
    project = load(folder=protected, environ={})
    project.generate()

    refused = project.migrate_up(confirm=lambda losses: not losses)
    applied = project.migrate_up()

    assert (refused.cancelled, refused.applied) == (True, ())
    assert [loss.message for loss in refused.losses] == [
        "drops column `posts.body` with its values"
    ]
    assert len(applied.applied) == 1


def test_the_environment_is_named_before_anything_happens(okra: Callable, protected: Path) -> None:
    first = okra("db:migrate:up").out.splitlines()[0]
    assert first == f"Database: sqlite://{protected}/local.db, environment production"


def test_status_shows_what_is_applied_and_pending(okra: Callable, two: Path) -> None:
    okra("db:migrate:up", "--steps", "1")
    found = okra("db:migrate:status")
    assert (found.code, found.err) == (0, "")
    assert times(found.out) == (
        f"Database: sqlite://{two}/local.db\n"
        "VERSION_one  applied  at TIME\n"
        "VERSION_two  pending\n"
        "The database is at VERSION; 1 migration pending: `okra db:migrate:up` applies it.\n"
    )


def test_status_check_tells_with_its_exit_code(okra: Callable, two: Path) -> None:
    assert okra("db:migrate:status", "--check").code == 3
    okra("db:migrate:up")
    assert okra("db:migrate:status", "--check").code == 0


def test_status_shows_what_keeps_up_from_going_on(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    path = next((two / "migrations").glob("*_one")) / "migration.sql"
    path.write_text(path.read_text() + "\n-- edited\n")
    found = okra("db:migrate:status", "--check")
    assert found.code == 3
    assert found.err.startswith("error[OKR461]: ")
    assert found.out.endswith("`okra db:migrate:up` would be refused.\n")


def test_resolve_corrects_the_history(okra: Callable, two: Path) -> None:
    okra("db:migrate:up")
    newest = versions(two)[1]
    found = okra("db:migrate:resolve", newest, "--reverted")
    assert found.code == 0
    assert found.out.endswith(f"{newest}: was done, is now reverted\n")
    assert okra("db:migrate:resolve", "--applied", newest).code == 0
    assert okra("db:migrate:status", "--check").code == 0


def test_adopting_says_whose_the_database_was_and_is(
    okra: Callable, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    okra("db:migrate:up")
    told = []
    for environment in ("staging", "staging", "production"):
        monkeypatch.setenv("OKRA_ENV", environment)
        told.append(okra("db:migrate:resolve", "--adopt").out.splitlines()[-1])

    assert told == [
        "The database now belongs to `staging`.",
        "The database belongs to `staging` already: nothing was changed.",
        "The database now belongs to `production`, and no longer to `staging`.",
    ]


def test_adopting_a_database_of_production_wants_its_name_typed(
    terminal: Callable, protected: Path
) -> None:
    (protected / "okra.config.json").unlink()
    prompt = "Type `local.db` to go on:"
    staging = {"OKRA_ENV": "staging"}

    refused = terminal("db:migrate:resolve", "--adopt", "--yes", answers=[(prompt, "y")], **staging)
    adopted = terminal("db:migrate:resolve", "--adopt", answers=[(prompt, "local.db")], **staging)

    assert (refused.code, "Nothing was changed." in refused.out) == (1, True)
    assert (adopted.code, "no longer to `production`" in adopted.out) == (0, True)


@pytest.mark.parametrize("flags", [[], ["--applied", "--retry"], ["--done", "1", "--retry"]])
def test_resolve_wants_exactly_one_word(okra: Callable, two: Path, flags: list[str]) -> None:
    assert okra("db:migrate:resolve", versions(two)[0], *flags).code == 2


def test_no_statement_is_in_doubt_where_a_migration_is_one_transaction(
    okra: Callable, two: Path
) -> None:
    okra("db:migrate:up")
    found = okra("db:migrate:resolve", versions(two)[1], "--done", "1")
    assert found.code == 1
    assert "nobody is in doubt about statement 1" in found.err


def test_what_failed_is_tried_again_with_resume(okra: Callable, two: Path) -> None:
    okra("db:migrate:up", "--steps", "1")
    connection = sqlite3.connect(two / "local.db")
    connection.execute("ALTER TABLE posts ADD COLUMN body text")
    first, again = okra("db:migrate:up"), okra("db:migrate:up")
    connection.execute("ALTER TABLE posts DROP COLUMN body")
    connection.close()
    resumed = okra("db:migrate:up", "--resume")
    assert [first.code, again.code, resumed.code] == [1, 1, 0]
    assert "error[OKR523]" in again.err
    assert columns(two) == ["id", "title", "body"]


def test_only_what_can_be_allowed_is_allowed(okra: Callable, two: Path) -> None:
    assert okra("db:migrate:up", "--allow", "everything").code == 2
    assert okra("db:migrate:up", "--allow", "blocking").code == 0
