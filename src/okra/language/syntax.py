"""The syntax tree: what is written where, before anyone asks what it means.

Places are 0-based character offsets into the node's file; `end` is exclusive. Nodes are never part of
a cycle, so the collector needn't look at them.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from okra.language.lexer import Comment
from okra.source import Source


class StringValue(msgspec.Struct, frozen=True, gc=False):
    """`"text"` or a block string; `text` is what it says, escapes resolved."""

    text: str
    start: int
    end: int
    block: bool = False


class NumberValue(msgspec.Struct, frozen=True, gc=False):
    """`text` is as written; `whole` is False where it has a point or an exponent."""

    text: str
    whole: bool
    start: int
    end: int


class BooleanValue(msgspec.Struct, frozen=True, gc=False):
    value: bool
    start: int
    end: int


class NullValue(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int


class NameValue(msgspec.Struct, frozen=True, gc=False):
    name: str
    start: int
    end: int


class ListValue(msgspec.Struct, frozen=True, gc=False):
    items: tuple[Value, ...]
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True, gc=False):
    """`name: value` in an object. `quoted` where the name is written as a string."""

    name: str
    value: Value
    start: int
    quoted: bool = False


class ObjectValue(msgspec.Struct, frozen=True, gc=False):
    entries: tuple[Entry, ...]
    start: int
    end: int


class Argument(msgspec.Struct, frozen=True, gc=False):
    """`name: value`, or a value that is known by its position (`name` is None)."""

    name: str | None
    value: Value
    start: int


class CallValue(msgspec.Struct, frozen=True, gc=False):
    """`sql("now()")`."""

    name: str
    arguments: tuple[Argument, ...]
    start: int
    end: int


Value: TypeAlias = (
    StringValue
    | NumberValue
    | BooleanValue
    | NullValue
    | NameValue
    | ListValue
    | ObjectValue
    | CallValue
)


class Directive(msgspec.Struct, frozen=True, gc=False):
    """`@name(…)`; `start` is the place of its `@`, `doubled` is True for `@@name`."""

    name: str
    arguments: tuple[Argument, ...]
    start: int
    end: int
    doubled: bool = False

    @property
    def name_end(self) -> int:
        return self.start + len(self.name) + 1 + self.doubled


class TypeNode(msgspec.Struct, frozen=True, gc=False):
    """`Name!`, `[Name!]!`. `mark` and `inner_mark` are `!`, `?` or empty."""

    name: str
    name_start: int
    list: bool
    mark: str
    inner_mark: str
    start: int
    end: int


class FieldNode(msgspec.Struct, frozen=True, gc=False):
    name: str
    name_start: int
    type: TypeNode
    directives: tuple[Directive, ...]
    description: StringValue | None
    start: int
    end: int


class ModelNode(msgspec.Struct, frozen=True, gc=False):
    """`directives` stand before the `{` at `body_start`, `members` behind it."""

    name: str
    name_start: int
    directives: tuple[Directive, ...]
    members: tuple[FieldNode | Directive, ...]
    description: StringValue | None
    start: int
    body_start: int
    end: int


class EnumValueNode(msgspec.Struct, frozen=True, gc=False):
    name: str
    name_start: int
    directives: tuple[Directive, ...]
    description: StringValue | None
    start: int
    end: int


class EnumNode(msgspec.Struct, frozen=True, gc=False):
    name: str
    name_start: int
    directives: tuple[Directive, ...]
    values: tuple[EnumValueNode, ...]
    description: StringValue | None
    start: int
    body_start: int
    end: int


Item: TypeAlias = ModelNode | EnumNode | Directive


class Document(msgspec.Struct, frozen=True):
    """One file. `comments` are in the order of the file."""

    source: Source
    items: tuple[Item, ...]
    comments: tuple[Comment, ...]
