"""Changes → MySQL statements, with the hazards of each.

Every statement commits by itself. The order is such that each leaves something that works, and that the next
run can go on behind it: foreign keys go first and come last, tables are dropped one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from okra.dialects.hazards import rename_hazards
from okra.dialects.mysql.planning.algorithms import Operation, Way, alter_sql, way_of
from okra.dialects.mysql.planning.alter import alter_table
from okra.dialects.mysql.planning.check_names import free_check_names
from okra.dialects.mysql.planning.columns import hindrances
from okra.dialects.mysql.planning.hazards import key_hazards, way_hazards
from okra.dialects.mysql.planning.implicit import implicit_indexes
from okra.dialects.mysql.planning.keys import Keys, foreign_keys
from okra.dialects.mysql.planning.renames import rename_columns
from okra.dialects.mysql.planning.tables import create_table, foreign_key_sql, index_sql
from okra.dialects.mysql.quoting import quote
from okra.dialects.statements import drop_tables
from okra.plan import Hazard, Plan, Statement
from okra.relational.changes import (
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
from okra.relational.current import current_table, original_names
from okra.relational.pairs import one_by_one
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.relational.model import Database, ForeignKey, Table


def plan(changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
    """The statements for `changes`, which are in working order and lead to `after`.

    online  makes no difference: each statement names the least blocking way there is
    """
    del online
    keys = foreign_keys(changes, after)
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    statements = _drop_keys(keys, _present(changes, after))
    statements += drop_tables(changes, quote)
    statements += _rename_tables(changes)
    freed, changes = free_check_names(changes)
    statements += freed
    altered = [change for change in changes if isinstance(change, AlterTable)]
    for alter in altered:
        statements += rename_columns(alter)
    referred = _referred(after)
    for change in changes:
        match change:
            case CreateTable(table):
                statements.append(_create_table(table, keys.added.get(table.name, ())))
            case AlterTable():
                name = change.after.name
                coming = keys.added.get(name, ())
                targets = referred.get(name, ())
                statements += alter_table(change, coming, targets, made=name in made)
            case DropTable() | RenameTable():
                pass  # done above
            case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum():
                pass  # a MySQL database has no enum types: resolve made them types of columns
            case _:
                assert_never(change)
    statements += _add_keys(keys, changes, after, made)
    return Plan(statements=tuple(statements))


def _referred(after: Database) -> dict[str, set[str]]:
    """Table → the columns with which the parts begin that foreign keys refer to."""
    found: dict[str, set[str]] = {}
    for table in after.tables:
        for key in table.foreign_keys:
            found.setdefault(key.table, set()).add(key.references[0])
    return found


def _present(changes: Sequence[Change], after: Database) -> dict[str, Table]:
    """The tables that are there before `changes`, by the name that they have then."""
    original = original_names(changes)
    found = {original.get(table.name, table.name): table for table in after.tables}
    for change in changes:
        match change:
            case AlterTable(before):
                found[original.get(before.name, before.name)] = before
            case DropTable(table):
                found[table.name] = table
            case _:
                pass
    return found


def _drop_keys(keys: Keys, present: Mapping[str, Table]) -> list[Statement]:
    return [_drop_keys_of(name, gone, present[name]) for name, gone in keys.dropped.items()]


def _drop_keys_of(name: str, keys: Sequence[ForeignKey], table: Table) -> Statement:
    names = list(dict.fromkeys(key.name or "" for key in keys))
    clauses = [f"DROP FOREIGN KEY {quote(name)}" for name in names]
    what = "foreign key" if len(names) == 1 else "foreign keys"
    way = way_of([Operation.DROP_FOREIGN_KEY], hindrances(table))
    return Statement(
        sql=alter_sql(name, clauses, way),
        purpose=f"drop {what} {', '.join(names)} of {name}",
        hazards=way_hazards(name, way),
    )


def _rename_tables(changes: Sequence[Change]) -> list[Statement]:
    pairs = [(change.before, change.after) for change in changes if isinstance(change, RenameTable)]
    names = dict(pairs)
    return [
        Statement(
            sql=f"RENAME TABLE {quote(before)} TO {quote(after)}",
            purpose=f"rename table {before} to {after}",
            hazards=tuple(rename_hazards(before)) if before in names else (),
        )
        for before, after in one_by_one(pairs, ascii_lower)
    ]


def _create_table(table: Table, later: Sequence[ForeignKey]) -> Statement:
    now = tuple(key for key in table.foreign_keys if key not in later)
    return Statement(
        sql=create_table(replace(table, foreign_keys=now)),
        purpose=f"create table {table.name}",
        change=CreateTable(table=table),
    )


def _add_keys(
    keys: Keys, changes: Sequence[Change], after: Database, made: set[str]
) -> list[Statement]:
    if not keys.added:
        return []
    tables = {table.name: table for table in after.tables}
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    found = []
    for name, added in keys.added.items():
        table = tables[name]
        change = altered.get(name)
        hazards: list[Hazard] = []
        if name not in made:
            for key in added:
                hazards += key_hazards(key, table, altered, kept=(name, key) in keys.kept)
            hazards += way_hazards(name, Way.COPY)
        present = table if change is None else current_table(change)
        if name in made:
            there = tuple(key for key in present.foreign_keys if key not in added)
            present = replace(present, foreign_keys=there)
        found.append(_add_keys_of(table, present, added, tuple(dict.fromkeys(hazards))))
    return found


def _add_keys_of(
    table: Table, present: Table, added: Sequence[ForeignKey], hazards: tuple[Hazard, ...]
) -> Statement:
    """All new keys of a table at once, with the indexes that only they need: one look at the rows.

    present  the table with the indexes that it has before its changes
    """
    there = {index.parts for index in implicit_indexes(present)}
    new = {key.columns for key in added}
    clauses = [
        f"ADD {index_sql(index)}"
        for index in implicit_indexes(table)
        if index.columns in new and index.parts not in there
    ]
    clauses += (f"ADD {foreign_key_sql(key)}" for key in added)
    names = ", ".join(key.name or "" for key in added)
    what = "foreign key" if len(added) == 1 else "foreign keys"
    return Statement(
        sql=alter_sql(table.name, clauses, Way.COPY),
        purpose=f"add {what} {names} to {table.name}",
        hazards=hazards,
    )
