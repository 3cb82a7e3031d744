"""Foreign keys around the changes of a plan: which are dropped before everything else, and which are added last.

The server refuses another type of a column that a key is about (1832, 1833), so that keys which stay go
and come back as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.planning.columns import changes_values, collation, is_remade
from okra.relational.changes import (
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterOptions,
    AlterPrimaryKey,
    AlterTable,
    CreateTable,
    DropForeignKey,
    DropTable,
    RenameColumn,
    RenameForeignKey,
)
from okra.relational.current import current_table, original_names
from okra.relational.model import ForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.relational.changes import Change, TableStep
    from okra.relational.model import Database, Table

_NAMED_BY_SERVER = re.compile(r"(.*)_ibfk_\d+", re.DOTALL)


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to foreign keys.

    dropped  table as it is called now → its keys that go first
    added    table as it will be called → its keys that come last
    kept     those of `added` that were there before, under whatever name, as (table, key)
    """

    dropped: dict[str, list[ForeignKey]]
    added: dict[str, list[ForeignKey]]
    kept: frozenset[tuple[str, ForeignKey]]


def foreign_keys(changes: Sequence[Change], after: Database) -> Keys:
    """The keys that go first and those that come last when `changes` lead to `after`."""
    original = original_names(changes)
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    dropped: dict[str, list[ForeignKey]] = {}
    added: dict[str, list[ForeignKey]] = {}
    kept: set[tuple[str, ForeignKey]] = set()
    for name, key in _against_drops(changes):
        dropped.setdefault(name, []).append(key)
    for name, key in _in_the_way(changes, after, altered, original):
        dropped.setdefault(original.get(name, name), []).append(key)
        added.setdefault(name, []).append(key)
        kept.add((name, key))
    for change in changes:
        if isinstance(change, CreateTable):
            for key in deferred_keys(change.table, altered):
                added.setdefault(change.table.name, []).append(key)
        if not isinstance(change, AlterTable):
            continue
        name = change.after.name
        for step in change.steps:
            match step:
                case DropForeignKey(key):
                    dropped.setdefault(original.get(name, name), []).append(key)
                case AddForeignKey(key):
                    added.setdefault(name, []).append(key)
                case RenameForeignKey(before, key):
                    dropped.setdefault(original.get(name, name), []).append(before)
                    added.setdefault(name, []).append(key)
                    kept.add((name, key))
                case _:
                    pass
    return Keys(dropped=dropped, added=added, kept=frozenset(kept))


def deferred_keys(table: Table, altered: dict[str, AlterTable]) -> tuple[ForeignKey, ...]:
    """The keys of a new table that have to wait until the table is changed that they refer to."""
    return tuple(
        key
        for key in table.foreign_keys
        if key.table in altered and any(_matters(step, key) for step in altered[key.table].steps)
    )


def _matters(step: TableStep, key: ForeignKey) -> bool:
    match step:
        case AddColumn(column) | AlterColumn(_, column):
            return column.name in key.references
        case RenameColumn(_, after):
            return after in key.references
        case AlterPrimaryKey() | AddIndex() | AlterOptions():
            return True
        case _:
            return False


def _against_drops(changes: Iterable[Change]) -> list[tuple[str, ForeignKey]]:
    """The keys that stop a table from being dropped: those of tables that are dropped after it."""
    waiting = [change.table for change in changes if isinstance(change, DropTable)]
    found = []
    for place, table in enumerate(waiting):
        for later in waiting[place + 1 :]:
            found += [(later.name, key) for key in later.foreign_keys if key.table == table.name]
    return found


def _in_the_way(
    changes: Sequence[Change],
    after: Database,
    altered: dict[str, AlterTable],
    original: dict[str, str],
) -> list[tuple[str, ForeignKey]]:
    """The keys that stay, but stand in the way of what changes."""
    retyped = {name: _retyped(change) for name, change in altered.items()}
    if not original and not any(retyped.values()):
        return []
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    found = []
    for table in after.tables:
        name = table.name
        if name in made:
            continue
        new = _new_keys(altered[name]) if name in altered else ()
        for key in table.foreign_keys:
            changed = retyped.get(name, frozenset()) & {*key.columns}
            target = retyped.get(key.table, frozenset()) & {*key.references}
            if key not in new and (changed or target or _renamed_by_server(key, name, original)):
                found.append((name, key))
    return found


def _retyped(change: AlterTable) -> frozenset[str]:
    """The columns whose type or collation changes, or all where the engine does."""
    current = current_table(change)
    names = set()
    for step in change.steps:
        if isinstance(step, AlterOptions):
            names |= _touched_by_options(current, change.after)
        if isinstance(step, AlterColumn) and (
            changes_values(step.before, step.after, current, change.after)
            or is_remade(step.before, step.after)
        ):
            names.add(step.after.name)
    return frozenset(names)


def _touched_by_options(current: Table, after: Table) -> set[str]:
    """All columns where the engine is another one, else the texts whose collation is."""
    engines = option(current.options, "engine"), option(after.options, "engine")
    return {
        column.name
        for column in after.columns
        if engines[0] != engines[1] or collation(column, current) != collation(column, after)
    }


def _new_keys(change: AlterTable) -> tuple[ForeignKey, ...]:
    return tuple(
        step.key if isinstance(step, AddForeignKey) else step.after
        for step in change.steps
        if isinstance(step, AddForeignKey | RenameForeignKey)
    )


def _renamed_by_server(key: ForeignKey, table: str, original: dict[str, str]) -> bool:
    """Whether InnoDB would give `key` another name because its table has one: `posts_ibfk_1`."""
    match = _NAMED_BY_SERVER.fullmatch(key.name or "")
    return match is not None and match[1] == original.get(table)
