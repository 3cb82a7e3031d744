"""`down`: the newest first, after saying what would be lost, and never halfway."""

from __future__ import annotations

import pytest

from okra.errors import ChecksumMismatch, DatabaseError, DirectoryError, StatementFailed, UsageError
from okra.migrations.down import migrate_down
from okra.migrations.events import Event, EventKind
from okra.migrations.losses import Loss
from okra.migrations.up import migrate_up


@pytest.fixture
def three(desk):
    """Three applied migrations; their versions."""
    versions = [
        desk.add(f"CREATE TABLE {name} (x);", f"-- drop {name}\nDROP TABLE {name};", name=name)
        for name in ("a", "b", "c")
    ]
    migrate_up(desk.target)
    return versions


def tables(desk) -> list[str]:
    return [name for _, name, *_ in desk.schema()]


def reverted(result) -> list[str]:
    return [outcome.version for outcome in result.reverted]


def test_the_newest_is_taken_back_and_its_row_kept(desk, three):
    result = migrate_down(desk.target)

    assert (reverted(result), result.current) == ([three[2]], three[1])
    assert tables(desk) == ["a", "b"]
    assert desk.states() == {three[0]: "done", three[1]: "done", three[2]: "reverted"}
    assert desk.sql("SELECT event, epoch FROM _okra_log ORDER BY rowid DESC LIMIT 1") == [
        ("reverted", 2)
    ]


def test_what_was_taken_back_can_be_applied_again(desk, three):
    migrate_down(desk.target, steps=2)

    result = migrate_up(desk.target)

    assert [outcome.version for outcome in result.applied] == three[1:]
    assert desk.sql("SELECT state, epoch, applied FROM _okra_migrations") == [
        ("done", 1, 1),
        ("done", 3, 1),
        ("done", 3, 1),
    ]


def test_steps_and_to_take_back_several(desk, three):
    result = migrate_down(desk.target, to=three[0])
    rest = migrate_down(desk.target, steps=1)

    assert (reverted(result), reverted(rest)) == ([three[2], three[1]], [three[0]])
    assert tables(desk) == []


def test_to_the_newest_takes_nothing_back(desk, three):
    assert migrate_down(desk.target, to=three[2]).reverted == ()


@pytest.mark.parametrize(("steps", "code"), [(0, "OKR526"), (-2, "OKR526"), (4, "OKR526")])
def test_steps_that_make_no_sense_are_wrong_usage(desk, three, steps, code):
    with pytest.raises(UsageError) as caught:
        migrate_down(desk.target, steps=steps)

    assert (caught.value.code, tables(desk)) == (code, ["a", "b", "c"])


def test_to_a_version_that_is_not_applied_is_wrong_usage(desk, three):
    migrate_down(desk.target)

    with pytest.raises(UsageError) as caught:
        migrate_down(desk.target, to=three[2])

    assert caught.value.code == "OKR525"


def test_nothing_applied_is_said(desk):
    desk.add("CREATE TABLE a (b);", "DROP TABLE a;")

    with pytest.raises(UsageError) as caught:
        migrate_down(desk.target)

    assert (caught.value.code, desk.file.exists()) == ("OKR532", False)


LOSSY = "-- drop a\n-- ! loses data: drops table `a` with all its rows\nDROP TABLE a;"


def test_what_would_be_lost_is_asked_about_first(desk):
    version = desk.add("CREATE TABLE a (b);", LOSSY)
    migrate_up(desk.target)
    asked: list[tuple[Loss, ...]] = []

    def no(losses: tuple[Loss, ...]) -> bool:
        asked.append(losses)
        return False

    refused = migrate_down(desk.target, confirm=no)
    kept = tables(desk)
    agreed = migrate_down(desk.target, confirm=lambda _: True)

    loss = Loss(version=version, message="drops table `a` with all its rows")
    assert asked == [(loss,)]
    assert (refused.cancelled, refused.reverted, kept) == (True, (), ["a"])
    assert (agreed.losses, tables(desk)) == ((loss,), [])


