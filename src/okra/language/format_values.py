"""Directives and values as formatted text: on one line where they fit, else one part a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.format_lines import WIDTH
from okra.language.strings import block_lines, quoted
from okra.language.syntax import (
    CallValue,
    ListValue,
    NameValue,
    ObjectValue,
    StringValue,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from okra.language.format_lines import Lines
    from okra.language.syntax import Directive, Value

    Part: TypeAlias = tuple[str, Value]


def write_directive(lines: Lines, directive: Directive, indent: int, *, mark: str = "@") -> None:
    """Append the directive to the current line, whose indentation is `indent`."""
    head = mark + directive.name
    parts = _arguments(directive)
    if not lines.comment_before(directive.end):
        if not parts:
            lines.append(head, directive.end)
            return
        single = len(parts) == 1 and not _breaks(parts[0][1], lines.text)
        room = len(lines.text) if single else WIDTH - lines.width - len(head) - 2
        inner = _flat_parts(parts, lines.text, room)
        if inner is not None:
            lines.append(f"{head}({inner})", directive.end)
            return
    lines.append(f"{head}(", directive.name_end)
    _write_parts(lines, parts, indent)
    lines.comments(directive.end, indent + 2)
    lines.start(indent, ")", directive.end)


def flat_directives(directives: Sequence[Directive], source: str, room: int) -> str | None:
    """All of them on one line, each behind a space, or None where that needs more than `room`."""
    texts: list[str] = []
    for directive in directives:
        room -= len(directive.name) + 2
        text = f" @{directive.name}"
        parts = _arguments(directive)
        if parts:
            inner = _flat_parts(parts, source, room - 2)
            if inner is None:
                return None
            text += f"({inner})"
            room -= len(inner) + 2
        texts.append(text)
    return "".join(texts) if room >= 0 else None


def _arguments(directive: Directive) -> list[Part]:
    """The arguments; `now()` is written `now`."""
    found: list[Part] = []
    for item in directive.arguments:
        value = item.value
        if directive.name == "default" and isinstance(value, CallValue) and not value.arguments:
            value = NameValue(value.name, value.start, value.start + len(value.name))
        found.append(("" if item.name is None else f"{item.name}: ", value))
    return found


def _write_parts(lines: Lines, parts: Sequence[Part], indent: int) -> None:
    """One part a line, inside brackets that stand at `indent`."""
    for key, value in parts:
        lines.comments(value.start, indent + 2)
        lines.start(indent + 2, key, value.start)
        _write_value(lines, value, indent + 2)


def _write_value(lines: Lines, value: Value, indent: int) -> None:
    """Append the value to the current line, whose indentation is `indent`."""
    if not lines.comment_before(value.end):
        text = _flat(value, lines.text, WIDTH - lines.width)
        if text is not None:
            lines.append(text, value.end)
            return
    brackets = _brackets(value)
    if brackets is None:
        _write_simple(lines, value, indent)
        return
    opening, closing = brackets
    lines.append(opening, value.start + len(opening))
    parts = _parts(value)
    _write_parts(lines, parts, indent)
    lines.comments(value.end, indent + 2)
    lines.start(indent, closing, value.end)


def _write_simple(lines: Lines, value: Value, indent: int) -> None:
    if not isinstance(value, StringValue) or not _is_block(value, lines.text):
        lines.append(lines.text[value.start : value.end], value.end)
        return
    block = block_lines(value.text) if value.text else None
    if block is None:
        lines.append(quoted(value.text), value.end)
        return
    lines.append('"""', value.start)
    for line in block:
        lines.start(indent + 2 if line else 0, line, value.start)
    lines.start(indent, '"""', value.end)


def _is_block(value: StringValue, source: str) -> bool:
    """Does it go over several lines?"""
    return value.block and "\n" in source[value.start : value.end]


def _brackets(value: Value) -> tuple[str, str] | None:
    match value:
        case ListValue():
            return "[", "]"
        case ObjectValue():
            return "{", "}"
        case CallValue(name):
            return f"{name}(", ")"
        case _:
            return None


def _parts(value: Value) -> list[Part]:
    match value:
        case ListValue(items):
            return [("", item) for item in items]
        case ObjectValue(entries):
            return [
                (f"{quoted(entry.name) if entry.quoted else entry.name}: ", entry.value)
                for entry in entries
            ]
        case CallValue(_, arguments):
            return [
                ("" if item.name is None else f"{item.name}: ", item.value) for item in arguments
            ]
        case _:
            return []


def _breaks(value: Value, source: str) -> bool:
    """Is this value better written on several lines, where it is long?"""
    if isinstance(value, StringValue):
        return _is_block(value, source)
    return _brackets(value) is not None


def _flat(value: Value, source: str, room: int) -> str | None:
    """`value` on one line, or None where that needs more than `room` or a block string is in it."""
    brackets = _brackets(value)
    if brackets is None:
        if isinstance(value, StringValue) and _is_block(value, source):
            return None
        text = source[value.start : value.end]
        return text if len(text) <= room else None
    opening, closing = brackets
    parts = _parts(value)
    room -= len(opening) + len(closing)
    inner = _flat_parts(parts, source, room)
    return None if inner is None else opening + inner + closing


def _flat_parts(parts: Sequence[Part], source: str, room: int) -> str | None:
    """`a: 1, b: 2`, or None where that needs more than `room`."""
    texts: list[str] = []
    for key, value in parts:
        text = _flat(value, source, room - len(key))
        if text is None:
            return None
        texts.append(key + text)
        room -= len(key) + len(text) + 2
    return ", ".join(texts) if room >= -2 else None  # noqa: PLR2004 - the last one has no comma
