"""Python: dataclasses, TypedDicts, Pydantic models or msgspec Structs, each read from one JSON form and written as it."""

from __future__ import annotations

from okra.codegen.python.generating import PythonGenerator
from okra.codegen.python.options import PythonOptions

__all__ = ["PythonGenerator", "PythonOptions"]
