"""`okra db:check`, as users and CI run it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = "model User {\n  id: Int! @id\n  email: String?\n  name: String?\n}\n"
NEW = "model User {\n  id: Int! @id\n  email: String!\n  nick: String?\n}\n"


@pytest.fixture
def users(folder: Path) -> Path:
    (folder / "models.okra.gql").write_text(OLD)
    return folder


def git(*arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_says_what_breaks_and_exits_with_3(users: Path, okra: Callable) -> None:
    (users / "old.okra.gql").write_text(OLD)
    (users / "models.okra.gql").write_text(NEW)
    found = okra("db:check", "--against", "old.okra.gql", "--provider", "postgres")
    assert (found.code, found.err) == (3, "")
    assert (
        found.out
        == """\
From old.okra.gql to the schema (postgres):

breaking
  users.name: the column is dropped
      readers, writers: statements that name it fail
      instead: first deploy code that does not name it any more, then drop it
  users.email: it becomes required
      writers: NULL is refused, and so are inserts that leave it out
      instead: deploy code that always writes it first
  User.name: the field goes
      types: code that uses it does not compile, and documents without it are refused
      instead: first deploy code that does not use it any more
  User.email: it becomes required
      types: code that makes values without it does not compile

safe
  users.nick: a new column
      readers, writers: statements that name their columns do not notice it
  User.nick: a new optional field
      types: code that makes values may leave it out

