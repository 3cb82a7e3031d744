"""TypeScript: interfaces, enums and guards, without any package at run time unless Zod is asked for."""

from __future__ import annotations

from okra.codegen.typescript.generating import TypeScriptGenerator
from okra.codegen.typescript.options import TypeScriptOptions

__all__ = ["TypeScriptGenerator", "TypeScriptOptions"]
