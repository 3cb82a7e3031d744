"""The classes of enums and models, with what reads them from JSON and writes them as it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.codegen.python.layout import (
    STEP,
    Expression,
    assignment,
    broken,
    condition,
    docstring,
    field,
    function,
    literal,
)
from okra.codegen.python.names import enum_member
from okra.codegen.python.options import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.codegen.python.members import Attribute, Context
    from okra.codegen.shape import Shape
    from okra.language.definition import Enum

_READ = '"""Read the JSON form; ValueError says what is wrong with it, and where."""'
_WRITE = '"""The JSON form."""'
_IMPORTS = {
    Style.DATACLASS: ("dataclasses:dataclass", "typing:Any", "typing:Self"),
    Style.TYPEDDICT: ("typing:Any", "typing:TypedDict"),
    Style.PYDANTIC: ("pydantic", "typing:Any", "typing:Self"),
    Style.MSGSPEC: ("msgspec", "typing:Any", "typing:Self"),
}


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a file.

    names    what it defines for others
    imports  what it needs
    """

    lines: tuple[str, ...]
    names: tuple[str, ...]
    imports: tuple[str, ...]


def enum_part(enum: Enum, context: Context) -> Part:
    """An enum: its class, whose values are the stored texts."""
    name = context.names.classes[enum.name]
    lines = [f"class {name}(StrEnum):"]
    if described := docstring(enum.description, STEP):
        lines += [*described, ""]
    for value in enum.values:
        stored = literal(value.text)
        lines += assignment(STEP, enum_member(value.name), Expression(stored))
        lines += docstring(value.description, STEP)
    lines += ["", f"{STEP}@classmethod"]
    path = f'path: str = "{enum.name}"'
    lines += function(STEP, "from_json", ("cls", "value: object", path), "Self")
    lines += [
        f'{STEP * 2}"""The value that is stored as this text; ValueError where there is none."""',
        f"{STEP * 2}stored = {context.helper('text')}(value, path)",
        f"{STEP * 2}try:",
        f"{STEP * 3}return cls(stored)",
        f"{STEP * 2}except ValueError:",
        f"{STEP * 3}raise {context.helper('unknown')}(path, cls) from None",
    ]
    imports = ("enum:StrEnum", "typing:Self")
    return Part(lines=tuple(lines), names=(name,), imports=imports)


def model_part(shape: Shape, context: Context) -> Part:
    """A model: its class, and where that is a TypedDict, the two functions beside it."""
    items = [context.attribute(shape, member) for member in shape.members]
    name = context.names.classes[shape.name]
    style = context.options.style
    imports = {*_IMPORTS[style], *(need for item in items for need in _needs(item))}
    if style is not Style.TYPEDDICT:
        lines = [*_class(shape, items, context), *_read_method(shape, items, context)]
        lines += _write_method(items, context)
        return Part(lines=tuple(lines), names=(name,), imports=tuple(imports))
    reader, writer = (context.names.function(shape.name, verb) for verb in ("from_json", "to_json"))
    lines = [
        *_typed_dict(shape, items, context),
        *("", "", *function("", reader, ("value: object",), name), f"{STEP}{_READ}"),
        *_members_of(shape, items, context, STEP),
        *_dictionary(
            f"{STEP}return {{", [(f'"{item.name}"', context.read(item)) for item in items]
        ),
        *("", "", *function("", writer, (f"value: {name}",), "dict[str, Any]"), f"{STEP}{_WRITE}"),
        *_written(items, context, STEP),
    ]
    if any(item.nullable for item in items):
        imports.add("typing:NotRequired")
    return Part(lines=tuple(lines), names=(name, reader, writer), imports=tuple(imports))


def _needs(item: Attribute) -> tuple[str, ...]:
    return item.kind.imports


def _class(shape: Shape, items: list[Attribute], context: Context) -> Iterator[str]:
    name = context.names.classes[shape.name]
    match context.options.style:
        case Style.PYDANTIC:
            yield f"class {name}(pydantic.BaseModel):"
        case Style.MSGSPEC:
            yield from _struct(name, items)
        case _:
            yield "@dataclass(slots=True, kw_only=True)"
            yield f"class {name}:"
    if described := docstring(shape.description, STEP):
        yield from (*described, "")
    if context.options.style is Style.PYDANTIC:
        yield from _pydantic_config(items, context)
    for item in items:
        yield from field(item.name, item.annotation, "None" if item.nullable else None)
        if item.description is not None:
            yield from docstring(item.description, STEP)


def _renamed(items: Iterable[Attribute]) -> Iterator[Attribute]:
    return (item for item in items if item.key != f'"{item.name}"')


