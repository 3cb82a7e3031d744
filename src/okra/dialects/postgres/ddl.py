"""Changes → PostgreSQL statements, with the hazards of each, in phases.

What stands in the way goes first: foreign keys, triggers, indexes, constraints, tables. Then come names,
types, new tables, columns, constraints, indexes and foreign keys. Types that nothing uses any more go last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.postgres.alter import alter_columns
from okra.dialects.postgres.counters import (
    counted_by_default,
    make_sequence,
    needs_sequence,
    own_sequence,
)
from okra.dialects.postgres.enums import (
    alter_enum,
    create_enum,
    drop_aside,
    drop_enum,
    in_the_way,
    remake_enum,
    set_aside,
)
from okra.dialects.postgres.hazards import drop_table_hazards, work_hazards
from okra.dialects.postgres.names import (
    rename_columns,
    rename_constraints,
    rename_relations,
    rename_types,
)
from okra.dialects.postgres.quoting import quote, quote_table, split_name
from okra.dialects.postgres.tables import (
    check_sql,
    comment_sql,
    create_index,
    create_table,
    foreign_key_sql,
    index_path,
    primary_key_sql,
    unique_sql,
)
from okra.dialects.postgres.triggers import (
    create_function,
    create_trigger,
    drop_function,
    drop_trigger,
    function_name,
    touched,
)
from okra.dialects.postgres.values import fill_statements, rename_values
from okra.dialects.postgres.work import gather, rebuilt_enums
from okra.plan import Plan, Statement
from okra.relational.changes import (
    AddForeignKey,
    AlterEnum,
    AlterTable,
    AlterTableComment,
    CreateEnum,
    CreateTable,
    DropEnum,
    DropTable,
    RenameTable,
)
from okra.relational.describe import describe_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.work import Work
    from okra.relational.changes import Change
    from okra.relational.model import Column, Database, ForeignKey, Index, Table


def plan(changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
    """The statements for `changes`, which are in working order and lead to `after`.

    online  others go on reading and writing while indexes are built and rows are checked
    """
    del online
    works = gather(changes, after)
    created = _created(changes)
    statements = [
        *_create_schemas(changes, after),
        *_unlink(changes, works),
        *_drop_triggers(works),
        *(statement for work in works for statement in _drop_parts(work)),
        *_drop_tables(changes),
        *rename_types(changes),
        *rename_relations(changes, works),
        *(statement for work in works for statement in rename_columns(work)),
        *(statement for work in works for statement in rename_constraints(work)),
        *_enums(changes),
        *_create_tables(created),
        *(statement for work in works for statement in _alter(work)),
        *_create_triggers(changes, works),
        *_link(created, works),
        *_drop_functions(changes, works, after),
        *_drop_enums(changes),
    ]
    return Plan(statements=tuple(statements))


def _create_schemas(changes: Sequence[Change], after: Database) -> list[Statement]:
    """The schemas in which nothing was before."""
    new = [change.table.name for change in changes if isinstance(change, CreateTable)]
    new += (change.enum.name for change in changes if isinstance(change, CreateEnum))
    moved = {c.after: c.before for c in changes if isinstance(c, RenameTable)}
    wanted = dict.fromkeys(split_name(name)[0] for name in (*new, *moved))
    known = {
        split_name(t.name)[0] for t in after.tables if t.name not in new and t.name not in moved
    }
    known |= {split_name(enum.name)[0] for enum in after.enums if enum.name not in new}
    known |= {split_name(before)[0] for before in moved.values()}
    return [
        Statement(
            sql=f"CREATE SCHEMA IF NOT EXISTS {quote(schema)}", purpose=f"create schema {schema}"
        )
        for schema in wanted
        if schema is not None and schema not in known
    ]


def _created(changes: Sequence[Change]) -> list[tuple[Table, tuple[ForeignKey, ...]]]:
    """The new tables with the keys that can be made with them, and the keys that can't."""
    found: list[tuple[Table, tuple[ForeignKey, ...]]] = []
    done: set[str] = set()
    late: dict[str, list[ForeignKey]] = {}
    for change in changes:
        if isinstance(change, AlterTable):
            keys = [step.key for step in change.steps if isinstance(step, AddForeignKey)]
            late.setdefault(change.after.name, []).extend(keys)
    for change in changes:
        if not isinstance(change, CreateTable):
            continue
        table = change.table
        inline = tuple(key for key in table.foreign_keys if _at_once(key, table, done))
        others = [key for key in table.foreign_keys if key not in inline]
        found.append((replace(table, foreign_keys=inline), (*others, *late.get(table.name, ()))))
        done.add(table.name)
    return found


def _at_once(key: ForeignKey, table: Table, done: set[str]) -> bool:
    """Whether what the key refers to is there when the table is made."""
    if key.table != table.name:
        return key.table in done
    keys = [table.primary_key.columns] if table.primary_key is not None else []
    keys += (index.columns for index in table.indexes if index.constraint)
    return any(set(columns) == set(key.references) for columns in keys)


