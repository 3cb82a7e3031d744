"""Changes → SQLite statements, with the hazards of each: natively where SQLite can, else by one rebuild a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from okra.dialects.hazards import rename_hazards
from okra.dialects.notices import rewrites
from okra.dialects.sqlite.planning.changed_values import retyped
from okra.dialects.sqlite.planning.hazards import step_hazards
from okra.dialects.sqlite.planning.native import (
    inline_steps,
    keeps_no_column,
    native_column,
    rebuilds,
)
from okra.dialects.sqlite.planning.rebuild import rebuild
from okra.dialects.sqlite.planning.tables import create_index, create_table
from okra.dialects.sqlite.planning.triggers import updated_at_trigger
from okra.dialects.sqlite.quoting import quote
from okra.dialects.statements import drop_tables, plain_index
from okra.plan import Hazard, Plan, Statement
from okra.relational.changes import (
    AddColumn,
    AddIndex,
    AlterEnum,
    AlterTable,
    Change,
    CreateEnum,
    CreateTable,
    DropColumn,
    DropEnum,
    DropIndex,
    DropTable,
    RenameColumn,
    RenameEnum,
    RenameIndex,
    RenameTable,
)
from okra.relational.current import current_table, original_names
from okra.relational.describe import describe_step
from okra.relational.pairs import one_by_one
from okra.relational.sqltext import ascii_lower
from okra.relational.uses import is_virtual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.sqlite.planning.changed_values import Retyped
    from okra.relational.changes import TableStep
    from okra.relational.model import Column, Database, Index, Table
    from okra.relational.pairs import Pair


def plan(changes: Sequence[Change], after: Database) -> Plan:
    """The statements for `changes`, which are in working order and lead to `after`.

    What a rebuild would take along is dropped by name first, so that only what is to stay comes back.
    """
    touched = _touched(changes, after)
    statements: list[Statement] = []
    for before, table in touched:
        statements += _drop_triggers(before, table)
    statements += _drop_indexes(changes)
    statements += drop_tables(changes, quote)
    statements += _rename_tables(changes)
    altered = [change for change in changes if isinstance(change, AlterTable)]
    for alter in altered:
        statements += _rename_columns(alter)
    others = retyped(changes)
    for change in changes:
        match change:
            case CreateTable(table):
                statements += _create_table(table)
            case AlterTable():
                statements += _alter_table(change, others)
            case DropTable() | RenameTable():
                pass  # done above
            case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum():
                pass  # a SQLite database has no enum types: resolve made them checks
            case _:
                assert_never(change)
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    rebuilt = {alter.after.name for alter in altered if rebuilds(alter, current_table(alter))}
    for before, table in touched:
        if table.name not in made:
            statements += _create_triggers(before, table, anew=table.name in rebuilt)
    return Plan(statements=tuple(statements))


def _touched(changes: Sequence[Change], after: Database) -> list[tuple[Table, Table]]:
    """(before, after) of each table that is altered or renamed; `before` under its old name."""
    original = original_names(changes)
    pairs = {c.after.name: (c.before, c.after) for c in changes if isinstance(c, AlterTable)}
    tables = {table.name: table for table in after.tables} if original else {}
    for name in original:
        if name not in pairs:
            pairs[name] = (tables[name], tables[name])
    return [
        (replace(before, name=original.get(name, name)), table)
        for name, (before, table) in sorted(pairs.items())
    ]


def _triggers(table: Table) -> dict[str, str]:
    return dict(updated_at_trigger(table, c) for c in table.columns if c.updated_at)


def _drop_triggers(before: Table, after: Table) -> list[Statement]:
    wanted = _triggers(after)
    return [
        Statement(
            sql=f"DROP TRIGGER {quote(name)}",
            purpose=f"take the updated-at trigger off {before.name}",
        )
        for name, sql in _triggers(before).items()
        if wanted.get(name) != sql
    ]


def _create_triggers(before: Table, after: Table, *, anew: bool) -> list[Statement]:
    known = {} if anew else _triggers(before)
    return [
        Statement(sql=sql, purpose=f"keep the updated-at column of {after.name}")
        for name, sql in _triggers(after).items()
        if known.get(name) != sql
    ]


def _drop_indexes(changes: Sequence[Change]) -> list[Statement]:
    dropped: list[tuple[str, str]] = []
    original = original_names(changes)
    for change in changes:
        if not isinstance(change, AlterTable):
            continue
        for step in change.steps:
            match step:
                case DropIndex(index) | RenameIndex(index):
                    if not index.constraint:
                        dropped.append(
                            (original.get(change.after.name, change.after.name), index.name)
                        )
                case _:
                    pass
    return [
        Statement(sql=f"DROP INDEX {quote(name)}", purpose=f"drop index {name} of {table}")
        for table, name in dropped
    ]


def _rename_tables(changes: Sequence[Change]) -> list[Statement]:
    pairs = [(change.before, change.after) for change in changes if isinstance(change, RenameTable)]
    return [
        Statement(
            sql=f"ALTER TABLE {quote(before)} RENAME TO {quote(after)}",
            purpose=f"rename table {before} to {after}",
            hazards=_rename_hazards(before, before, pairs),
        )
        for before, after in one_by_one(pairs, ascii_lower)
    ]


def _rename_columns(change: AlterTable) -> list[Statement]:
    table = change.after.name
    pairs = [(step.before, step.after) for step in change.steps if isinstance(step, RenameColumn)]
    at_once = [pair for pair in pairs if _same_to_sqlite(*pair)]
    others = [pair for pair in pairs if pair not in at_once]
    return [
        Statement(
            sql=f"ALTER TABLE {quote(table)} RENAME COLUMN {quote(before)} TO {quote(after)}",
            purpose=f"rename column {table}.{before} to {after}",
            hazards=_rename_hazards(f"{table}.{before}", before, pairs),
        )
        for before, after in (*at_once, *one_by_one(others, ascii_lower))
    ]


def _rename_hazards(shown: str, before: str, pairs: Sequence[Pair]) -> tuple[Hazard, ...]:
    """None for a name of OKRA's own on the way, and for one that SQLite takes for the new one."""
    after = dict(pairs).get(before)
    return () if after is None or _same_to_sqlite(before, after) else tuple(rename_hazards(shown))


