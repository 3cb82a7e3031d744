"""Values of rows that are there: put in where there is none, and texts that are others from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.planning.casts import COLUMN, cast
from okra.dialects.postgres.planning.hazards import fill_hazards, required_hazards, update_hazards
from okra.dialects.postgres.planning.tables import column_sql
from okra.dialects.postgres.planning.touching import other_triggers
from okra.dialects.postgres.planning.triggers import touched, trigger_name
from okra.dialects.postgres.quoting import literal, quote, quote_table
from okra.naming import shortened
from okra.plan import Statement
from okra.relational.changes import RenameValue

if TYPE_CHECKING:
    from okra.dialects.postgres.planning.alter import Columns
    from okra.dialects.postgres.planning.work import Work
    from okra.relational.model import Column


def fill_rows(work: Work, found: Columns, *, online: bool) -> list[Statement]:
    """Give the rows values that have none, all at once; the time of their last change stays as it is.

    One column after the other would not do: rows are looked at by the checks of all required columns.
    """
    fills = found.fills
    if not fills:
        return []
    table = work.after.name
    names = {column: quote(column) for column in fills}
    if len(fills) == 1:
        sets = [f"{names[column]} = {sql}" for column, sql in fills.items()]
    else:
        sets = [
            f"{names[c]} = COALESCE({names[c]}, {_value(work, c, s)})" for c, s in fills.items()
        ]
    empty = " OR ".join(f"{name} IS NULL" for name in names.values())
    empties = [name for name in found.required if name not in fills] if online else []
    hazards = [
        *(
            h
            for column, sql in fills.items()
            for h in fill_hazards(work, column, sql, online=online)
        ),
        *(h for name in empties for h in required_hazards(work, name, None)),
    ]
    update = Statement(
        sql=f"UPDATE {quote_table(table)} SET {', '.join(sets)} WHERE {empty}",
        purpose=f"give rows of {table} without {', '.join(fills)} a value",
        hazards=tuple(dict.fromkeys(hazards)),
    )
    return _untouched(work, [update], online=online)


def _value(work: Work, column: str, sql: str) -> str:
    """`sql`, or the default that it stands for."""
    after = work.after.column(column)
    return str(after.default) if sql == "DEFAULT" and after is not None else sql


def rename_values(work: Work, *, online: bool) -> list[Statement]:
    """Texts that stand for other things from now on, all of a column at once so that two may swap."""
    steps = [step for step in work.steps if isinstance(step, RenameValue)]
    table = quote_table(work.after.name)
    updates = []
    for column in dict.fromkeys(step.column for step in steps):
        name, where = quote(column), f"{work.after.name}.{column}"
        pairs = [(s.before, s.after) for s in steps if s.column == column]
        cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in pairs)
        texts = ", ".join(literal(old) for old, _ in pairs)
        hazards = [
            breaks_code(f"`{where}` holds '{new}' in place of '{old}'") for old, new in pairs
        ]
        updates.append(
            Statement(
                sql=f"UPDATE {table} SET {name} = CASE {name} {cases} END WHERE {name} IN ({texts})",
                purpose=f"rename values in {where}",
                hazards=(*hazards, *update_hazards(work, online=online)),
            )
        )
    return _untouched(work, updates, online=online)


def keep_values(work: Work, column: Column) -> list[Statement]:
    """A column that is computed whenever it is read becomes one that keeps what it shows now."""
    table, name = work.after.name, quote(column.name)
    new = shortened(f"_okra_new_{column.name}")
    before = work.current.column(column.name)
    using = None if before is None else cast(str(before.type), str(column.type)).using
    value = name if using is None else using.replace(COLUMN, name)
    alter = f"ALTER TABLE {quote_table(table)}"
    update = Statement(
        sql=f"UPDATE {quote_table(table)} SET {quote(new)} = {value}",
        purpose=f"keep what {table}.{column.name} shows",
        hazards=tuple(update_hazards(work, online=False)),
    )
    return [
        Statement(
            sql=f"{alter} ADD COLUMN {column_sql(replace(column, name=new))}",
            purpose=f"a place for the values of {table}.{column.name}",
        ),
        *_untouched(work, [update], online=False),
        Statement(sql=f"{alter} DROP COLUMN {name}", purpose=f"no longer compute {column.name}"),
        Statement(
            sql=f"{alter} RENAME COLUMN {quote(new)} TO {name}",
            purpose=f"the values of {table}.{column.name} take their place",
        ),
    ]


def _untouched(work: Work, updates: list[Statement], *, online: bool) -> list[Statement]:
    """`updates` with the table's updated-at triggers switched off; what is to have another one has none before."""
    _, come = other_triggers(work)
    absent = () if online else come
    columns = [c for c in touched(work.after) if c not in absent] if updates else []
    table = work.after.name
    return [
        *(_switch(table, column, "DISABLE", "leave") for column in columns),
        *updates,
        *(_switch(table, column, "ENABLE", "keep") for column in columns),
    ]


def _switch(table: str, column: str, word: str, verb: str) -> Statement:
    return Statement(
        sql=f"ALTER TABLE {quote_table(table)} {word} TRIGGER {quote(trigger_name(column))}",
        purpose=f"{verb} {table}.{column} {'alone meanwhile' if verb == 'leave' else 'again'}",
    )
