"""`okra fmt`: a schema file in its one layout, with every comment and description kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.language.directives import Place, belongs_to_field
from okra.language.format_lines import WIDTH, Lines
from okra.language.format_values import flat_directives, write_directive
from okra.language.parser import parse
from okra.language.strings import block_lines, quoted
from okra.language.syntax import Directive, EnumNode, EnumValueNode, FieldNode, ModelNode

if TYPE_CHECKING:
    from okra.language.syntax import Item, StringValue, TypeNode
    from okra.source import Source

    Described: TypeAlias = ModelNode | FieldNode | EnumNode | EnumValueNode

_INDENT = 2


def format_source(source: Source) -> str:
    """The formatted text of one file; formatting it again changes nothing.

    Raises  SchemaError where the file can't be parsed
    """
    document = parse(source)
    lines = Lines(document)
    before: Item | None = None
    for item in document.items:
        _item(lines, item, before)
        before = item
    _rest(lines, before)
    lines.comments(len(lines.text), 0, blanks=True)
    return "\n".join(lines.out) + "\n" if lines.out else ""


def _item(lines: Lines, item: Item, before: Item | None) -> None:
    """One thing at top level. A model or enum stands between free lines."""
    block = isinstance(item, (ModelNode, EnumNode))
    lone = block or isinstance(before, (ModelNode, EnumNode))
    _lead(lines, item.start, 0, lone=lone and before is not None)
    match item:
        case ModelNode():
            _model(lines, item)
        case EnumNode():
            _enum(lines, item)
        case Directive():
            lines.start(0, "", item.start)
            write_directive(lines, item, 0)


def _lead(
    lines: Lines, start: int, indent: int, *, lone: bool = False, first: bool = False
) -> None:
    """Comments and a free line before what stands at `start`.

    lone   it is always set apart from what is before it
    first  it is the first inside its braces, where no line is left free
    """
    lines.trailing(start)
    if lone:
        lines.blank()
    commented = lines.comments(start, indent, blanks=not first)
    if (commented or not first) and lines.gap(start):
        lines.blank()


def _rest(lines: Lines, before: Item | None) -> None:
    """Comments behind the last item; set apart from a model as everything else is."""
    lines.trailing(len(lines.text))
    if isinstance(before, (ModelNode, EnumNode)) and lines.comment_before(len(lines.text)):
        lines.blank()


def _model(lines: Lines, node: ModelNode) -> None:
    _header(lines, f"model {node.name}", node)
    first = True
    for member in node.members:
        _lead(lines, member.start, _INDENT, first=first)
        first = False
        if isinstance(member, Directive):
            lines.start(_INDENT, "", member.start)
            write_directive(lines, member, _INDENT, mark=_mark(member))
        else:
            _field(lines, member)
    _close(lines, node.end, empty=first)


def _mark(directive: Directive) -> str:
    """`@`, but `@@` where the field above would take a single one for its own."""
    single = msgspec.structs.replace(directive, doubled=False)
    return "@@" if directive.doubled and belongs_to_field(single, own_line=True) else "@"


def _enum(lines: Lines, node: EnumNode) -> None:
    _header(lines, f"enum {node.name}", node)
    first = True
    for value in node.values:
        _lead(lines, value.start, _INDENT, first=first)
        first = False
        _described(lines, value, value.name_start, _INDENT)
        lines.start(_INDENT, value.name, value.name_start + len(value.name))
        _directives(lines, value, Place.VALUE)
    _close(lines, node.end, empty=first)


def _close(lines: Lines, end: int, *, empty: bool) -> None:
    lines.trailing(end)
    lines.comments(end, _INDENT, blanks=not empty)
    lines.start(0, "}", end)


def _header(lines: Lines, head: str, node: ModelNode | EnumNode) -> None:
    """`model Name @directive {`; comments inside of it go above."""
    _described(lines, node, node.body_start, 0)
    lines.start(0, head, node.name_start + len(node.name))
    flat = flat_directives(node.directives, lines.text, WIDTH - len(head) - 2)
    if flat is not None:
        lines.append(f"{flat} {{", node.body_start + 1)
        return
    for directive in node.directives:
        lines.start(_INDENT, "", directive.start)
        write_directive(lines, directive, _INDENT)
    lines.start(0, "{", node.body_start + 1)


def _field(lines: Lines, node: FieldNode) -> None:
    _described(lines, node, node.type.end, _INDENT)
    lines.start(_INDENT, f"{node.name}: {_type(node.type)}", node.type.end)
    _directives(lines, node, Place.FIELD)


def _type(node: TypeNode) -> str:
    if node.list:
        return f"[{node.name}{node.inner_mark}]{node.mark}"
    return f"{node.name}{node.mark}"


def _directives(lines: Lines, node: FieldNode | EnumValueNode, place: Place) -> None:
    """The directives behind a field or value: on its line, or each on its own below."""
    if not node.directives:
        return
    if not lines.comment_before(node.end):
        flat = flat_directives(node.directives, lines.text, WIDTH - lines.width)
        if flat is not None:
            lines.append(flat, node.end)
            return
    indent = _INDENT
    for directive in node.directives:
        commented = lines.comments(directive.start, 2 * _INDENT)
        if commented or place is Place.VALUE or belongs_to_field(directive, own_line=True):
            indent = 2 * _INDENT
            lines.start(indent, "", directive.start)
        else:  # on a line of its own it would be the model's
            lines.append(" ", directive.start)
        write_directive(lines, directive, indent)


def _described(lines: Lines, node: Described, end: int, indent: int) -> None:
    """The description, then the comments before `end`."""
    if node.description is not None:
        _description(lines, node.description, indent)
    lines.hoisted(node.start, end, indent)


def _description(lines: Lines, description: StringValue, indent: int) -> None:
    text = description.text
    block = block_lines(text)
    if block is None:
        lines.start(indent, quoted(text), description.end)
        return
    one_line = len(block) == 1 and not text.endswith(('"', "\\")) and not text.startswith('"')
    if one_line and indent + len(text) + 6 <= WIDTH:
        lines.start(indent, f'"""{block[0]}"""', description.end)
        return
    lines.start(indent, '"""', description.start)
    for line in block:
        lines.start(indent if line else 0, line, description.start)
    lines.start(indent, '"""', description.end)
