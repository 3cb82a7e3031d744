"""The names that generated code gives, and those that TypeScript has no way to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import Files
from okra.codegen.names import DEVICES, Problems
from okra.codegen.typescript.options import Module
from okra.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.codegen.shape import Shape
    from okra.codegen.typescript.options import TypeScriptOptions
    from okra.language.definition import Enum

_WORDS = """
    any arguments as await bigint boolean break case catch class const continue debugger default
    delete do else enum eval export exports extends false finally for function globalThis if
    implements import in infer instanceof interface keyof let module never new null number object
    package private protected public readonly require return static string super switch symbol
    this throw true try typeof undefined unique unknown var void while with yield
"""
_TAKEN = frozenset(_WORDS.split())  # words of the language, and what a module can't call its own
_OWN_FILES = frozenset({"index", "enums", "helpers"})

INHERITED = frozenset(
    {
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""What every object of JavaScript inherits: a member that is absent seems to be there."""


def key(name: str) -> str:
    """A name as the key of an object that is written out; there, `__proto__` would be its prototype."""
    return '["__proto__"]' if name == "__proto__" else name


def camel(name: str) -> str:
    """`BlogPost` → `blogPost`, `URL` → `url`, `APIKey` → `apiKey`."""
    capitals = next((at for at, letter in enumerate(name) if not letter.isupper()), len(name))
    head = capitals if capitals == len(name) else max(capitals - 1, 1)
    return name[:head].lower() + name[head:]


def file_name(model: str) -> str:
    """`BlogPost` → `blog-post`: the file of a model, without its end."""
    name = snake_case(model)
    word = name.lstrip("_")
    stem = name[: len(name) - len(word)] + word.replace("_", "-")
    if stem in DEVICES:
        return f"{stem}_"
    return f"{stem}.model" if stem in _OWN_FILES else stem


def type_names(shape: Shape) -> tuple[str, str, str]:
    return shape.name, f"{shape.name}Create", f"{shape.name}Update"


def check_names(
    enums: tuple[Enum, ...], shapes: tuple[Shape, ...], options: TypeScriptOptions
) -> None:
    """Raises  CannotGenerate if the code would not be what the schema says."""
    problems = Problems("TypeScript")
    names = [pair for enum in enums for pair in _of_enum(enum, options)]
    names += [pair for shape in shapes for pair in _of_shape(shape, options)]
    problems.check_distinct(names)
    for subject, name in names:
        if name == subject and name in _TAKEN:
            problems.add(subject, f"`{name}` is a word of TypeScript's own", _RENAME)
    if options.module is Module.COMMONJS and any(enum.name == "Object" for enum in enums):
        problems.add("Object", "modules of CommonJS keep the name `Object` for themselves", _RENAME)
    if options.files is Files.EACH:
        problems.check_distinct((shape.name, f"{file_name(shape.name)}.ts") for shape in shapes)
    for shape in shapes if options.zod else ():
        if any(member.name == "__proto__" for member in shape.members):
            message = "Zod has no way to read a member `__proto__`"
            problems.add(f"{shape.name}.__proto__", message, _RENAME)
    problems.check()


_RENAME = (
    "give it another name; `@table`, `@type` and `@column` keep what it is called in the database"
)


def _of_enum(enum: Enum, options: TypeScriptOptions) -> Iterator[tuple[str, str]]:
    yield enum.name, enum.name
    yield enum.name, f"is{enum.name}"
    if options.zod:
        yield enum.name, f"{enum.name}Schema"


def _of_shape(shape: Shape, options: TypeScriptOptions) -> Iterator[tuple[str, str]]:
    for name in type_names(shape):
        yield shape.name, name
    yield shape.name, f"is{shape.name}"
    if options.converts:
        yield shape.name, f"{camel(shape.name)}FromJson"
        yield shape.name, f"{camel(shape.name)}ToJson"
    if options.zod:
        yield shape.name, f"{shape.name}Schema"
