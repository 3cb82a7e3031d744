"""`okra db:migrate:generate`: what it says, asks and writes."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEFORE = """\
model User {
  id: ID!
  username: String!
}
"""
RENAMED = BEFORE.replace("username", "email")
REQUIRED = BEFORE.replace("username: String!", "username: String!\n  age: Int!")


@pytest.fixture
def users(folder: Path, okra: Callable) -> Path:
    """A project with one migration."""
    (folder / "models.okra.gql").write_text(BEFORE)
    assert okra("db:migrate:generate", "--name", "first").code == 0
    return folder


def change(folder: Path, text: str) -> None:
    (folder / "models.okra.gql").write_text(text)


def migrations(folder: Path) -> list[str]:
    """The names of the migrations, without their times."""
    found = sorted(path.name for path in (folder / "migrations").iterdir())
    return [name[16:] for name in found if re.match(r"\d{8}_\d{6}", name)]


def newest_sql(folder: Path) -> str:
    paths = sorted((folder / "migrations").glob("2*/migration.sql"))
    return paths[-1].read_text()


def test_it_says_what_changed_what_it_wrote_and_what_comes_next(okra: Callable, blog: Path) -> None:
    found = okra("db:migrate:generate", "--name", "first")
    assert (found.code, found.err) == (0, "")
    assert re.fullmatch(
        r"  \+ table posts \(3 columns\)\n"
        r"Wrote migrations/\d{8}_\d{6}_first \(proven: up, down and up again\)\n"
        r"Next: read migration.sql, then apply it with `okra db:migrate:up`.\n",
        found.out,
    )
    assert migrations(blog) == ["first"]


def test_a_second_run_has_nothing_to_do(okra: Callable, users: Path) -> None:
    assert okra("db:migrate:generate") == (
        0,
        "Nothing to do: the newest migration is what the schema says.\n",
        "",
    )
    assert migrations(users) == ["first"]


@pytest.mark.parametrize("flags", [["--check"], ["--dry-run"], ["--check", "--json"]])
def test_check_and_dry_run_write_nothing(okra: Callable, blog: Path, flags: list[str]) -> None:
    assert okra("db:migrate:generate", *flags).code == (3 if "--check" in flags else 0)
    assert not (blog / "migrations").exists()


def test_check_is_quiet_where_nothing_is_missing(okra: Callable, users: Path) -> None:
    assert okra("db:migrate:generate", "--check", "--quiet") == (0, "", "")


def test_dry_run_prints_the_sql(okra: Callable, blog: Path) -> None:
    assert 'CREATE TABLE "posts"' in okra("db:migrate:generate", "--dry-run", "--quiet").out


def test_without_a_proof_it_says_so(okra: Callable, blog: Path) -> None:
    assert "(not proven)" in okra("db:migrate:generate", "--no-verify").out


def test_a_drop_that_may_be_a_rename_names_the_flag(okra: Callable, users: Path) -> None:
    change(users, RENAMED)
    found = okra("db:migrate:generate")
    assert found.code == 0
    assert "warning: loses data: drops column `users.username` with its values\n" in found.err
    assert (
        "help: if `users.username` was renamed to `users.email`, say so: "
        "`--rename users.username=email`, or `@renamed(from: …)` in the schema\n" in found.err
    )


def test_the_flag_renames(okra: Callable, users: Path) -> None:
    change(users, RENAMED)
    found = okra("db:migrate:generate", "--rename", "users.username=email")
    assert "  > column users.username → email\n" in found.out
    assert 'RENAME COLUMN "username" TO "email"' in newest_sql(users)


def test_a_required_column_without_a_value_names_the_flag(okra: Callable, users: Path) -> None:
    change(users, REQUIRED)
    found = okra("db:migrate:generate", "--check")
    assert (
        'help: a value for rows that have no `users.age`: `--default users.age="0"`\n' in found.err
    )


def test_the_flag_fills_old_rows(okra: Callable, users: Path) -> None:
    change(users, REQUIRED)
    found = okra("db:migrate:generate", "--default", "users.age=7 * 6")
    assert (found.code, "help:" in found.err) == (0, False)
    assert "7 * 6" in newest_sql(users)


def test_a_text_without_its_quotes_is_noticed(
    okra: Callable, terminal: Callable, users: Path
) -> None:
    change(users, BEFORE.replace("username: String!", "username: String!\n  nick: String!"))
    found = okra("db:migrate:generate", "--default", "users.nick=nobody")
    assert found.code == 2
    assert "`--default users.nick=\"'nobody'\"`" in found.err
    asked = terminal(
        "db:migrate:generate", answers=[("for none", "nobody"), ("for none", "username")]
    )
    assert asked.code == 0
    assert "`nobody` is no column of `users`; a text stands in quotes: 'nobody'\n" in asked.out
    assert "+ column users.nick: text not null, rows get username\n" in asked.out


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--rename", "users.username"], "`--rename users.username` can't be read"),
        (["--rename", "=x"], "`--rename =x` can't be read"),
        (["--rename", "a.b=c.d"], "`--rename a.b=c.d` can't be read"),
        (["--rename", "users.nam=email"], "the column `nam` of `users`, which is not there"),
        (["--rename", "users.username=mail"], "the column `mail` of `users`, which is not there"),
        (["--rename", "user.username=email"], "the table `user`, which is not there"),
        (["--rename", "a=users"], "the table `a`, which is not there"),
        (["--default", "users.age"], "`--default users.age` can't be read"),
        (["--default", "age=1"], "`--default age=1` can't be read"),
        (["--default", "users.agee=1"], "the column `agee` of `users`, which is not there"),
    ],
)
def test_a_flag_that_names_nothing_is_refused(
    okra: Callable, users: Path, flags: list[str], message: str
) -> None:
    change(users, RENAMED)
    found = okra("db:migrate:generate", *flags)
    assert (found.code, migrations(users)) == (2, ["first"])
    assert found.err.startswith("error[OKR621]: ")
    assert message in found.err


def test_the_terminal_asks_whether_it_was_renamed(terminal: Callable, users: Path) -> None:
    change(users, RENAMED)
    found = terminal("db:migrate:generate", answers=[("Choose 1 to 2 [1]:", "1")])
    assert found.code == 0
    assert (
        "The column `users.username` is gone. What happened to it?\n"
        "  1. it was renamed to `users.email`: its data stays\n"
        "  2. it was dropped: the data of `users.username` is lost\n" in found.out
    )
    assert 'RENAME COLUMN "username" TO "email"' in newest_sql(users)


def test_the_terminal_takes_a_no_and_then_asks_for_a_value(terminal: Callable, users: Path) -> None:
    change(users, RENAMED)
    found = terminal(
        "db:migrate:generate",
        answers=[("Choose 1 to 2", "9"), ("Choose 1 to 2", "2"), ("for none", "'nobody'")],
    )
    assert found.code == 0
    assert "`9` is none of them.\n" in found.out
    assert "'nobody'" in newest_sql(users)


def test_a_value_that_is_no_expression_is_asked_for_again(terminal: Callable, users: Path) -> None:
    change(users, REQUIRED)
    answers = [("for none", "6 * (7"), ("for none", "6 * 7")]
    found = terminal("db:migrate:generate", answers=answers)
    assert found.code == 0
    assert "is not one SQL expression: a `(` is not closed; write one expression" in found.out
    assert "6 * 7" in newest_sql(users)


def test_the_terminal_asks_nothing_with_yes(terminal: Callable, users: Path) -> None:
    change(users, RENAMED)
    found = terminal("db:migrate:generate", "--yes")
    assert (found.code, "?" in found.out) == (0, False)


def test_a_closed_terminal_stops_it_before_anything_is_written(
    terminal: Callable, users: Path
) -> None:
    change(users, RENAMED)
    found = terminal("db:migrate:generate", answers=[("Choose 1 to 2", "\x04")])
    assert (found.code, migrations(users)) == (130, ["first"])


def test_the_document_has_all_of_it(okra: Callable, users: Path) -> None:
    change(users, RENAMED)
    document = okra("db:migrate:generate", "--json", "--name", "second").json()
    written = document["written"][0]
    assert document["changes"][0]["changes"] == [
        "- column users.username",
        "+ column users.email: text not null",
    ]
    assert document["changes"][0]["hazards"][0]["kind"] == "loses data"
    assert (written["provider"], written["verified"]) == ("sqlite", True)
    assert written["folder"] == f"migrations/{written['version']}_second"
    assert written["migrationSql"] == newest_sql(users)


def test_two_branches_that_were_merged_are_named_and_mended(okra: Callable, users: Path) -> None:
    """Each branch made a migration on top of the first; then both were merged."""
    ours = BEFORE.replace("username", "ours: Int\n  username")
    change(users, ours)
    okra("db:migrate:generate", "--name", "ours")
    folder = next((users / "migrations").glob("*_ours"))
    folder.rename(users / "aside")
    change(users, BEFORE.replace("username", "theirs: Int\n  username"))
    time.sleep(1.1)
    okra("db:migrate:generate", "--name", "theirs")
    (users / "aside").rename(folder)
    change(users, ours.replace("username", "theirs: Int\n  username"))

    refused = okra("db:migrate:generate")
    assert (refused.code, "error[OKR454]" in refused.err) == (1, True)
    theirs = next((users / "migrations").glob("*_theirs"))
    assert "`okra db:migrate:rebase` makes the younger one" in refused.err

    assert okra("db:migrate:rebase").code == 0
    assert not theirs.exists()
    assert migrations(users) == ["first", "ours", "theirs"]
    assert okra("db:migrate:generate", "--check").code == 0
    assert okra("db:migrate:up").code == 0


def test_a_conflict_of_git_in_the_schema_is_called_one(okra: Callable, users: Path) -> None:
    schema = users / "models.okra.gql"
    schema.write_text(f"<<<<<<< HEAD\n{schema.read_text()}=======\n>>>>>>> main\n")

    found = okra("db:migrate:generate")

    assert (found.code, "OKR002" in found.err) == (1, True)
    assert "help: git has left a conflict here: keep what is meant" in found.err


def test_at_a_terminal_somebody_says_which_side_is_applied_nowhere(
    okra: Callable, terminal: Callable, users: Path
) -> None:
    for name in ("ours", "theirs"):
        change(users, BEFORE.replace("username", f"{name}: Int\n  username"))
        time.sleep(1.1)
        okra("db:migrate:generate", "--name", name)
        next((users / "migrations").glob(f"*_{name}")).rename(users / name)
    for name in ("ours", "theirs"):
        header = json.loads((users / name / "schema.json").read_bytes().partition(b",\n")[0] + b"}")
        version = header["chain"]["version"]
        (users / name).rename(users / "migrations" / f"{version}_{name}")

    found = terminal("db:migrate:rebase", answers=[("Which one is applied nowhere", "2")])

    assert found.code == 0, found
    assert migrations(users) == ["first", "theirs", "ours"]


def test_every_error_of_the_schema_is_shown(okra: Callable, folder: Path) -> None:
    change(folder, "model A { id: ID! b: Strin! c: Bolean! }")
    found = okra("db:migrate:generate")
    assert (found.code, found.out) == (1, "")
    assert "did you mean `String`?" in found.err
    assert "did you mean `Boolean`?" in found.err
    assert found.err.endswith("2 errors\n")


def test_a_directory_that_can_not_be_written_is_one_error(okra: Callable, blog: Path) -> None:
    (blog / "migrations").write_text("a file")
    found = okra("db:migrate:generate")
    assert (found.code, found.err.count("error[")) == (1, 1)


def test_a_declarative_database_has_no_migrations(okra: Callable, blog: Path) -> None:
    (blog / "okra.config.json").write_text(
        '{ "database": { "migrations": { "mode": "declarative" } } }'
    )
    for command in ("generate", "up", "down", "status"):
        found = okra(f"db:migrate:{command}")
        assert (found.code, "OKR618" in found.err) == (2, True)


@pytest.mark.parametrize(
    ("provider", "type_", "sample"),
    [
        ("postgres", "Boolean", "false"),
        ("postgres", "[Int!]", "'{}'"),
        ("postgres", "ID", "'00000000-0000-0000-0000-000000000000'"),
        ("postgres", "DateTime", "CURRENT_TIMESTAMP"),
        ("mysql", "Int", "0"),
        ("mysql", "JSON", "'{}'"),
        ("mysql", "String", "''"),
    ],
)
def test_the_value_that_a_hint_proposes_is_one_of_the_type(
    okra: Callable, folder: Path, provider: str, type_: str, sample: str
) -> None:
    given = ("db:migrate:generate", "--provider", provider, "--no-verify", "--name", "a")
    (folder / "models.okra.gql").write_text("model User { id: Int! @id }")
    assert okra(*given).code == 0
    (folder / "models.okra.gql").write_text(f"model User {{ id: Int! @id a: {type_}! }}")

    found = okra(*given)

    assert f'`--default users.a="{sample}"`' in found.err
