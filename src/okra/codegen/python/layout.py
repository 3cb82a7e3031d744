"""Lines of Python as `ruff format` would break them, and texts as it would quote them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 88
STEP = "    "


class Expression(msgspec.Struct, frozen=True, gc=False):
    """An expression with one place where it may be broken: `opening`, `parts` between separators, `closing`.

    separator  between the parts; where it is a comma, the last part gets one too once each has its own line
    """

    opening: str
    parts: tuple[str, ...] = ()
    closing: str = ""
    separator: str = ", "


def width(line: str) -> int:
    """How many columns a line takes on the screen."""
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def broken(pad: str, before: str, expression: Expression, after: str = "") -> list[str]:
    """An expression behind `before`, on as few lines as fit: one, three, or one for each part."""
    opening, parts, closing = expression.opening, expression.parts, expression.closing
    inner = expression.separator.join(parts)
    line = f"{pad}{before}{opening}{inner}{closing}{after}"
    if not parts or width(line) <= WIDTH:
        return [line]
    first, last = f"{pad}{before}{opening}", f"{pad}{closing}{after}"
    if width(inner) + len(pad) + len(STEP) <= WIDTH:
        return [first, f"{pad}{STEP}{inner}", last]
    end = expression.separator.rstrip()
    return [first, *(f"{pad}{STEP}{part}{end}" for part in parts), last]


def assignment(pad: str, target: str, expression: Expression) -> list[str]:
    """`target = expression`; what begins too far to the right goes between parentheses, if it fits there."""
    opening = expression.opening if expression.parts else expression.opening + expression.closing
    begin = f"{pad}{target} = {opening}"
    if width(begin) > WIDTH >= width(opening) + len(pad) + len(STEP):
        return [f"{pad}{target} = (", *broken(pad + STEP, "", expression), f"{pad})"]
    return broken(pad, f"{target} = ", expression)


def condition(pad: str, left: str, right: str) -> list[str]:
    """The line that begins a block that runs if `left right` is true."""
    line = f"{pad}if {left} {right}:"
    if width(line) <= WIDTH:
        return [line]
    return broken(pad, "if ", Expression("(", (left, right), ")", " "), ":")


def field(name: str, annotation: str, default: str | None) -> list[str]:
    """One field of a class: `name: annotation = default`."""
    end = "" if default is None else f" = {default}"
    line = f"{STEP}{name}: {annotation}{end}"
    if width(line) <= WIDTH:
        return [line]
    head = f"{name}: {annotation}"
    if default is not None and len(STEP) + width(head) + len(" = (") <= WIDTH:
        return broken(STEP, f"{head} = ", Expression("(", (default,), ")", ""))
    if default is not None and " | " in annotation:
        return broken(STEP, f"{name}: ", Expression("(", (annotation,), ")", ""), end)
    opening, bracket, inner = annotation.partition("[")
    if bracket:
        return broken(STEP, f"{name}: ", Expression(f"{opening}[", (inner[:-1],), "]", ""), end)
    if default is None and len(STEP) * 2 + width(annotation) <= WIDTH:
        return broken(STEP, f"{name}: ", Expression("(", (annotation,), ")", ""))
    return [line]


def function(pad: str, name: str, parameters: Sequence[str], result: str) -> list[str]:
    """The line that begins a function."""
    one = len(parameters) == 1
    parts = (f"{parameters[0]},",) if one else tuple(parameters)
    head = Expression(f"{name}(", parts, f") -> {result}:", "" if one else ", ")
    line = f"{pad}def {name}({', '.join(parameters)}) -> {result}:"
    return [line] if width(line) <= WIDTH else broken(pad, "def ", head)


def literal(text: str) -> str:
    """A text as a string literal, in the quotes that need fewer backslashes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isidentifier():
        return f'"{text}"'
    return quote + "".join(_escaped(letter, quote) for letter in text) + quote


def _escaped(letter: str, quote: str = "") -> str:
    if letter in ("\\", quote):
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(letter)
    return short or ascii(letter)[1:-1]


def docstring(text: str | None, pad: str) -> list[str]:
    """A description as a docstring; none where there is nothing to say."""
    lines = [_spelled(line) for line in _lines(text or "")]
    if not lines:
        return []
    if len(lines) == 1:
        return [f'{pad}"""{lines[0]}"""']
    first, *others = lines
    return [
        f'{pad}"""{first}',
        *(f"{pad}{line}" if line else "" for line in others),
        f'{pad}"""',
    ]


def _lines(text: str) -> Iterator[str]:
    """The lines of a description, as far to the left as they may be."""
    lines = text.expandtabs(len(STEP)).strip().replace("\r\n", "\n").split("\n")
    if lines == [""]:
        return
    yield lines[0].strip()
    if len(lines) > 1:
        others = "\n".join(line.rstrip(" ") for line in lines[1:])
        yield from textwrap.dedent(others).split("\n")


def _spelled(line: str) -> str:
    """One line of a docstring: its quotes must not be taken for the docstring's own."""
    if '"' not in line and "\\" not in line and line.isprintable():
        return line
    quoted = '"""' in line or line.startswith('"') or line.endswith('"')
    return "".join(_escaped(letter, '"' if quoted else "") for letter in line)
