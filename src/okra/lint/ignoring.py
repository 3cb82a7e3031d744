"""`okra:ignore OKR312 reason`: what people have looked at and want to hear no more of, at its place.

In a schema it is a comment behind or above a field, value, model or enum: above a model it counts for all of it. In
a migration it stands above a statement, or as `okra:ignore-file` anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.language.parser import parse_document
from okra.language.syntax import (
    Directive,
    EnumValueNode,
    FieldNode,
    ModelNode,
    NameValue,
    StringValue,
)
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.language.lexer import Comment
    from okra.language.syntax import Document, EnumNode
    from okra.source import Source

WORD = "okra:ignore"
_COMMENT = re.compile(
    r"(?:#+|--)[ \t]*okra:ignore(?P<file>-file)?\b[ \t]*(?P<codes>(?:OKR[0-9]{3}[ \t,]*)*)(?P<reason>[^\r\n]*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"OKR[0-9]{3}", re.IGNORECASE)


class Ignore(msgspec.Struct, frozen=True, kw_only=True):
    """One such comment.

    codes   the rules that it is about
    reason  why; it may be empty, which is a fault
    span    the comment itself
    covers  where it counts, None: in the whole file
    """

    codes: tuple[str, ...]
    reason: str
    span: Span
    covers: tuple[Span, ...] | None


def in_schema(source: Source) -> tuple[Ignore, ...]:
    """The comments of a schema file."""
    if WORD not in source.text.lower():
        return ()
    document, _ = parse_document(source)
    return tuple(
        _ignore(match, source.name, comment.start, _covered(comment, document))
        for comment in document.comments
        if (match := _COMMENT.match(comment.text)) is not None
    )


def in_migration(source: Source, statements: Sequence[tuple[int, int]]) -> tuple[Ignore, ...]:
    """The comments of a .sql file.

    statements  where each begins and ends in the file
    """
    if WORD not in source.text.lower():
        return ()
    return tuple(_in_lines(source, statements))


def _in_lines(source: Source, statements: Sequence[tuple[int, int]]) -> Iterator[Ignore]:
    at = 0
    for line in source.text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        match = _COMMENT.match(line.strip())
        inside = any(begin < start < end for begin, end in statements)
        if match is not None and line.lstrip().startswith("--") and not inside:
            following = [item for item in statements if item[0] > start][:1]
            covers = tuple(Span(source.name, *item) for item in following)
            yield _ignore(match, source.name, start, None if match["file"] else covers)
        at += len(line)


def _ignore(match: re.Match[str], file: str, start: int, covers: tuple[Span, ...] | None) -> Ignore:
    return Ignore(
        codes=tuple(code.upper() for code in _CODE.findall(match["codes"])),
        reason=match["reason"].strip(" \t:-*/"),
        span=Span(file, start, start + len(match.group().rstrip())),
        covers=covers,
    )


def _covered(comment: Comment, document: Document) -> tuple[Span, ...]:
    """What a comment of a schema stands behind or above; a directive in a model is part of the model's name."""
    text, file = document.source.text, document.source.name
    line = text.rfind("\n", 0, comment.start) + 1
    before = text[line : comment.start].rstrip(" \t,\ufeff")
    pieces = sorted(_pieces(document), key=lambda piece: piece[1] - piece[0])
    if before:
        last = line + len(before) - 1
        around = next((piece for piece in pieces if piece[0] <= last < piece[1]), None)
        return () if around is None else _spans(file, around)
    below = [piece for piece in pieces if piece[0] > comment.start]
    found = min(below, key=lambda piece: piece[0], default=None)
    return () if found is None else _spans(file, found)


_Piece = tuple[int, int, int, int]


def _spans(file: str, piece: _Piece) -> tuple[Span, ...]:
    return (Span(file, piece[2], piece[3]),)


def _pieces(document: Document) -> Iterator[_Piece]:
    """Begin and end of each declaration, and of what a comment at it covers."""
    heads = {
        item.name: (item.name_start, item.name_start + len(item.name))
        for item in document.items
        if not isinstance(item, Directive)
    }
    for item in document.items:
        if isinstance(item, Directive):
            yield item.start, item.end, *heads.get(_model(item), (item.start, item.end))
            continue
        yield item.start, item.end, item.start, item.end
        head = heads[item.name]
        for member in _members(item):
            if isinstance(member, Directive):
                yield member.start, member.end, *head
            else:
                yield member.start, member.end, member.start, member.end


def _model(directive: Directive) -> str:
    """The model that a directive outside of one names: `@index(model: Post, …)`."""
    for argument in directive.arguments:
        if argument.name == "model" and isinstance(argument.value, (NameValue, StringValue)):
            value = argument.value
            return value.name if isinstance(value, NameValue) else value.text
    return ""


def _members(item: ModelNode | EnumNode) -> Sequence[FieldNode | EnumValueNode | Directive]:
    return item.members if isinstance(item, ModelNode) else item.values
