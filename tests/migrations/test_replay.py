"""`okra db:migrate:verify --all` on each kind of database: the whole history, and what does not fit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from places import Place

FIRST = "model User { id: ID! name: String! }"
SECOND = "model User { id: ID! name: String! firstName: String } enum Role { A B } model Post { id: ID! role: Role! }"
THIRD = SECOND.replace("firstName: String", "firstName: String! @unique")


def history(place: Place) -> list[Path]:
    """Three migrations, of which the last has hooks; their folders."""
    place.configure()
    for name, schema, *flags in (
        ("first", FIRST),
        ("second", SECOND),
        ("third", THIRD, "--with-hooks"),
    ):
        place.schema(schema)
        place.must("db:migrate:generate", "--name", name, "--yes", *flags)
    folders = sorted(path for path in (place.folder / "migrations").glob("2*"))
    (folders[-1] / "hooks.sql").write_text(
        "-- okra:up\nUPDATE users SET first_name = name;\n-- okra:down\nUPDATE users SET name = first_name;\n"
    )
    place.must("db:migrate:verify")
    return folders


def append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text()}\n{text}\n")


def test_a_history_that_holds_is_run_up_down_and_up_again(place: Place) -> None:
    folders = history(place)
    said = place.must("db:migrate:verify", "--all")
    lines = [line.split("(")[0].rstrip() for line in said.splitlines()]
    names = [folder.name for folder in folders]
    assert lines == [
        *(f"  up       {number}/3 {name}" for number, name in enumerate(names, 1)),
        *(f"  down     {number}/3 {name}" for number, name in enumerate(names[::-1], 1)),
        *(f"  up again {number}/3 {name}" for number, name in enumerate(names, 1)),
        f"{place.provider}: 3 migrations up, down and up again: each leads to what its schema.json says.",
    ]
    assert place.okra("db:migrate:verify", "--all", "--json").json() == {
        "replayed": [
            {
                "provider": place.provider,
                "migrations": 3,
                "reverted": 3,
                "warnings": [],
                "gap": None,
            }
        ]
    }


def test_a_migration_that_does_more_than_it_says_is_shown_as_a_tree(place: Place) -> None:
    folders = history(place)
    append(folders[1] / "migration.sql", "ALTER TABLE users ADD COLUMN secret int;")
    ran = place.okra("db:migrate:verify", "--all")
    assert ran.code == 1
    assert f"After {folders[1].name} up the database is not what migration {folders[1].name}" in (
        ran.out
    )
    assert "table users\n  └─ column secret: not expected; found int" in ran.out
    assert "third" not in ran.out
    assert "error[OKR428]" in ran.err
    assert f"`{folders[1].name}` was edited after it was written" in ran.err
    gap = place.okra("db:migrate:verify", "--all", "--json").json()["replayed"][0]["gap"]
    assert (gap["migration"], gap["way"]) == (folders[1].name, "up")
    assert gap["differences"][0]["parts"][0]["name"] == "secret"


def test_a_way_back_that_leaves_something_behind_is_found(place: Place) -> None:
    folders = history(place)
    append(folders[1] / "rollback.sql", "CREATE TABLE left_behind (id int PRIMARY KEY);")
    ran = place.okra("db:migrate:verify", "--all")
    assert ran.code == 1
    assert (
        f"After {folders[1].name} down the database is not what migration {folders[0].name}"
        in ran.out
    )
    assert "table left_behind: not expected" in ran.out


def test_hooks_are_run_as_they_stand(place: Place) -> None:
    folders = history(place)
    append(folders[2] / "hooks.sql", "DELETE FROM nowhere;")
    ran = place.okra("db:migrate:verify", "--all")
    assert ran.code == 1
    assert "error[OKR410]" in ran.err
    assert f"{folders[2].name}/hooks.sql:6" in ran.err


def test_what_has_no_way_back_ends_the_way_down(place: Place) -> None:
    folders = history(place)
    (folders[1] / "rollback.sql").write_text("-- there is no way back\n")
    place.must("db:migrate:verify", "--all")
    ran = place.okra("db:migrate:verify", "--all", "--json")
    found = ran.json()["replayed"][0]
    assert found["reverted"] == 1
    assert f"`rollback.sql` of `{folders[1].name}` has no statement" in found["warnings"][1]


def test_nothing_is_run_where_the_files_do_not_fit_together(place: Place) -> None:
    folders = history(place)
    for file in folders[1].iterdir():
        file.unlink()
    folders[1].rmdir()
    ran = place.okra("db:migrate:verify", "--all")
    assert (ran.code, ran.out) == (1, "")
    assert "error[OKR455]" in ran.err


def test_it_takes_no_version_and_neither_opens_nor_needs_the_database(place: Place) -> None:
    place.configure(url="${NOBODY_SET_THIS}")
    place.schema(FIRST)
    place.must("db:migrate:generate", "--yes")
    assert place.okra("db:migrate:verify", "--all", "20240101_000000").code == 2
    assert place.okra("db:migrate:verify", "--all", "--check").code == 2
    place.must("db:migrate:verify", "--all")


def test_tables_that_the_schema_leaves_alone_are_not_compared(place: Place) -> None:
    place.configure()
    for schema in (
        "model User { id: ID! } model Old { id: ID! name: String }",
        "model User { id: ID! } model Old @unmanaged { id: ID! name: String }",
        "model User { id: ID! name: String }",
    ):
        place.schema(schema)
        place.must("db:migrate:generate", "--yes")
    place.must("db:migrate:verify", "--all")
