"""Enum types: made, changed in place where PostgreSQL can, else made anew beside the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.quoting import literal, quote, quote_table, split_name
from okra.dialects.postgres.tables import comment_sql
from okra.naming import shortened
from okra.plan import Statement
from okra.relational.changes import (
    AddValue,
    AlterEnum,
    CreateEnum,
    CreateTable,
    DropEnum,
    RenameEnum,
    RenameEnumValue,
    RenameTable,
)
from okra.relational.pairs import one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.changes import Change
    from okra.relational.model import EnumType

_ASIDE = "_okra_old_"


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
    first = renamed.get(change.before.values[0], change.before.values[0])
    for step in change.steps:
        if isinstance(step, AddValue):
            place = (
                f"BEFORE {literal(first)}"
                if step.behind is None
                else f"AFTER {literal(step.behind)}"
            )
            if step.behind is None:
                first = step.value
            statements.append(
                Statement(
                    sql=f"ALTER TYPE {quote_table(change.after.name)}"
                    f" ADD VALUE {literal(step.value)} {place}",
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
    return [
        *_rename_values(change),
        set_aside(change.after.name),
        *create_enum(change.after),
    ]


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
    schema, _ = split_name(name)
    own = quote(_aside(name))
    return Statement(
        sql=f"DROP TYPE {own if schema is None else f'{quote(schema)}.{own}'}",
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
