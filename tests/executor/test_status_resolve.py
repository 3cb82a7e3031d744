"""`status` shows everything and changes nothing; `resolve` changes the history and nothing else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.errors import ChecksumMismatch, DatabaseError, PlanError, StatementFailed, UsageError
from okra.migrations.directory import read_directory
from okra.migrations.down import migrate_down
from okra.migrations.resolve import Action, resolve
from okra.migrations.status import Condition, migrate_status
from okra.migrations.up import migrate_up
from okra.migrations.verify import verify


def conditions(result) -> list[tuple[str, Condition]]:
    return [(entry.version, entry.condition) for entry in result.entries]


def test_without_a_database_everything_is_pending(desk):
    version = desk.add("CREATE TABLE a (b);", name="first")

    result = migrate_status(desk.target)

    assert conditions(result) == [(version, Condition.PENDING)]
    assert (result.current, result.next, result.problems) == (None, version, ())
    assert (result.up_to_date, desk.file.exists()) == (False, False)


def test_a_folder_that_is_not_there_is_an_error(desk):
    target = replace(desk.target, url=replace(desk.target.url, path="/no/such/folder/x.db"))

    with pytest.raises(DatabaseError) as caught:
        migrate_status(target)

    assert caught.value.code == "OKR500"


def test_all_conditions_are_told_apart(desk):
    one, two, three, four, five = (
        desk.add(f"CREATE TABLE {name} (x);", f"DROP TABLE {name};") for name in "abcde"
    )
    migrate_up(desk.target, steps=4)
    migrate_down(desk.target)
    (desk.folder(one) / "rollback.sql").write_text("-- edited")
    desk.folder(two).rename(desk.base / "gone")
    before = desk.file.read_bytes()

    result = migrate_status(desk.target)

    assert conditions(result) == [
        (one, Condition.EDITED),
        (two, Condition.MISSING),
        (three, Condition.APPLIED),
        (four, Condition.REVERTED),
        (five, Condition.PENDING),
    ]
    assert (result.current, result.next) == (three, four)
    assert [problem.code for problem in result.problems] == ["OKR455", "OKR462", "OKR461"]
    assert (result.up_to_date, desk.file.read_bytes() == before) == (False, True)


def test_a_failure_is_shown_with_its_statement(desk):
    desk.add("CREATE TABLE a (b);")
    version = desk.add("CREATE TABLE c (d); CREATE TABLE a (x);")
    with pytest.raises(StatementFailed):
        migrate_up(desk.target)

    result = migrate_status(desk.target)

    failed = result.select(Condition.FAILED)
    assert [(entry.version, entry.error, entry.error_at_statement) for entry in failed] == [
        (version, "table a already exists", 2)
    ]
    assert [problem.code for problem in result.problems] == ["OKR523"]
    assert result.next == version


def test_all_applied_is_up_to_date(desk):
    version = desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)

    result = migrate_status(desk.target)

    assert (result.up_to_date, result.current, result.next) == (True, version, None)
    assert result.database == f"sqlite://{desk.file}"


def test_an_edited_pending_migration_is_a_problem(desk):
    version = desk.add("CREATE TABLE a (b);")
    (desk.folder(version) / "migration.sql").write_text("SELECT 1;")

    assert [problem.code for problem in migrate_status(desk.target).problems] == ["OKR460"]


def test_what_the_database_has_already_can_be_written_down(desk):
    first = desk.add("CREATE TABLE a (b);")
    second = desk.add("CREATE TABLE c (d);")
    migrate_up(desk.target, steps=1)
    desk.sql("CREATE TABLE c (d);")

    result = resolve(desk.target, second, action=Action.APPLIED)

    assert (result.before, result.after) == (None, "done")
    assert desk.sql("SELECT version, kind, state FROM _okra_migrations") == [
        (first, "migration", "done"),
        (second, "resolved", "done"),
    ]
    assert migrate_up(desk.target).applied == ()
    with pytest.raises(DatabaseError, match="applied already"):
        resolve(desk.target, second, action=Action.APPLIED)


def test_what_failed_can_be_written_down_as_applied(desk):
    version = desk.add("CREATE TABLE a (b); CREATE TABLE a (b);")
    with pytest.raises(StatementFailed):
        migrate_up(desk.target)

    result = resolve(desk.target, version, action=Action.APPLIED)

    assert (result.before, result.after) == ("failed", "done")
    assert desk.sql("SELECT kind, state, epoch, error FROM _okra_migrations") == [
        ("resolved", "done", 2, None)
    ]


def test_an_unfinished_state_can_be_resolved_in_every_way(desk):
    version = desk.add("CREATE TABLE a (b);", "DROP TABLE a;")
    migrate_up(desk.target)
    after = {}
    for action in (Action.APPLIED, Action.REVERTED, Action.RETRY):
        desk.sql("UPDATE _okra_migrations SET state = 'running';")
        after[action] = resolve(desk.target, version, action=action).after

    assert after == {
        Action.APPLIED: "done",
        Action.REVERTED: "reverted",
        Action.RETRY: "reverted",
    }
    assert desk.sql("SELECT event FROM _okra_log ORDER BY rowid") == [
        ("done",), ("resolved",), ("reverted",), ("retry",),
    ]  # fmt: skip


def test_gaps_in_the_history_are_refused(desk):
    first = desk.add("CREATE TABLE a (b);")
    second = desk.add("CREATE TABLE c (d);")

    with pytest.raises(DatabaseError) as caught:
        resolve(desk.target, second, action=Action.APPLIED)

    assert f"`{first}` comes before `{second}`" in caught.value.message
    assert f"--baseline {second}" in (caught.value.help or "")


@pytest.mark.parametrize("action", [Action.REVERTED, Action.RETRY])
def test_what_was_never_applied_cannot_be_taken_back(desk, action):
    version = desk.add("CREATE TABLE a (b);")

    with pytest.raises(DatabaseError, match="was never applied"):
        resolve(desk.target, version, action=action)


def test_only_the_newest_can_be_written_down_as_taken_back(desk):
    first = desk.add("CREATE TABLE a (b);")
    second = desk.add("CREATE TABLE c (d);")
    migrate_up(desk.target)

    with pytest.raises(DatabaseError, match="is not the newest"):
        resolve(desk.target, first, action=Action.REVERTED)
    result = resolve(desk.target, second, action=Action.REVERTED)

    assert (result.before, result.after) == ("done", "reverted")
    with pytest.raises(DatabaseError, match="taken back already"):
        resolve(desk.target, second, action=Action.REVERTED)
    with pytest.raises(DatabaseError, match="did not fail"):
        resolve(desk.target, second, action=Action.RETRY)


def test_a_version_is_needed_and_must_exist(desk):
    desk.add("CREATE TABLE a (b);")

    for version, action in ((None, Action.APPLIED), ("x", Action.ADOPT), ("20", Action.RETRY)):
        with pytest.raises(UsageError):
            resolve(desk.target, version, action=action)


def test_there_is_nothing_to_adopt_without_a_history_or_a_name(desk):
    desk.add("CREATE TABLE a (b);")
    with pytest.raises(DatabaseError, match="no history"):
        resolve(desk.target, None, action=Action.ADOPT)
    migrate_up(desk.target)

    with pytest.raises(DatabaseError, match="no environment"):
        resolve(replace(desk.target, environment=None), None, action=Action.ADOPT)


def test_an_edited_migration_is_proven_and_sealed_again(desk):
    first = desk.add("CREATE TABLE a (b);", "DROP TABLE a;")
    second = desk.add("SELECT 1;", "SELECT 2;", name="second")
    migrate_up(desk.target, steps=1)
    (desk.folder(second) / "migration.sql").write_text("SELECT 1;\n-- edited")

    result = verify(desk.target)
    again = verify(desk.target)

    newest = read_directory(desk.directory, "sqlite").newest
    assert (result.verified, again.verified) == ((f"{second}_second",), ())
    assert newest is not None
    assert newest.hash() == newest.header.hash
    assert (desk.directory / "current" / "schema.json").read_bytes() == newest.snapshot_bytes()
    assert [each.version for each in migrate_up(desk.target).applied] == [second]
    with pytest.raises(ChecksumMismatch) as caught:
        verify(desk.target, first)
    assert caught.value.code == "OKR465"


def test_an_edit_that_does_not_lead_to_the_snapshot_is_not_sealed(desk):
    version = desk.add("SELECT 1;", "SELECT 2;")
    path = desk.folder(version) / "migration.sql"
    path.write_text("CREATE TABLE surplus (a TEXT);")
    before = (desk.folder(version) / "schema.json").read_bytes()

    with pytest.raises(PlanError) as caught:
        verify(desk.target)

    assert (caught.value.place or "").startswith(str(path))
    assert (desk.folder(version) / "schema.json").read_bytes() == before


def test_an_edit_of_something_applied_is_not_sealed(desk):
    version = desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    (desk.folder(version) / "migration.sql").write_text("CREATE TABLE a (c);")

    with pytest.raises(ChecksumMismatch) as caught:
        verify(desk.target)

    assert caught.value.code == "OKR461"
