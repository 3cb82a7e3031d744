"""Colours and tables: text in, text out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}
_HEAD = re.compile(r"^(error|warning)(\[OKR\d+\])?:")
_PLACE = re.compile(r"^( *)(-->|= help:)")
_CARET = re.compile(r"^( *\| *)(\^+)$")

_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)"
)


def paint(text: str, style: str) -> str:
    """`text` in a style: words of `_CODES`, e.g. `red bold`."""
    codes = ";".join(_CODES[word] for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def paint_error(screen: str) -> str:
    """An error screen as `OkraError.render` draws it, in colour."""
    return "\n".join(_paint_line(line) for line in screen.split("\n"))


def _paint_line(line: str) -> str:
    head = _HEAD.match(line)
    if head:
        style = "red bold" if head[1] == "error" else "yellow bold"
        return paint(head[0], style) + paint(line[head.end() :], "bold")
    place = _PLACE.match(line)
    if place:
        return place[1] + paint(place[2], "cyan bold") + line[place.end() :]
    caret = _CARET.match(line)
    if caret:
        return caret[1] + paint(caret[2], "red bold")
    return line


def tamed(text: str) -> str:
    """Lines that a terminal shows and does not obey: what would steer it is spelled out, tabs and line ends stay."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


_MARKS = {"+": "green", "-": "red", "~": "yellow", ">": "cyan"}


def paint_changes(text: str) -> str:
    """Lines of `describe`, in the colour of what each does."""
    return "\n".join(
        paint(line, _MARKS.get(line.lstrip()[:1], "")) if line.strip() else line
        for line in text.split("\n")
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """`rows` in columns, two spaces apart; the last column may be as wide as it likes."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 statement`, `2 statements`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def indented(text: str, margin: str = "  ") -> str:
    """Every line of `text` that is not empty, moved to the right."""
    return "\n".join(margin + line if line else line for line in text.split("\n"))