def _unlink(changes: Sequence[Change], works: Sequence[Work]) -> list[Statement]:
    """Foreign keys that go, or that stand in the way: of tables that stay, and of circles that are dropped."""
    found = [(work.original, key) for work in works for key in work.drop_keys]
    dropped = [change.table for change in changes if isinstance(change, DropTable)]
    gone: set[str] = set()
    for table in dropped:
        gone.add(table.name)
        for other in dropped:
            if other.name not in gone:
                found += (
                    (other.name, key) for key in other.foreign_keys if key.table == table.name
                )
    return [
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} DROP CONSTRAINT {quote(key.name or '')}",
            purpose=f"drop the foreign key of {table} to {key.table}",
        )
        for table, key in found
    ]


def _drop_parts(work: Work) -> list[Statement]:
    """Keys, unique constraints, checks and indexes that go or are made again; tables have their old names."""
    table = work.original
    clauses = []
    if work.drop_primary is not None:
        clauses.append(f"DROP CONSTRAINT {quote(work.drop_primary.name or '')}")
    clauses += (f"DROP CONSTRAINT {quote(i.name)}" for i in work.drop_indexes if i.constraint)
    clauses += (f"DROP CONSTRAINT {quote(check.name or '')}" for check in work.drop_checks)
    statements = [
        Statement(
            sql=f"DROP INDEX {index_path(table, index.name)}",
            purpose=f"drop index {index.name} of {table}",
        )
        for index in work.drop_indexes
        if not index.constraint
    ]
    if clauses:
        statements.append(
            Statement(sql=_alter_sql(table, clauses), purpose=f"drop constraints of {table}")
        )
    return statements


def _alter_sql(table: str, clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return f"ALTER TABLE {quote_table(table)} {clauses[0]}"
    return f"ALTER TABLE {quote_table(table)}\n  " + ",\n  ".join(clauses)


def _drop_tables(changes: Sequence[Change]) -> list[Statement]:
    return [
        Statement(
            sql=f"DROP TABLE {quote_table(change.table.name)}",
            purpose=f"drop table {change.table.name}",
            hazards=tuple(drop_table_hazards(change.table)),
            change=change,
        )
        for change in changes
        if isinstance(change, DropTable)
    ]


def _enums(changes: Sequence[Change]) -> list[Statement]:
    rebuilt = rebuilt_enums(changes)
    statements = [set_aside(name) for name in in_the_way(changes)]
    for change in changes:
        match change:
            case CreateEnum(enum):
                statements += create_enum(enum)
            case AlterEnum():
                make = remake_enum if change.after.name in rebuilt else alter_enum
                statements += make(change)
            case _:
                pass
    return statements


def _drop_enums(changes: Sequence[Change]) -> list[Statement]:
    aside = [*rebuilt_enums(changes), *in_the_way(changes)]
    return [
        *(drop_aside(name) for name in aside),
        *(
            drop_enum(change.enum)
            for change in changes
            if isinstance(change, DropEnum) and change.enum.name not in aside
        ),
    ]


def _create_tables(created: Iterable[tuple[Table, tuple[ForeignKey, ...]]]) -> list[Statement]:
    return [statement for table, _ in created for statement in _create_table(table)]


def _create_table(table: Table) -> list[Statement]:
    counted = [column for column in table.columns if needs_sequence(column)]
    columns = tuple(
        counted_by_default(table.name, column) if needs_sequence(column) else column
        for column in table.columns
    )
    return [
        *(make_sequence(table.name, column) for column in counted),
        Statement(
            sql=create_table(replace(table, columns=columns)),
            purpose=f"create table {table.name}",
            change=CreateTable(table=table),
        ),
        *(own_sequence(table.name, column) for column in counted),
        *(_create_index(table, index) for index in table.indexes if not index.constraint),
        *_comments(
            table, _described(table.columns), table.indexes, whole=table.comment is not None
        ),
    ]


def _create_index(table: Table, index: Index) -> Statement:
    kind = "unique index" if index.unique else "index"
    return Statement(
        sql=create_index(index, table.name),
        purpose=f"{kind} {table.name} by {', '.join(index.columns) or 'an expression'}",
    )


def _described(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.comment is not None]


def _comments(
    table: Table, columns: Iterable[Column], indexes: Iterable[Index], *, whole: bool
) -> list[Statement]:
    found = []
    name = quote_table(table.name)
    if whole:
        found.append((f"TABLE {name}", table.comment, f"table {table.name}"))
    found += (
        (f"COLUMN {name}.{quote(c.name)}", c.comment, f"{table.name}.{c.name}") for c in columns
    )
    for index in indexes:
        if index.comment is not None:
            path = index_path(table.name, index.name)
            found.append((f"INDEX {path}", index.comment, f"index {index.name}"))
    return [
        Statement(sql=comment_sql(what, text), purpose=f"describe {shown}")
        for what, text, shown in found
    ]


def _alter(work: Work) -> list[Statement]:
    """The columns, keys, checks and indexes of a table that stays."""
    table = work.after
    found = alter_columns(work)
    constraints = [*found.late]
    if work.add_primary is not None:
        constraints.append(f"ADD {primary_key_sql(work.add_primary)}")
    constraints += (f"ADD {unique_sql(i)}" for i in work.add_indexes if i.constraint)
    constraints += (f"ADD {check_sql(check)}" for check in work.add_checks)
    required = [f"ALTER COLUMN {quote(name)} SET NOT NULL" for name in found.required]
    groups = (
        [found.clauses, [*required, *constraints]]
        if found.fills
        else [[*found.clauses, *required, *constraints]]
    )
    hazards = tuple(dict.fromkeys(work_hazards(work)))
    notes = tuple(describe_step(table.name, step) for step in work.steps)
    statements: list[Statement] = []
    for number, clauses in enumerate(groups):
        if number:
            statements += fill_statements(work, found.fills)
        if clauses:
            statements.append(
                Statement(
                    sql=_alter_sql(table.name, clauses),
                    purpose=f"alter table {table.name}",
                    notes=notes if not statements else (),
                    hazards=hazards if not statements else (),
                )
            )
    return [
        *found.first,
        *statements,
        *found.last,
        *rename_values(work),
        *(_create_index(table, index) for index in work.add_indexes if not index.constraint),
        *_changed_comments(work),
    ]


def _changed_comments(work: Work) -> list[Statement]:
    table, current = work.after, work.current
    fresh = {c.name for c in work.remade} | set(work.added)
    columns = [c for c in table.columns if c.name in fresh and c.comment is not None]
    for column in table.columns:
        before = current.column(column.name)
        if column.name not in fresh and before is not None and before.comment != column.comment:
            columns.append(column)
    whole = any(isinstance(step, AlterTableComment) for step in work.steps)
    return _comments(table, columns, work.add_indexes, whole=whole)


def _link(
    created: Iterable[tuple[Table, tuple[ForeignKey, ...]]],
    works: Sequence[Work],
) -> list[Statement]:
    found = [(table.name, key) for table, keys in created for key in keys]
    found += ((work.after.name, key) for work in works for key in work.add_keys)
    return [
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} ADD {foreign_key_sql(key)}",
            purpose=f"foreign key of {table} to {key.table}",
        )
        for table, key in found
    ]


