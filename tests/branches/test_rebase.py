"""Two git branches that made a migration each, merged: the fork is seen by all, and mended by `rebase`."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from clones import Clone

if TYPE_CHECKING:
    from places import Place

USER = """\
model User {
  id: ID!
  email: String! @length(max: 100)
}
"""
POST = """
model Post {
  id: ID!
  title: String!
}
"""


@pytest.fixture
def ada(place: Place) -> Clone:
    """Somebody whose repository has one migration, on main."""
    clone = Clone.first(place.folder / "ada", place)
    clone.schema(USER + POST)
    clone.must("db:migrate:generate", "--name", "start")
    clone.commit("start")
    return clone


def generate(clone: Clone, name: str, schema: str, *flags: str) -> None:
    clone.schema(schema)
    time.sleep(1 - time.time() % 1)  # a version of its own
    clone.must("db:migrate:generate", "--name", name, *flags)
    clone.commit(name)


NICK = USER.replace("email", "nick: String! @length(max: 50)\n  email")
BODY = POST.replace("title", "body: String?\n  title")


@pytest.fixture
def forked(ada: Clone) -> Clone:
    """Main has `body`, the branch that is checked out has `nick`, and main is merged into it."""
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "body", USER + BODY)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "nick", NICK + POST, "--default", "users.nick='nobody'")
    ada.merge("main")
    return ada


def test_a_fork_is_seen_by_generate_up_and_status(forked: Clone) -> None:
    for command in ("generate", "up", "status", "status --check"):
        found = forked.okra(*f"db:migrate:{command}".split())
        assert "OKR454" in found.err, command
        assert "okra db:migrate:rebase" in found.err, command
        assert found.code == {"status": 0, "status --check": 3}.get(command, 1)


def test_rebase_makes_the_younger_one_anew_with_its_name_and_answers(
    forked: Clone, place: Place
) -> None:
    found = forked.must("db:migrate:rebase")

    assert "nick" in found
    assert forked.migrations() == ["start", "body", "nick"]
    forked.must("db:migrate:generate", "--check")
    forked.must("db:migrate:up", "--steps", "1")
    place.sql("INSERT INTO users (id, email) VALUES ('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'a');")
    forked.must("db:migrate:up")
    assert place.sql("SELECT nick FROM users") == [("nobody",)]
    forked.must("db:migrate:down", "--steps", "2", "--yes")
    forked.must("db:migrate:up")
    forked.must("db:migrate:status", "--check", "--drift")


def test_two_clones_and_one_database(ada: Clone, place: Place) -> None:
    """Ben's is older and not applied when Ada's is deployed; Ben makes his anew."""
    ben = ada.clone(place.folder / "ben")
    generate(ben, "nick", NICK + POST)
    generate(ada, "body", USER + BODY)
    ada.must("db:migrate:up")

    ben.git("fetch", "--quiet")
    ben.merge("origin/main")
    refused = ben.okra("db:migrate:rebase")
    assert (refused.code, "OKR467" in refused.err) == (1, True)
    ben.must("db:migrate:rebase", next(ben.folder.glob("migrations/*_nick")).name)

    assert ben.migrations() == ["start", "body", "nick"]
    ben.must("db:migrate:up")
    ben.must("db:migrate:status", "--check")


def test_a_migration_that_is_applied_is_never_made_anew(forked: Clone, place: Place) -> None:
    body, nick = sorted(forked.folder.glob("migrations/2*"))[1:]
    nick.rename(place.folder / "aside")
    forked.must("db:migrate:up")
    (place.folder / "aside").rename(nick)

    refused = forked.okra("db:migrate:rebase", body.name)

    assert (refused.code, "OKR467" in refused.err) == (1, True)
    assert f"`okra db:migrate:rebase {nick.name[:15]}`" in refused.err
    assert body.exists()
    forked.must("db:migrate:rebase")
    assert forked.migrations() == ["start", "body", "nick"]


def test_what_both_changed_is_named_and_nothing_is_written(ada: Clone) -> None:
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "optional", USER.replace("String! @length", "String? @length") + POST)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "default", USER.replace("100)", '100) @default("x")') + POST)
    ada.git("merge", "main", check=False)
    before = sorted(ada.folder.glob("migrations/2*"))
    ada.schema(USER + POST)

    refused = ada.okra("db:migrate:rebase")

    assert (refused.code, "OKR468" in refused.err) == (1, True)
    assert (
        "- User.email: there email: String? @length(max: 100), "
        'here email: String! @default("x") @length(max: 100)'
    ) in refused.err
    assert sorted(ada.folder.glob("migrations/2*")) == before


def test_sql_that_was_edited_by_hand_is_kept(forked: Clone, place: Place) -> None:
    file = forked.newest() / "migration.sql"
    file.write_text(file.read_text() + "\nINSERT INTO posts (id, title) VALUES ('1', 'first');\n")
    if place.provider == "postgres":
        file.write_text(file.read_text().replace("'1'", "'6f9619ff-8b86-4d01-b42d-00cf4fc964ff'"))
    unsealed = forked.okra("db:migrate:rebase")
    assert "OKR460" in unsealed.err
    forked.must("db:migrate:verify")

    document = json.loads(forked.must("db:migrate:rebase", "--json"))

    assert [each["how"] for each in document["rebased"]] == ["kept"]
    forked.must("db:migrate:up")
    assert place.sql("SELECT title FROM posts") == [("first",)]
    forked.must("db:migrate:status", "--check", "--drift")