def test_without_anybody_to_ask_nothing_is_lost(desk):
    desk.add("CREATE TABLE a (b);", LOSSY)
    migrate_up(desk.target)

    with pytest.raises(DatabaseError) as caught:
        migrate_down(desk.target)

    assert (caught.value.code, tables(desk)) == ("OKR529", ["a"])
    assert "- drops table `a` with all its rows" in (caught.value.help or "")


def test_a_dry_run_shows_what_would_run_and_be_lost(desk):
    version = desk.add("CREATE TABLE a (b);", LOSSY)
    migrate_up(desk.target)
    before = desk.file.read_bytes()

    result = migrate_down(desk.target, dry_run=True)

    assert [(each.version, each.sql) for each in result.reverted] == [(version, LOSSY)]
    assert (len(result.losses), desk.file.read_bytes() == before) == (1, True)


DOUBTFUL = "-- ! may fail on existing data: rows of `a` may not satisfy `b > 0`\nDROP TABLE a;"


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_may_fail_is_warned_of_and_not_asked_about(desk, dry_run):
    version = desk.add("CREATE TABLE a (b);", DOUBTFUL)
    migrate_up(desk.target)
    events: list[Event] = []

    result = migrate_down(desk.target, dry_run=dry_run, progress=events.append)

    warning = (
        f"taking back {version} may fail on existing data: rows of `a` may not satisfy `b > 0`"
    )
    assert (result.losses, result.warnings) == ((), (warning,))
    assert (events[0].kind, events[0].purpose) == (EventKind.WARNING, warning)
    assert tables(desk) == (["a"] if dry_run else [])


def test_a_way_back_that_fails_leaves_all_as_it_was(desk):
    version = desk.add("CREATE TABLE a (b);", "DROP TABLE a;\nDROP TABLE missing;")
    migrate_up(desk.target)

    with pytest.raises(StatementFailed) as caught:
        migrate_down(desk.target)

    assert caught.value.place == f"{desk.folder(version)}/rollback.sql:2"
    assert "okra db:migrate:down" in (caught.value.help or "")
    assert (tables(desk), desk.states()) == (["a"], {version: "done"})


def test_an_edited_way_back_is_refused(desk, three):
    (desk.folder(three[2]) / "rollback.sql").write_text("DROP TABLE a;")

    with pytest.raises(ChecksumMismatch):
        migrate_down(desk.target)

    assert tables(desk) == ["a", "b", "c"]


def test_a_migration_that_is_gone_cannot_be_taken_back(desk, three):
    desk.folder(three[2]).rename(desk.base / "elsewhere")

    with pytest.raises(DirectoryError) as caught:
        migrate_down(desk.target)

    assert caught.value.code == "OKR462"


def test_what_another_run_takes_back_first_is_not_taken_back_twice(desk, three):
    begun = []

    def reverted_by_another(point: str) -> None:
        if point == "begin" and not begun:
            begun.append(point)
            migrate_down(desk.target)

    result = migrate_down(desk.target, fault=reverted_by_another)

    assert (result.reverted, result.current) == ((), three[1])
    assert tables(desk) == ["a", "b"]


def test_every_step_is_reported(desk, three):
    events: list[Event] = []

    migrate_down(desk.target, steps=2, progress=events.append)

    assert [(event.kind, event.version, event.number, event.total) for event in events] == [
        (EventKind.MIGRATION_STARTED, three[2], 1, 2),
        (EventKind.STATEMENT_STARTED, three[2], 1, 1),
        (EventKind.STATEMENT_DONE, three[2], 1, 1),
        (EventKind.MIGRATION_DONE, three[2], 1, 2),
        (EventKind.MIGRATION_STARTED, three[1], 2, 2),
        (EventKind.STATEMENT_STARTED, three[1], 1, 1),
        (EventKind.STATEMENT_DONE, three[1], 1, 1),
        (EventKind.MIGRATION_DONE, three[1], 2, 2),
    ]
