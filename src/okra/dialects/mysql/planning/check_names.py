"""Names of checks that one table frees and another takes: in MySQL a name is that of one check in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.planning.algorithms import Operation, alter_sql, way_of
from okra.dialects.mysql.planning.columns import hindrances
from okra.dialects.mysql.planning.hazards import way_hazards
from okra.dialects.mysql.planning.own_checks import drop_check_sql
from okra.plan import Statement
from okra.relational.changes import AddCheck, AlterTable, CreateTable, DropCheck, RenameCheck

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from okra.relational.changes import Change, TableStep
    from okra.relational.model import Check


def free_check_names(changes: Sequence[Change]) -> tuple[list[Statement], list[Change]]:
    """The statements that drop what is in the way of other tables, and what of `changes` is left to do."""
    takers: dict[str | None, list[Change]] = {}
    for change in changes:
        for name in _taken(change):
            takers.setdefault(name, []).append(change)
    statements: list[Statement] = []
    left: list[Change] = []
    for change in changes:
        if not isinstance(change, AlterTable):
            left.append(change)
            continue
        freed = {name for step in change.steps for name in _freed(step)}
        names = {n for n in freed if any(other is not change for other in takers.get(n, ()))}
        gone = [check for check in change.before.checks if check.name in names]
        if not gone:
            left.append(change)
            continue
        statements.append(_drop(change, gone))
        checks = tuple(check for check in change.before.checks if check not in gone)
        before = replace(change.before, checks=checks)
        left.append(replace(change, before=before, steps=_without(change.steps, gone)))
    return statements, left


def _taken(change: Change) -> set[str | None]:
    """The names of the checks that `change` makes."""
    match change:
        case CreateTable(table):
            return {check.name for check in table.checks}
        case AlterTable(_, _, steps):
            added = {step.check.name for step in steps if isinstance(step, AddCheck)}
            return added | {step.after.name for step in steps if isinstance(step, RenameCheck)}
        case _:
            return set()


def _freed(step: TableStep) -> tuple[str | None, ...]:
    match step:
        case DropCheck(check) | RenameCheck(check, _):
            return (check.name,)
        case _:
            return ()


def _drop(change: AlterTable, gone: Sequence[Check]) -> Statement:
    """Column names are the old ones still: this comes before they are renamed."""
    table = change.after.name
    clauses = [drop_check_sql(check, change.before, change.before) for check in gone]
    names = ", ".join(str(check.name) for check in gone)
    way = way_of([Operation.DROP_CHECK], hindrances(change.before))
    return Statement(
        sql=alter_sql(table, clauses, way),
        purpose=f"make the name free that another table takes: check {names} of {table}",
        hazards=way_hazards(table, way),
    )


def _without(steps: Sequence[TableStep], gone: Collection[Check]) -> tuple[TableStep, ...]:
    names = {check.name for check in gone}
    left: list[TableStep] = []
    for step in steps:
        match step:
            case DropCheck(check) if check.name in names:
                pass
            case RenameCheck(before, after) if before.name in names:
                left.append(AddCheck(check=after))
            case _:
                left.append(step)
    return tuple(left)
