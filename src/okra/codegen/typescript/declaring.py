"""Interfaces of models, and enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.shape import Given
from okra.codegen.typescript.layout import doc, string
from okra.codegen.typescript.names import key, type_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.codegen.shape import Member, Shape
    from okra.codegen.typescript.types import Kinds
    from okra.language.definition import Enum


def interfaces(shape: Shape, kinds: Kinds, *, undefined: bool) -> str:
    """The type of a model, of a new row, and of what an update changes.

    undefined  whether what may be absent may be undefined as well, which tsc can tell apart
    """
    absent = " | undefined" if undefined else ""

    def line(member: Member, *, optional: bool) -> str:
        mark, end = ("?", absent) if optional else ("", "")
        return f"  {member.name}{mark}: {_type(member, kinds)}{end};\n"

    rows = (
        doc(item.description, "  ") + line(item, optional=not item.required)
        for item in shape.members
    )
    given = (item for item in shape.members if item.given is not Given.NEVER)
    created = [line(item, optional=item.given is Given.MAYBE) for item in given]
    changed = (item for item in shape.members if item.changes)
    updated = [line(item, optional=True) for item in changed]
    name, create, update = type_names(shape)
    return "\n".join(
        (
            doc(shape.description) + _interface(name, rows, "unknown"),
            f"/** What a new {name} needs; the database fills in what may be left out. */\n"
            + _interface(create, created, "never"),
            f"/** What may change of {name}; what is left out stays. */\n"
            + _interface(update, updated, "never"),
        )
    )


def _interface(name: str, lines: Iterable[str], others: str) -> str:
    """An interface.

    others  what a type without members may have; if nothing were said, everything would be one
    """
    body = "".join(lines) or f"  [name: string]: {others};\n"
    return f"export interface {name} {{\n{body}}}\n"


def _type(member: Member, kinds: Kinds) -> str:
    name = kinds.of(member).type
    if member.list:
        name += "[]"
    return name if member.required or name == "unknown" else f"{name} | null"


def enum_type(enum: Enum) -> str:
    """The texts of an enum by their names, its type, and its guard."""
    name, comment = enum.name, doc(enum.description)
    given = "$value" if name == "value" else "value"  # which would hide the enum
    values = "".join(
        f"{doc(value.description, '  ')}  {key(value.name)}: {string(value.text)},\n"
        for value in enum.values
    )
    return f"""\
{comment}export const {name} = {{
{values}}} as const;

{comment}export type {name} = (typeof {name})[keyof typeof {name}];

/** Whether the value is one of {name}. */
export function is{name}({given}: unknown): {given} is {name} {{
  return $oneOf({name}, {given});
}}
"""


def enum_schema(enum: Enum, zod: str) -> str:
    texts = ", ".join(string(value.text) for value in enum.values)
    return f"export const {enum.name}Schema = {zod}.enum([{texts}]);\n"
