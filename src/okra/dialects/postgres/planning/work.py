"""What is to be done to each table that stays: the changes, and what they force upon other parts.

A column whose type changes takes the checks, conditions and computed columns with it that use it; a key
that goes or changes takes the foreign keys of all tables that refer to it. Those are dropped and made
again, although nothing about them is to be different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from okra.dialects.postgres.natives.spelling import path
from okra.dialects.postgres.planning.casts import COLUMN, Cast, cast
from okra.dialects.postgres.planning.enums import merged_values, rebuilt_enums
from okra.dialects.postgres.planning.postponed import Postponed, postpone
from okra.dialects.postgres.planning.tables import UNLOGGED
from okra.dialects.postgres.planning.triggers import touched
from okra.dialects.postgres.quoting import literal, split_name
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterEnum,
    AlterPrimaryKey,
    AlterTable,
    CreateTable,
    DropCheck,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    DropValue,
    RenameCheck,
    RenameForeignKey,
    RenameIndex,
    RenameTable,
    TableStep,
)
from okra.relational.current import current_table
from okra.relational.model import (
    Check,
    Column,
    Database,
    ForeignKey,
    Index,
    PrimaryKey,
    Table,
)
from okra.relational.pairs import one_by_one
from okra.relational.renaming import respelled
from okra.relational.uses import is_virtual, used_by_index, used_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from okra.relational.changes import Change


class Retype(msgspec.Struct, frozen=True, kw_only=True):
    """A column whose values become values of another type; `cast` says how."""

    before: Column
    after: Column
    cast: Cast


class Work(msgspec.Struct, kw_only=True):
    """One table that is there before and after. Lists grow while it is found out what is to be done.

    original  its name before all renames
    before    the table with its new name and its old column names
    current   the table with its new name and its columns renamed; other parts by their old names
    enums     the types that are enums, as columns spell them
    described indexes that get another comment, and nothing else
    again     names of indexes that are dropped and made again as they were
    remade    columns that are dropped and added again: computed from what changes, or computed anew
    """

    original: str
    before: Table
    current: Table
    after: Table
    enums: set[str] = msgspec.field(default_factory=set)
    steps: tuple[TableStep, ...] = ()
    retyped: list[Retype] = msgspec.field(default_factory=list)
    remade: list[Column] = msgspec.field(default_factory=list)
    drop_keys: list[ForeignKey] = msgspec.field(default_factory=list)
    add_keys: list[ForeignKey] = msgspec.field(default_factory=list)
    drop_indexes: list[Index] = msgspec.field(default_factory=list)
    add_indexes: list[Index] = msgspec.field(default_factory=list)
    drop_checks: list[Check] = msgspec.field(default_factory=list)
    add_checks: list[Check] = msgspec.field(default_factory=list)
    drop_primary: PrimaryKey | None = None
    add_primary: PrimaryKey | None = None
    rename_keys: list[tuple[ForeignKey, ForeignKey]] = msgspec.field(default_factory=list)
    rename_indexes: list[tuple[Index, Index]] = msgspec.field(default_factory=list)
    rename_checks: list[tuple[Check, Check]] = msgspec.field(default_factory=list)
    rename_primary: AlterPrimaryKey | None = None
    described: list[Index] = msgspec.field(default_factory=list)
    again: set[str] = msgspec.field(default_factory=set)
    postponed: Postponed = msgspec.field(default_factory=Postponed)

    @property
    def added(self) -> dict[str, AddColumn]:
        """The steps that add a column, by its name."""
        return {s.column.name: s for s in self.steps if isinstance(s, AddColumn)}

    @property
    def dropped(self) -> list[Column]:
        """The columns that go for good."""
        return [step.column for step in self.steps if isinstance(step, DropColumn)]

    @property
    def altered(self) -> list[AlterColumn]:
        """The columns that change in place; those that are made again are not among them."""
        again = {column.name for column in self.remade}
        return [s for s in self.steps if isinstance(s, AlterColumn) and s.after.name not in again]


def gather(changes: Sequence[Change], after: Database, *, online: bool) -> list[Work]:
    """The work on every table that stays and is touched, in the order of `changes`.

    online  put off what can be done while others read and write
    """
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    original = {c.after: c.before for c in changes if isinstance(c, RenameTable)}
    works = {
        change.after.name: _work(change, original)
        for change in changes
        if isinstance(change, AlterTable) and change.after.name not in made
    }
    rebuilt = {path(name): change for name, change in rebuilt_enums(changes).items()}
    enums = {path(enum.name) for enum in after.enums}
    enums |= {path(change.enum.name) for change in changes if isinstance(change, DropEnum)}
    for table in after.tables if rebuilt else ():
        if table.name not in made and any(scalar(column) in rebuilt for column in table.columns):
            works.setdefault(table.name, _untouched(table, original))
    for table in after.tables if any(_moves(*pair) for pair in original.items()) else ():
        if _moves(table.name, original.get(table.name, table.name)) and touched(table):
            works.setdefault(table.name, _untouched(table, original))
    for work in works.values():
        work.enums = enums
        _find_retyped(work, rebuilt)
        _find_remade(work)
        _sort_steps(work)
        _only_described(work)
        _take_along(work, online=online)
    if online:
        postpone(list(works.values()), changes)
    _relink(works, after, made, original)
    return list(works.values())


def _moves(after: str, before: str) -> bool:
    """Whether a table goes to another schema: its triggers call functions that lie there."""
    return split_name(after)[0] != split_name(before)[0]


def scalar(column: Column) -> str:
    """The type of the column, or of its elements."""
    return str(column.type).removesuffix("[]")


def _work(change: AlterTable, original: dict[str, str]) -> Work:
    name = change.after.name
    return Work(
        original=original.get(name, name),
        before=change.before,
        current=respelled(current_table(change), change.after),
        after=change.after,
        steps=change.steps,
    )


def _untouched(table: Table, original: dict[str, str]) -> Work:
    return Work(
        original=original.get(table.name, table.name), before=table, current=table, after=table
    )


def _find_retyped(work: Work, rebuilt: Mapping[str, AlterEnum]) -> None:
    for before in work.current.columns:
        after = work.after.column(before.name)
        if after is None or after.generated is not None or is_virtual(before):
            continue
        found = cast(str(before.type), str(after.type), work.enums)
        if scalar(before) in rebuilt and before.type == after.type:
            found = _to_new_enum(rebuilt[scalar(before)], after, found)
        elif before.type == after.type and before.collation == after.collation:
            continue
        work.retyped.append(Retype(before=before, after=after, cast=found))


def _to_new_enum(change: AlterEnum, column: Column, found: Cast) -> Cast:
    """Values of an enum that is made anew go by their text."""
    merged = merged_values(change)
    doubt = None
    if any(isinstance(step, DropValue) for step in change.steps):
        gone = [step.value for step in change.steps if isinstance(step, DropValue)]
        doubt = f"may hold {', '.join(repr(value) for value in gone)}"
    loss = None
    if merged:
        pairs = ", ".join(f"{old!r} and {new!r}" for old, new in merged.items())
        loss = f"holds values that can't be told apart any more: {pairs}"
    if column.type != scalar(column):
        using = f"{COLUMN}::text[]"
        for old, new in one_by_one([*merged.items()], str):
            using = f"array_replace({using}, {literal(old)}, {literal(new)})"
    elif merged:
        cases = " ".join(f"WHEN {literal(o)} THEN {literal(n)}" for o, n in merged.items())
        using = f"(CASE {COLUMN}::text {cases} ELSE {COLUMN}::text END)"
    else:
        using = f"{COLUMN}::text"
    return replace(found, using=f"{using}::{column.type}", rewrites=True, doubt=doubt, loss=loss)


def _find_remade(work: Work) -> None:
    """Computed columns that PostgreSQL can't change in place, or that stand in the way of what can be."""
    moved = {retype.after.name for retype in work.retyped}
    moved |= {column.name for column in work.dropped} | set(work.added)
    for column in work.after.columns:
        before = work.current.column(column.name)
        if before is None:
            continue
        if _computes_otherwise(before, column):
            work.remade.append(column)
        elif column.generated is not None and before.generated is not None:
            used = used_columns(column.generated.expression, work.after)
            used |= used_columns(before.generated.expression, work.current)
            if used & moved:
                work.remade.append(column)


