"""`okra db:migrate:repair` on each kind of database: every state that a refusal leaves a person in."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from places import Place

FIRST = "model User { id: ID! name: String! }"
SECOND = "model User { id: ID! name: String! age: Int }"
THIRD = "model User { id: ID! name: String! age: Int email: String }"


def git(place: Place, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "core.autocrlf=false")
    subprocess.run(["git", *who, *arguments], cwd=place.folder, check=True, capture_output=True)


def project(place: Place, *, applied: int) -> list[Path]:
    """Three migrations in git, some of them applied; their folders."""
    place.configure()
    for name, schema in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        place.schema(schema)
        place.must("db:migrate:generate", "--name", name, "--yes")
    folders = sorted((place.folder / "migrations").glob("2*"))
    git(place, "init", "--quiet")
    git(place, "add", "migrations")
    git(place, "commit", "--quiet", "--message", "all")
    if applied:
        place.must("db:migrate:up", "--to", folders[applied - 1].name)
    return folders


def contents(place: Place) -> dict[str, bytes]:
    base = place.folder / "migrations"
    return {str(p.relative_to(base)): p.read_bytes() for p in base.rglob("*") if p.is_file()}


def repaired(place: Place, *codes: str) -> list[str]:
    """Look, which changes nothing; repair, after which nothing is wrong. What was kept aside."""
    before = contents(place)
    looked = place.okra("db:migrate:repair", "--dry-run", "--json")
    assert looked.code == 1, looked
    assert [each["code"] for each in looked.json()["left"]] == list(codes)
    assert contents(place) == before
    done = place.okra("db:migrate:repair", "--yes")
    assert done.code == 0, done
    assert done.out.endswith("Nothing is left to repair.\n")
    assert place.okra("db:migrate:repair").out.endswith("Nothing to repair.\n")
    place.must("db:migrate:verify", "--check")
    place.must("db:migrate:up")
    kept = [name for name in contents(place) if name.startswith("repaired/")]
    lost = set(before.values()) - set(contents(place).values())
    assert all(name.endswith("schema.json") for name, data in before.items() if data in lost)
    return kept


def test_nothing_is_wrong(place: Place) -> None:
    project(place, applied=2)
    assert place.okra("db:migrate:repair", "--json").json()["left"] == []


def test_files_of_applied_migrations_come_back_and_the_edit_is_kept(place: Place) -> None:
    folders = project(place, applied=2)
    old = contents(place)
    (folders[0] / "migration.sql").write_text("-- an edit\n")
    (folders[1] / "hooks.sql").write_text("-- okra:up\n-- okra:down\n")
    kept = repaired(place, "OKR461", "OKR461")
    assert sorted(kept) == [
        f"repaired/{folders[0].name}.1/migration.sql",
        f"repaired/{folders[1].name}.1/hooks.sql",
    ]
    assert contents(place).items() >= old.items()


def test_an_edit_of_what_is_not_applied_is_proven_and_sealed(place: Place) -> None:
    folders = project(place, applied=2)
    file = folders[2] / "migration.sql"
    file.write_text(f"-- an edit\n{file.read_text()}")
    assert repaired(place, "OKR460") == []
    assert file.read_text().startswith("-- an edit\n")


def test_an_edit_that_does_not_hold_stays_as_it_is(place: Place) -> None:
    folders = project(place, applied=2)
    file = folders[2] / "migration.sql"
    file.write_text("DROP TABLE nowhere;\n")
    ran = place.okra("db:migrate:repair", "--yes")
    assert ran.code == 1
    assert "error[OKR410]" in ran.err
    assert "1 thing left to mend." in ran.out
    assert file.read_text() == "DROP TABLE nowhere;\n"


def test_lost_files_and_folders_come_back(place: Place) -> None:
    folders = project(place, applied=2)
    old = contents(place)
    shutil.rmtree(folders[1])
    assert repaired(place, "OKR462") == []
    assert contents(place) == old


def test_a_lost_folder_that_nobody_applied_comes_back_for_what_follows_it(place: Place) -> None:
    folders = project(place, applied=0)
    shutil.rmtree(folders[1])
    assert repaired(place, "OKR455") == []
    assert folders[1].is_dir()


def test_single_files_come_back(place: Place) -> None:
    folders = project(place, applied=1)
    old = contents(place)
    (folders[0] / "rollback.sql").unlink()
    (folders[1] / "migration.sql").unlink()
    (folders[2] / "schema.json").unlink()
    repaired(place, "OKR450", "OKR450", "OKR452")
    assert contents(place) == old


def test_a_snapshot_with_both_sides_of_a_merge_in_it_comes_back(place: Place) -> None:
    folders = project(place, applied=1)
    file = folders[1] / "schema.json"
    file.write_text(f"<<<<<<< HEAD\n{file.read_text()}")
    kept = repaired(place, "OKR452")
    assert kept == [f"repaired/{folders[1].name}.1/schema.json"]


def test_current_that_disagrees_is_mended(place: Place) -> None:
    folders = project(place, applied=1)
    current = place.folder / "migrations" / "current" / "schema.json"
    current.write_bytes((folders[0] / "schema.json").read_bytes())
    repaired(place, "OKR474")
    assert current.read_bytes() == (folders[2] / "schema.json").read_bytes()


def test_without_git_it_says_what_a_person_can_do(place: Place) -> None:
    folders = project(place, applied=1)
    shutil.rmtree(place.folder / ".git")
    (folders[0] / "migration.sql").write_text("-- an edit\n")
    ran = place.okra("db:migrate:repair", "--yes")
    assert ran.code == 1
    assert "OKR461" in ran.out
    assert "git has none that is what was applied" in ran.out
    assert (folders[0] / "migration.sql").read_text() == "-- an edit\n"


def test_what_only_a_person_knows_is_named_and_not_touched(place: Place) -> None:
    folders = project(place, applied=1)
    version = folders[1].name[:15]
    place.must("db:migrate:up")
    place.sql(
        f"UPDATE _okra_migrations SET state = 'unknown', tx_mode = 'file' WHERE version = '{version}'"
    )
    ran = place.okra("db:migrate:repair", "--yes")
    assert ran.code == 1
    assert "OKR533" in ran.out
    assert ran.out.endswith("1 thing left to mend.\n")
    assert f"`okra db:migrate:resolve {version}` with `--applied`, `--reverted` or `--retry`" in (
        ran.out
    )


def test_a_damaged_history_stops_all_else(place: Place) -> None:
    folders = project(place, applied=1)
    place.sql("UPDATE _okra_migrations SET state = 'odd'")
    (folders[2] / "migration.sql").unlink()
    ran = place.okra("db:migrate:repair", "--yes", "--json")
    assert ran.code == 1
    assert [each["code"] for each in ran.json()["left"]] == ["OKR534"]
    assert not (folders[2] / "migration.sql").exists()


def test_nothing_is_mended_where_nobody_says_yes(place: Place) -> None:
    folders = project(place, applied=1)
    (folders[2] / "migration.sql").unlink()
    ran = place.okra("db:migrate:repair")
    assert ran.code == 2
    assert "error[OKR616]" in ran.err
    assert not (folders[2] / "migration.sql").exists()


def test_a_squashed_migration_comes_back_as_it_was_squashed(place: Place) -> None:
    project(place, applied=3)
    place.must("db:migrate:squash")
    git(place, "add", "--all", "migrations")
    git(place, "commit", "--quiet", "--message", "squashed")
    old = contents(place)
    (folder,) = (place.folder / "migrations").glob("2*")
    (folder / "migration.sql").write_text("-- an edit\n")
    repaired(place, "OKR461")
    assert contents(place).items() >= old.items()
