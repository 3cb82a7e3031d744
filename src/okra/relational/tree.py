"""What differs between two databases as a tree of objects: each with what it is before and after, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AddValue,
    AlterColumn,
    AlterEnum,
    AlterOptions,
    AlterPrimaryKey,
    AlterTable,
    AlterTableComment,
    CreateEnum,
    CreateTable,
    DropCheck,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    DropTable,
    DropValue,
    RenameCheck,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameForeignKey,
    RenameIndex,
    RenameTable,
    RenameValue,
    ReorderValues,
)
from okra.relational.words import (
    check_words,
    column_differences,
    column_words,
    index_words,
    key_words,
    kind_of,
    options_words,
    primary_key_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.relational.changes import Change, TableStep
    from okra.relational.model import Check, Column, EnumType, ForeignKey, Index, Table


class Difference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One object that differs.

    kind           `table`, `column`, `index` …, or what of a column it is: `type`, `default` …
    name           empty where the kind says it all
    before, after  what it is, in words; None where it is not there
    parts          what of it differs; then `before` and `after` are not said
    """

    kind: str
    name: str = ""
    before: str | None = None
    after: str | None = None
    parts: tuple[Difference, ...] = ()


def tree(changes: Iterable[Change]) -> tuple[Difference, ...]:
    """The objects that `changes` are about, each once, by kind and name."""
    found: dict[tuple[str, str], Difference] = {}
    for change in changes:
        each = _difference(change)
        known = found.get((each.kind, each.name), Difference(kind=each.kind, name=each.name))
        found[each.kind, each.name] = _merged(known, each)
    return tuple(found[key] for key in sorted(found))


def _difference(change: Change) -> Difference:
    match change:
        case CreateTable(table):
            return _object("table", table.name, None, _size(table))
        case DropTable(table):
            return _object("table", table.name, _size(table), None)
        case RenameTable(before, after):
            return _renamed("table", before, after)
        case AlterTable(_, after, steps):
            return Difference(kind="table", name=after.name, parts=_steps(steps))
        case CreateEnum(enum):
            return _object("enum", enum.name, None, _values(enum))
        case DropEnum(enum):
            return _object("enum", enum.name, _values(enum), None)
        case RenameEnum(before, after):
            return _renamed("enum", before, after)
        case AlterEnum(before, after, steps):
            return Difference(kind="enum", name=after.name, parts=_enum_parts(before, after, steps))
        case _:
            assert_never(change)


def _steps(steps: Iterable[TableStep]) -> tuple[Difference, ...]:
    """Each object once: an index that goes and comes back under its name is one that differs."""
    found: dict[tuple[str, str], Difference] = {}
    for step in steps:
        each = _step(step)
        known = found.get((each.kind, each.name))
        found[each.kind, each.name] = each if known is None else _merged(known, each)
    return tuple(found.values())


def _merged(one: Difference, other: Difference) -> Difference:
    return msgspec.structs.replace(
        one,
        before=other.before if one.before is None else one.before,
        after=other.after if one.after is None else one.after,
        parts=one.parts + other.parts,
    )


def _step(step: TableStep) -> Difference:
    match step:
        case AddColumn(column):
            return _object("column", column.name, None, column_words(column))
        case DropColumn(column):
            return _object("column", column.name, column_words(column), None)
        case RenameColumn(before, after):
            return _renamed("column", before, after)
        case AlterColumn(before, after):
            return Difference(kind="column", name=after.name, parts=_column_parts(before, after))
        case RenameValue(column, before, after):
            part = _object("value", "", f"'{before}'", f"'{after}'")
            return Difference(kind="column", name=column, parts=(part,))
        case AlterPrimaryKey(before, after):
            return _object("primary key", "", primary_key_words(before), primary_key_words(after))
        case AlterOptions(before, after):
            return _object("options", "", options_words(before), options_words(after))
        case AlterTableComment(before, after):
            return _object("comment", "", before or "none", after or "none")
        case AddIndex() | DropIndex() | RenameIndex():
            return _index_step(step)
        case AddForeignKey() | DropForeignKey() | RenameForeignKey():
            return _key_step(step)
        case AddCheck() | DropCheck() | RenameCheck():
            return _check_step(step)
        case _:
            assert_never(step)


def _index_step(step: AddIndex | DropIndex | RenameIndex) -> Difference:
    match step:
        case AddIndex(index):
            return _object("index", index.name, None, _index(index))
        case DropIndex(index):
            return _object("index", index.name, _index(index), None)
        case RenameIndex(before, after):
            return _renamed("index", before.name, after.name)


def _key_step(step: AddForeignKey | DropForeignKey | RenameForeignKey) -> Difference:
    match step:
        case AddForeignKey(key):
            return _object("foreign key", _key_name(key), None, key_words(key))
        case DropForeignKey(key):
            return _object("foreign key", _key_name(key), key_words(key), None)
        case RenameForeignKey(before, after):
            return _renamed("foreign key", _key_name(before), _key_name(after))


def _check_step(step: AddCheck | DropCheck | RenameCheck) -> Difference:
    match step:
        case AddCheck(check):
            return _object("check", _check_name(check), None, check_words(check))
        case DropCheck(check):
            return _object("check", _check_name(check), check_words(check), None)
        case RenameCheck(before, after):
            return _renamed("check", _check_name(before), _check_name(after))


def _column_parts(before: Column, after: Column) -> tuple[Difference, ...]:
    return tuple(
        _object(what, "", old, new) for what, old, new in column_differences(before, after)
    )


def _enum_parts(
    before: EnumType,
    after: EnumType,
    steps: Sequence[AddValue | DropValue | RenameEnumValue | ReorderValues],
) -> tuple[Difference, ...]:
    parts = [_object("values", "", _values(before), _values(after))] if steps else []
    if before.comment != after.comment:
        parts.append(_object("comment", "", before.comment or "none", after.comment or "none"))
    return tuple(parts)


def _object(kind: str, name: str, before: str | None, after: str | None) -> Difference:
    return Difference(kind=kind, name=name, before=before, after=after)


def _renamed(kind: str, before: str, after: str) -> Difference:
    return Difference(kind=kind, name=after, parts=(_object("name", "", before, after),))


def _size(table: Table) -> str:
    count = len(table.columns)
    return "1 column" if count == 1 else f"{count} columns"


def _values(enum: EnumType) -> str:
    return ", ".join(enum.values)


def _index(index: Index) -> str:
    return f"{kind_of(index)} {index_words(index)}"


def _key_name(key: ForeignKey) -> str:
    return key.name or f"({', '.join(key.columns)})"


def _check_name(check: Check) -> str:
    return check.name or check_words(check)
