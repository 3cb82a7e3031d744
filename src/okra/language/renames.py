"""`# @renamed(from: "old")`: the comment form of `@renamed`, and what all renames must keep to."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from okra.language.drafts import EnumDraft, FieldDraft, ModelDraft
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.language.drafts import Schema
    from okra.language.lexer import Comment
    from okra.language.report import Report
    from okra.language.syntax import Document, EnumNode, ModelNode

_COMMENT = re.compile(r"#+[ \t]*@@?renamed\b")
_RENAMED = re.compile(r'#+[ \t]*@@?renamed\([ \t]*(?:from:)?[ \t]*"([^"\\]*)"[ \t,]*\)')


class ValueDraft(NamedTuple):
    """One value of an enum."""

    enum: EnumDraft
    name: str


Declared: TypeAlias = ModelDraft | FieldDraft | EnumDraft | ValueDraft


class _Piece(NamedTuple):
    """A declaration's extent, in which only the parts up to `head` and its last character are its own."""

    start: int
    head: int
    end: int
    declared: Declared


def read_rename_comments(document: Document, schema: Schema) -> None:
    """Apply the `@renamed` comments of one file."""
    if not any(_COMMENT.match(item.text) for item in document.comments):
        return
    outer, inner = _pieces(document.source.name, schema)
    below: dict[int, Declared | None] = {}
    for comment in reversed(document.comments):
        target = _target(comment, document.source.text, outer, inner, below)
        below[comment.start] = target
        if _COMMENT.match(comment.text):
            span = Span(document.source.name, comment.start, comment.start + len(comment.text))
            _apply(comment, target, span, schema.report)


def _pieces(file: str, schema: Schema) -> tuple[list[_Piece], list[_Piece]]:
    """Models and enums of one file, and fields and values, each in the order of the file."""
    outer: list[_Piece] = []
    inner: list[_Piece] = []
    for model in schema.models.values():
        if model.file == file:
            node: ModelNode | EnumNode = model.node
            outer.append(_Piece(node.start, node.body_start, node.end, model))
            for field in model.fields:
                extent = field.node
                inner.append(_Piece(extent.start, extent.end, extent.end, field))
    for enum in schema.enums.values():
        if enum.file == file:
            node = enum.node
            outer.append(_Piece(node.start, node.body_start, node.end, enum))
            for value in enum.node.values:
                known = ValueDraft(enum, value.name)
                inner.append(_Piece(value.start, value.end, value.end, known))
    return sorted(outer, key=_start), sorted(inner, key=_start)


def _start(piece: _Piece) -> int:
    return piece.start


def _target(
    comment: Comment,
    text: str,
    outer: list[_Piece],
    inner: list[_Piece],
    below: dict[int, Declared | None],
) -> Declared | None:
    """What the comment stands behind, inside of, or above. `below` has the answers further down."""
    line = text.rfind("\n", 0, comment.start) + 1
    before = text[line : comment.start].rstrip(" \t,\ufeff")
    if before:
        return _around(line + len(before) - 1, outer, inner)
    around = _around(comment.start, outer, inner)
    if around is not None:
        return around
    at = text.find("\n", comment.start) + 1
    while at and text[at : at + 1] in (" ", "\t", ","):
        at += 1
    if at in below:
        return below[at]
    for pieces in (inner, outer):
        found = bisect_right(pieces, at, key=_start) - 1
        if found >= 0 and pieces[found].start == at:
            return pieces[found].declared
    return None


def _around(at: int, outer: list[_Piece], inner: list[_Piece]) -> Declared | None:
    """The innermost declaration around `at`; a model counts up to its `{` and at its `}`."""
    for pieces in (inner, outer):
        found = bisect_right(pieces, at, key=_start) - 1
        if found >= 0:
            piece = pieces[found]
            if (at <= piece.head and at < piece.end) or at == piece.end - 1:
                return piece.declared
    return None


def _apply(comment: Comment, target: Declared | None, span: Span, report: Report) -> None:
    match = _RENAMED.match(comment.text)
    if match is None or not match[1].strip():
        report.warning(
            "OKR190",
            "this comment looks like `@renamed`, but can't be read as one",
            span,
            'write `# @renamed(from: "oldName")`',
        )
    elif target is None:
        report.warning(
            "OKR190",
            "this `@renamed` comment belongs to nothing",
            span,
            "put it on the line above the model, field, enum or value, or behind it",
        )
    else:
        _rename(target, match[1], span, report)


def _rename(target: Declared, old: str, span: Span, report: Report) -> None:
    if isinstance(target, ValueDraft):
        known = target.enum.values_renamed.setdefault(target.name, old)
    else:
        known = target.renamed_from = target.renamed_from or old
    if known != old:
        report.error(
            "OKR180",
            f"`{target.name}` can't be renamed from both `{known}` and `{old}`",
            span,
            "keep one of them",
        )


def check_renames(schema: Schema) -> None:
    """No name was the old one of two things, or of itself."""
    report = schema.report
    models = ((item.name, item.renamed_from, item.span) for item in schema.models.values())
    _check_sources(models, report)
    enums = ((item.name, item.renamed_from, item.span) for item in schema.enums.values())
    _check_sources(enums, report)
    for model in schema.models.values():
        renamed = [field for field in model.fields if field.renamed_from is not None]
        if renamed:
            fields = ((item.name, item.renamed_from, item.span) for item in renamed)
            _check_sources(fields, report)
    for enum in schema.enums.values():
        if enum.values_renamed:
            values = (
                (node.name, enum.values_renamed.get(node.name), enum.span_of(node))
                for node in enum.node.values
            )
            _check_sources(values, report)


def _check_sources(items: Iterable[tuple[str, str | None, Span]], report: Report) -> None:
    seen: dict[str, str] = {}
    for name, old, span in items:
        if old is None:
            continue
        if old == name:
            report.error(
                "OKR180",
                f"`{name}` says that it was renamed from its own name",
                span,
                "write the name that it had before",
            )
        elif old in seen:
            report.error(
                "OKR180",
                f"`{name}` and `{seen[old]}` can't both have been `{old}`",
                span,
                "take `@renamed` out of the one that is new",
            )
        else:
            seen[old] = name
