"""What happens to the columns of one table, as clauses of ALTER TABLE and the statements around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.postgres.planning.casts import COLUMN
from okra.dialects.postgres.planning.counters import (
    COUNTED_TYPES,
    change_serial,
    count_on,
    counted_by_default,
    counts_alike,
    drop_serial,
    identity_changes,
    make_sequence,
    make_serial,
    needs_sequence,
    own_sequence,
)
from okra.dialects.postgres.planning.tables import UNLOGGED, column_sql, identity_sql, is_serial
from okra.dialects.postgres.planning.values import keep_values
from okra.dialects.postgres.quoting import quote, quote_table
from okra.plan import Statement
from okra.relational.changes import AddColumn, AlterColumn, AlterOptions
from okra.relational.sqltext import ascii_upper, significant
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from okra.dialects.postgres.planning.work import Retype, Work
    from okra.relational.model import Column


class Columns(msgspec.Struct):
    """What is to be done to the columns of a table.

    first     statements that stand before all others
    clauses   what one ALTER TABLE adds, drops and changes
    fills     column → SQL for the rows that have no value there; `DEFAULT` for its default
    required  columns that become NOT NULL once all rows have a value
    late      clauses for when they are
    last      statements that follow the first ALTER TABLE
    counted   statements that follow the late clauses, by which columns have come to count
    """

    first: list[Statement] = msgspec.field(default_factory=list)
    clauses: list[str] = msgspec.field(default_factory=list)
    fills: dict[str, str] = msgspec.field(default_factory=dict)
    required: list[str] = msgspec.field(default_factory=list)
    late: list[str] = msgspec.field(default_factory=list)
    last: list[Statement] = msgspec.field(default_factory=list)
    counted: list[Statement] = msgspec.field(default_factory=list)


def alter_columns(work: Work) -> Columns:
    """All that happens to the columns of `work`, and to the table as a whole."""
    found = Columns()
    kept = [column for column in work.remade if column.generated is None]
    gone = [*work.dropped, *(column for column in work.remade if column not in kept)]
    for column in sorted(gone, key=lambda each: _was_computed(work, each), reverse=True):
        found.clauses.append(f"DROP COLUMN {quote(column.name)}")
    retyped = {retype.after.name: retype for retype in work.retyped}
    steps = list(work.altered)
    known = {step.after.name for step in steps}
    steps += (
        AlterColumn(before=retype.before, after=retype.after)
        for name, retype in retyped.items()
        if name not in known
    )
    for step in steps:
        _alter(work, step, retyped.get(step.after.name), found)
    for added in work.added.values():
        _add(work, added, found)
    for column in work.remade:
        if column in kept:
            found.first += keep_values(work, replace(column, nullable=True))
            found.required += [] if column.nullable else [column.name]
        else:
            found.clauses.append(f"ADD COLUMN {column_sql(column)}")
    found.clauses += _options(work)
    return found


def _was_computed(work: Work, column: Column) -> bool:
    """What is computed from a column has to go before that does."""
    before = work.current.column(column.name)
    return before is not None and before.generated is not None


def _alter(work: Work, step: AlterColumn, retype: Retype | None, found: Columns) -> None:
    before, after = step.before, step.after
    name = f"ALTER COLUMN {quote(after.name)}"
    clauses = found.clauses
    if before.generated is not None and after.generated is None:
        _stop_computing(work, after, retype, found)
    _stop_counting(work, step, found)
    default = before.default
    if default is not None and (after.default is None or _moves(retype)):
        clauses.append(f"{name} DROP DEFAULT")
        default = None
    if not before.nullable and after.nullable and not _is_in_key_still(work, after):
        clauses.append(f"{name} DROP NOT NULL")
    if retype is not None:
        clauses.append(f"{name} {_new_type(retype)}")
    if after.default is not None and after.default != default:
        clauses.append(f"{name} SET DEFAULT {after.default}")
    if before.nullable and not after.nullable and after.generated is None:
        if step.fill is not None:
            found.fills[after.name] = step.fill
        elif after.default is not None:
            found.fills[after.name] = "DEFAULT"
        found.required.append(after.name)
    _count(work, step, found)


def _stop_computing(work: Work, column: Column, retype: Retype | None, found: Columns) -> None:
    """The values stay. The server looks at a new type while the column is still a computed one."""
    clause = f"ALTER COLUMN {quote(column.name)} DROP EXPRESSION"
    if retype is None:
        found.clauses.append(clause)
        return
    found.first.append(
        Statement(
            sql=f"ALTER TABLE {quote_table(work.after.name)} {clause}",
            purpose=f"no longer compute {work.after.name}.{column.name}",
        )
    )


def _is_in_key_still(work: Work, column: Column) -> bool:
    """Whether the column is part of a key that goes late: then it can be empty only after that."""
    gone = work.postponed.gone
    return gone is not None and column.name in gone.columns


def loosened(work: Work) -> list[str]:
    """The clauses for columns that can be empty once the key has gone."""
    return [
        f"ALTER COLUMN {quote(step.after.name)} DROP NOT NULL"
        for step in work.altered
        if step.after.nullable and not step.before.nullable and _is_in_key_still(work, step.after)
    ]


def _moves(retype: Retype | None) -> bool:
    """Whether the default has to be out of the way while values become others."""
    return retype is not None and (retype.cast.rewrites or retype.cast.using is not None)


def _new_type(retype: Retype) -> str:
    words = [f"TYPE {retype.after.type}"]
    if retype.after.collation is not None:
        words.append(f"COLLATE {quote(retype.after.collation)}")
    if retype.cast.using is not None:
        words.append(f"USING {retype.cast.using.replace(COLUMN, quote(retype.after.name))}")
    return " ".join(words)


def _stop_counting(work: Work, step: AlterColumn, found: Columns) -> None:
    before, after = step.before, step.after
    if not before.identity or counts_alike(before, after):
        return
    table = work.after.name
    if is_serial(before):
        found.first += drop_serial(table, before.name)
    elif str(after.type) in COUNTED_TYPES:
        found.clauses.append(f"ALTER COLUMN {quote(after.name)} DROP IDENTITY")
    else:  # the server looks at the new type while the old counter is still there
        found.first.append(
            Statement(
                sql=f"ALTER TABLE {quote_table(table)} ALTER COLUMN {quote(after.name)} DROP IDENTITY",
                purpose=f"stop counting {table}.{after.name}",
            )
        )


def _count(work: Work, step: AlterColumn, found: Columns) -> None:
    before, after = step.before, step.after
    table, name = work.after.name, f"ALTER COLUMN {quote(after.name)}"
    if not after.identity:
        return
    if counts_alike(before, after):
        if is_serial(after):
            found.last += change_serial(table, before, after)
        else:
            changes = identity_changes(before.counter, after.counter)
            found.clauses += [f"{name} {' '.join(changes)}"] if changes else []
        return
    if is_serial(after):
        found.last += make_serial(table, after)
    else:
        found.late.append(f"{name} ADD {identity_sql(after.counter)}")
    found.counted.append(count_on(table, after))


def _add(work: Work, step: AddColumn, found: Columns) -> None:
    column, fill = step.column, step.fill
    name = quote(column.name)
    if needs_sequence(column):
        table = work.after.name
        found.first.append(make_sequence(table, column))
        found.clauses.append(f"ADD COLUMN {column_sql(counted_by_default(table, column))}")
        found.last.append(own_sequence(table, column))
        return
    if fill is None or column.generated is not None:
        found.clauses.append(f"ADD COLUMN {column_sql(column)}")
    elif _can_be_default(fill, work):
        found.clauses.append(f"ADD COLUMN {column_sql(replace(column, default=fill))}")
        back = "DROP DEFAULT" if column.default is None else f"SET DEFAULT {column.default}"
        found.last.append(
            Statement(
                sql=f"ALTER TABLE {quote_table(work.after.name)} ALTER COLUMN {name} {back}",
                purpose=f"new rows of {work.after.name} get no such {column.name} by themselves"
                if column.default is None
                else f"new rows of {work.after.name} get the default of {column.name}",
            )
        )
    else:
        optional = replace(column, nullable=True, default=None)
        found.clauses.append(f"ADD COLUMN {column_sql(optional)}")
        found.fills[column.name] = fill
        if column.default is not None:  # not for rows that are there
            found.clauses.append(f"ALTER COLUMN {name} SET DEFAULT {column.default}")
        if not column.nullable:
            found.required.append(column.name)


def _can_be_default(fill: str, work: Work) -> bool:
    """A default can't look at other columns or tables, or at where the row lies."""
    words = {ascii_upper(token) for token in significant(fill)}
    return not words & {"SELECT", "CTID"} and not used_columns(fill, work.current)


def _options(work: Work) -> list[str]:
    """The clauses for the table's own options."""
    step = next((s for s in work.steps if isinstance(s, AlterOptions)), None)
    if step is None:
        return []
    clauses = []
    before, after = set(step.before), set(step.after)
    if (UNLOGGED in before) != (UNLOGGED in after):
        clauses.append("SET UNLOGGED" if UNLOGGED in after else "SET LOGGED")
    new = [option for option in step.after if "=" in option and option not in before]
    names = {option.partition("=")[0] for option in step.after}
    gone = [option.partition("=")[0] for option in step.before if "=" in option]
    reset = [name for name in gone if name not in names]
    if new:
        clauses.append(f"SET ({', '.join(option.replace('=', ' = ', 1) for option in new)})")
    if reset:
        clauses.append(f"RESET ({', '.join(reset)})")
    return clauses