def _computes_otherwise(before: Column, after: Column) -> bool:
    if after.generated is None:
        return is_virtual(before)
    return (before.generated, before.type, before.collation) != (
        after.generated,
        after.type,
        after.collation,
    )


def _sort_steps(work: Work) -> None:
    """The steps about keys, indexes and checks, as what is dropped, added and renamed."""
    for step in work.steps:
        match step:
            case DropForeignKey(key):
                work.drop_keys.append(key)
            case AddForeignKey(key):
                work.add_keys.append(key)
            case RenameForeignKey(before, after):
                work.rename_keys.append((before, after))
            case DropIndex(index):
                work.drop_indexes.append(index)
            case AddIndex(index):
                work.add_indexes.append(index)
            case RenameIndex(before, after):
                work.rename_indexes.append((before, after))
            case DropCheck(check):
                work.drop_checks.append(check)
            case AddCheck(check):
                work.add_checks.append(check)
            case RenameCheck(before, after):
                work.rename_checks.append((before, after))
            case AlterPrimaryKey():
                _sort_primary_key(work, step)
            case _:
                pass  # columns, values and the table itself: read off `steps` where they are needed


def _only_described(work: Work) -> None:
    """An index that differs in its comment alone stays."""
    for new in [*work.add_indexes]:
        for old in work.drop_indexes:
            if old.name == new.name and replace(old, comment=new.comment) == new:
                work.drop_indexes.remove(old)
                work.add_indexes.remove(new)
                work.described.append(new)
                break


