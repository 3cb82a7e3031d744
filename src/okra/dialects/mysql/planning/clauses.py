"""One step of a change as clauses of an ALTER TABLE, each with what it takes of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from msgspec.structs import replace

from okra.dialects.mysql.natives.collations import TABLE_COLLATION
from okra.dialects.mysql.planning.algorithms import Operation
from okra.dialects.mysql.planning.columns import (
    add_operation,
    collation,
    drop_operation,
    is_clustered,
    is_remade,
    modify_operations,
    spelled_out,
    stands_behind,
)
from okra.dialects.mysql.planning.own_checks import drop_check_sql, kept_check
from okra.dialects.mysql.planning.tables import (
    HIDDEN,
    SHOWN,
    check_sql,
    collation_words,
    column_sql,
    index_sql,
    option_sql,
    option_values,
    primary_key_sql,
)
from okra.dialects.mysql.quoting import literal, quote
from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AddForeignKey,
    AddIndex,
    AlterColumn,
    AlterOptions,
    AlterPrimaryKey,
    AlterTableComment,
    DropCheck,
    DropColumn,
    DropForeignKey,
    DropIndex,
    RenameCheck,
    RenameColumn,
    RenameForeignKey,
    RenameIndex,
    RenameValue,
)

if TYPE_CHECKING:
    from okra.relational.changes import TableStep
    from okra.relational.model import Column, Index, Table


class Clause(NamedTuple):
    """A part of one ALTER TABLE.

    frees  it takes away what may stand in the way of the other parts
    step   what it is for
    """

    sql: str
    operations: frozenset[Operation]
    step: TableStep
    frees: bool = False


def step_clauses(step: TableStep, current: Table, after: Table) -> list[Clause]:
    """`step` on the table `current`, which is to become `after`; none for what has statements of its own."""
    match step:
        case AddColumn(column):
            return [_clause(step, f"ADD COLUMN {column_sql(column)}", add_operation(column))]
        case DropColumn(column):
            return [_clause(step, f"DROP COLUMN {quote(column.name)}", drop_operation(column))]
        case AlterColumn(before, column):
            return _alter_column(step, before, column, current, after)
        case AddIndex() | DropIndex() | RenameIndex():
            return [_index_clause(step, current)]
        case AddCheck() | DropCheck() | RenameCheck():
            return _check_clauses(step, current, after)
        case AlterPrimaryKey():
            return [_primary_key_clause(step)]
        case AlterOptions():
            return _option_clauses(step, current, after)
        case AlterTableComment(_, comment):
            return [_clause(step, f"COMMENT={literal(comment or '')}", Operation.TABLE_COMMENT)]
        case RenameColumn() | RenameValue():
            return []
        case AddForeignKey() | DropForeignKey() | RenameForeignKey():
            return []
        case _:
            assert_never(step)


def modify(step: TableStep, before: Column, column: Column, current: Table, after: Table) -> Clause:
    """MODIFY says everything that the column is: what it leaves out would be gone."""
    names = collation(before, current), collation(column, after)
    recollated = names[0] is not None and names[0] != names[1]
    wanted = spelled_out(column, after) if recollated else column
    operations = modify_operations(before, column, current, after) or {Operation.DEFAULT}
    sql = kept_check(f"MODIFY COLUMN {column_sql(wanted)}", column.name, current, after)
    return Clause(sql, frozenset(operations), step)


def _clause(step: TableStep, sql: str, *operations: Operation, frees: bool = False) -> Clause:
    return Clause(sql, frozenset(operations), step, frees)


def _alter_column(
    step: AlterColumn, before: Column, column: Column, current: Table, after: Table
) -> list[Clause]:
    if not is_remade(before, column):
        clause = modify(step, before, column, current, after)
        last = stands_behind(before, column, current, after)
        if last is None:
            return [clause]
        moved = frozenset({*clause.operations, Operation.CONVERT})
        return [clause._replace(sql=f"{clause.sql} AFTER {quote(last)}", operations=moved)]
    add = add_operation(column)
    return [
        _clause(step, f"DROP COLUMN {quote(column.name)}", drop_operation(before)),
        _clause(step, f"ADD COLUMN {column_sql(column)}", add),
    ]


def _index_clause(step: AddIndex | DropIndex | RenameIndex, current: Table) -> Clause:
    match step:
        case AddIndex(index):
            operation = Operation.ADD_SPECIAL_INDEX if is_special(index) else Operation.ADD_INDEX
            return _clause(step, f"ADD {index_sql(index)}", operation)
        case DropIndex(index):
            sql = f"DROP INDEX {quote(index.name)}"
            clustered = is_clustered(index, current)
            operation = Operation.DROP_CLUSTERED if clustered else Operation.DROP_INDEX
            return _clause(step, sql, operation, frees=True)
        case RenameIndex(before, index):
            sql = f"RENAME INDEX {quote(before.name)} TO {quote(index.name)}"
            return _clause(step, sql, Operation.RENAME_INDEX)


def is_special(index: Index) -> bool:
    """Whether building `index` makes writers wait."""
    return (index.method or "").lower() in ("fulltext", "spatial")


def visibility(index: Index) -> Clause:
    """Let queries use `index`, or not, as its `visible` says."""
    sql = f"ALTER INDEX {quote(index.name)} {SHOWN if index.visible else HIDDEN}"
    return _clause(AddIndex(index=index), sql, Operation.INDEX_VISIBILITY)


def _check_clauses(
    step: AddCheck | DropCheck | RenameCheck, current: Table, after: Table
) -> list[Clause]:
    match step:
        case AddCheck(check):
            return [_clause(step, f"ADD {check_sql(check)}", Operation.ADD_CHECK)]
        case DropCheck(check):
            sql = drop_check_sql(check, current, after)
            return [_clause(step, sql, Operation.DROP_CHECK, frees=True)]
        case RenameCheck(before, check):
            return [
                *_check_clauses(DropCheck(check=before), current, after),
                _clause(step, f"ADD {check_sql(check)}", Operation.ADD_CHECK),
            ]


def _primary_key_clause(step: AlterPrimaryKey) -> Clause:
    before, after = step.before, step.after
    if after is None:
        return _clause(step, "DROP PRIMARY KEY", Operation.DROP_PRIMARY_KEY)
    drop = "" if before is None else "DROP PRIMARY KEY, "
    sql = f"{drop}ADD {primary_key_sql(after.columns)}"
    return _clause(step, sql, Operation.CHANGE_PRIMARY_KEY)


def _option_clauses(step: AlterOptions, current: Table, after: Table) -> list[Clause]:
    old, new = option_values(step.before), option_values(step.after)
    found = []
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            found += _option(step, name, new.get(name))
    if old.get("collation") != new.get("collation"):
        found += _recollated(step, current, after)
    return found


def _option(step: AlterOptions, name: str, value: str | None) -> list[Clause]:
    match name:
        case "engine":
            return [_clause(step, f"ENGINE={value or 'InnoDB'}", Operation.ENGINE)]
        case "collation":
            sql = collation_words(value or TABLE_COLLATION)
            return [_clause(step, sql, Operation.TABLE_COLLATION)]
        case _:
            return [_clause(step, option_sql(name, value), Operation.ROW_FORMAT)]


def _recollated(step: AlterOptions, current: Table, after: Table) -> list[Clause]:
    """The columns that have the table's collation, and are not changed by a step of their own."""
    found = []
    for column in after.columns:
        before = current.column(column.name)
        if before == column and column.collation is None and collation(column, after) is not None:
            found.append(modify(step, column, column, current, after))
    return found


def as_nullable(column: Column) -> Column:
    """`column` as rows can have it that hold nothing there yet."""
    return replace(column, nullable=True, default=None, updated_at=False)
