"""SQLite's way to change a table: a new one is made, filled and put in its place. That is one change, not four."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.lint.acts import (
    Act,
    AddsCheck,
    AddsColumn,
    AddsForeignKey,
    AddsKey,
    ColumnText,
    CreatesTable,
    DropsColumn,
    DropsTables,
    RenamesColumn,
    RenamesTable,
    SetsNotNull,
    SetsType,
)
from okra.lint.cursor import Cursor, lexemes
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterPrimaryKey,
    AlterTable,
    DropCheck,
    DropColumn,
    RenameColumn,
)
from okra.relational.sqltext import TokenKind, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from okra.dialects.base import Script
    from okra.relational.changes import Change, TableStep


def folded(
    read: Sequence[tuple[Script, tuple[Act, ...]]],
    provider: str,
    changes: Callable[[], Sequence[Change]],
) -> list[tuple[Act, ...]]:
    """The acts of each statement; those of a rebuild are what it changes, at its first statement."""
    acts = [done for _, done in read]
    if provider != "sqlite":
        return acts
    rebuilds = _rebuilds(acts)
    known = changes() if rebuilds else ()
    altered = {
        change.after.name.lower(): change for change in known if isinstance(change, AlterTable)
    }
    for first, dropped, renamed, table in rebuilds:
        change = altered.get(table.lower())
        at = next(act.at for act in acts[first] if isinstance(act, CreatesTable))
        steps = change.steps if change is not None else ()
        copied = _copied(read[first:dropped], acts[first])
        said = [act for each in acts for act in each]
        done = {_of_columns(act) for act in said} - {None}
        kept = {(act.table.lower(), act.column) for act in said if isinstance(act, RenamesColumn)}
        replaced = any(isinstance(step, DropCheck) for step in steps)
        acts[first] = tuple(
            replace(act, again=replaced) if isinstance(act, AddsCheck) else act
            for step in steps
            for act in _acts(step, table, at, copied)
            if _of_columns(act) not in done and _dropped(act) not in kept
        )
        acts[dropped] = acts[renamed] = ()
    return acts


def _rebuilds(acts: Sequence[tuple[Act, ...]]) -> list[tuple[int, int, int, str]]:
    """Where a new table is made, the old one dropped and the new one renamed, and the table's name."""
    created: dict[str, int] = {}
    dropped: dict[str, int] = {}
    found = []
    for number, done in enumerate(acts):
        for act in done:
            if isinstance(act, CreatesTable):
                created[act.table.lower()] = number
            elif isinstance(act, DropsTables):
                dropped |= {table.lower(): number for table in act.tables}
            elif isinstance(act, RenamesTable):
                new, old = act.table.lower(), act.after.lower()
                if new in created and created[new] < dropped.get(old, -1):
                    found.append((created[new], dropped[old], number, act.after))
    return found


def _of_columns(act: Act) -> tuple[str, ...] | None:
    """What an act adds or renames: other statements of the migration may have done so before the rebuild."""
    match act:
        case AddsColumn(table=table, column=column):
            return table.lower(), column.name
        case RenamesColumn(table=table, column=before, after=after):
            return table.lower(), before, after
        case _:
            return None


def _dropped(act: Act) -> tuple[str, str] | None:
    """The column that an act drops: where it was renamed before the rebuild, it is kept aside."""
    return (act.table.lower(), act.column) if isinstance(act, DropsColumn) else None


def _copied(
    statements: Iterable[tuple[Script, tuple[Act, ...]]], making: Iterable[Act]
) -> dict[str, str]:
    """Column → what rows that are there get in it, from `INSERT INTO new (…) SELECT … FROM old`.

    making  the acts of the statement that makes the new table
    """
    new = {act.table.lower() for act in making if isinstance(act, CreatesTable)}
    for script, _ in statements:
        cursor = Cursor(lexemes(script.sql, "sqlite"), lower=False)
        if not cursor.take("INSERT", "INTO") or cursor.name().lower() not in new:
            continue
        columns = cursor.names()
        if not cursor.take("SELECT"):
            continue
        inner = Cursor(cursor.until(frozenset({"FROM"})), lower=False)
        values = [" ".join(item.rest()) for item in inner.clauses()]
        return dict(zip(columns, values, strict=False))
    return {}


def _is_filled(value: str) -> bool:
    """Whether rows with NULL get something else."""
    return value.upper().startswith(("COALESCE (", "IFNULL ("))


def _acts(step: TableStep, table: str, at: int, copied: Mapping[str, str]) -> Iterator[Act]:
    """What one step of the change does, as a statement of its own would.

    copied  what rows that are there get, by column
    """
    match step:
        case AddColumn(column, fill):
            kind = None
            if column.generated is not None:
                kind = "stored" if column.generated.stored else "virtual"
            given = copied.get(column.name, fill)
            default = given if column.default is None else str(column.default)
            text = ColumnText(
                name=column.name,
                type=str(column.type),
                required=not column.nullable,
                default=default,
                generated=kind,
                identity=column.identity,
            )
            yield AddsColumn(at=at, table=table, column=text)
        case DropColumn(column):
            yield DropsColumn(at=at, table=table, column=column.name)
        case RenameColumn(before, after):
            yield RenamesColumn(at=at, table=table, column=before, after=after)
        case AlterColumn(before, after, fill):
            if before.type != after.type:
                yield SetsType(at=at, table=table, column=after.name, type=str(after.type))
            filled = fill is not None or _is_filled(copied.get(after.name, ""))
            if before.nullable and not after.nullable and not filled:
                yield SetsNotNull(at=at, table=table, column=after.name)
        case AddForeignKey(key):
            yield AddsForeignKey(at=at, table=table, columns=key.columns, parent=key.table)
        case AddCheck(check):
            names = (TokenKind.NAME, TokenKind.WORD)
            words = [
                name_of(t.text) for t in lexemes(check.expression, "sqlite") if t.kind in names
            ]
            yield AddsCheck(at=at, table=table, words=tuple(words))
        case AddIndex(index) if index.constraint:
            yield AddsKey(at=at, table=table, columns=index.columns)
        case AlterPrimaryKey(_, after) if after is not None:
            yield AddsKey(at=at, table=table, columns=after.columns, primary=True)
        case _:
            pass
