"""What a string token says: its escapes resolved, a block string's common indentation removed."""

from __future__ import annotations

import re
import sys

_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|([^\r\n]))")
_SIMPLE = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)


class BadEscape(Exception):
    """An escape that stands for nothing: `at` and `width` say where in the token, from its start."""

    def __init__(self, message: str, at: int, width: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.width = width


def string_text(raw: str) -> str:
    """The text of a STRING token.

    Raises  BadEscape
    """
    if raw.startswith('"""'):
        return block_text(raw[3:-3].replace('\\"""', '"""'))
    if "\\" not in raw:
        return raw[1:-1]
    return _unescaped(raw)


def _unescaped(raw: str) -> str:
    parts = []
    end = len(raw) - 1
    at = 1
    while at < end:
        slash = raw.find("\\", at, end)
        if slash == -1:
            parts.append(raw[at:end])
            break
        parts.append(raw[at:slash])
        text, at = _escape(raw, slash)
        parts.append(text)
    return "".join(parts)


def _escape(raw: str, slash: int) -> tuple[str, int]:
    """The text of the escape at `slash`, and where it ends."""
    match = _ESCAPE.match(raw, slash)
    simple = match[3] if match else None
    if match is None or (simple is not None and simple not in _SIMPLE):
        shown = raw[slash : slash + 2]
        raise BadEscape(f"`{shown}` is not an escape", slash, len(shown))
    if simple is not None:
        return _SIMPLE[simple], match.end()
    number = int(match[1] or match[2], 16)
    end = match.end()
    if number in _HIGH and match[2]:
        low = _ESCAPE.match(raw, end)
        if low and low[2] and int(low[2], 16) in _LOW:
            number = 0x10000 + ((number - 0xD800) << 10) + (int(low[2], 16) - 0xDC00)
            end = low.end()
    if number == 0 or number > sys.maxunicode or number in _HIGH or number in _LOW:
        what = "a NUL, which no database takes" if number == 0 else "no character"
        raise BadEscape(f"`{match[0]}` is {what}", slash, len(match[0]))
    return chr(number), end


def block_text(raw: str) -> str:
    """A block string's text: lines without their common indentation, no blank line first or last.

    Source  GraphQL specification, 2.9.4 String Value, BlockStringValue
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    widths = [len(line) - len(stripped) for line in lines[1:] if (stripped := line.lstrip(" \t"))]
    common = min(widths, default=0)
    lines = [lines[0], *(line[common:] for line in lines[1:])]
    first = next((at for at, line in enumerate(lines) if line.strip(" \t")), len(lines))
    last = next((at for at in range(len(lines), 0, -1) if lines[at - 1].strip(" \t")), 0)
    return "\n".join(lines[first:last])


_SHORT = {text: f"\\{mark}" for mark, text in _SIMPLE.items() if mark != "/"}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f]')
_NOT_IN_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def quoted(text: str) -> str:
    """`text` as a string token on one line."""
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def block_lines(text: str) -> list[str] | None:
    """The lines of a block string that says `text`, without its quotes; None where none can.

    Written under each other with any indentation they give `text` back.
    """
    if _NOT_IN_BLOCK.search(text):
        return None
    lines = text.replace('"""', '\\"""').split("\n")
    if block_text("\n" + "\n".join(lines) + "\n").replace('\\"""', '"""') != text:
        return None
    return lines
