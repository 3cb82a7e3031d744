"""Columns that take each other's names, in a sync that is broken off: names alone don't say whether they have."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from okra.declarative.sync import SyncOptions, sync
from random_schemas.benches import bench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from okra.url import DatabaseUrl

BEFORE = """\
model Note {
  id: Int! @id
  first: String! @column(name: "x")
  second: String! @column(name: "y")
}
"""
AFTER = """\
model Note {
  id: Int! @id
  first: String! @column(name: "y")
  second: String! @column(name: "x")
  third: Int! @default(3) @index
}
model Other { id: Int! @id }
"""
OPTIONS = SyncOptions(force=True, yes=True, shadow=True)


LATER = AFTER + "model Third { id: Int! @id }\n"


class Gone(BaseException):
    """The process is gone."""


def gone_at(point: str) -> Callable[[str], None]:
    def fault(name: str) -> None:
        if name == point:
            raise Gone

    return fault


def test_a_swap_is_done_once_wherever_it_is_broken_off(mysql: DatabaseUrl, tmp_path: Path) -> None:
    here = bench(mysql, tmp_path)
    old, new, later = here.parsed(BEFORE), here.parsed(AFTER), here.parsed(LATER)
    for last in range(40):
        here.wipe()
        sync(here.target, old, OPTIONS)
        here.session.execute("INSERT INTO notes (id, x, y) VALUES (1, 'first', 'second')")
        points: list[str] = []

        def fault(name: str, points: list[str] = points, last: int = last) -> None:
            points.append(name)
            if len(points) > last:
                raise Gone

        try:
            sync(here.target, new, OPTIONS, fault=fault)
        except Gone:
            then = later if last % 2 else new  # the schema may have changed meanwhile
            with contextlib.suppress(Gone):  # and the next one be broken off, too
                sync(here.target, then, OPTIONS, fault=gone_at("statement 1"))
            assert sync(here.target, then, OPTIONS).applied
            assert sync(here.target, new, OPTIONS).applied
            done = False
        else:
            done = True
        assert here.session.query("SELECT y, x FROM notes") == [("first", "second")], points
        assert here.left(here.wanted(new)) == []
        if done:
            break
    here.close()
    assert 8 < last < 39
