"""Rows as they stand in files of data: JSON here, CSV and YAML beside; values are as the file has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from okra.errors import SeedError
from okra.seeding.files import Kind, SeedFile
from okra.seeding.values import Number, named_type, no_duplicates
from okra.textfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.seeding.shapes import Shapes

MAX_BYTES = 256_000_000


class Row(NamedTuple):
    """One row.

    number  which one of its model in the file, from 1
    place   the file, and the line where that is known
    """

    number: int
    place: str
    values: Mapping[str, Any]


class Data(Protocol):
    """A file of rows, which may be read more than once."""

    @property
    def name(self) -> str: ...

    @property
    def models(self) -> tuple[str, ...]:
        """The models that it has rows of, in the order of the file."""
        ...

    def rows(self, model: str) -> Iterator[Row]: ...


class Whole:
    """Rows that were read at once."""

    def __init__(self, name: str, rows: Mapping[str, list[Row]]) -> None:
        self.name = name
        self._rows = rows

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def rows(self, model: str) -> Iterator[Row]:
        return iter(self._rows.get(model, ()))


def read_data(file: SeedFile, shapes: Shapes) -> Data:
    """The rows of a file.

    Raises  SeedError that names the place
    """
    if file.kind is Kind.CSV:
        from okra.seeding.csvfiles import CsvFile

        return CsvFile(file, model_of(file, shapes))
    text = read_text(file.path, "the seed", MAX_BYTES)
    if file.kind is Kind.YAML:
        from okra.seeding.yamlfiles import read_yaml

        return Whole(file.name, read_yaml(text, file, shapes))
    return Whole(file.name, _read_json(text, file, shapes))


def model_of(file: SeedFile, shapes: Shapes) -> str:
    """The model that a file's name means.

    Raises  SeedError where it means none
    """
    found = shapes.spelled(file.subject)
    if found is None:
        from okra.nearest import nearest

        near = nearest(file.subject, shapes.models)
        example = f"{near or 'User'}{file.path.suffix}"
        raise SeedError(
            f"the name of `{file.name}` says no model: there is no `{file.subject}`",
            code="OKR596",
            place=file.name,
            help=f"name it by its model, like `{example}` or `10_{example}`",
        )
    return found


def _read_json(text: str, file: SeedFile, shapes: Shapes) -> dict[str, list[Row]]:
    try:
        tree = json.loads(
            text,
            parse_float=Number,
            parse_constant=_no_constant,
            object_pairs_hook=no_duplicates,
        )
    except json.JSONDecodeError as cause:
        raise malformed(f"{file.name}:{cause.lineno}:{cause.colno}", cause.msg) from cause
    except (ValueError, RecursionError) as cause:
        raise malformed(file.name, str(cause)) from cause
    if isinstance(tree, list):
        tree = {model_of(file, shapes): tree}
    if not isinstance(tree, dict):
        raise malformed(file.name, f"it holds {named_type(tree)}")
    return {model: _numbered(items, model, file.name) for model, items in tree.items()}


def _numbered(items: Any, model: str, name: str) -> list[Row]:
    if not isinstance(items, list):
        raise malformed(name, f"`{model}` is {named_type(items)}, and not a list of rows")
    found = []
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise malformed(name, f"row {number} of `{model}` is {named_type(item)}")
        found.append(Row(number, name, item))
    return found


def _no_constant(text: str) -> None:
    raise ValueError(f"`{text}` is no JSON")


def malformed(place: str, reason: str) -> SeedError:
    """The error for a file that holds no rows."""
    return SeedError(
        f"the seed can't be read: {reason}",
        code="OKR596",
        place=place,
        help='rows stand under their model: { "User": [ { "id": 1, "name": "Ann" } ] }, '
        "or in a file with its name",
    )
