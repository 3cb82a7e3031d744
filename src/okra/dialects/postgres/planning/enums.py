"""Enum types: made, changed in place where PostgreSQL can, else made anew beside the old one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.natives.types import array_element
from okra.dialects.postgres.planning.tables import comment_sql
from okra.dialects.postgres.quoting import literal, quote, quote_beside, quote_table, split_name
from okra.naming import shortened
from okra.plan import Statement
from okra.relational.changes import (
    AddValue,
    AlterEnum,
    CreateEnum,
    CreateTable,
    DropEnum,
    DropValue,
    RenameEnum,
    RenameEnumValue,
    RenameTable,
    ReorderValues,
)
from okra.relational.pairs import one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.relational.changes import Change
    from okra.relational.model import EnumType

_ASIDE = "_okra_old_"
ADDS_VALUE = "ALTER TYPE {} ADD VALUE {}"


def create_enum(enum: EnumType) -> list[Statement]:
    """The type with all its values, and its comment."""
    values = ", ".join(literal(value) for value in enum.values)
    statements = [
        Statement(
            sql=f"CREATE TYPE {quote_table(enum.name)} AS ENUM ({values})",
            purpose=f"create type {enum.name}",
        )
    ]
    if enum.comment is not None:
        statements.append(_comment(enum))
    return statements


def _comment(enum: EnumType) -> Statement:
    return Statement(
        sql=comment_sql(f"TYPE {quote_table(enum.name)}", enum.comment),
        purpose=f"describe type {enum.name}",
    )


def alter_enum(change: AlterEnum) -> list[Statement]:
    """Values renamed and added, in place."""
    statements = _rename_values(change)
    renamed = {s.before: s.after for s in change.steps if isinstance(s, RenameEnumValue)}
    first = next((renamed.get(value, value) for value in change.before.values), None)
    for step in change.steps:
        if isinstance(step, AddValue):
            place = f" BEFORE {literal(first)}" if first is not None else ""
            if step.behind is not None:
                place = f" AFTER {literal(step.behind)}"
            else:
                first = step.value
            statements.append(
                Statement(
                    sql=ADDS_VALUE.format(quote_table(change.after.name), literal(step.value))
                    + place,
                    purpose=f"add the value {step.value} to type {change.after.name}",
                    change=change,
                )
            )
    if change.before.comment != change.after.comment:
        statements.append(_comment(change.after))
    return statements


def _rename_values(change: AlterEnum) -> list[Statement]:
    pairs = [(s.before, s.after) for s in change.steps if isinstance(s, RenameEnumValue)]
    final = dict(pairs)
    name = change.after.name
    return [
        Statement(
            sql=f"ALTER TYPE {quote_table(name)} RENAME VALUE {literal(old)} TO {literal(new)}",
            purpose=f"rename the value {old} of type {name} to {new}",
            hazards=(breaks_code(f"`{name}` has '{final[old]}' in place of '{old}'"),)
            if old in final
            else (),
        )
        for old, new in one_by_one(pairs, str)
    ]


def remake_enum(change: AlterEnum) -> list[Statement]:
    """The type under its name with its new values, and the old one beside it until all columns have moved."""
    renames = [] if merged_values(change) else _rename_values(change)
    make, *rest = create_enum(change.after)
    gone = [step.value for step in change.steps if isinstance(step, DropValue)]
    hazards = tuple(breaks_code(f"code that writes '{value}' fails") for value in gone)
    return [*renames, set_aside(change.after.name), replace(make, hazards=hazards), *rest]


def merged_values(change: AlterEnum) -> dict[str, str]:
    """Old value → new one, where one gets the text of another that does not move away: no RENAME can do that."""
    pairs = {s.before: s.after for s in change.steps if isinstance(s, RenameEnumValue)}
    staying = {value for value in change.before.values if value not in pairs}
    return pairs if staying & {*pairs.values()} else {}


def set_aside(name: str) -> Statement:
    """Free the name of a type that is still in use."""
    return Statement(
        sql=f"ALTER TYPE {quote_table(name)} RENAME TO {quote(_aside(name))}",
        purpose=f"put the old type {name} aside",
    )


def _aside(name: str) -> str:
    return shortened(_ASIDE + split_name(name)[1])


def drop_aside(name: str) -> Statement:
    """The old type goes, once nothing uses it."""
    return Statement(
        sql=f"DROP TYPE {quote_beside(name, _aside(name))}",
        purpose=f"drop the old type {name}",
    )


def drop_enum(enum: EnumType) -> Statement:
    return Statement(sql=f"DROP TYPE {quote_table(enum.name)}", purpose=f"drop type {enum.name}")


def in_the_way(changes: Sequence[Change]) -> list[str]:
    """The enums that go, and whose names something else takes."""
    taken = {c.table.name for c in changes if isinstance(c, CreateTable)}
    taken |= {c.enum.name for c in changes if isinstance(c, CreateEnum)}
    taken |= {c.after for c in changes if isinstance(c, RenameTable | RenameEnum)}
    return [c.enum.name for c in changes if isinstance(c, DropEnum) and c.enum.name in taken]


def rebuilt_enums(changes: Iterable[Change]) -> dict[str, AlterEnum]:
    """The enums that lose or reorder values, by name: PostgreSQL has no statement for that."""
    return {
        change.after.name: change
        for change in changes
        if isinstance(change, AlterEnum)
        and any(isinstance(step, DropValue | ReorderValues) for step in change.steps)
    }


def change_enums(changes: Sequence[Change]) -> list[Statement]:
    """Types made, changed in place, and made anew."""
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


def drop_enums(changes: Sequence[Change]) -> list[Statement]:
    """Types that nothing uses any more."""
    aside = [*rebuilt_enums(changes), *in_the_way(changes)]
    return [
        *(drop_aside(name) for name in aside),
        *(
            drop_enum(change.enum)
            for change in changes
            if isinstance(change, DropEnum) and change.enum.name not in aside
        ),
    ]


def commit_values(statements: Sequence[Statement], changes: Iterable[Change]) -> list[Statement]:
    """`statements`, with a commit between a value that is added and the first statement that names it."""
    adding = [
        (ADDS_VALUE.format(quote_table(change.after.name), literal(step.value)), step.value)
        for change in changes
        if isinstance(change, AlterEnum)
        for step in change.steps
        if isinstance(step, AddValue)
    ]
    waiting: set[str] = set()
    done: list[Statement] = []
    for statement in statements:
        added = {value for start, value in adding if statement.sql.startswith(start)}
        if added:
            waiting |= added
        elif any(_says(statement.sql, value) for value in waiting):
            waiting.clear()
            done.append(replace(statement, anew=statement.transactional))
            continue
        elif statement.anew or not statement.transactional:
            waiting.clear()
        done.append(statement)
    return done


_ALL_VALUES = re.compile(r"\benum_(?:range|first|last)\b")


def _says(sql: str, value: str) -> bool:
    """Whether `sql` has the value of an enum: as a text, in the text of an array, or because it asks for all values."""
    if _ALL_VALUES.search(sql):
        return True
    element = literal(array_element(value))[1:-1]
    return literal(value) in sql or any(
        f"{before}{element}{behind}" in sql for before in "{," for behind in ",}"
    )
