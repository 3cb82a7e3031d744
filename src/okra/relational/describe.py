"""Changes in words, a line each, for people: what `generate` and `db:diff` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
    Change,
    CreateEnum,
    CreateTable,
    DropCheck,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    DropTable,
    DropValue,
    EnumStep,
    RenameCheck,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameForeignKey,
    RenameIndex,
    RenameTable,
    RenameValue,
    ReorderValues,
    TableStep,
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
    from collections.abc import Iterable

    from okra.relational.model import Check, Column, PrimaryKey

_PLAIN = ("type", "nullability")  # what speaks for itself


def describe(changes: Iterable[Change]) -> list[str]:
    """One line for each change and step: `+` comes, `-` goes, `~` changes, `>` is renamed."""
    lines: list[str] = []
    for change in changes:
        match change:
            case CreateTable(table):
                lines.append(f"+ table {table.name} ({_count(len(table.columns), 'column')})")
            case DropTable(table):
                lines.append(f"- table {table.name}")
            case RenameTable(before, after):
                lines.append(f"> table {before} → {after}")
            case AlterTable(_, after, steps):
                lines += (describe_step(after.name, step) for step in steps)
            case CreateEnum(enum):
                lines.append(f"+ enum {enum.name} ({', '.join(enum.values)})")
            case DropEnum(enum):
                lines.append(f"- enum {enum.name}")
            case RenameEnum(before, after):
                lines.append(f"> enum {before} → {after}")
            case AlterEnum(_, after, steps):
                lines += (_enum_step(after.name, step) for step in steps)
            case _:
                assert_never(change)
    return lines


def describe_step(table: str, step: TableStep) -> str:
    """One step of an AlterTable as a line."""
    match step:
        case AddColumn(column, fill):
            rows = "" if fill is None else f", rows get {fill}"
            return f"+ column {table}.{column.name}: {column_words(column)}{rows}"
        case DropColumn(column):
            return f"- column {table}.{column.name}"
        case RenameColumn(before, after):
            return f"> column {table}.{before} → {after}"
        case AlterColumn(before, after):
            return f"~ column {table}.{after.name}: {_differences(before, after)}"
        case RenameValue(column, before, after):
            return f"> value {table}.{column}: '{before}' → '{after}'"
        case AlterPrimaryKey(before, after):
            return _primary_key(table, before, after)
        case AlterOptions(before, after):
            return f"~ table {table}: {options_words(before)} → {options_words(after)}"
        case AlterTableComment():
            return f"~ table {table}: comment"
        case AddIndex() | DropIndex() | RenameIndex():
            return _index_step(table, step)
        case AddForeignKey() | DropForeignKey() | RenameForeignKey():
            return _foreign_key_step(table, step)
        case AddCheck() | DropCheck() | RenameCheck():
            return _check_step(table, step)
        case _:
            assert_never(step)


def _index_step(table: str, step: AddIndex | DropIndex | RenameIndex) -> str:
    match step:
        case AddIndex(index):
            return f"+ {kind_of(index)} {index.name} on {table} {index_words(index)}"
        case DropIndex(index):
            return f"- {kind_of(index)} {index.name} on {table}"
        case RenameIndex(before, after):
            return f"> {kind_of(after)} {before.name} → {after.name}"


def _foreign_key_step(table: str, step: AddForeignKey | DropForeignKey | RenameForeignKey) -> str:
    match step:
        case AddForeignKey(key):
            return f"+ foreign key {table} {key_words(key)}"
        case DropForeignKey(key):
            return f"- foreign key {table} {key_words(key)}"
        case RenameForeignKey(before, after):
            return f"> foreign key {table} {before.name} → {after.name}"


def _check_step(table: str, step: AddCheck | DropCheck | RenameCheck) -> str:
    match step:
        case AddCheck(check):
            return f"+ check {table} {_check(check)}"
        case DropCheck(check):
            return f"- check {table} {_check(check)}"
        case RenameCheck(before, after):
            return f"> check {table} {before.name} → {after.name}"


def _enum_step(enum: str, step: EnumStep) -> str:
    match step:
        case AddValue(value, behind):
            return f"+ value {enum}.{value}" + (f" behind {behind}" if behind else " at the front")
        case DropValue(value):
            return f"- value {enum}.{value}"
        case RenameEnumValue(before, after):
            return f"> value {enum}.{before} → {after}"
        case ReorderValues(_, after):
            return f"~ enum {enum}: order {', '.join(after)}"
        case _:
            assert_never(step)


def _differences(before: Column, after: Column) -> str:
    """What differs, `before → after` for each."""
    found = column_differences(before, after)
    return ", ".join(
        f"{'' if what in _PLAIN else what} {old} → {new}".strip() for what, old, new in found
    )


def _primary_key(table: str, before: PrimaryKey | None, after: PrimaryKey | None) -> str:
    if before and after and before.columns == after.columns:
        return f"> primary key {before.name or table} → {after.name or table}"
    return f"~ primary key {table}: {primary_key_words(before)} → {primary_key_words(after)}"


def _check(check: Check) -> str:
    return f"{check.name} {check_words(check)}" if check.name else check_words(check)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
