"""Schema files in their one layout: read, formatted, and written back where that changes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.configuration.settings import read_schemas
from okra.errors import Diagnostic, SchemaError
from okra.language.format import format_source
from okra.textfiles import write_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.source import Source

SUFFIX = ".okra.gql"


class Formatted(NamedTuple):
    """One file: as it was read, and in its layout."""

    source: Source
    text: str

    @property
    def changed(self) -> bool:
        return self.text != self.source.text


def named_files(names: Iterable[str], folder: Path) -> tuple[Source, ...]:
    """The schema files that `names` mean: files, patterns, or folders with all schemas below them.

    Raises  UsageError for one that is not there
    """
    patterns = [f"{name}/**/*{SUFFIX}" if (folder / name).is_dir() else name for name in names]
    return read_schemas(patterns, folder)


def format_all(sources: Sequence[Source]) -> tuple[Formatted, ...]:
    """Every file in its layout.

    Raises  SchemaError with what is wrong in all of them
    """
    found: list[Formatted] = []
    wrong: list[Diagnostic] = []
    for source in sources:
        try:
            found.append(Formatted(source, format_source(source)))
        except SchemaError as error:
            wrong += error.diagnostics
    if wrong:
        raise SchemaError(wrong, {source.name: source for source in sources})
    return tuple(found)


def write_back(files: Iterable[Formatted]) -> None:
    """Write the files that change.

    Raises  OSError, with the file as it was
    """
    for file in files:
        if file.changed:
            write_text(Path(file.source.name), file.text)