def _same_to_sqlite(before: str, after: str) -> bool:
    return ascii_lower(before) == ascii_lower(after)


def _create_table(table: Table) -> list[Statement]:
    statements = [
        Statement(
            sql=create_table(table, table.name),
            purpose=f"create table {table.name}",
            change=CreateTable(table=table),
        )
    ]
    statements += (_create_index(table, index) for index in _plain_indexes(table))
    statements += (
        Statement(sql=sql, purpose=f"keep the updated-at column of {table.name}")
        for sql in _triggers(table).values()
    )
    return statements


def _plain_indexes(table: Table) -> list[Index]:
    return [index for index in table.indexes if not index.constraint]


def _create_index(table: Table, index: Index, hazards: tuple[Hazard, ...] = ()) -> Statement:
    return plain_index(create_index(index, table.name), table, index, hazards)


def _alter_table(change: AlterTable, others: Retyped) -> list[Statement]:
    table = change.after
    current = current_table(change)
    if not rebuilds(change, current):
        return _alter_natively(change, current, others)
    steps = [step for step in change.steps if not isinstance(step, RenameColumn)]
    hazards = tuple(
        hazard for step in steps for hazard in step_hazards(step, change, current, others)
    )
    notes = tuple(describe_step(table.name, step) for step in steps)
    statements = rebuild(change, current, tuple(dict.fromkeys(hazards)), notes)
    statements += (_create_index(table, index) for index in _plain_indexes(table))
    return statements


def _alter_natively(change: AlterTable, current: Table, others: Retyped) -> list[Statement]:
    table = change.after
    name = quote(table.name)
    drops: list[Statement] = []
    adds: list[Statement] = []
    indexes: list[Statement] = []
    for step in sorted(change.steps, key=_computed_first):
        hazards = tuple(step_hazards(step, change, current, others))
        match step:
            case DropColumn(column):
                drops.append(
                    Statement(
                        sql=f"ALTER TABLE {name} DROP COLUMN {quote(column.name)}",
                        purpose=f"drop column {table.name}.{column.name}",
                        hazards=(*hazards, *_rewrites(table, column)),
                    )
                )
            case AddColumn(column):
                for part in inline_steps(column, change):
                    hazards += tuple(step_hazards(part, change, current, others))
                adds.append(
                    Statement(
                        sql=f"ALTER TABLE {name} ADD COLUMN {native_column(column, change)}",
                        purpose=f"add column {table.name}.{column.name}",
                        hazards=hazards,
                    )
                )
            case AddIndex(index) | RenameIndex(_, index):
                indexes.append(_create_index(table, index, hazards))
            case _:
                pass  # renames are done, triggers follow, all others make a rebuild
    columns = [*adds, *drops] if keeps_no_column(change, current) else [*drops, *adds]
    return [*columns, *indexes]


def _rewrites(table: Table, column: Column) -> tuple[Hazard, ...]:
    """DROP COLUMN takes the values out of every row, where there are any."""
    if is_virtual(column):
        return ()
    return (rewrites(f"writes all rows of `{table.name}` anew"),)


def _computed_first(step: TableStep) -> bool:
    """For sorting: what is computed from a column has to go before the column does."""
    return not (isinstance(step, DropColumn) and step.column.generated is not None)
