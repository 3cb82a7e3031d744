"""Values of rows that are there: put in where there is none, and texts that are others from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.quoting import literal, quote, quote_table
from okra.dialects.postgres.triggers import touched, trigger_name
from okra.plan import Statement
from okra.relational.changes import RenameValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.postgres.work import Work
    from okra.plan import Hazard


def fill_statements(
    work: Work,
    fills: dict[str, str],
    hazards: Mapping[str, Sequence[Hazard]],
    blocked: Sequence[Hazard],
) -> list[Statement]:
    """Give the rows a value in `fills` that have none; the time of their last change stays as it is."""
    table = quote_table(work.after.name)
    updates = [
        Statement(
            sql=f"UPDATE {table} SET {quote(column)} = {sql} WHERE {quote(column)} IS NULL",
            purpose=f"give rows of {work.after.name} without {column} a value",
            hazards=tuple(hazards[column]),
        )
        for column, sql in fills.items()
    ]
    return _untouched(work, updates, blocked)


def rename_values(work: Work, blocked: Sequence[Hazard]) -> list[Statement]:
    """Texts that stand for other things from now on, all of a column at once so that two may swap."""
    steps = [step for step in work.steps if isinstance(step, RenameValue)]
    table = quote_table(work.after.name)
    updates = []
    for column in dict.fromkeys(step.column for step in steps):
        name = quote(column)
        pairs = [(s.before, s.after) for s in steps if s.column == column]
        cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in pairs)
        texts = ", ".join(literal(old) for old, _ in pairs)
        updates.append(
            Statement(
                sql=f"UPDATE {table} SET {name} = CASE {name} {cases} END WHERE {name} IN ({texts})",
                purpose=f"rename values in {work.after.name}.{column}",
                hazards=tuple(
                    breaks_code(f"`{work.after.name}.{column}` holds '{new}' in place of '{old}'")
                    for old, new in pairs
                ),
            )
        )
    return _untouched(work, updates, blocked)


def _untouched(work: Work, updates: list[Statement], blocked: Sequence[Hazard]) -> list[Statement]:
    """`updates` with the table's updated-at triggers switched off."""
    columns = [c for c in touched(work.after) if c in touched(work.current)] if updates else []
    table = work.after.name
    return [
        *(
            replace(_switch(table, column, "DISABLE", "leave"), hazards=tuple(blocked))
            for column in columns
        ),
        *updates,
        *(_switch(table, column, "ENABLE", "keep") for column in columns),
    ]


def _switch(table: str, column: str, word: str, verb: str) -> Statement:
    return Statement(
        sql=f"ALTER TABLE {quote_table(table)} {word} TRIGGER {quote(trigger_name(column))}",
        purpose=f"{verb} {table}.{column} {'alone meanwhile' if verb == 'leave' else 'again'}",
    )
