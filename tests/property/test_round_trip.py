"""Random pairs of schemas with random rows: up, down and up again lose nothing.

The law: after `up` the database is what the schema says and there is nothing left to do; every value of every
column that is kept is the same byte for byte, and so are row numbers and AUTOINCREMENT counters; after `down`
the database is what it was; and `up` works again. A refusal is right only where the plan warned that it may
fail on existing data, and then nothing at all has changed.

`OKRA_PROPERTY_PAIRS=5000 OKRA_PROPERTY_SEED=7 pytest tests/property` runs more of them, or others.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import note

from okra.relational.model import Database
from random_schemas.change import changed
from random_schemas.laws import hold
from random_schemas.make import Maker
from random_schemas.pair import Desk, compare, kept_tables, remembered, same, step
from random_schemas.rows import Filler, add_objects

if TYPE_CHECKING:
    from collections.abc import Callable

    from random_schemas.choice import Choice

PAIRS = int(os.environ.get("OKRA_PROPERTY_PAIRS", "200"))
PARTS = 4
FILLS = {"integer": "0", "real": "0.5", "numeric": "0", "blob": "x''"}


def round_trip(choice: Choice, folder: Path) -> None:
    maker = Maker(choice)
    before = maker.schema()
    after = changed(before, maker) if choice.chance(90) else maker.schema()
    note(f"BEFORE\n{before.render()}\nAFTER\n{after.render()}")
    desk = Desk(folder)
    first = desk.prepare(before.render())
    desk.write(first, verify=False)
    desk.up()
    same(desk.found(), first.draft.after)
    with sqlite3.connect(desk.file) as connection:
        Filler(choice, connection).fill(first.draft.after)
        objects = add_objects(choice, connection, first.draft.after) if choice.chance(25) else {}
    connection.close()

    second = desk.prepare(after.render())
    fills = {
        (question.table, question.column): FILLS.get(question.type, "''")
        for question in second.draft.fills
        if choice.chance(60)
    }
    second = desk.prepare(after.render(), fills)
    draft = second.draft
    if not draft.changes:
        same(draft.before, draft.after)
        return
    note(f"UP\n{draft.migration_sql('v')}\nDOWN\n{draft.rollback_sql('v')}")
    desk.write(second, verify=True)
    tables = kept_tables(draft.changes, draft.before, draft.after)
    rows = remembered(desk, tables)
    kept = {table.before for table in tables}
    names = [name for name, table in objects.items() if table in kept or name.endswith("view")]

    if not step(desk, desk.up, draft.plan, names):
        return
    same(desk.found(), draft.after)
    assert desk.prepare(after.render()).draft.changes == ()
    compare(desk, tables, rows, before=False)
    if not step(desk, desk.down, draft.reverse, names):
        return
    same(desk.found(), draft.before)
    compare(desk, tables, rows, before=True)
    desk.up()
    same(desk.found(), draft.after)
    compare(desk, tables, rows, before=False)


def history(choice: Choice, folder: Path) -> None:
    """Several migrations one after the other, with rows, and all the way back."""
    maker = Maker(choice)
    schema = maker.schema()
    desk = Desk(folder)
    states = [Database()]
    plans = []
    for _ in range(choice.number(2, 5)):
        note(schema.render())
        draft = desk.prepare(schema.render()).draft
        fills = {
            (question.table, question.column): FILLS.get(question.type, "''")
            for question in draft.fills
        }
        prepared = desk.prepare(schema.render(), fills)
        if prepared.draft.changes:
            note(f"UP\n{prepared.draft.migration_sql('v')}")
            note(f"DOWN\n{prepared.draft.rollback_sql('v')}")
            desk.write(prepared, verify=True)
            if not step(desk, desk.up, prepared.draft.plan):
                return
            states.append(prepared.draft.after)
            plans.append(prepared.draft.reverse)
        same(desk.found(), states[-1])
        connection = sqlite3.connect(desk.file, isolation_level=None)
        Filler(choice, connection).fill(states[-1])
        connection.close()
        schema = changed(schema, maker)
    while plans:
        if not step(desk, desk.down, plans.pop()):
            return
        states.pop()
        same(desk.found(), states[-1])


def check(run_one: Callable[[Choice, Path], None], part: int, pairs: int) -> None:
    def law(choice: Choice) -> None:
        with TemporaryDirectory() as folder:
            run_one(choice, Path(folder))

    hold(law, part, pairs)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_random_change_leads_up_down_and_up_again(part: int) -> None:
    check(round_trip, part, PAIRS // PARTS)


def test_a_random_history_leads_up_and_all_the_way_back() -> None:
    check(history, PARTS, PAIRS // 10)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(100, 100 + PARTS))
def test_many_more_random_changes(part: int) -> None:
    check(round_trip, part, 10 * PAIRS // PARTS)
    check(history, part, PAIRS // PARTS)
