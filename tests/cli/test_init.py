"""`okra db:init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.projects.library import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_it_writes_what_a_project_begins_with(okra: Callable, folder: Path) -> None:
    found = okra("db:init")
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "Wrote okra.config.json\nWrote models.okra.gql\nWrote migrations/.gitkeep\nWrote .gitignore\n"
        "Next: describe your models in models.okra.gql, then run `okra db:migrate:generate`\n"
        "and `okra db:migrate:up`.\n"
    )
    assert load(folder=folder, environ={}).target.url == "sqlite://local.db"


def test_what_it_writes_works_at_once(okra: Callable, folder: Path) -> None:
    okra("db:init", "--url", "sqlite://shop.db")
    codes = [
        okra(*command.split()).code
        for command in (
            "db:validate",
            "fmt --check",
            "db:migrate:generate --name first",
            "db:migrate:up",
            "db:migrate:status --check",
            "db:diff --check",
        )
    ]
    assert codes == [0] * 6
    assert (folder / "shop.db").is_file()


def test_nothing_is_overwritten_and_nothing_half_written(okra: Callable, folder: Path) -> None:
    (folder / "models.okra.gql").write_text("mine")
    found = okra("db:init")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("error[OKR620]: `models.okra.gql` is there already")
    assert [path.name for path in folder.iterdir()] == ["models.okra.gql"]


def test_lines_are_added_to_gitignore(okra: Callable, folder: Path) -> None:
    (folder / ".gitignore").write_text("dist/\n*.db\n.env")
    okra("db:init")
    assert (folder / ".gitignore").read_text() == (
        "dist/\n*.db\n.env\n.okra/\n*.db-journal\n*.db-wal\n*.db-shm\n"
    )


def test_it_asks_only_what_the_flags_do_not_say(terminal: Callable, folder: Path) -> None:
    asked = terminal(
        "db:init", answers=[("Where is the database? [sqlite://local.db]:", "sqlite://x.db")]
    )
    assert asked.code == 0
    assert load(folder=folder, environ={}).target.url == "sqlite://x.db"


def test_it_asks_again_after_an_answer_that_will_not_do(terminal: Callable, folder: Path) -> None:
    prompt = "Where is the database? [sqlite://local.db]:"
    answers = [(prompt, "shop.db"), (prompt, "oracle://host/x"), (prompt, "")]
    found = terminal("db:init", answers=answers)
    assert found.code == 0
    assert "not a kind of database that OKRA knows; write it like `sqlite://file.db`" in found.out
    assert "`oracle://` is not a kind of database that OKRA knows" in found.out
    assert load(folder=folder, environ={}).target.url == "sqlite://local.db"


def test_an_unknown_provider_is_named_before_its_url_is_missed(okra: Callable) -> None:
    found = okra("db:init", "--provider", "oracle")
    assert found.err.startswith("error[OKR605]: this version of OKRA has no provider `oracle`")


def test_another_name_of_a_provider_is_answered_with_its_own(okra: Callable) -> None:
    found = okra("db:init", "--provider", "mariadb")
    assert "= help: write `mysql`\n" in found.err


def test_it_asks_nothing_with_a_url_or_yes(terminal: Callable, folder: Path) -> None:
    assert "?" not in terminal("db:init", "--url", "sqlite://x.db").out
    (folder / "okra.config.json").unlink()
    (folder / "models.okra.gql").unlink()
    (folder / "migrations" / ".gitkeep").unlink()
    assert "?" not in terminal("db:init", "--yes").out


def test_wrong_flags_write_nothing(okra: Callable, folder: Path) -> None:
    flags = [
        ["--provider", "oracle"],
        ["--provider", "mysql", "--url", "sqlite://x.db"],
        ["--url", "x.db"],
        ["--provider", "postgres"],
    ]
    assert [okra("db:init", *each).code for each in flags] == [2] * 4
    assert list(folder.iterdir()) == []


def test_it_answers_in_json(okra: Callable, folder: Path) -> None:
    assert okra("db:init", "--json").json() == {
        "provider": "sqlite",
        "url": "sqlite://local.db",
        "written": ["okra.config.json", "models.okra.gql", "migrations/.gitkeep", ".gitignore"],
    }


def test_a_password_goes_into_the_variables_that_git_ignores(okra: Callable, folder: Path) -> None:
    found = okra("db:init", "--json", "--url", "postgres://me:it's\\\\@db.example/shop")

    assert found.json()["url"] == "postgres://me:***@db.example/shop"
    assert "it's" not in (folder / "okra.config.json").read_text()
    assert (folder / ".env").stat().st_mode & 0o077 == 0
    assert ".env" in (folder / ".gitignore").read_text().splitlines()
    assert load(folder=folder, environ={}).url.password == "it's\\\\"  # noqa: S105


def test_a_variable_that_is_there_is_not_overwritten(okra: Callable, folder: Path) -> None:
    (folder / ".env").write_text("OTHER=1\nDATABASE_URL=x\n")

    found = okra("db:init", "--url", "postgres://me:secret@db.example/shop")

    assert (found.code, [path.name for path in folder.iterdir()]) == (2, [".env"])


def test_a_variable_in_the_url_stays_one(
    okra: Callable, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOG_URL", "postgres://me:secret@db.example/blog")
    found = okra("db:init", "--url", "${BLOG_URL}", "--json").json()
    assert (found["provider"], found["url"]) == ("postgres", "${BLOG_URL}")
    target = load(folder=folder).target
    assert (target.provider, target.url) == ("postgres", "${BLOG_URL}")
    assert not (folder / ".env").exists()
