"""One field in Python: what it is, and the expressions that read and write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.codegen.generator import Files
from okra.codegen.python.layout import Expression
from okra.codegen.python.names import Names
from okra.codegen.python.types import Kind, enum_kind, kinds
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.codegen.python.options import PythonOptions
    from okra.codegen.shape import Member, Shape
    from okra.language.definition import SchemaDefinition


class Attribute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A field of a model in Python.

    name      in Python
    key       in JSON
    path      what errors call it, as a string literal: `"Post.title"`
    nullable  whether it may be None, and is then left out of the JSON
    any       whether it is one JSON value, of any type
    length    how many characters a text may have
    """

    name: str
    key: str
    path: str
    kind: Kind
    list: bool
    nullable: bool
    any: bool
    length: int | None
    description: str | None

    @property
    def annotation(self) -> str:
        one = f"list[{self.kind.annotation}]" if self.list else self.kind.annotation
        return f"{one} | None" if self.nullable and not self.any else one


class Context:
    """What the parts of one run share: names, types, and the helpers that are needed in the end.

    sign     what the names of helpers begin with: `_`, or `_json.`
    helpers  those that were asked for so far
    """

    def __init__(
        self, schema: SchemaDefinition, shapes: Iterable[Shape], options: PythonOptions
    ) -> None:
        self.options = options
        self.each = options.files is Files.EACH
        self.sign = "_json." if self.each else "_"
        self.names = Names(schema, shapes, options.style)
        self.helpers: set[str] = set()
        self._kinds = kinds(options)
        self._enums: dict[str, Kind] = {}
        for enum in schema.enums:
            name = self.names.classes[enum.name]
            imports = (f".enums:{name}",) if self.each else ()
            self._enums[enum.name] = enum_kind(name, imports)

    def helper(self, name: str) -> str:
        """The name of a helper, which is needed from now on."""
        self.helpers.add(name)
        return self.sign + name

    def attribute(self, shape: Shape, member: Member) -> Attribute:
        kind = self._kinds.get(member.type) if isinstance(member.type, Scalar) else None
        return Attribute(
            name=self.names.field(member.name),
            key=f'"{member.name}"',
            path=f'"{shape.name}.{member.name}"',
            kind=kind or self._enums[member.type.name],
            list=member.list,
            nullable=not member.required,
            any=member.type is Scalar.JSON and not member.list,
            length=member.length,
            description=member.description,
        )

    def read(self, item: Attribute) -> Expression:
        """The expression that makes a value of what `get` gives for the field's key."""
        get = f"get({item.key})"
        if item.any:
            if item.nullable:
                return self._call("finite", get, item.path)
            return self._call("value", f"get({item.key}, ...)", item.path)
        read = self._reader(item)
        if item.list:
            name = "optional_sequence" if item.nullable else "sequence"
            return self._call(name, get, item.path, read)
        if item.nullable:
            return self._call("optional", get, item.path, read)
        return Expression(f"{read}(", (get, item.path), ")")

    def _reader(self, item: Attribute) -> str:
        """What reads one value."""
        if item.kind.read is None:
            return f"{item.kind.annotation}.from_json"
        if item.length is not None:
            return f"{self.helper('text_up_to')}({item.length})"
        return self.helper(item.kind.read)

    def write(self, item: Attribute, value: Expression) -> Expression:
        """The expression that makes the JSON form of `value`, which is not None."""
        kind = item.kind
        before, behind = kind.around
        text = value.opening + "".join(value.parts) + value.closing
        if kind.write is not None:
            write = self.helper(kind.write)
            if item.list:
                return self._call("written", text, item.path, write)
            return Expression(f"{write}(", (text, item.path), ")")
        if item.list:
            if not before and not behind:
                return Expression("[", (f"*{text}",), "]")
            parts = (f"{before}item{behind}", f"for item in {text}")
            return Expression("[", parts, "]", " ")
        if before:
            return Expression(before, (text,), behind)
        return Expression(value.opening, value.parts, value.closing + behind)

    def _call(self, helper: str, *arguments: str) -> Expression:
        return Expression(f"{self.helper(helper)}(", arguments, ")")
