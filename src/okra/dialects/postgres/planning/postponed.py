"""What is put off until the other changes of a table are done, so that others can read and write meanwhile.

Indexes are built concurrently, keys take them over, checks and foreign keys are looked at row by row in
transactions of their own. An index or a key goes only when what takes its place is there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.postgres.quoting import split_name
from okra.naming import shortened
from okra.relational.changes import CreateTable, RenameTable
from okra.relational.model import ForeignKey, Index, PrimaryKey
from okra.relational.uses import used_by_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.planning.work import Work
    from okra.relational.changes import Change
    from okra.relational.model import Table

_NEW = "_okra_new_"


class Postponed(msgspec.Struct):
    """The parts of one table that are put off.

    indexes   to be built concurrently, unique constraints among them
    drops     what goes last: indexes and unique constraints
    primary   the key that takes over an index; `gone` is the key that goes in the same moment
    keys      (table, key): foreign keys of any table that refer to what goes late
    """

    indexes: list[Index] = msgspec.field(default_factory=list)
    drops: list[Index] = msgspec.field(default_factory=list)
    primary: PrimaryKey | None = None
    gone: PrimaryKey | None = None
    keys: list[tuple[str, ForeignKey]] = msgspec.field(default_factory=list)

    def build_name(self, name: str) -> str:
        """What an index is called until the one goes that has its name."""
        held = {index.name for index in self.drops}
        if self.gone is not None and self.gone.name is not None:
            held.add(self.gone.name)
        return shortened(_NEW + name) if name in held else name


def postpone(works: Sequence[Work], changes: Sequence[Change]) -> None:
    """Move what can wait from the lists of each work to its `postponed`."""
    taken = Counter(_coming(works, changes))
    for work in works:
        late = work.postponed
        moved = {column.name for column in (*work.dropped, *work.remade)}
        moved |= {retype.after.name for retype in work.retyped}
        late.indexes = [index for index in work.add_indexes if index.name not in work.again]
        work.add_indexes = [index for index in work.add_indexes if index.name in work.again]
        own = Counter(index.name for index in late.indexes)
        late.drops = [
            index
            for index in work.drop_indexes
            if not moved & _uses(index, work.current)
            and taken[index.name] == own[index.name]
            and index.name not in {each.name for each in work.add_indexes}
        ]
        work.drop_indexes = [index for index in work.drop_indexes if index not in late.drops]
        _postpone_key(work, moved, taken)


def _postpone_key(work: Work, moved: set[str], taken: Counter[str]) -> None:
    old, new = work.drop_primary, work.add_primary
    if new is None:
        return
    if old is not None and moved & {*old.columns}:
        if any(name in work.added and work.added[name].fill is not None for name in new.columns):
            work.postponed.primary, work.add_primary = new, None  # its rows get their values late
        return
    name = old.name if old is not None else None
    if name is not None and taken[name] != (1 if new.name == name else 0):
        return
    work.postponed.primary, work.postponed.gone = new, old
    work.add_primary = work.drop_primary = None


def _uses(index: Index, table: Table) -> set[str]:
    return {*index.columns, *index.include, *used_by_index(index, table)}


def _coming(works: Iterable[Work], changes: Iterable[Change]) -> Iterable[str]:
    """Every name that a table or an index gets by the changes, without its schema."""
    for change in changes:
        match change:
            case CreateTable(table):
                yield split_name(table.name)[1]
                yield from (index.name for index in table.indexes)
                yield from _names(table.primary_key)
            case RenameTable(_, after):
                yield split_name(after)[1]
            case _:
                pass
    for work in works:
        yield from (index.name for index in work.add_indexes)
        yield from (after.name for _, after in work.rename_indexes)
        yield from _names(work.add_primary)
        if work.rename_primary is not None:
            yield from _names(work.rename_primary.after)


def _names(key: PrimaryKey | None) -> list[str]:
    return [] if key is None or key.name is None else [key.name]
