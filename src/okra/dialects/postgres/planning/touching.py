"""The statements that keep updated-at columns: triggers and functions made where they are needed, and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.postgres.planning.triggers import (
    create_function,
    create_trigger,
    drop_function,
    drop_trigger,
    function_sql,
    touched,
)
from okra.dialects.postgres.quoting import split_name
from okra.plan import Statement
from okra.relational.changes import CreateTable, DropTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.postgres.planning.work import Work
    from okra.relational.changes import Change
    from okra.relational.model import Database, Table


def _kept(table: Table, name: str) -> dict[str, str]:
    """Column → what its trigger is made of, for a table that is called `name`."""
    columns = replace(table, name=name)
    return {column: create_trigger(columns, column) for column in touched(table)}


def other_triggers(work: Work) -> tuple[list[str], list[str]]:
    """The columns whose triggers go, and those whose triggers come; where nothing differs they stay."""
    moved = split_name(work.original)[0] != split_name(work.after.name)[0]
    before = _kept(work.before, work.original)
    same_name = _kept(work.before, work.after.name)
    after = _kept(work.after, work.after.name)
    gone = [c for c in before if moved or same_name[c] != after.get(c)]
    come = [c for c in after if moved or after[c] != same_name.get(c)]
    return gone, come


def drop_triggers(works: Iterable[Work]) -> list[Statement]:
    return [
        Statement(
            sql=drop_trigger(work.original, column),
            purpose=f"take the updated-at trigger off {work.original}",
        )
        for work in works
        for column in other_triggers(work)[0]
    ]


def create_triggers(changes: Iterable[Change], works: Iterable[Work]) -> list[Statement]:
    """The triggers of new tables and new columns, each function in front of the first that calls it."""
    wanted = [
        (change.table, column)
        for change in changes
        if isinstance(change, CreateTable)
        for column in touched(change.table)
    ]
    wanted += ((work.after, column) for work in works for column in other_triggers(work)[1])
    statements: list[Statement] = []
    known: set[str] = set()
    for table, column in wanted:
        function = function_sql(table.name, column)
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


def drop_functions(
    changes: Iterable[Change], works: Iterable[Work], after: Database
) -> list[Statement]:
    """The functions that no trigger calls any more."""
    gone = [
        (change.table.name, column)
        for change in changes
        if isinstance(change, DropTable)
        for column in touched(change.table)
    ]
    gone += ((work.original, column) for work in works for column in other_triggers(work)[0])
    if not gone:
        return []
    used = {function_sql(table.name, c) for table in after.tables for c in touched(table)}
    last = {function_sql(table, column): (table, column) for table, column in gone}
    return [
        Statement(
            sql=drop_function(table, column),
            purpose=f"drop the function for columns called {column}, if nothing uses it",
        )
        for function, (table, column) in last.items()
        if function not in used
    ]
