"""The generator of Python: the schema and its options in, modules out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import MARK, File
from okra.codegen.names import Problems
from okra.codegen.python.declaring import enum_part, model_part
from okra.codegen.python.helpers import AT_ONCE, helper_imports, helper_lines, needed
from okra.codegen.python.imports import export_order, import_lines
from okra.codegen.python.layout import STEP
from okra.codegen.python.members import Context
from okra.codegen.python.names import check_names
from okra.codegen.python.options import PythonOptions
from okra.codegen.shape import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.codegen.python.declaring import Part
    from okra.language.definition import SchemaDefinition


class PythonGenerator:
    """Models as classes; pyright and ruff find nothing to say."""

    options: type[PythonOptions] = PythonOptions
    suffixes: tuple[str, ...] = (".py",)

    def generate(self, schema: SchemaDefinition, options: PythonOptions) -> tuple[File, ...]:
        """The files of the package.

        Raises  CannotGenerate where two names would become one
        """
        models = shapes(schema)
        context = Context(schema, models, options)
        problems = Problems("Python")
        check_names(schema, models, context.names, options, problems)
        problems.check()
        enums = [enum_part(enum, context) for enum in schema.enums]
        parts = [model_part(shape, context) for shape in models]
        if not context.each:
            return (_one(enums, parts, context),)
        modules = [context.names.module(shape.name) for shape in models]
        return _each(enums, dict(zip(modules, parts, strict=True)), context)


def _one(enums: Sequence[Part], models: Sequence[Part], context: Context) -> File:
    parts = (*enums, *models)
    helpers = needed(context.helpers)
    first = [name for name in helpers if name in AT_ONCE]
    last = [name for name in helpers if name not in AT_ONCE]
    groups = (
        helper_lines(first, context.sign),
        *(part.lines for part in parts),
        helper_lines(last, context.sign),
    )
    imports = [name for part in parts for name in part.imports]
    names = [name for part in parts for name in part.names]
    return _file(
        "models.py",
        "The models, read from JSON and written as it.",
        [*imports, *helper_imports(helpers)],
        [_all(names), *(group for group in groups if group)],
    )


def _each(enums: Sequence[Part], models: dict[str, Part], context: Context) -> tuple[File, ...]:
    files = [_package(enums, models)]
    if enums:
        files.append(_module("enums", "The enums.", enums, [".:_json"]))
    helpers = needed(context.helpers)
    if helpers:
        files.append(
            _file(
                "_json.py",
                "What reads and writes the JSON form of each type.",
                helper_imports(helpers),
                [helper_lines(helpers, "")],
            )
        )
    for module, part in models.items():
        title = f"The model `{part.names[0]}`."
        files.append(_module(module, title, [part], [".:_json"]))
    return tuple(files)


def _module(name: str, title: str, parts: Sequence[Part], imports: Sequence[str]) -> File:
    needs = [*imports, *(need for part in parts for need in part.imports)]
    return _file(f"{name}.py", title, needs, [part.lines for part in parts])


def _package(enums: Sequence[Part], models: dict[str, Part]) -> File:
    named = [("enums", part) for part in enums] + list(models.items())
    imports = [f".{module}:{name}" for module, part in named for name in part.names]
    names = [name for _, part in named for name in part.names]
    title = "The models, read from JSON and written as it."
    return _file("__init__.py", title, imports, [_all(names)])


def _all(names: Iterable[str]) -> list[str]:
    """`__all__`, sorted as ruff sorts it."""
    found = [f'{STEP}"{name}",' for name in sorted(names, key=export_order)]
    return ["__all__ = [", *found, "]"] if found else ["__all__: list[str] = []"]


def _file(name: str, title: str, imports: Iterable[str], bodies: Sequence[Sequence[str]]) -> File:
    """One file: mark, docstring, imports, and the bodies two lines apart."""
    lines = [f"# {MARK}", f'"""{title}"""', ""]
    found = import_lines(imports)
    if found:
        lines += [*found, ""]
    for body in bodies:
        if body is not bodies[0] or body[0].startswith(("class", "def", "@")):
            lines.append("")
        lines += [*body, ""]
    return File(name=name, text="\n".join(lines))
