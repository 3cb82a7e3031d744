"""Changes → SQLite statements, with the hazards of each: natively where SQLite can, else by one rebuild a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from okra.dialects.sqlite.hazards import step_hazards, table_loss
from okra.dialects.sqlite.native import native_column, rebuilds
from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.rebuild import rebuild
from okra.dialects.sqlite.tables import create_index, create_table
from okra.dialects.sqlite.triggers import updated_at_trigger
from okra.plan import Hazard, HazardKind, Plan, Statement
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
from okra.relational.describe import describe_step
from okra.relational.model import Database
from okra.relational.renaming import ColumnRename, Renames, renamed_database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Index, Table


def plan(changes: Sequence[Change], after: Database) -> Plan:
    """The statements for `changes`, which are in working order and lead to `after`.

    What a rebuild would take along is dropped by name first, so that only what is to stay comes back.
    """
    touched = _touched(changes, after)
    statements: list[Statement] = []
    for before, table in touched:
        statements += _drop_triggers(before, table)
    statements += _drop_indexes(changes)
    statements += _renames_and_drops(changes)
    for change in changes:
        match change:
            case CreateTable(table):
                statements += _create_table(table)
            case AlterTable():
                statements += _alter_table(change)
            case DropTable() | RenameTable():
                pass  # done above
            case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum():
                pass  # a SQLite database has no enum types: resolve made them checks
            case _:
                assert_never(change)
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    rebuilt = {
        change.after.name
        for change in changes
        if isinstance(change, AlterTable) and rebuilds(change, current_table(change))
    }
    for before, table in touched:
        if table.name not in made:
            statements += _create_triggers(before, table, anew=table.name in rebuilt)
    return Plan(statements=tuple(statements))


def _touched(changes: Sequence[Change], after: Database) -> list[tuple[Table, Table]]:
    """(before, after) of each table that is altered or renamed; `before` under its old name."""
    original = {c.after: c.before for c in changes if isinstance(c, RenameTable)}
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
        Statement(sql=sql, purpose=f"keep {after.name}'s updated-at column")
        for name, sql in _triggers(after).items()
        if known.get(name) != sql
    ]


def _drop_indexes(changes: Sequence[Change]) -> list[Statement]:
    dropped: list[tuple[str, str]] = []
    for change in changes:
        if not isinstance(change, AlterTable):
            continue
        for step in change.steps:
            match step:
                case DropIndex(index) | RenameIndex(index):
                    if not index.constraint:
                        dropped.append((change.after.name, index.name))
                case _:
                    pass
    return [
        Statement(sql=f"DROP INDEX {quote(name)}", purpose=f"drop index {name} of {table}")
        for table, name in dropped
    ]


def _renames_and_drops(changes: Sequence[Change]) -> list[Statement]:
    statements: list[Statement] = []
    for change in changes:
        match change:
            case DropTable(table):
                statements.append(
                    Statement(
                        sql=f"DROP TABLE {quote(table.name)}",
                        purpose=f"drop table {table.name}",
                        hazards=(table_loss(table),),
                    )
                )
            case RenameTable(before, after):
                statements.append(
                    Statement(
                        sql=f"ALTER TABLE {quote(before)} RENAME TO {quote(after)}",
                        purpose=f"rename table {before} to {after}",
                        hazards=(_breaks(f"code that uses the name `{before}` fails"),),
                    )
                )
            case _:
                pass
    for change in changes:
        if isinstance(change, AlterTable):
            statements += _rename_columns(change)
    return statements


def _rename_columns(change: AlterTable) -> list[Statement]:
    table = change.after.name
    return [
        Statement(
            sql=(
                f"ALTER TABLE {quote(table)} RENAME COLUMN"
                f" {quote(step.before)} TO {quote(step.after)}"
            ),
            purpose=f"rename column {table}.{step.before} to {step.after}",
            hazards=(_breaks(f"code that uses the name `{table}.{step.before}` fails"),),
        )
        for step in change.steps
        if isinstance(step, RenameColumn)
    ]


def _breaks(message: str) -> Hazard:
    return Hazard(kind=HazardKind.BREAKS_CODE, message=message)


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
        Statement(sql=sql, purpose=f"keep {table.name}'s updated-at column")
        for sql in _triggers(table).values()
    )
    return statements


def _plain_indexes(table: Table) -> list[Index]:
    return [index for index in table.indexes if not index.constraint]


def _create_index(table: Table, index: Index, hazards: tuple[Hazard, ...] = ()) -> Statement:
    kind = "unique index" if index.unique else "index"
    return Statement(
        sql=create_index(index, table.name),
        purpose=f"{kind} {table.name} by {', '.join(index.columns) or 'an expression'}",
        hazards=hazards,
    )


def current_table(change: AlterTable) -> Table:
    """`change.before` once its columns are renamed."""
    renames = Renames(
        columns=tuple(
            ColumnRename(table=change.before.name, before=step.before, after=step.after)
            for step in change.steps
            if isinstance(step, RenameColumn)
        )
    )
    return renamed_database(Database(tables=(change.before,)), renames).tables[0]


def _alter_table(change: AlterTable) -> list[Statement]:
    table = change.after
    current = current_table(change)
    if not rebuilds(change, current):
        return _alter_natively(change)
    steps = [step for step in change.steps if not isinstance(step, RenameColumn)]
    hazards = tuple(hazard for step in steps for hazard in step_hazards(table, step))
    statements = rebuild(change, current, hazards)
    what = "; ".join(describe_step(table.name, step) for step in steps)
    statements[0] = replace(statements[0], purpose=f"rebuild {table.name} ({what})")
    statements += (_create_index(table, index) for index in _plain_indexes(table))
    return statements


def _alter_natively(change: AlterTable) -> list[Statement]:
    table = change.after
    statements: list[Statement] = []
    for step in change.steps:
        hazards = step_hazards(table, step)
        match step:
            case DropColumn(column):
                statements.append(
                    Statement(
                        sql=f"ALTER TABLE {quote(table.name)} DROP COLUMN {quote(column.name)}",
                        purpose=f"drop column {table.name}.{column.name}",
                        hazards=hazards,
                    )
                )
            case AddColumn(column):
                statements.append(
                    Statement(
                        sql=f"ALTER TABLE {quote(table.name)} ADD COLUMN {native_column(column, change)}",
                        purpose=f"add column {table.name}.{column.name}",
                        hazards=hazards,
                    )
                )
            case AddIndex(index) | RenameIndex(_, index):
                statements.append(_create_index(table, index, hazards))
            case _:
                pass  # renames are done, triggers follow, all others make a rebuild
    return statements
