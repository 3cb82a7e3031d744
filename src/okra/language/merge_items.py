"""One model or enum of a file, changed where it means something else now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.language.strings import quoted
from okra.language.syntax import Directive, FieldNode
from okra.language.write import (
    description_text,
    enum_directives,
    field_directives,
    field_text,
    model_directives,
    model_members,
    type_text,
    value_directives,
    value_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.definition import Enum, Field, Model
    from okra.language.edits import Edits
    from okra.language.syntax import EnumNode, EnumValueNode, ModelNode

_HEAD = re.compile(r"@\w+")
_INSIDE = ("id", "index", "unique", "check")
_INDENT = "\n  "


class Merger:
    """Writes into one file."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits

    def model(
        self, node: ModelNode, top_level: Sequence[Directive], before: Model, after: Model
    ) -> None:
        """Make `node` say `after`; `top_level` are its indexes that stand outside of it."""
        self._description(node, before.description, after.description, "\n")
        nodes = [item for item in node.members if isinstance(item, FieldNode)]
        behind = node.body_start + 1
        wanted = {field.name: field for field in after.fields}
        places = {item.name: item for item in nodes}
        old = {field.name: field for field in before.fields}
        for item in nodes:
            field = wanted.get(item.name)
            if field is None:
                self._edits.remove_lines(item.start, item.end)
            else:
                self._field(item, old[item.name], field, before, after)
        for field in after.fields:
            place = places.get(field.name)
            if place is None:
                self._add_line(behind, field_text(field, after))
            else:
                behind = self._edits.behind(place.end)
        self._own_directives(node, top_level, before, after)

    def _own_directives(
        self, node: ModelNode, top_level: Sequence[Directive], before: Model, after: Model
    ) -> None:
        inside = [item for item in node.members if isinstance(item, Directive)]
        added = self._directives(
            [*node.directives, *inside, *top_level],
            [*model_directives(before), *model_members(before)],
            [*model_directives(after), *model_members(after)],
            outside={item.start: after.name for item in top_level},
            lines={item.start for item in (*inside, *top_level)},
        )
        head = max([item.end for item in node.directives], default=_name_end(node))
        end = self._edits.behind(max(item.end for item in node.members))
        first = not inside
        for text in added:
            if any(_is_called(text, name) for name in _INSIDE):
                self._edits.insert(end, ("\n" if first else "") + _INDENT + text)
                first = False
            else:
                self._edits.insert(head, f" {text}")

    def _field(self, node: FieldNode, before: Field, after: Field, old: Model, new: Model) -> None:
        self._description(node, before.description, after.description, _INDENT)
        if before.type != after.type:
            self._edits.replace(node.type.start, node.type.end, type_text(after.type))
        added = self._directives(
            node.directives, field_directives(before, old), field_directives(after, new)
        )
        for text in added:
            self._edits.insert(node.end, f" {text}")

    def enum(self, node: EnumNode, before: Enum, after: Enum) -> None:
        """Make `node` say `after`."""
        self._description(node, before.description, after.description, "\n")
        for text in self._directives(
            node.directives, enum_directives(before), enum_directives(after)
        ):
            self._edits.insert(
                max([item.end for item in node.directives], default=_name_end(node)), f" {text}"
            )
        behind = node.body_start + 1
        old = {value.name: value for value in before.values}
        wanted = {value.name: value for value in after.values}
        places = {item.name: item for item in node.values}
        for item in node.values:
            value = wanted.get(item.name)
            if value is None:
                self._edits.remove_lines(item.start, item.end)
                continue
            known = old[item.name]
            self._description(item, known.description, value.description, _INDENT)
            for text in self._directives(
                item.directives, value_directives(known), value_directives(value)
            ):
                self._edits.insert(item.end, f" {text}")
        for value in after.values:
            place = places.get(value.name)
            if place is None:
                self._add_line(behind, value_text(value))
            else:
                behind = self._edits.behind(place.end)

    def _add_line(self, at: int, text: str) -> None:
        end = "" if self._edits.text[at : at + 1] in ("\n", "\r", "") else "\n"
        self._edits.insert(at, _INDENT + text.replace("\n", _INDENT) + end)

    def _description(
        self,
        node: ModelNode | FieldNode | EnumNode | EnumValueNode,
        before: str | None,
        after: str | None,
        line: str,
    ) -> None:
        if before == after:
            return
        text = description_text(after).rstrip("\n").replace("\n", line)
        if node.description is not None:
            start, end = node.description.start, node.description.end
            if after is None:
                start, end = node.start, _text_start(node, self._edits.text)
            self._edits.replace(start, end, text)
        else:
            self._edits.insert(node.start, text + line)

    def _directives(
        self,
        nodes: Sequence[Directive],
        before: list[str],
        after: list[str],
        *,
        outside: dict[int, str] | None = None,
        lines: set[int] | None = None,
    ) -> list[str]:
        """Change `nodes`, which say `before`, so that they say `after`; returns what none of them can say.

        A node that stands for nothing in `before` says what goes without saying, and stays.

        outside  the places of those that name their model, with its name
        lines    the places of those that stand on lines of their own
        """
        spoken = list(before)
        missing = list(after)
        changed: list[Directive] = []
        for node in nodes:
            text = next((item for item in spoken if _is_called(item, node.name)), None)
            if text is None:
                continue
            spoken.remove(text)
            if text in missing:
                missing.remove(text)
            else:
                changed.append(node)
        for text in spoken:  # what the file says, or a comment
            if text in missing:
                missing.remove(text)
        for node in changed:
            text = next((item for item in missing if _is_called(item, node.name)), None)
            if text is not None:
                missing.remove(text)
                model = (outside or {}).get(node.start)
                named = (
                    text if model is None else text.replace("(", f"(model: {quoted(model)}, ", 1)
                )
                self._edits.replace(node.start, node.end, "@" * node.doubled + named)
            elif node.start in (lines or ()):
                self._edits.remove_lines(node.start, node.end)
            else:
                self._edits.remove(node.start, node.end)
        return missing


def _is_called(text: str, name: str) -> bool:
    head = _HEAD.match(text)
    return head is not None and head[0] == f"@{name}"


def _name_end(node: ModelNode | EnumNode) -> int:
    return node.name_start + len(node.name)


def _text_start(node: ModelNode | FieldNode | EnumNode | EnumValueNode, text: str) -> int:
    """Where the declaration begins behind its description."""
    if node.description is None:
        return node.start
    at = node.description.end
    while at < node.name_start and text[at] in " \t\r\n,":
        at += 1
    return at