4 breaking, 0 risky, 2 safe.
"""
    )


def test_nothing_to_say(users: Path, okra: Callable) -> None:
    (users / "old.okra.gql").write_text(OLD)
    found = okra("db:check", "--against", "old.okra.gql")
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith("Nothing changes for code that was built against it.\n")


def test_risky_changes_fail_where_that_is_asked_for(users: Path, okra: Callable) -> None:
    (users / "old.okra.gql").write_text(OLD)
    (users / "models.okra.gql").write_text(OLD.replace("name: String?", "name: String? @unique"))
    asked = ("db:check", "--against", "old.okra.gql")
    codes = [okra(*asked, "--fail-on", level).code for level in ("breaking", "risky", "never")]
    assert codes == [0, 3, 0]


def test_against_the_newest_migration_and_any_other(users: Path, okra: Callable) -> None:
    assert okra("db:migrate:generate").code == 0
    (users / "models.okra.gql").write_text(OLD.replace("name: String?", "name: BigInt?"))
    assert okra("db:migrate:generate", "--name", "numbers").code == 0
    assert okra("db:check").out.endswith("Nothing changes for code that was built against it.\n")
    first = min(path.name for path in (users / "migrations").iterdir())
    found = okra("db:check", "--against", first, "--json")
    assert found.code == 3
    assert {(each["subject"], each["level"]) for each in found.json()["findings"]} == {
        ("users.name", "breaking"),
        ("User.name", "breaking"),
    }


def test_against_a_commit(users: Path, okra: Callable) -> None:
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "first")
    git("mv", "models.okra.gql", "other.okra.gql")
    git("commit", "-qm", "second")
    (users / "models.okra.gql").write_text(NEW)
    assert okra("db:check", "--against", "git:main~1").code == 3
    assert okra("db:check", "--against", "git:main:other.okra.gql").code == 3
    missing = okra("db:check", "--against", "git:main")
    assert (missing.code, missing.err.splitlines()[0]) == (
        2,
        "error[OKR672]: no schema file at `main` matches `./models.okra.gql`",
    )
    unknown = okra("db:check", "--against", "git:--output=x")
    assert (unknown.code, unknown.err.splitlines()[0]) == (
        2,
        "error[OKR671]: git knows no commit `--output=x`",
    )


def test_inside_a_hook_of_git(users: Path, okra: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "first")
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    assert okra("db:check", "--against", "git:main").code == 0


def test_what_can_not_be_compared_with(users: Path, okra: Callable) -> None:
    assert okra("db:check").err.startswith("error[OKR673]: there is no migration to compare")
    assert okra("db:check", "--against", "yesterday").err.startswith(
        "error[OKR673]: `yesterday` is no earlier schema"
    )
    assert okra("db:check", "--against", "git:main").err.startswith("error[OKR670]: ")


def test_each_of_several_databases(folder: Path, okra: Callable) -> None:
    (folder / "a.okra.gql").write_text(OLD)
    (folder / "b.okra.gql").write_text(OLD)
    entry = '{"provider": "sqlite", "url": "sqlite://%s.db", "schemas": ["%s.okra.gql"]}'
    databases = ", ".join(f'"{name}": {entry % (name, name)}' for name in "ab")
    (folder / "okra.config.json").write_text(f'{{"databases": {{{databases}}}}}')
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "first")
    (folder / "b.okra.gql").write_text(NEW)
    found = okra("db:check", "--against", "git:main", "--json")
    assert found.code == 3
    counts = {each["database"]: each["breaking"] for each in found.json()["databases"]}
    assert counts == {"a": 0, "b": 4}


def test_a_text_of_another_form_is_risky_for_types_that_are_the_same_everywhere(
    folder: Path, okra: Callable
) -> None:
    (folder / "old.okra.gql").write_text("model Day {\n  id: ID!\n  day: Date\n  note: String\n}\n")
    (folder / "models.okra.gql").write_text(
        'model Day {\n  id: ID!\n  day: String\n  note: Native @db(sqlite: "text")\n}\n'
    )
    found = okra("db:check", "--against", "old.okra.gql", "--json").json()["findings"]
    types = [item for item in found if item["affects"] == ["types"]]
    assert [(item["subject"], item["level"], item["reason"]) for item in types] == [
        (
            "Day.day",
            "risky",
            "code built before reads it as `Date`, and refuses a text that is none",
        ),
        ("Day.note", "safe", "it is the same type in every language"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "change", "reason"),
    [
        (
            "@length(max: 80)",
            "@length(max: 40)",
            "its texts have at most 40 characters",
            "longer ones, in rows or from code built before, are refused",
        ),
        (
            "",
            "@length(max: 40)",
            "its texts have at most 40 characters",
            "longer ones, in rows or from code built before, are refused",
        ),
        (
            "@length(max: 40)",
            "",
            "its texts may have more than 40 characters",
            "code built before refuses such, once new code writes them",
        ),
    ],
)
def test_another_length_is_risky_for_types_on_every_server(
    folder: Path, okra: Callable, before: str, after: str, change: str, reason: str
) -> None:
    model = "model Day {{\n  id: ID!\n  note: String {}\n}}\n"
    (folder / "old.okra.gql").write_text(model.format(before))
    (folder / "models.okra.gql").write_text(model.format(after))
    found = okra("db:check", "--against", "old.okra.gql", "--json").json()["findings"]
    assert [(item["subject"], item["change"], item["level"], item["reason"]) for item in found] == [
        ("Day.note", change, "risky", reason)
    ]


@pytest.mark.parametrize(("mark", "what"), [("!", "are refused"), ("?", "lose it")])
def test_a_renamed_field_is_renamed_in_documents_too(
    folder: Path, okra: Callable, mark: str, what: str
) -> None:
    model = "model Day {{\n  id: ID!\n  {}: String{}\n}}\n"
    (folder / "old.okra.gql").write_text(model.format("note", mark))
    (folder / "models.okra.gql").write_text(
        model.format("text", f'{mark} @column(name: "note") @renamed(from: "note")')
    )
    found = okra("db:check", "--against", "old.okra.gql", "--json").json()["findings"]
    assert [(item["subject"], item["level"], item["reason"]) for item in found] == [
        (
            "Day.note",
            "breaking",
            "code that uses it as it was called does not compile, and documents with the old name "
            + what,
        )
    ]
