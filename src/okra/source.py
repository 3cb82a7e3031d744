"""Where text came from: files, spans, and how an offset becomes a line and a column."""

from __future__ import annotations

from bisect import bisect_right

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False):
    """A piece of one file: `start` to `end`, 0-based character offsets, `end` exclusive."""

    file: str
    start: int
    end: int


class Position(msgspec.Struct, frozen=True, gc=False):
    """A place as people count it: `line` and `column` start at 1, the column counts characters."""

    line: int
    column: int


class Source:
    """One file's name and text; finds lines without keeping more than their offsets."""

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """The line and column of the character at `offset`."""
        starts = self._line_starts()
        row = bisect_right(starts, offset) - 1
        return Position(line=row + 1, column=offset - starts[row] + 1)

    def line(self, number: int) -> str:
        """The text of line `number` (1-based), without its line end."""
        begin, end = self.bounds(number)
        return self.text[begin:end]

    def bounds(self, number: int) -> tuple[int, int]:
        """Where line `number` (1-based) begins and where its text ends, without its line end."""
        starts = self._line_starts()
        begin = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        while end > begin and self.text[end - 1] in "\r\n":
            end -= 1
        return begin, end

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at != -1:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        return self._starts