def _sort_primary_key(work: Work, step: AlterPrimaryKey) -> None:
    if is_rename(step):
        work.rename_primary = step
    else:
        work.drop_primary, work.add_primary = step.before, step.after


def is_rename(step: AlterPrimaryKey) -> bool:
    """Whether nothing but the name of the key is another."""
    before, after = step.before, step.after
    return before is not None and after is not None and before.columns == after.columns


def _take_along(work: Work, *, online: bool) -> None:
    """Drop and make again what uses a column that is made again, or whose values become others.

    online  checks of columns that change their type at all: the server would look at all rows at once
    """
    gone = {column.name for column in work.remade}
    other = {r.after.name for r in work.retyped if r.cast.rewrites or r.cast.using is not None}
    looked = {r.after.name for r in work.retyped} if online else other
    if not gone and not other and not looked:
        return
    pairs = [(index, index) for index in work.after.indexes if index in work.current.indexes]
    for before, after in (*pairs, *work.rename_indexes):
        used = used_by_index(before, work.current)
        whole = {*before.columns, *before.include}
        if gone & (used | whole) or other & used:
            work.drop_indexes.append(before)
            work.add_indexes.append(after)
            work.again.add(after.name)
            work.rename_indexes = [pair for pair in work.rename_indexes if pair[1] != after]
    checks = [(check, check) for check in work.after.checks if check in work.current.checks]
    for check, new in (*checks, *work.rename_checks):
        if (gone | looked) & used_columns(check.expression, work.current):
            work.drop_checks.append(check)
            work.add_checks.append(new)
            work.rename_checks = [pair for pair in work.rename_checks if pair[1] != new]
    key = work.current.primary_key
    stays = work.drop_primary is None and work.after.primary_key is not None
    if stays and key is not None and gone & {*key.columns}:
        work.drop_primary, work.add_primary = key, work.after.primary_key
        work.rename_primary = None


def _relink(
    works: dict[str, Work], after: Database, made: Collection[str], original: dict[str, str]
) -> None:
    """Drop and make again the foreign keys of all tables that would stand in the way."""
    moved, keys, late = _ends(works)
    switched = {work.after.name for work in works.values() if _is_switched(work)}
    if not moved and not keys and not late and not switched:
        return
    for table in after.tables:
        if table.name in made:
            continue
        work = works.get(table.name) or _untouched(table, original)
        pairs = [(key, key) for key in table.foreign_keys if key in work.current.foreign_keys]
        for before, key in (*pairs, *work.rename_keys):
            target = (key.table, frozenset(key.references))
            own = any((table.name, name) in moved for name in key.columns)
            theirs = any((key.table, name) in moved for name in key.references)
            between = table.name != key.table and {table.name, key.table} <= switched
            if own or theirs or between or target in keys:
                works[table.name] = work
                work.drop_keys.append(before)
                work.add_keys.append(key)
                work.rename_keys = [pair for pair in work.rename_keys if pair[1] != key]
            elif target in late:  # by then it is renamed
                works[key.table].postponed.keys.append((table.name, key))


def _is_switched(work: Work) -> bool:
    """Whether the table becomes unlogged, or logged: none that is logged may refer to one that is not, at any moment."""
    return (UNLOGGED in work.before.options) != (UNLOGGED in work.after.options)


_Key: TypeAlias = tuple[str, frozenset[str]]


def _ends(works: dict[str, Work]) -> tuple[set[tuple[str, str]], set[_Key], set[_Key]]:
    """The columns whose values become others, and the keys that go: at once, and late."""
    moved: set[tuple[str, str]] = set()
    keys: set[_Key] = set()
    late: set[_Key] = set()
    for work in works.values():
        name = work.after.name
        moved |= {(name, r.after.name) for r in work.retyped if r.cast.rewrites or r.cast.using}
        moved |= {(name, column.name) for column in work.remade}
        if work.drop_primary is not None:
            keys.add((name, frozenset(work.drop_primary.columns)))
        keys |= {(name, frozenset(i.columns)) for i in work.drop_indexes if i.unique}
        if work.postponed.gone is not None:
            late.add((name, frozenset(work.postponed.gone.columns)))
        late |= {(name, frozenset(i.columns)) for i in work.postponed.drops if i.unique}
    return moved, keys, late
