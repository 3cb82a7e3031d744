"""Changes in an order that works: what is referred to comes first, and goes last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.changes import (
    AddForeignKey,
    AlterEnum,
    AlterTable,
    Change,
    CreateEnum,
    CreateTable,
    DropEnum,
    DropTable,
    RenameEnum,
    RenameTable,
)
from okra.relational.pairs import freed_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import ForeignKey, Table


def order(changes: Sequence[Change], *, cut_cycles: bool) -> tuple[Change, ...]:
    """`changes` in an order in which each finds what it needs.

    cut_cycles  tables that refer to each other get the keys that close the circle afterwards, by an
                AlterTable; False for a dialect in which a key may refer to a table that is not there yet
    """
    enum_names = [(c.before, c.after) for c in changes if isinstance(c, RenameEnum)]
    table_names = [(c.before, c.after) for c in changes if isinstance(c, RenameTable)]
    enums = [c for c in changes if isinstance(c, CreateEnum | AlterEnum)]
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    alters = [altered[t.name] for t in _parents_first([c.after for c in altered.values()])[0]]
    drops = _parents_first([c.table for c in changes if isinstance(c, DropTable)])[0]
    creates, late = _parents_first(
        [c.table for c in changes if isinstance(c, CreateTable)], cut=cut_cycles
    )
    gone = [c for c in changes if isinstance(c, DropEnum)]
    return (
        *(DropTable(table=table) for table in reversed(drops)),
        *(RenameEnum(before=old, after=new) for old, new in freed_first(enum_names)),
        *(RenameTable(before=old, after=new) for old, new in freed_first(table_names)),
        *enums,
        *(CreateTable(table=table) for table in creates),
        *alters,
        *late,
        *gone,
    )


def _parents_first(
    tables: Sequence[Table], *, cut: bool = False
) -> tuple[list[Table], list[AlterTable]]:
    """The tables, each behind those that it refers to, and by name where that leaves a choice.

    A circle is entered at its first table by name. With `cut`, the keys that point forward are taken
    out of their tables and come back as changes of their own.
    """
    waiting = {table.name: table for table in sorted(tables, key=lambda table: table.name)}
    done: dict[str, Table] = {}
    late: list[AlterTable] = []
    for name in _depth_first(waiting):
        table = waiting[name]
        forward = [key for key in table.foreign_keys if _is_forward(key, name, waiting, done)]
        if cut and forward:
            kept = tuple(key for key in table.foreign_keys if key not in forward)
            early = replace(table, foreign_keys=kept)
            steps = tuple(AddForeignKey(key=key) for key in forward)
            late.append(AlterTable(before=early, after=table, steps=steps))
            table = early
        done[name] = table
    return list(done.values()), late


def _is_forward(
    key: ForeignKey, name: str, waiting: dict[str, Table], done: dict[str, Table]
) -> bool:
    return key.table != name and key.table in waiting and key.table not in done


def _depth_first(tables: dict[str, Table]) -> list[str]:
    """Names, parents before children; iterative, because a chain may be thousands long."""
    state: dict[str, int] = {}
    result: list[str] = []
    for root in tables:
        stack = [root]
        while stack:
            name = stack[-1]
            if state.get(name) is None:
                state[name] = 1
                stack += [
                    key.table
                    for key in reversed(tables[name].foreign_keys)
                    if key.table in tables and key.table not in state
                ]
            else:
                stack.pop()
                if state[name] == 1:
                    state[name] = 2
                    result.append(name)
    return result
