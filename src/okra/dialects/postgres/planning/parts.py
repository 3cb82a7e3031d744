"""Keys, indexes and checks of tables that stay: dropped, and made in the same transaction as their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.planning.alter import alter_columns
from okra.dialects.postgres.planning.creating import (
    comments,
    plain_index,
    repeats_key,
    unique_beside_key,
)
from okra.dialects.postgres.planning.hazards import (
    check_hazards,
    column_hazards,
    index_hazards,
    looking_hazards,
    missing_hazards,
    primary_key_hazards,
    required_hazards,
)
from okra.dialects.postgres.planning.tables import (
    check_sql,
    foreign_key_sql,
    primary_key_sql,
    unique_sql,
)
from okra.dialects.postgres.planning.values import fill_rows, rename_values
from okra.dialects.postgres.quoting import quote, quote_beside, quote_table
from okra.naming import shortened
from okra.plan import Statement
from okra.relational.changes import (
    AddColumn,
    AlterColumn,
    AlterOptions,
    AlterTableComment,
    DropColumn,
    DropTable,
)
from okra.relational.describe import describe_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.planning.alter import Columns
    from okra.dialects.postgres.planning.work import Work
    from okra.plan import Hazard
    from okra.relational.changes import Change
    from okra.relational.model import ForeignKey


def unlink(changes: Sequence[Change], works: Sequence[Work]) -> list[Statement]:
    """Foreign keys that go, or that stand in the way: of tables that stay, and of circles that are dropped."""
    found = [(work.original, key) for work in works for key in work.drop_keys]
    dropped = [change.table for change in changes if isinstance(change, DropTable)]
    place = {table.name: number for number, table in enumerate(dropped)}
    found += (
        (table.name, key)
        for number, table in enumerate(dropped)
        for key in table.foreign_keys
        if place.get(key.table, number) < number
    )
    return [drop_foreign_key(table, key) for table, key in found]


def drop_foreign_key(table: str, key: ForeignKey) -> Statement:
    return Statement(
        sql=f"ALTER TABLE {quote_table(table)} DROP CONSTRAINT {quote(key.name or '')}",
        purpose=f"drop the foreign key of {table} to {key.table}",
    )


def drop_parts(work: Work) -> list[Statement]:
    """Keys, unique constraints, checks and indexes that go or are made again; tables have their old names."""
    table = work.original
    clauses = []
    if work.drop_primary is not None:
        clauses.append(f"DROP CONSTRAINT {quote(work.drop_primary.name or '')}")
    clauses += (f"DROP CONSTRAINT {quote(i.name)}" for i in work.drop_indexes if i.constraint)
    clauses += (f"DROP CONSTRAINT {quote(check.name or '')}" for check in work.drop_checks)
    statements = [
        Statement(
            sql=f"DROP INDEX {quote_beside(table, index.name)}",
            purpose=f"drop index {index.name} of {table}",
        )
        for index in work.drop_indexes
        if not index.constraint
    ]
    if clauses:
        statements.append(
            Statement(sql=alter_sql(table, clauses), purpose=f"drop constraints of {table}")
        )
    return statements


def alter_sql(table: str, clauses: Sequence[str]) -> str:
    """One ALTER TABLE, a line for each clause where there is more than one."""
    if len(clauses) == 1:
        return f"ALTER TABLE {quote_table(table)} {clauses[0]}"
    return f"ALTER TABLE {quote_table(table)}\n  " + ",\n  ".join(clauses)


def alter_at_once(work: Work) -> list[Statement]:
    """All that happens to a table, in one transaction."""
    found = alter_columns(work)
    rows = update_rows(work, found, online=False)
    required = [f"ALTER COLUMN {quote(name)} SET NOT NULL" for name in found.required]
    late = [*required, *found.late, *_constraint_clauses(work)]
    hazards = column_hazards(work)
    late_hazards = [
        *(h for n in found.required for h in required_hazards(work, n, found.fills.get(n))),
        *missing_hazards(work, found.required),
        *looking_hazards(work, found.required),
        *_constraint_hazards(work),
    ]
    if rows:
        statements = [
            *_alteration(work, found.clauses, hazards),
            *rows,
            *_alteration(work, late, late_hazards, described=False),
        ]
    else:
        statements = _alteration(work, [*found.clauses, *late], [*hazards, *late_hazards])
    statements = [*found.first, *statements, *found.last, *found.counted]
    return [*statements, *_indexes(work), *_changed_comments(work)]


def alter_first(work: Work, found: Columns) -> list[Statement]:
    """What of a table's changes is done in the first transaction, where the rest is put off."""
    checks = [f"ADD {check_sql(check)} NOT VALID" for check in work.add_checks]
    guards = [
        f"ADD CONSTRAINT {quote(guard_name(name))} CHECK ({quote(name)} IS NOT NULL) NOT VALID"
        for name in found.required
    ]
    key = [f"ADD {primary_key_sql(work.add_primary)}"] if work.add_primary is not None else []
    key += _unique_clauses(work)
    now, counted = ([], []) if found.required else (found.late, found.counted)
    hazards = [
        *column_hazards(work),
        *missing_hazards(work, found.required),
        *_key_hazards(work),
    ]
    statements = _alteration(work, [*found.clauses, *now, *guards, *key, *checks], hazards)
    statements = [*found.first, *statements, *found.last, *counted]
    return [*statements, *_indexes(work), *_changed_comments(work)]


