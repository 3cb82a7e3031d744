"""Rows in CSV: a line with the names of the fields, then a line for each row. The file is never held as a whole."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from okra.errors import SeedError
from okra.seeding.rows import Row
from okra.seeding.values import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.seeding.files import SeedFile

_LARGEST_CELL = 64_000_000
_OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class CsvFile:
    """The rows of one model. A path with points, like `author.email`, is a field of what a relation leads to."""

    def __init__(self, file: SeedFile, model: str) -> None:
        self.name = file.name
        self._path = file.path
        self._model = model
        if not file.path.is_file():
            raise _bad(self.name, "it is not a file")

    @property
    def models(self) -> tuple[str, ...]:
        return (self._model,)

    def rows(self, model: str) -> Iterator[Row]:
        """The rows, read as they are asked for.

        Raises  SeedError that names the line
        """
        if model != self._model:
            return
        csv.field_size_limit(_LARGEST_CELL)
        line = 0
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(self._checked(file), strict=True)
                header = self._header(next(reader, None))
                line = reader.line_num
                number = 0
                for cells in reader:
                    start, line = line + 1, reader.line_num
                    if cells:
                        number += 1
                        yield self._row(header, cells, number, start)
        except UnicodeDecodeError as cause:
            raise SeedError(
                f"the seed `{self.name}` is not UTF-8",
                code="OKR614",
                place=f"{self.name}:{self._garbled()}",
                help="save the file as UTF-8",
            ) from cause
        except csv.Error as cause:
            raise _bad(f"{self.name}:{line + 1}", str(cause)) from cause
        except OSError as cause:
            raise _bad(self.name, (cause.strerror or str(cause)).lower()) from cause

    def _checked(self, lines: Iterable[str]) -> Iterator[str]:
        """The same lines.

        Raises  SeedError for a quote in a cell that does not begin with one: the reader would take it for a letter
        """
        quoted = False
        for number, line in enumerate(lines, start=1):
            if '"' in line:
                column, quoted = _misplaced_quote(line, quoted=quoted)
                if column is not None:
                    raise SeedError(
                        "the seed can't be read as CSV: there is a quote in a cell that does not begin with one",
                        code="OKR596",
                        place=f"{self.name}:{number}:{column + 1}",
                        help="leave no space before the first quote of a cell; where the quote belongs to the text, put all "
                        'of it into quotes, and write the one inside twice: "5"" pipe"',
                    )
            yield line

    def _garbled(self) -> int:
        """The first line that is not UTF-8."""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    line.decode()
                except UnicodeDecodeError:
                    return number
        return 1

    def _header(self, cells: list[str] | None) -> list[str]:
        if not cells:
            raise _bad(self.name, "its first line has no names of fields")
        names = [cell.strip() for cell in cells]
        if len(names) == 1 and (sign := next((sign for sign in _OTHERS if sign in names[0]), None)):
            raise _bad(f"{self.name}:1", f"its cells have {_OTHERS[sign]} between them")
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise _bad(f"{self.name}:1", f"the field `{twice}` is there twice")
        if "" in names:
            raise _bad(f"{self.name}:1", "a field has no name")
        return names

    def _row(self, header: list[str], cells: list[str], number: int, line: int) -> Row:
        if len(cells) != len(header):
            raise _bad(
                f"{self.name}:{line}",
                f"the line has {len(cells)} cells, and the first {len(header)}",
            )
        values: dict[str, object] = {}
        for name, cell in zip(header, cells, strict=True):
            relation, point, field = name.partition(".")
            if not point:
                values[name] = Cell(cell)
                continue
            inner = values.setdefault(relation, {})
            if not isinstance(inner, dict):
                raise _bad(f"{self.name}:1", f"`{relation}` is there twice")
            inner[field] = Cell(cell)
        return Row(number, f"{self.name}:{line}", values)


def _misplaced_quote(line: str, *, quoted: bool) -> tuple[int | None, bool]:
    """Where a quote stands in a cell that did not begin with one, from 0; and whether the line ends between quotes.

    quoted  whether it begins between quotes
    """
    at, begins = 0, not quoted
    while (at := _next_sign(line, at, quoted=quoted)) < len(line):
        if line[at] == ",":
            begins = True
        elif quoted:
            if line[at + 1 : at + 2] == '"':
                at += 1
            else:
                quoted = False
        elif begins and (at == 0 or line[at - 1] == ","):
            quoted, begins = True, False
        elif line[:at].rstrip(" \t")[-1:] == '"':
            return None, False  # behind a cell between quotes: the reader refuses that
        else:
            return at, quoted
        at += 1
    return None, quoted


def _next_sign(line: str, at: int, *, quoted: bool) -> int:
    """Where the next quote stands, or comma outside of quotes; the length of the line where there is none."""
    found = [line.find('"', at)] if quoted else [line.find('"', at), line.find(",", at)]
    return min((each for each in found if each >= 0), default=len(line))


def _bad(place: str, reason: str) -> SeedError:
    return SeedError(
        f"the seed can't be read as CSV: {reason}",
        code="OKR596",
        place=place,
        help="the first line names the fields, with commas between them; each line below is a row",
    )
