"""What the code does with values of a model: tell them, read them from JSON, write them to JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.typescript.names import INHERITED, camel, key
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from okra.codegen.shape import Member, Shape
    from okra.codegen.typescript.types import Kind, Kinds


def guard(shape: Shape, kinds: Kinds) -> str:
    """`isPost`: tells a value in memory."""
    tests = ["$object(value)", *(_test(member, kinds.of(member)) for member in shape.members)]
    together = " &&\n    ".join(tests)
    return f"""\
/** Whether the value is {shape.name}: each member is there and has the form that it should have. */
export function is{shape.name}(value: unknown): value is {shape.name} {{
  return (
    {together}
  );
}}
"""


def _test(member: Member, kind: Kind) -> str:
    own = f'$own(value, "{member.name}")'
    match member.list, member.required:
        case False, True:
            return f"{kind.guard}({own})"
        case False, False:
            return f"$maybe({kind.guard}, {own})"
        case True, True:
            return f"$list({kind.guard}, {own})"
        case _:
            return f"$maybeList({kind.guard}, {own})"


def conversions(shape: Shape, kinds: Kinds) -> str:
    """`postFromJson` and `postToJson`."""
    name, start = shape.name, camel(shape.name)
    read = "".join(f"    {_read(member, kinds.of(member))},\n" for member in shape.members)
    written = "".join(f"    {_write(member, kinds.of(member))},\n" for member in shape.members)
    return f"""\
/** Read {name} from its JSON, parsed. Throws a TypeError that names the member which is not what it should be. */
export function {start}FromJson(value: unknown): {name} {{
  const json = $open("{name}", value);
  return {{
{read}  }};
}}

/** Write {name} as its JSON, for JSON.stringify. */
export function {start}ToJson(value: {name}): unknown {{
  return $written({{
{written}  }});
}}
"""


def _read(member: Member, kind: Kind) -> str:
    way = ("many" if member.list else "one") + ("" if member.required else "OrNull")
    value = f'${way}(json, "{member.name}", {kind.json}, "{kind.name}")'
    if kind.read is not None:
        value = _converted(value, member, kind.read) + ("" if member.required else " ?? null")
    return f"{key(member.name)}: {value}"


def _write(member: Member, kind: Kind) -> str:
    name = member.name
    value = f'$get(value, "{name}")' if name in INHERITED else f"value.{name}"
    if kind.write is not None:
        value = _converted(value, member, kind.write)
    elif not member.required:
        value += " ?? undefined"
    return f"{key(name)}: {value}"


def _converted(value: str, member: Member, function: str) -> str:
    """The value given to a function, or each element of a list; undefined where there is none."""
    match member.list, member.required:
        case False, True:
            return f"{function}({value})"
        case False, False:
            return f"$convert({value}, {function})"
        case True, True:
            return f"{value}.map({function})"
        case _:
            return f"{value}?.map({function})"


def schema(shape: Shape, kinds: Kinds, zod: str) -> str:
    """`PostSchema`: Zod's; it takes JSON, and what is in memory."""
    lines = "".join(
        f"  {member.name}: {_schema(member, kinds.of(member), zod)},\n" for member in shape.members
    )
    return f"""\
export const {shape.name}Schema = {zod}.object({{
{lines}}});
"""


def _schema(member: Member, kind: Kind, zod: str) -> str:
    text = kind.schema
    if member.list:
        text = f"{zod}.array({text})"
        if member.type is Scalar.JSON:
            text = f'{zod}.custom<{{}}[]>((value) => $list($json, value), "is no list of JSON")'
    if member.required:
        return text
    if member.name in INHERITED:
        return f"{zod}.preprocess($notInherited, {text}.nullish())"
    return f"{text}.nullish()"
