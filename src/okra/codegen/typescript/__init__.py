"""TypeScript: interfaces, enums and guards, without any package at run time unless Zod is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import Generator
from okra.codegen.shape import shapes
from okra.codegen.typescript.code import Code
from okra.codegen.typescript.names import check
from okra.codegen.typescript.options import Files, TypeScriptOptions

if TYPE_CHECKING:
    from okra.codegen.generator import File
    from okra.language.definition import SchemaDefinition


class TypeScriptGenerator(Generator[TypeScriptOptions]):
    options = TypeScriptOptions
    suffixes = (".ts",)

    def generate(self, schema: SchemaDefinition, options: TypeScriptOptions) -> tuple[File, ...]:
        found = shapes(schema)
        check(schema.enums, found, options)
        code = Code(schema.enums, found, options)
        return code.files() if options.files is Files.EACH else (code.file(),)
