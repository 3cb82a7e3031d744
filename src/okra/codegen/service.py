"""service.okra.gql, begun from the models: object types, inputs to make and change them, and a service for each model.

The service language is GraphQL SDL with one more kind of definition: `service Name { … }` holds operations, written as
the fields of a GraphQL type are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from okra.codegen.names import Problems
from okra.codegen.shape import Given, shapes
from okra.language.definition import Scalar
from okra.naming import plural, snake_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from okra.codegen.shape import Member, Shape
    from okra.language.definition import Enum, SchemaDefinition

_BUILT_IN = {
    Scalar.ID: "ID",
    Scalar.STRING: "String",
    Scalar.INT: "Int",
    Scalar.FLOAT: "Float",
    Scalar.BOOLEAN: "Boolean",
    Scalar.NATIVE: "String",
}
"""What GraphQL knows by itself; other types are declared as scalars of their own name."""

_HEAD = """\
# The service's interface, begun from its models. It is yours now: OKRA does not write it again.
"""


def service_text(schema: SchemaDefinition) -> str:
    """The whole file.

    Raises  CannotGenerate where a model or an enum is called like something that the file would have
    """
    found = shapes(schema)
    _check_names(found, schema.enums)
    blocks = [
        _HEAD + _identity(schema),
        *_scalars(found),
        *(_enum(enum) for enum in schema.enums),
        *(block for shape in found for block in _blocks(shape)),
    ]
    return "\n".join(blocks)


def _identity(schema: SchemaDefinition) -> str:
    said = {"namespace": schema.namespace, "version": schema.version}
    arguments = ", ".join(f"{name}: {json.dumps(value)}" for name, value in said.items() if value)
    return f"@okra({arguments})\n" if arguments else ""


def _scalars(found: Iterable[Shape]) -> Iterator[str]:
    used = {member.type for shape in found for member in shape.members}
    names = [scalar.value for scalar in Scalar if scalar in used and scalar not in _BUILT_IN]
    if names:
        yield "".join(f"scalar {name}\n" for name in names)


def _enum(enum: Enum) -> str:
    values = (f"{_described(value.description, '  ')}  {value.name}\n" for value in enum.values)
    return f"{_described(enum.description)}enum {enum.name} {{\n{''.join(values)}}}\n"


def _blocks(shape: Shape) -> Iterator[str]:
    keys = [member for member in shape.members if member.key]
    yield _described(shape.description) + _fields("type", shape.name, shape.members, _output)
    created = [member for member in shape.members if member.given is not Given.NEVER]
    changed = [member for member in shape.members if member.changes]
    if created:
        yield _fields("input", f"Create{shape.name}Input", created, _create)
    if changed and keys:
        yield _fields("input", f"Update{shape.name}Input", changed, _update)
    yield _service(shape, keys, created=bool(created), changed=bool(changed))


def _service(shape: Shape, keys: list[Member], *, created: bool, changed: bool) -> str:
    """The operations that nearly every service has for a model."""
    name = shape.name
    one = name[:1].lower() + name[1:]
    key = ", ".join(f"{member.name}: {_output(member)}" for member in keys)
    lines = [f"{one}({key}): {name}"] if keys else []
    lines.append(f"{_many(name)}(limit: Int, offset: Int): [{name}!]!")
    if created:
        lines.append(f"create{name}(input: Create{name}Input!): {name}!")
    if keys and changed:
        lines.append(f"update{name}({key}, input: Update{name}Input!): {name}!")
    if keys:
        lines.append(f"delete{name}({key}): Boolean!")
    return f"service {name}Service {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _many(name: str) -> str:
    """`BlogPost` → `blogPosts`; a name that is its own plural is called a list."""
    first, *rest = plural(snake_case(name)).split("_")
    several = first + "".join(word.capitalize() for word in rest)
    return several if several.lower() != name.lower() else f"{several}List"


def _fields(
    kind: str, name: str, members: Iterable[Member], type_of: Callable[[Member], str]
) -> str:
    lines = (
        f"{_described(member.description, '  ')}  {member.name}: {type_of(member)}\n"
        for member in members
    )
    return f"{kind} {name} {{\n{''.join(lines)}}}\n"


def _output(member: Member) -> str:
    return f"{_type(member)}!" if member.required else _type(member)


def _create(member: Member) -> str:
    return _output(member) if member.given is Given.ALWAYS else _type(member)


def _update(member: Member) -> str:
    return _type(member)


def _type(member: Member) -> str:
    kind = member.type
    name = _BUILT_IN.get(kind, kind.value) if isinstance(kind, Scalar) else kind.name
    return f"[{name}!]" if member.list else name


def _described(text: str | None, indent: str = "") -> str:
    """A description as a GraphQL string: a block, or escaped where a block would not keep it as it is."""
    if not text:
        return ""
    printable = all(letter.isprintable() or letter == "\n" for letter in text)
    if not printable or text != text.strip() or text.endswith(('"', "\\")):
        return f"{indent}{json.dumps(text)}\n"
    block = text.replace('"""', '\\"""')
    if "\n" not in block:
        return f'{indent}"""{block}"""\n'
    lines = "".join(f"{indent}{line}\n" if line else "\n" for line in block.split("\n"))
    return f'{indent}"""\n{lines}{indent}"""\n'


def _check_names(found: Iterable[Shape], enums: Iterable[Enum]) -> None:
    taken = {shape.name for shape in found} | {enum.name for enum in enums}
    problems = Problems("the service's language")
    for shape in found:
        name = shape.name
        for made in (f"Create{name}Input", f"Update{name}Input", f"{name}Service"):
            if made in taken:
                problems.add(
                    made,
                    f"`{made}` would be what the service makes of `{name}`, and is in the schema already",
                    "give one of both another name; `@table` keeps the table's",
                )
    problems.check()
