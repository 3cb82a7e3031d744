"""Columns under other names.

MariaDB follows a name into checks, computed columns and keys. MySQL refuses it where a check, a computed column
or an expression in an index uses the column (errors 3959, 3108, 3837), so that for MySQL alone these go and come
back within the statement.
Source: MySQL 8.0 manual, "ALTER TABLE Statement" and "CHECK Constraints"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.hazards import rename_hazards
from okra.dialects.mysql.planning.algorithms import FORMS, Operation, Way, alter_sql, way_of
from okra.dialects.mysql.planning.columns import hindrances
from okra.dialects.mysql.planning.current import renamed_table
from okra.dialects.mysql.planning.hazards import copied_by_mysql, way_hazards
from okra.dialects.mysql.planning.own_checks import own_check
from okra.dialects.mysql.planning.tables import check_sql, column_sql, index_sql
from okra.dialects.mysql.quoting import quote
from okra.plan import Statement
from okra.relational.changes import RenameColumn
from okra.relational.uses import computed_from, used_by_index, used_columns

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.relational.changes import AlterTable
    from okra.relational.model import Index, Table

MYSQL_ONLY = "/*!80016"
_MARIADB_ONLY = "/*M!100600"


def rename_columns(change: AlterTable) -> list[Statement]:
    """All columns of one table at once: names may change places within one statement."""
    table = change.after.name
    pairs = [(step.before, step.after) for step in change.steps if isinstance(step, RenameColumn)]
    if not pairs:
        return []
    clauses = [_rename(change, before, after) for before, after in pairs]
    way = way_of([Operation.RENAME_COLUMN], hindrances(change.before))
    if any(own_check(before, change.before) for before, _ in pairs):
        way = Way.COPY
    hazards = [hazard for before, _ in pairs for hazard in rename_hazards(f"{table}.{before}")]
    gone, come = _in_the_way(change, {before for before, _ in pairs})
    sql = alter_sql(table, clauses, way)
    if gone:
        sql = _around(table, gone, clauses, come, way)
    if way is Way.COPY:
        hazards += way_hazards(table, way)
    elif gone:
        hazards.append(copied_by_mysql(table))
    shown = ", ".join(f"{before} to {after}" for before, after in pairs)
    return [
        Statement(sql=sql, purpose=f"rename in {table}: {shown}", hazards=tuple(hazards)),
    ]


def _rename(change: AlterTable, before: str, after: str) -> str:
    """The clause that renames one column.

    A check inside a column would keep its old name in MariaDB's catalogue, where no statement finds it any
    more, so that it becomes one of the table.
    """
    sql = f"RENAME COLUMN {quote(before)} TO {quote(after)}"
    check = own_check(before, change.before)
    if check is None:
        return sql
    new = renamed_table(change)
    column = next(each for each in new.columns if each.name == after)
    later = new.checks[change.before.checks.index(check)]
    return (
        f"{MYSQL_ONLY} {sql} */ {_MARIADB_ONLY} CHANGE COLUMN {quote(before)} {column_sql(column)}, "
        f"DROP CONSTRAINT IF EXISTS {quote(before)}, ADD {check_sql(later)} */"
    )


def _around(table: str, gone: list[str], clauses: list[str], come: list[str], way: Way) -> str:
    """The ALTER TABLE with what MySQL alone has to do before and after."""
    before = f"{MYSQL_ONLY} {', '.join(gone)}, */"
    after = f"{MYSQL_ONLY} , {', '.join(come)}, {FORMS[Way.COPY]} */"
    form = f"{_MARIADB_ONLY} , {FORMS[way]} */"
    names = ",\n  ".join(clauses)
    return f"ALTER TABLE {quote(table)}\n  {before}\n  {names}\n  {after}\n  {form}"


def _in_the_way(change: AlterTable, renamed: Collection[str]) -> tuple[list[str], list[str]]:
    """What MySQL has to drop before columns are renamed, and how it comes back under the new names."""
    old, new = change.before, renamed_table(change)
    computed = {each.name for name in sorted(renamed) for each in computed_from(name, old)}
    gone, come = [], []
    for check, later in zip(old.checks, new.checks, strict=True):
        if used_columns(check.expression, old) & {*renamed, *computed}:
            gone.append(f"DROP CHECK {quote(check.name or '')}")
            come.append(f"ADD {check_sql(later)}")
    for index, later_index in zip(old.indexes, new.indexes, strict=True):
        if _is_built_on(index, old, renamed, computed):
            gone.append(f"DROP INDEX {quote(index.name)}")
            come.append(f"ADD {index_sql(later_index)}")
    columns = zip(old.columns, new.columns, strict=True)
    moved = [(column, later) for column, later in columns if column.name in computed]
    gone += (f"DROP COLUMN {quote(column.name)}" for column, _ in moved)
    come[:0] = [f"ADD COLUMN {column_sql(later)}" for _, later in moved]
    return gone, come


def _is_built_on(
    index: Index, table: Table, renamed: Collection[str], computed: Collection[str]
) -> bool:
    used = used_by_index(index, table)
    return bool(used & {*renamed, *computed}) or bool({*index.columns} & {*computed})
