"""Squashed migrations: new databases begin with them, those that have all of the old ones go on, the others are told."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

COLUMNS = ["email: String!", "nick: String?", "age: Int?", "score: Int? @index"]


def model(count: int) -> str:
    return "\n  ".join(["model User {", "id: ID!", *COLUMNS[:count]]) + "\n}\n"


def folders(place: Place) -> list[str]:
    return [path.name for path in sorted((place.folder / "migrations").glob("2*"))]


@pytest.fixture
def four(place: Place) -> Place:
    """A directory with four migrations; none is applied."""
    for count in range(1, 5):
        place.schema(model(count))
        place.must("db:migrate:generate", "--name", f"m{count}")
    return place


def test_a_new_database_begins_with_the_squashed_one(four: Place) -> None:
    before = folders(four)

    said = four.must("db:migrate:squash", "--before", before[3])

    assert f"3 migrations, {before[0]} to {before[2]}" in said
    assert folders(four) == [f"{before[2][:15]}_squashed", before[3]]
    four.must("db:migrate:verify", "--check")
    four.must("db:migrate:up")
    four.must("db:migrate:status", "--check", "--drift")
    four.must("db:migrate:generate", "--check")
    four.must("db:migrate:down", "--steps", "2", "--yes")
    four.must("db:migrate:up")


def test_a_database_with_all_of_the_old_ones_goes_on(four: Place) -> None:
    last = folders(four)[3]
    four.must("db:migrate:up", "--steps", "3")
    four.must("db:migrate:squash", "--before", last)

    status = json.loads(four.must("db:migrate:status", "--json"))
    assert [(each["condition"], each["kind"]) for each in status["migrations"]] == [
        ("applied", "squashed"),
        ("pending", None),
    ]
    four.must("db:migrate:up")
    four.must("db:migrate:status", "--check", "--drift")
    four.must("db:migrate:down", "--yes")
    refused = four.okra("db:migrate:down", "--yes")
    assert (refused.code, "OKR492" in refused.err) == (1, True)
    four.must("db:migrate:up")


def test_a_database_in_the_middle_is_refused_and_told_what_to_do(four: Place) -> None:
    four.must("db:migrate:up", "--steps", "2")
    aside = four.folder / "aside"
    shutil.copytree(four.folder / "migrations", aside)
    four.must("db:migrate:squash")
    (squashed,) = folders(four)

    for command in ("up", "status"):
        found = four.okra(f"db:migrate:{command}")
        assert "OKR491" in found.err
        assert "it has 2 of the 4" in found.err
        assert f"archive/{squashed[:15]}/" in found.err

    aside.rename(four.folder / "migrations" / "archive")
    archive = four.folder / "migrations" / "archive" / squashed[:15]
    archive.mkdir()
    for folder in archive.parent.glob("2*_m*"):
        folder.rename(archive / folder.name)
    four.must("db:migrate:up")
    shutil.rmtree(archive.parent)
    four.must("db:migrate:status", "--check", "--drift")


def test_what_a_database_in_the_middle_has_is_shown(four: Place) -> None:
    first, second, third, last = folders(four)
    four.must("db:migrate:up", "--steps", "3")
    four.must("db:migrate:down", "--yes")
    four.must("db:migrate:squash", "--before", last)

    shown = four.okra("db:migrate:status", "--json").json()["migrations"]
    back = four.okra("db:migrate:down", "--yes")

    assert [(each["version"], each["condition"]) for each in shown] == [
        (first[:15], "applied"),
        (second[:15], "applied"),
        (third[:15], "reverted"),
        (last[:15], "pending"),
    ]
    assert f"OKR492]: the database has `{second}`" in back.err


def test_somebody_says_that_the_middle_is_the_end(four: Place) -> None:
    names = folders(four)
    four.must("db:migrate:up", "--steps", "3")
    sql = (four.folder / "migrations" / names[3] / "migration.sql").read_text()
    four.must("db:migrate:squash")
    assert "OKR491" in four.okra("db:migrate:up").err
    four.sql(sql)

    four.must("db:migrate:resolve", names[3][:15], "--applied")

    four.must("db:migrate:status", "--check", "--drift")


def test_the_archive_is_where_the_way_back_is(four: Place) -> None:
    before = folders(four)
    four.must("db:migrate:up")
    four.must("db:migrate:squash", "--keep")
    archive = four.folder / "migrations" / "archive" / before[3][:15]
    assert sorted(path.name for path in archive.iterdir()) == before

    four.must("db:migrate:down", "--steps", "2", "--yes")
    assert "2 migrations pending" in four.must("db:migrate:status")
    four.must("db:migrate:up")
    (archive / before[0] / "migration.sql").write_text("-- edited\n")
    assert "OKR461" in four.okra("db:migrate:down", "--steps", "4", "--yes").err


def test_what_was_squashed_is_squashed_again(four: Place) -> None:
    before = folders(four)
    four.must("db:migrate:up")
    four.must("db:migrate:squash", "--before", before[2])
    four.must("db:migrate:squash")
    assert len(folders(four)) == 1
    four.must("db:migrate:status", "--check", "--drift")
    nothing = four.okra("db:migrate:squash")
    assert (nothing.code, "OKR490" in nothing.err) == (2, True)


def test_a_squash_that_was_killed_is_whole_all_the_same(four: Place) -> None:
    """It writes the new one first: what it had no time to take out counts as gone."""
    before = folders(four)
    migrations = four.folder / "migrations"
    aside = four.folder / "aside"
    shutil.copytree(migrations, aside)
    four.must("db:migrate:up", "--steps", "3")
    four.must("db:migrate:squash", "--before", before[3])
    shutil.copytree(aside / before[1], migrations / before[1])

    checked = four.okra("db:migrate:verify", "--check")
    assert (checked.code, f"`{before[1]}` was squashed and is still there" in checked.err) == (
        0,
        True,
    )
    four.must("db:migrate:up")
    four.must("db:migrate:status", "--check")
    assert before[1] in four.must("db:migrate:squash")
    assert len(folders(four)) == 1
    four.must("db:migrate:status", "--check")


def test_rows_and_hooks_that_the_squashed_one_does_not_have_are_named(four: Place) -> None:
    names = folders(four)
    folder = four.folder / "migrations" / names[1]
    key = "'6f9619ff-8b86-4d01-b42d-00cf4fc964ff'"
    (folder / "hooks.sql").write_text(
        f"-- okra:up\nINSERT INTO users (id, email) VALUES ({key}, 'first');\n-- okra:down\n"
    )
    for file in ("migration.sql", "rollback.sql"):
        text = (folder / file).read_text()
        (folder / file).write_text(text + "\n-- okra: hooks\n")
    four.must("db:migrate:verify")
    aside = four.folder / "aside"
    shutil.copytree(four.folder / "migrations", aside)

    found = four.okra("db:migrate:squash")
    assert f"the hooks of `{names[1]}` are not in it" in found.err
    assert "the old ones leave 1 rows of `users` in an empty database" in found.err

    shutil.rmtree(four.folder / "migrations")
    aside.rename(four.folder / "migrations")
    kept = four.okra("db:migrate:squash", "--keep-hooks")
    assert (kept.code, kept.err) == (0, "")
    assert f"The hooks of `{names[1]}` run in it." in kept.out
    four.must("db:migrate:up")
    assert four.sql("SELECT email FROM users") == [("first",)]
    four.must("db:migrate:down", "--yes")
    four.must("db:migrate:up")


def test_hooks_that_do_not_work_on_the_last_schema_are_refused(place: Place) -> None:
    for text in (model(2), model(3), model(3).replace("nick: String?", "")):
        place.schema(text)
        place.must("db:migrate:generate")
    names = folders(place)
    folder = place.folder / "migrations" / names[1]
    (folder / "hooks.sql").write_text("-- okra:up\nUPDATE users SET nick = 'x';\n-- okra:down\n")
    for file in ("migration.sql", "rollback.sql"):
        (folder / file).write_text((folder / file).read_text() + "\n-- okra: hooks\n")
    place.must("db:migrate:verify")

    refused = place.okra("db:migrate:squash", "--keep-hooks")

    assert (refused.code, "OKR494" in refused.err) == (1, True)
    assert folders(place) == names


def test_dates_and_versions(four: Place) -> None:
    for before, code in (
        ("1999-01-01", 2),
        ("2999-01-01", 0),
        ("nonsense", 2),
        ("2999-15-03", 2),  # or it would be behind all of the year
        ("2999-02-30", 2),
        ("2999-01-01T25:00", 2),
    ):
        found = four.okra("db:migrate:squash", "--dry-run", "--before", before)
        assert found.code == code, before
    assert len(folders(four)) == 4


def test_a_branch_that_began_in_the_middle_is_made_anew_with_the_archive(four: Place) -> None:
    migrations = four.folder / "migrations"
    names = folders(four)
    for name in names[2:]:
        (migrations / name).rename(four.folder / name)
    four.schema(model(2).replace("id: ID!", "id: ID!\n  late: Int?"))
    four.must("db:migrate:generate", "--name", "late")
    (late,) = migrations.glob("*_late")
    late.rename(four.folder / "late")
    for name in names[2:]:
        (four.folder / name).rename(migrations / name)
    four.must("db:migrate:squash", "--keep")
    text = (four.folder / "late" / "schema.json").read_text()
    version = "20990101_000000"  # later than those that were squashed
    (four.folder / "late").rename(migrations / f"{version}_late")
    text = text.replace(f'"version":"{late.name[:15]}"', f'"version":"{version}"', 1)
    (migrations / f"{version}_late" / "schema.json").write_text(text)
    refused = four.okra("db:migrate:generate")
    assert (refused.code, "OKR455" in refused.err) == (1, True)
    assert "okra db:migrate:rebase" in refused.err

    four.must("db:migrate:rebase")

    four.schema(model(4).replace("id: ID!", "id: ID!\n  late: Int?"))
    four.must("db:migrate:generate", "--check")
    four.must("db:migrate:up")
    four.must("db:migrate:status", "--check", "--drift")