def guard_name(column: str) -> str:
    """The check that stands in for NOT NULL until all rows are seen to have a value."""
    return shortened(f"_okra_required_{column}")


def update_rows(work: Work, found: Columns, *, online: bool) -> list[Statement]:
    """Values for rows that are there."""
    return [
        *fill_rows(work, found, online=online),
        *rename_values(work, online=online),
    ]


def _constraint_clauses(work: Work) -> list[str]:
    """The keys and checks that are made at once."""
    clauses = []
    if work.add_primary is not None:
        clauses.append(f"ADD {primary_key_sql(work.add_primary)}")
    clauses += _unique_clauses(work)
    return [*clauses, *(f"ADD {check_sql(check)}" for check in work.add_checks)]


def _unique_clauses(work: Work) -> list[str]:
    return [
        f"ADD {unique_sql(index)}"
        for index in work.add_indexes
        if index.constraint and not repeats_key(work.after, index)
    ]


def _constraint_hazards(work: Work) -> list[Hazard]:
    found = _key_hazards(work)
    found += (h for check in work.add_checks for h in check_hazards(work, check, online=False))
    return found


def _key_hazards(work: Work) -> list[Hazard]:
    found: list[Hazard] = []
    if work.add_primary is not None:
        found += primary_key_hazards(work, work.add_primary, online=False)
    for index in work.add_indexes:
        if index.constraint and not repeats_key(work.after, index):
            found += index_hazards(work, index, online=False)
    return found


_OWN = (AddColumn, DropColumn, AlterColumn, AlterOptions)


def _alteration(
    work: Work, clauses: Sequence[str], hazards: Iterable[Hazard], *, described: bool = True
) -> list[Statement]:
    if not clauses:
        return []
    name = work.after.name
    steps = [step for step in work.steps if isinstance(step, _OWN)] if described else []
    return [
        Statement(
            sql=alter_sql(name, clauses),
            purpose=f"alter table {name}",
            notes=tuple(describe_step(name, step) for step in steps),
            hazards=tuple(dict.fromkeys(hazards)),
        )
    ]


def _indexes(work: Work) -> list[Statement]:
    """The indexes that are built in the transaction, and the constraints that need a statement of their own."""
    found = []
    for index in work.add_indexes:
        hazards = tuple(index_hazards(work, index, online=False))
        if repeats_key(work.after, index):
            found.append(unique_beside_key(work.after, index, hazards))
        elif not index.constraint:
            found.append(plain_index(work.after, index, hazards))
    return found


def _changed_comments(work: Work) -> list[Statement]:
    """What is said otherwise from now on, and what has to be said again."""
    table, current = work.after, work.current
    fresh = {c.name for c in work.remade} | set(work.added)
    columns = [c for c in table.columns if c.name in fresh and c.comment is not None]
    for column in table.columns:
        before = current.column(column.name)
        if column.name not in fresh and before is not None and before.comment != column.comment:
            columns.append(column)
    whole = any(isinstance(step, AlterTableComment) for step in work.steps)
    described = [index for index in work.add_indexes if index.comment is not None]
    return comments(table, columns, [*described, *work.described], whole=whole)


def add_foreign_key(
    table: str, key: ForeignKey, hazards: Iterable[Hazard], *, online: bool = False
) -> Statement:
    """The key; `online`: rows that are there are looked at later, and so are the hazards."""
    return Statement(
        sql=f"ALTER TABLE {quote_table(table)} ADD {foreign_key_sql(key)}"
        + (" NOT VALID" if online else ""),
        purpose=f"foreign key of {table} to {key.table}",
        hazards=() if online else tuple(hazards),
    )
