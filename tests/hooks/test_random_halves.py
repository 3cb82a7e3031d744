"""Random pairs of schemas with random rows, changed in halves: what is kept is the same byte for byte, up and down.

The law is that of tests/property/test_round_trip.py; here every migration has room for hooks, and none in it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import note

from okra.migrations.draft import Manner
from okra.migrations.generate import prepare
from okra.migrations.verify import verify
from random_schemas.change import changed
from random_schemas.laws import hold
from random_schemas.make import Maker
from random_schemas.pair import Desk, compare, kept_tables, remembered, same, step
from random_schemas.rows import Filler

if TYPE_CHECKING:
    from okra.migrations.generate import Prepared
    from random_schemas.choice import Choice

PAIRS = 40
FILLS = {"integer": "0", "real": "0.5", "numeric": "0", "blob": "x''"}


def in_halves(desk: Desk, text: str, choice: Choice) -> Prepared:
    plain = desk.prepare(text)
    fills = {
        (question.table, question.column): FILLS.get(question.type, "''")
        for question in plain.draft.fills
        if choice.chance(80)
    }
    return prepare(
        desk.directory, "sqlite", desk.parsed(text), fills=fills, manner=Manner(hooks=True)
    )


def move_nothing(desk: Desk) -> None:
    """Take out what was proposed for the hooks."""
    path = max(desk.directory.glob("*/hooks.sql"))
    lines = path.read_text().split("\n")
    path.write_text("\n".join(line for line in lines if "= …" not in line))
    verify(desk.target)


def round_trip(choice: Choice, folder: Path) -> None:
    maker = Maker(choice)
    before = maker.schema()
    after = changed(before, maker)
    note(f"BEFORE\n{before.render()}\nAFTER\n{after.render()}")
    desk = Desk(folder)
    desk.write(desk.prepare(before.render()), verify=False)
    desk.up()
    with sqlite3.connect(desk.file) as connection:
        Filler(choice, connection).fill(desk.found())
    connection.close()

    second = in_halves(desk, after.render(), choice)
    draft = second.draft
    if not draft.changes:
        return
    note(f"UP\n{draft.migration_sql('v')}\nDOWN\n{draft.rollback_sql('v')}")
    desk.write(second, verify=True)
    move_nothing(desk)
    tables = kept_tables(draft.changes, draft.before, draft.after)
    rows = remembered(desk, tables)

    if not step(desk, desk.up, draft.plan):
        return
    same(desk.found(), draft.after)
    compare(desk, tables, rows, before=False)
    if step(desk, desk.down, draft.reverse):
        same(desk.found(), draft.before)
        compare(desk, tables, rows, before=True)


@pytest.mark.parametrize("part", range(2))
def test_a_random_change_in_halves_keeps_all_rows(part: int) -> None:
    def law(choice: Choice) -> None:
        with TemporaryDirectory() as folder:
            round_trip(choice, Path(folder))

    hold(law, part, PAIRS)
