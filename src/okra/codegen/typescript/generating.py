"""The generator of TypeScript: the schema and its options in, modules out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import MARK, File, Files
from okra.codegen.shape import shapes
from okra.codegen.typescript.declaring import enum_schema, enum_type, interfaces
from okra.codegen.typescript.functions import conversions, guard, schema
from okra.codegen.typescript.helpers import GLOBALS, helpers, used
from okra.codegen.typescript.names import check_names, file_name, type_names
from okra.codegen.typescript.options import Module, TypeScriptOptions
from okra.codegen.typescript.types import Kinds
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.codegen.shape import Shape
    from okra.language.definition import Enum, SchemaDefinition

_HEAD = f"// {MARK}\n/* eslint-disable */\n"
_NOTHING = "export {};\n"  # what makes a file without names a module
_LINE = 100


class TypeScriptGenerator:
    """Interfaces, enums and guards; nothing is needed at run time but Zod, where its schemas are asked for."""

    options: type[TypeScriptOptions] = TypeScriptOptions
    suffixes: tuple[str, ...] = (".ts",)

    def generate(self, schema: SchemaDefinition, options: TypeScriptOptions) -> tuple[File, ...]:
        """The modules.

        Raises  CannotGenerate where the code would not be what the schema says
        """
        found = shapes(schema)
        check_names(schema.enums, found, options)
        code = Code(schema.enums, found, options)
        return code.files() if options.files is Files.EACH else (code.file(),)


class Code:
    """The modules of one schema: what stands in each, and what it takes from the others."""

    def __init__(
        self, enums: tuple[Enum, ...], shapes: tuple[Shape, ...], options: TypeScriptOptions
    ) -> None:
        names = {enum.name for enum in enums}.union(*map(type_names, shapes))
        self._hidden = frozenset(GLOBALS) & names
        self._zod = "$z" if "z" in names else "z"
        self._enums, self._shapes, self._options = enums, shapes, options
        self._kinds = Kinds(options, self._zod)

    def file(self) -> File:
        """All of it in one file."""
        pieces = [self._import_zod()] if self._enums or self._shapes else []
        calls: set[str] = set()
        for enum in self._enums:
            pieces += self._enum(enum)
            calls.add("$oneOf")
        for shape in self._shapes:
            functions = self._functions(shape)
            calls.update(used(functions))
            pieces += (self._interfaces(shape), functions)
        pieces.append(helpers(calls, hidden=self._hidden))
        return _file("models.ts", pieces)

    def files(self) -> tuple[File, ...]:
        """A file for each model, beside enums, helpers, and an index of all but these."""
        found = []
        calls: set[str] = set()
        for shape in self._shapes:
            functions = self._functions(shape)
            calls.update(used(functions))
            pieces = (self._imports(shape, functions), self._interfaces(shape), functions)
            found.append(_file(f"{file_name(shape.name)}.ts", pieces))
        if self._enums:
            calls.add("$oneOf")
            texts = [text for enum in self._enums for text in self._enum(enum)]
            imports = self._import_zod() + self._import(["$oneOf"], "helpers")
            found.append(_file("enums.ts", [imports, *texts]))
        if calls:
            found.append(_file("helpers.ts", [helpers(calls, exported=True)]))
        found.append(_file("index.ts", [self._index()]))
        return tuple(sorted(found, key=lambda file: file.name))

    def _enum(self, enum: Enum) -> list[str]:
        texts = [enum_type(enum)]
        if self._options.zod:
            texts.append(enum_schema(enum, self._zod))
        return texts

    def _interfaces(self, shape: Shape) -> str:
        return interfaces(shape, self._kinds, undefined=self._options.zod)

    def _functions(self, shape: Shape) -> str:
        texts = [guard(shape, self._kinds)]
        if self._options.converts:
            texts.append(conversions(shape, self._kinds))
        if self._options.zod:
            texts.append(schema(shape, self._kinds, self._zod))
        return "\n".join(texts)

    def _import_zod(self) -> str:
        if not self._options.zod:
            return ""
        name = "z" if self._zod == "z" else f"z as {self._zod}"
        return f'import {{ {name} }} from "zod";\n'

    def _imports(self, shape: Shape, functions: str) -> str:
        enums = {item.type.name for item in shape.members if not isinstance(item.type, Scalar)}
        names = [name for enum in sorted(enums) for name in (f"type {enum}", f"is{enum}")]
        if self._options.zod:
            names += [f"{enum}Schema" for enum in sorted(enums)]
        text = self._import_zod()
        if names:
            text += self._import(names, "enums")
        return text + self._import(used(functions), "helpers")

    def _import(self, names: Iterable[str], file: str) -> str:
        path = self._path(file)
        line = f'import {{ {", ".join(names)} }} from "{path}";\n'
        if len(line) <= _LINE:
            return line
        lines = "".join(f"  {name},\n" for name in names)
        return f'import {{\n{lines}}} from "{path}";\n'

    def _index(self) -> str:
        files = ["enums"] if self._enums else []
        files += [file_name(shape.name) for shape in self._shapes]
        return "".join(f'export * from "{self._path(name)}";\n' for name in files)

    def _path(self, file: str) -> str:
        end = ".js" if self._options.module is Module.ESM else ""
        return f"./{file}{end}"


def _file(name: str, pieces: Sequence[str]) -> File:
    body = "\n".join(piece for piece in pieces if piece)
    return File(name=name, text=f"{_HEAD}\n{body or _NOTHING}")
