"""Types for services: a generator for each language, and where those of other packages are found."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okra.codegen.generator import Generator

GENERATORS = {
    "go": "okra.codegen.go:GoGenerator",
    "typescript": "okra.codegen.typescript:TypeScriptGenerator",
    "python": "okra.codegen.python:PythonGenerator",
}
"""Each language that OKRA itself knows, with the class of its generator."""

ENTRY_POINTS = "okra.generators"
"""The group of entry points under which other packages offer more; OKRA's own come first."""


def languages() -> tuple[str, ...]:
    """Every language that there is a generator for."""
    from importlib.metadata import entry_points

    others = sorted(point.name for point in entry_points(group=ENTRY_POINTS))
    return tuple(dict.fromkeys((*GENERATORS, *others)))


def find_generator(language: str) -> Generator[Any] | None:
    """The generator for a language, or None where no package has one.

    Raises  ImportError, AttributeError where the package that offers it is broken
    """
    found: type[Generator[Any]]
    if language in GENERATORS:
        module, _, name = GENERATORS[language].partition(":")
        found = getattr(import_module(module), name)
        return found()
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=language):
        found = point.load()
        return found()
    return None