def _kept(table: Table, name: str) -> dict[str, str]:
    """Column → what its trigger is made of, for a table that is called `name`."""
    columns = replace(table, name=name)
    return {column: create_trigger(columns, column) for column in touched(table)}


def _other_triggers(work: Work) -> tuple[list[str], list[str]]:
    """The columns whose triggers go, and those whose triggers come; where nothing differs they stay."""
    moved = split_name(work.original)[0] != split_name(work.after.name)[0]
    before = _kept(work.before, work.original)
    same_name = _kept(work.before, work.after.name)
    after = _kept(work.after, work.after.name)
    gone = [c for c in before if moved or same_name[c] != after.get(c)]
    come = [c for c in after if moved or after[c] != same_name.get(c)]
    return gone, come


def _drop_triggers(works: Iterable[Work]) -> list[Statement]:
    return [
        Statement(
            sql=drop_trigger(work.original, column),
            purpose=f"take the updated-at trigger off {work.original}",
        )
        for work in works
        for column in _other_triggers(work)[0]
    ]


def _create_triggers(changes: Iterable[Change], works: Iterable[Work]) -> list[Statement]:
    """The triggers of new tables and new columns, each function in front of the first that calls it."""
    wanted = [
        (change.table, column)
        for change in changes
        if isinstance(change, CreateTable)
        for column in touched(change.table)
    ]
    wanted += ((work.after, column) for work in works for column in _other_triggers(work)[1])
    statements: list[Statement] = []
    known: set[str] = set()
    for table, column in wanted:
        function = function_name(table.name, column)
        if function not in known:
            known.add(function)
            statements.append(
                Statement(
                    sql=create_function(table.name, column),
                    purpose=f"how columns called {column} are kept",
                )
            )
        statements.append(
            Statement(
                sql=create_trigger(table, column),
                purpose=f"keep the updated-at column of {table.name}",
            )
        )
    return statements


def _drop_functions(
    changes: Iterable[Change], works: Iterable[Work], after: Database
) -> list[Statement]:
    """The functions that no trigger calls any more."""
    gone = [
        (change.table.name, column)
        for change in changes
        if isinstance(change, DropTable)
        for column in touched(change.table)
    ]
    gone += ((work.original, column) for work in works for column in _other_triggers(work)[0])
    if not gone:
        return []
    used = {function_name(table.name, c) for table in after.tables for c in touched(table)}
    last = {function_name(table, column): (table, column) for table, column in gone}
    return [
        Statement(
            sql=drop_function(table, column),
            purpose=f"drop the function for columns called {column}, if nothing uses it",
        )
        for function, (table, column) in last.items()
        if function not in used
    ]
