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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.model import (
        Check,
        Column,
        ColumnDefault,
        ForeignKey,
        Index,
        IndexPart,
        PrimaryKey,
    )


_SHOWN = 80


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
            return f"+ column {table}.{column.name}: {_column(column)}{rows}"
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
            return f"~ table {table}: {_words(before)} → {_words(after)}"
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
            return f"+ {_index(index)} {index.name} on {table} ({_parts(index)}){_more(index)}"
        case DropIndex(index):
            return f"- {_index(index)} {index.name} on {table}"
        case RenameIndex(before, after):
            return f"> {_index(after)} {before.name} → {after.name}"


def _foreign_key_step(table: str, step: AddForeignKey | DropForeignKey | RenameForeignKey) -> str:
    match step:
        case AddForeignKey(key):
            return f"+ foreign key {table} {_foreign_key(key)}"
        case DropForeignKey(key):
            return f"- foreign key {table} {_foreign_key(key)}"
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


def _column(column: Column) -> str:
    words = [str(column.type) or "any type", "null" if column.nullable else "not null"]
    if column.identity:
        words.append("autoincrement")
    if column.default is not None:
        words.append(f"default {_default(column.default)}")
    if column.generated is not None:
        words.append(f"as ({_short(column.generated.expression)})")
    if column.updated_at:
        words.append("updated at")
    return " ".join(words)


def _differences(before: Column, after: Column) -> str:
    """What differs, `before → after` for each."""
    pairs = (
        ("", str(before.type) or "any type", str(after.type) or "any type"),
        ("", _null(before), _null(after)),
        ("default", _default(before.default), _default(after.default)),
        ("autoincrement", _counted(before), _counted(after)),
        ("generated", _generated(before), _generated(after)),
        ("collation", before.collation or "none", after.collation or "none"),
        ("comment", before.comment or "none", after.comment or "none"),
        ("updated at", _yes(before.updated_at), _yes(after.updated_at)),
    )
    return ", ".join(f"{what} {old} → {new}".strip() for what, old, new in pairs if old != new)


def _null(column: Column) -> str:
    return "null" if column.nullable else "not null"


def _default(default: ColumnDefault | None) -> str:
    return "none" if default is None else _short(str(default))


def _short(text: str) -> str:
    """`text`, or the beginning of one that is too long to read at a glance."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _counted(column: Column) -> str:
    """Whether and how the column is counted up."""
    counter = column.counter
    if not column.identity or counter is None:
        return _yes(column.identity)
    names = ("start", "increment", "minimum", "maximum", "cache")
    words = [] if counter.kind is None else [str(counter.kind)]
    words += (f"{name} {value}" for name in names if (value := getattr(counter, name)) is not None)
    words += ["cycle"] if counter.cycle else []
    return " ".join(words) or "yes"


def _generated(column: Column) -> str:
    if column.generated is None:
        return "no"
    kind = "stored" if column.generated.stored else "virtual"
    return f"({_short(column.generated.expression)}) {kind}"


def _index(index: Index) -> str:
    if index.constraint:
        return "unique constraint"
    return "unique index" if index.unique else "index"


def _parts(index: Index) -> str:
    return ", ".join(_part(part) for part in index.parts)


def _part(part: IndexPart) -> str:
    words = [part.column or f"({part.expression})"]
    if part.collation:
        words.append(f"collate {part.collation}")
    if part.length is not None:
        words[0] += f"({part.length})"
    if part.ops:
        words.append(part.ops)
    if part.descending:
        words.append("desc")
    if part.nulls:
        words.append(f"nulls {part.nulls.lower()}")
    return " ".join(words)


def _more(index: Index) -> str:
    """What is special about an index, behind its parts."""
    words = [f"using {index.method}"] if index.method else []
    words += [f"include {', '.join(index.include)}"] if index.include else []
    words += [] if index.nulls_distinct else ["nulls not distinct"]
    words += [f"where {index.where}"] if index.where else []
    words += [f"with {', '.join(index.options)}"] if index.options else []
    words += [_deferral(index)] if index.deferrable else []
    words += [] if index.visible else ["invisible"]
    words += [f"comment {_short(index.comment)}"] if index.comment else []
    return "".join(f" {word}" for word in words)


def _deferral(key: Index | ForeignKey) -> str:
    return "deferred" if key.initially_deferred else "deferrable"


def _foreign_key(key: ForeignKey) -> str:
    actions = f"on delete {key.on_delete.lower()}, on update {key.on_update.lower()}"
    deferred = f", {_deferral(key)}" if key.deferrable else ""
    columns, references = ", ".join(key.columns), ", ".join(key.references)
    return f"({columns}) → {key.table} ({references}), {actions}{deferred}"


def _check(check: Check) -> str:
    expression = f"({_short(check.expression)})"
    return f"{check.name} {expression}" if check.name else expression


def _primary_key(table: str, before: PrimaryKey | None, after: PrimaryKey | None) -> str:
    if before and after and before.columns == after.columns:
        return f"> primary key {before.name or table} → {after.name or table}"
    old = f"({', '.join(before.columns)})" if before else "none"
    new = f"({', '.join(after.columns)})" if after else "none"
    return f"~ primary key {table}: {old} → {new}"


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "no options"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
