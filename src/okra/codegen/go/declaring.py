"""Structs of models, and enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.go.layout import columns, comment, quoted
from okra.codegen.go.names import constant, exported, receiver
from okra.codegen.go.pieces import Piece
from okra.codegen.go.types import field_name, field_type, helpers_of, imports_of, tag

if TYPE_CHECKING:
    from okra.codegen.go.types import TypeNames
    from okra.codegen.shape import Shape
    from okra.language.definition import Enum


def struct(shape: Shape, names: TypeNames) -> Piece:
    """`type Post struct`."""
    rows = [
        (
            comment(member.description, "\t"),
            (field_name(member), field_type(member, names), tag(member)),
        )
        for member in shape.members
    ]
    name = exported(shape.name)
    body = f"{{\n{columns(rows)}}}" if rows else "{}"
    imports = (imports_of(member, names) for member in shape.members)
    helpers = (helper for member in shape.members for helper in helpers_of(member, names))
    return Piece(
        text=f"{comment(shape.description)}type {name} struct {body}\n",
        imports=frozenset(path for path in imports if path is not None),
        helpers=frozenset(helpers),
    )


def enum(definition: Enum) -> Piece:
    """`type Role string`, its constants, and `Valid`."""
    name = exported(definition.name)
    constants = [(constant(name, value.name), value) for value in definition.values]
    rows = [
        (comment(value.description, "\t"), (found, name, f"= {quoted(value.text)}"))
        for found, value in constants
    ]
    me = receiver(name)
    cases = ",\n\t\t".join(found for found, _ in constants)
    return Piece(
        text=f"{comment(definition.description)}type {name} string\n\n"
        f"const (\n{columns(rows)})\n\n"
        f"// Valid tells whether it is one of the values of {name}.\n"
        f"func ({me} {name}) Valid() bool {{\n"
        f"\tswitch {me} {{\n\tcase {cases}:\n\t\treturn true\n\t}}\n\treturn false\n}}\n"
    )
