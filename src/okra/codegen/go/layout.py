"""Go source as gofmt writes it: comments, columns, strings, imports."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from okra.codegen.generator import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okra.codegen.go.pieces import Piece

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_JOINERS = "\u200c\u200d"  # invisible, and part of how some scripts are written
_LINK = re.compile(r"^(\[[^\]]*\]):")
_BUILD = re.compile(r"^(go:|\+)(?=build)")
_HEADING = re.compile(r"^#\s+")


def quoted(text: str) -> str:
    """A string literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def comment(description: str | None, indent: str = "") -> str:
    """A description as lines of a comment, which gofmt has nothing to change in; nothing for None.

    Lines keep their words: what gofmt would take for a list, a heading, code or a link is text.
    """
    lines = list(_lines(description or ""))
    return "".join(f"{indent}// {line}\n" if line else f"{indent}//\n" for line in lines)


def _lines(description: str) -> Iterator[str]:
    """The lines, with an empty one between paragraphs.

    One that stands alone between two others follows the first at once: it would be a heading.
    """
    paragraphs = [
        list(lines)
        for empty, lines in groupby(map(_plain, description.splitlines()), key=lambda it: not it)
        if not empty
    ]
    for number, lines in enumerate(paragraphs):
        inner = 0 < number < len(paragraphs) - 1
        if number and not (inner and len(lines) == 1 and lines[0][-1].isalnum()):
            yield ""
        yield from lines


def _plain(line: str) -> str:
    text = line
    if not text.isprintable():
        text = "".join(_shown(character) for character in text)
    text = text.strip()
    if text and text[0] in "[+#g":
        text = _HEADING.sub("#", _BUILD.sub(r"\1 ", _LINK.sub(r"\1 :", text)))
    if "``" in text or "''" in text:  # gofmt makes them typographic
        text = text.replace("``", '"').replace("''", '"')
    return text


def _shown(character: str) -> str:
    return character if character.isprintable() or character in _JOINERS else " "


def code_comment(lines: Iterable[str]) -> str:
    """Lines of code in a comment."""
    return "".join(f"//\t{' '.join(''.join(map(_shown, line)).split())}\n" for line in lines)


def columns(rows: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """Fields or constants, one a line, in columns: a comment above a line begins them anew.

    rows  (comment, cells) pairs
    """
    found: list[str] = []
    start = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number][0]:
            found.append(rows[start][0])
            found.extend(_aligned([cells for _, cells in rows[start:number]]))
            start = number
    return "".join(found)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    for cells in rows:
        line = " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"\t{line}\n"


def source(package: str, piece: Piece) -> str:
    """A whole file."""
    paths = sorted(piece.imports)
    parts = [f"// {MARK}\n", f"package {package}\n"]
    if len(paths) == 1:
        parts.append(f'import "{paths[0]}"\n')
    elif paths:
        parts.append("import (\n" + "".join(f'\t"{path}"\n' for path in paths) + ")\n")
    return "\n".join((*parts, piece.text) if piece.text else parts)
