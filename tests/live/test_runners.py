"""Many runs at once: one applies, the others wait and find nothing to do; also when nobody takes the lock."""

from __future__ import annotations

import time

import pytest

from crash_plans import BASE, plans
from desks import outcome
from okra.migrations.executor import opened
from okra.migrations.up import migrate_up


def prepare(desk) -> str:
    """A database at the first migration, with a pending one that runs in steps."""
    desk.add(BASE)
    migrate_up(desk.target)
    return desk.add(*plans(desk.url.provider)["steps"])


def check(desk, said: list[dict], *, done: int = 1) -> None:
    """One has applied everything, the others found nothing to do, and each statement ran once."""
    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) == done
    assert set(desk.states().values()) == {"done"}
    assert desk.sql("SELECT what FROM log ORDER BY what") == [("up",), ("up again",)]
    if desk.is_postgres:
        assert desk.sql("SELECT indexrelid FROM pg_index WHERE NOT indisvalid") == []


COUNTS = [8, pytest.param(32, marks=pytest.mark.nightly)]


@pytest.mark.parametrize("count", [32])
def test_of_many_at_once_one_applies_and_the_others_have_nothing_to_do(desk, count):
    prepare(desk)

    said = desk.all_at_once(count)

    check(desk, said)
    assert desk.sql("SELECT max(epoch) FROM _okra_migrations") == [(1,)]


@pytest.mark.parametrize("count", COUNTS)
def test_of_many_at_once_on_a_new_database_one_makes_it(desk, count):
    desk.add(BASE)

    said = desk.all_at_once(count)

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) == 1


@pytest.mark.parametrize("count", COUNTS)
def test_without_the_lock_one_applies_and_the_others_have_nothing_to_do(desk, count):
    prepare(desk)

    check(desk, desk.all_at_once(count, "--no-lock"))


@pytest.mark.parametrize("count", COUNTS)
def test_without_the_lock_on_a_new_database_one_makes_it(desk, count):
    desk.add(BASE)
    desk.add(*plans(desk.url.provider)["steps"])

    check(desk, desk.all_at_once(count, "--no-lock"), done=2)


def test_tables_that_another_run_makes_while_the_history_is_read_are_not_taken_for_a_strangers(
    desk, monkeypatch
):
    desk.add(BASE)
    with opened(desk.target, writes=True) as run, run.work():
        listed = run.session.tables

        def after_the_other_run() -> list[str]:
            monkeypatch.undo()
            migrate_up(desk.target)
            return listed()

        monkeypatch.setattr(run.session, "tables", after_the_other_run)
        run.load()

        assert (run.strangers, [record.state for record in run.records.values()]) == ((), ["done"])


def test_without_the_lock_a_file_that_is_one_transaction_is_applied_once(postgres_desk):
    desk = postgres_desk
    desk.add(BASE)
    migrate_up(desk.target)
    desk.add(plans("postgres")["file"][0])

    said = desk.all_at_once(8, "--no-lock")

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) == 1
    assert desk.sql("SELECT what FROM log") == [("up",)]


@pytest.mark.parametrize("options", [(), ("--no-lock",)])
def test_one_of_many_is_killed_and_another_one_does_the_work(desk, options):
    prepare(desk)
    gate = desk.base / "go"
    doomed = [
        desk.start("up", "--wait", str(gate), "--die", str(point), *options) for point in (9, 14)
    ]
    others = [desk.start("up", "--wait", str(gate), *options) for _ in range(6)]
    time.sleep(1)
    gate.touch()

    said = [outcome(process) for process in others]
    for process in doomed:
        process.communicate()

    assert [item for item in said if "done" not in item] == []
    assert sum(item["done"] for item in said) <= 1
    assert set(desk.states().values()) == {"done"}
    assert desk.sql("SELECT what FROM log ORDER BY what") == [("up",), ("up again",)]