def _struct(name: str, items: list[Attribute]) -> Iterator[str]:
    pairs = [f'{STEP * 2}"{item.name}": {item.key},' for item in _renamed(items)]
    if not pairs:
        yield f"class {name}(msgspec.Struct, kw_only=True):"
        return
    yield f"class {name}("
    yield from (f"{STEP}msgspec.Struct,", f"{STEP}kw_only=True,", f"{STEP}rename={{")
    yield from (*pairs, f"{STEP}}},", "):")


def _pydantic_config(items: list[Attribute], context: Context) -> Iterator[str]:
    pairs = [f"{STEP * 3}{item.name}={item.key}," for item in _renamed(items)]
    if pairs:
        yield f"{STEP}model_config = pydantic.ConfigDict("
        yield f"{STEP * 2}alias_generator={context.helper('named')}("
        yield from (*pairs, f"{STEP * 2}),")
        yield from (f"{STEP * 2}populate_by_name=True,", f"{STEP * 2}protected_namespaces=(),")
        yield f"{STEP})"
    else:
        yield f"{STEP}model_config = pydantic.ConfigDict(protected_namespaces=())"
    yield ""


def _read_method(shape: Shape, items: list[Attribute], context: Context) -> Iterator[str]:
    yield from ("", f"{STEP}@classmethod")
    yield f"{STEP}def from_json(cls, value: object) -> Self:"
    yield f"{STEP * 2}{_READ}"
    yield from _members_of(shape, items, context, STEP * 2)
    if not items:
        yield f"{STEP * 2}return cls()"
        return
    yield f"{STEP * 2}return cls("
    for item in items:
        yield from broken(STEP * 3, f"{item.name}=", context.read(item), ",")
    yield f"{STEP * 2})"


def _members_of(shape: Shape, items: list[Attribute], context: Context, pad: str) -> Iterator[str]:
    arguments = ("value", f'"{shape.name}"')
    call = Expression(f"{context.helper('members')}(", arguments, ").get")
    if items:
        yield from assignment(pad, "get", call)
    else:
        yield f"{pad}{context.helper('members')}({', '.join(arguments)})"


def _write_method(items: list[Attribute], context: Context) -> Iterator[str]:
    yield from ("", f"{STEP}def to_json(self) -> dict[str, Any]:", f"{STEP * 2}{_WRITE}")
    yield from _written(items, context, STEP * 2)


def _written(items: list[Attribute], context: Context, pad: str) -> Iterator[str]:
    """What is never null as one dictionary; the others follow where they have a value."""
    typed = context.options.style is Style.TYPEDDICT
    always = [
        (item.key, context.write(item, _value(item, typed=typed)))
        for item in items
        if not item.nullable
    ]
    if len(always) == len(items):
        yield from _dictionary(f"{pad}return {{", always)
        return
    yield from _dictionary(f"{pad}members: dict[str, Any] = {{", always)
    for item in items:
        if item.nullable:
            value = _value(item, typed=typed)
            yield from _if_given(pad, item, typed=typed)
            target = f"members[{item.key}]"
            yield from assignment(pad + STEP, target, context.write(item, value))
    yield f"{pad}return members"


def _value(item: Attribute, *, typed: bool) -> Expression:
    """Where a model has the value of a field."""
    if typed:
        return Expression("value[", (f'"{item.name}"',), "]")
    return Expression(f"self.{item.name}")


def _if_given(pad: str, item: Attribute, *, typed: bool) -> list[str]:
    if typed:
        key = f'"{item.name}"'
        return condition(pad, f"{key} in value", f"and value[{key}] is not None")
    return condition(pad, f"self.{item.name}", "is not None")


def _dictionary(opening: str, pairs: Iterable[tuple[str, Expression]]) -> list[str]:
    pad = opening[: len(opening) - len(opening.lstrip())]
    lines = [
        line
        for key, expression in pairs
        for line in broken(pad + STEP, f"{key}: ", expression, ",")
    ]
    return [opening, *lines, f"{pad}}}"] if lines else [f"{opening}}}"]


def _typed_dict(shape: Shape, items: list[Attribute], context: Context) -> Iterator[str]:
    yield f"class {context.names.classes[shape.name]}(TypedDict):"
    described = docstring(shape.description, STEP)
    yield from described
    if described and items:
        yield ""
    for item in items:
        annotation = f"NotRequired[{item.annotation}]" if item.nullable else item.annotation
        yield from field(item.name, annotation, None)
        yield from docstring(item.description, STEP)
    if not items and not described:
        yield f"{STEP}pass"
