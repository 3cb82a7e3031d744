"""Two git branches that made a migration each, merged: the fork is seen by all, and mended by `rebase`."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from clones import Clone
from okra.migrations.directory import read_directory, seal
from okra.url import DatabaseUrl
from places import Place

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_database_that_has_the_old_one_is_told_what_became_of_it(
    forked: Clone, place: Place
) -> None:
    old = forked.newest()
    shutil.copytree(old, place.folder / "aside")
    forked.must("db:migrate:rebase")
    new = forked.newest()
    hidden = [*forked.folder.glob("migrations/*_body"), new]
    for folder in hidden:
        folder.rename(place.folder / folder.name)
    (place.folder / "aside").rename(old)
    forked.must("db:migrate:up")
    old.rename(place.folder / "aside")
    for folder in hidden:
        (place.folder / folder.name).rename(folder)

    refused = forked.okra("db:migrate:up")
    assert (refused.code, f"it was made anew as `{new.name}`" in refused.err) == (1, True)
    shutil.copytree(place.folder / "aside", old)
    forked.must("db:migrate:down", "--yes")
    shutil.rmtree(old)
    forked.must("db:migrate:up")
    forked.must("db:migrate:status", "--check", "--drift")


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


SPLIT = """\
model User {
  id: ID!
  firstName: String! @length(max: 50)
  lastName: String! @length(max: 50)
}
"""
NAMED = """\
model User {
  id: ID!
  name: String! @length(max: 100)
}
"""
HOOKS = """\
-- okra:up
UPDATE users SET first_name = 'Ada', last_name = name;
-- okra:down
UPDATE users SET name = last_name;
"""


def test_hooks_are_kept_and_run_on_top_of_the_other_side(ada: Clone, place: Place) -> None:
    generate(ada, "named", NAMED)
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "age", NAMED.replace("name:", "age: Int?\n  name:"))
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "split", SPLIT, "--with-hooks")
    (ada.newest() / "hooks.sql").write_text(HOOKS)
    ada.must("db:migrate:verify")
    ada.commit("hooks")
    ada.git("merge", "main", check=False)
    ada.git("checkout", "--ours", "migrations/current/schema.json")
    ada.schema(SPLIT.replace("firstName", "age: Int?\n  firstName"))

    found = json.loads(ada.must("db:migrate:rebase", "--json"))

    assert [each["how"] for each in found["rebased"]] == ["anew"]
    assert (ada.newest() / "hooks.sql").read_text() == HOOKS
    ada.must("db:migrate:generate", "--check")
    ada.must("db:migrate:up", "--steps", "3")
    key = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    place.sql(f"INSERT INTO users (id, name, age) VALUES ('{key}', 'Lovelace', 36);")
    ada.must("db:migrate:up")
    columns = "first_name, last_name, age"
    assert place.sql(f"SELECT {columns} FROM users") == [("Ada", "Lovelace", 36)]
    ada.must("db:migrate:down", "--yes")
    assert place.sql("SELECT name, age FROM users") == [("Lovelace", 36)]


@pytest.mark.parametrize("who", ["the other side renames", "this side renames"])
def test_what_one_side_renamed_the_other_finds(who: str, ada: Clone, place: Place) -> None:
    renamed = USER.replace("email: String!", 'mail: String! @renamed(from: "email")').replace(
        "User {", 'Person @renamed(from: "User") {'
    )
    indexed = USER.replace("max: 100)", "max: 100) @index").replace("email", "age: Int?\n  email")
    both = renamed.replace("max: 100)", "max: 100) @index").replace("mail", "age: Int?\n  mail", 1)
    sides = [("rename", renamed), ("index", indexed)]
    older, younger = sides if who == "the other side renames" else sides[::-1]
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, older[0], older[1] + POST)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, younger[0], younger[1] + POST)
    ada.git("merge", "main", check=False)
    ada.schema(both + POST)

    refused = ada.okra("db:migrate:rebase")

    assert (refused.code, "OKR468" in refused.err) == (1, True)
    assert "email" in refused.err


def test_a_rename_and_a_new_column_go_together(ada: Clone, place: Place) -> None:
    renamed = USER.replace("User {", 'Person @renamed(from: "User") {')
    generate(ada, "unrelated", USER + POST + "model Other {\n  id: ID!\n}\n")
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    rest = POST + "model Other {\n  id: ID!\n}\n"
    generate(ada, "rename", renamed + rest)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "nick", NICK + rest, "--default", "users.nick='nobody'")
    ada.git("merge", "main", check=False)
    ada.schema(NICK.replace("User {", "Person {") + rest)

    ada.must("db:migrate:rebase")

    ada.must("db:migrate:generate", "--check")
    ada.must("db:migrate:up", "--steps", "2")
    place.sql("INSERT INTO users (id, email) VALUES ('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'a');")
    ada.must("db:migrate:up")
    assert place.sql("SELECT nick FROM people") == [("nobody",)]


def test_a_rebase_that_was_killed_is_finished_by_the_next(forked: Clone) -> None:
    """It writes the new one first: then the old one has nothing left to do."""
    old = forked.newest()
    aside = forked.folder / "aside"
    shutil.copytree(old, aside)
    forked.must("db:migrate:rebase")
    aside.rename(old)

    found = json.loads(forked.must("db:migrate:rebase", "--json"))

    assert [each["how"] for each in found["rebased"]] == ["contained"]
    assert forked.migrations() == ["start", "body", "nick"]
    forked.must("db:migrate:up")
    forked.must("db:migrate:status", "--check", "--drift")


def test_a_rebase_of_hooks_that_was_killed_is_finished_by_the_next(ada: Clone) -> None:
    """All of the new ones are there, and the old ones still are."""
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "body", USER + BODY)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "nick", NICK + POST, "--default", "users.nick='nobody'")
    age = NICK.replace("nick", "age: Int?\n  nick")
    generate(ada, "age", age + POST, "--with-hooks")
    (ada.newest() / "hooks.sql").write_text("-- okra:up\nUPDATE users SET age = 7;\n-- okra:down\n")
    ada.must("db:migrate:verify")
    ada.commit("hooks")
    ada.merge("main")
    aside = ada.folder / "aside"
    folder = ada.folder / "migrations"
    for name in ("nick", "age"):
        (old,) = folder.glob(f"*_{name}")
        shutil.copytree(old, aside / old.name)
    ada.must("db:migrate:rebase")
    shutil.copytree(aside, folder, dirs_exist_ok=True)

    found = json.loads(ada.must("db:migrate:rebase", "--json"))

    assert [each["how"] for each in found["rebased"]] == ["contained", "contained"]
    assert ada.migrations() == ["start", "body", "nick", "age"]
    ada.must("db:migrate:up")
    ada.must("db:migrate:status", "--check", "--drift")


def test_several_migrations_of_a_branch_move_together(ada: Clone) -> None:
    ada.git("checkout", "--quiet", "-b", "feature")
    generate(ada, "nick", NICK + POST)
    age = NICK.replace("nick", "age: Int?\n  nick")
    generate(ada, "age", age + POST)
    ada.git("checkout", "--quiet", "main")
    generate(ada, "body", USER + BODY)
    ada.git("checkout", "--quiet", "feature")
    ada.merge("main")

    body = next(ada.folder.glob("migrations/*_body")).name
    ada.must("db:migrate:rebase", next(ada.folder.glob("migrations/*_age")).name)

    assert ada.migrations() == ["start", "body", "nick", "age"]
    assert next(ada.folder.glob("migrations/*_body")).name == body
    ada.must("db:migrate:generate", "--check")
    ada.must("db:migrate:up")
    ada.must("db:migrate:status", "--check", "--drift")


def test_three_branches_are_put_in_a_row(ada: Clone) -> None:
    for name, schema in (("nick", NICK + POST), ("body", USER + BODY)):
        ada.git("checkout", "--quiet", "-b", name, "main")
        generate(ada, name, schema)
    ada.git("checkout", "--quiet", "main")
    generate(ada, "other", USER + POST + "model Other {\n  id: ID!\n}\n")
    ada.merge("nick")
    ada.merge("body")

    ada.must("db:migrate:rebase")

    assert ada.migrations()[0] == "start"
    assert sorted(ada.migrations()[1:]) == ["body", "nick", "other"]
    ada.must("db:migrate:generate", "--check")
    ada.must("db:migrate:up")
    ada.must("db:migrate:status", "--check", "--drift")


def test_sql_that_does_not_work_on_top_is_planned_anew_when_asked(ada: Clone, place: Place) -> None:
    ada.git("checkout", "--quiet", "-b", "feature")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "body", USER + BODY)
    ada.git("checkout", "--quiet", "feature")
    generate(ada, "nick", NICK + POST, "--default", "users.nick='nobody'")
    file = ada.newest() / "migration.sql"
    edit = (
        "CREATE TABLE posts_2 AS SELECT id, title FROM posts;\nDROP TABLE posts;\n"
        "CREATE TABLE posts (id char(36) NOT NULL PRIMARY KEY, title varchar(255) NOT NULL);\n"
        "DROP TABLE posts_2;\n"
    )
    if place.provider != "mysql":
        edit = "CREATE TEMPORARY TABLE t AS SELECT id, title FROM posts WHERE body IS NULL;\n"
    file.write_text(file.read_text() + edit)
    ada.commit("edited")
    ada.merge("main")
    assert "OKR460" in ada.okra("db:migrate:rebase").err
    reseal(ada, file)

    if place.provider == "mysql":
        refused = ada.okra("db:migrate:rebase")
        assert (refused.code, "OKR469" in refused.err, "--remake" in refused.err) == (1, True, True)
    ada.must("db:migrate:rebase", "--remake")

    ada.must("db:migrate:up")
    ada.must("db:migrate:status", "--check", "--drift")


def reseal(clone: Clone, file: Path) -> None:
    """As somebody who edits without a dev database would: the seal is that of the files."""
    folder = clone.folder / "migrations"
    provider = json.loads((file.parent / "schema.json").read_bytes())["chain"]["provider"]
    directory = read_directory(folder, provider)
    migration = directory.find(file.parent.name)
    seal(directory, migration, migration.read())


def test_all_providers_are_made_anew_under_one_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    url = DatabaseUrl.parse("sqlite://shop.db", base=tmp_path)
    clone = Clone.first(tmp_path / "ada", Place(url, tmp_path / "ada", capsys))
    environments = {
        "local": {"provider": "sqlite", "url": "sqlite://shop.db"},
        "production": {"provider": "postgres", "url": "postgres://nobody@127.0.0.1:1/shop"},
    }
    (clone.folder / "okra.config.json").write_text(
        json.dumps({"database": {"environments": environments}})
    )
    clone.schema(USER + POST)
    clone.must("db:migrate:generate", "--no-verify", "--name", "start")
    clone.commit("start")
    clone.git("checkout", "--quiet", "-b", "feature")
    clone.git("checkout", "--quiet", "main")
    generate(clone, "longer", USER.replace("100", "200") + POST, "--no-verify")  # not in SQLite
    clone.git("checkout", "--quiet", "feature")
    generate(clone, "nick", NICK + POST, "--no-verify")
    clone.git("merge", "main", check=False)
    clone.schema(NICK.replace("100", "200") + POST)

    unreachable = clone.okra("db:migrate:rebase", "--no-verify", "--env", "production")
    assert "`okra db:migrate:rebase VERSION --offline --env production`" in unreachable.err
    clone.must("db:migrate:rebase", "--no-verify", "--env", "production", "--offline")

    found = {
        path.name: sorted(each.name for each in path.glob("2*"))
        for path in (clone.folder / "migrations").iterdir()
    }
    names = [[name[16:] for name in each] for each in found.values()]
    assert sorted(names) == [["start", "longer", "nick"], ["start", "nick"]]
    assert clone.okra("db:migrate:verify", "--check").code == 0
    clone.must("db:migrate:generate", "--check")


def test_what_is_applied_decides_for_the_folders_of_all_providers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The database that is asked is not that of the first provider."""
    monkeypatch.chdir(tmp_path)
    url = DatabaseUrl.parse("sqlite://shop.db", base=tmp_path)
    ada = Clone.first(tmp_path / "ada", Place(url, tmp_path / "ada", capsys))
    environments = {
        "staging": {"provider": "postgres", "url": "postgres://nobody@127.0.0.1:1/shop"},
        "production": {"provider": "sqlite", "url": "sqlite://shop.db"},
    }
    (ada.folder / "okra.config.json").write_text(
        json.dumps({"database": {"environments": environments}})
    )
    ada.schema(USER + POST)
    ada.must("db:migrate:generate", "--no-verify", "--name", "start")
    ada.commit("start")
    ada.git("checkout", "--quiet", "-b", "feature")
    generate(ada, "nick", NICK + POST, "--no-verify", "--default", "users.nick='nobody'")
    ada.git("checkout", "--quiet", "main")
    generate(ada, "body", USER + BODY, "--no-verify")
    ada.must("db:migrate:up", "--env", "production")
    ada.git("merge", "feature", check=False)

    refused = ada.okra("db:migrate:rebase", "--no-verify", "--env", "production")
    named = ada.okra(
        "db:migrate:rebase", "--no-verify", "--env", "production", _folder(ada, "body").name
    )

    assert [refused.code, "OKR467" in refused.err] == [1, True]
    assert [named.code, "OKR467" in named.err] == [1, True]
    ada.must("db:migrate:rebase", "--no-verify", "--env", "production", _folder(ada, "nick").name)
    folders = sorted((ada.folder / "migrations").glob("*/2*"))
    assert [each.name[16:] for each in folders] == ["start", "body", "nick"] * 2
    ada.must("db:migrate:up", "--env", "production")


def _folder(clone: Clone, name: str) -> Path:
    (found,) = (clone.folder / "migrations" / "sqlite").glob(f"2*_{name}")
    return found
