"""Tokens → syntax tree, a method for each grammar rule. After an error it goes on at the next declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Diagnostic, SchemaError
from okra.language.directives import belongs_to_field
from okra.language.lexer import DIRECTIVE, END, MARK, NAME, STRING, drawable, tokenize
from okra.language.parse_values import Stop, ValueParser
from okra.language.syntax import (
    Argument,
    Directive,
    Document,
    EnumNode,
    EnumValueNode,
    FieldNode,
    Item,
    ModelNode,
    StringValue,
    TypeNode,
)
from okra.nearest import nearest

if TYPE_CHECKING:
    from okra.source import Source

_KEYWORD_HINTS = {
    "type": "a table is written `model Name { … }`",
    "table": "a table is written `model Name { … }`",
    "class": "a table is written `model Name { … }`",
    "interface": "a table is written `model Name { … }`",
    "input": "a table is written `model Name { … }`",
    "datasource": "the database is named in `okra.config.json`",
    "generator": "generators are named in `okra.config.json`",
}


_LONGEST_SLIP = 10
"""A file may be one name of millions of letters, and no slip of `model` is that long."""


def _near_keyword(text: str) -> str | None:
    near = nearest(text, ("model", "enum")) if len(text) < _LONGEST_SLIP else None
    return f"did you mean `{near}`?" if near else None


def parse(source: Source) -> Document:
    """The syntax tree of one file.

    Raises  SchemaError with the syntax errors
    """
    document, errors = parse_document(source)
    if errors:
        raise SchemaError(errors, drawable([source]))
    return document


def parse_document(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The syntax tree of what can be read of one file, and the errors in the rest."""
    read = tokenize(source)
    parser = _Parser(source, read.tokens, read.errors)
    items, errors = parser.file()
    return Document(source, items, read.comments), errors


class _Parser(ValueParser):
    __slots__ = ()

    def file(self) -> tuple[tuple[Item, ...], tuple[Diagnostic, ...]]:
        """`file = (directive | model | enum)*`"""
        items: list[Item] = []
        errors: list[Diagnostic] = []
        while self.tokens[self.at][0] != END:
            try:
                items.append(self.item())
            except Stop as stop:
                errors.append(stop.diagnostic)
                self.skip()
        return tuple(items), tuple(errors)

    def skip(self) -> None:
        """Go on at the next `model` or `enum` that begins a line."""
        tokens = self.tokens
        text = self.source.text
        while tokens[self.at][0] != END:
            _, word, start = tokens[self.at]
            if (
                word in ("model", "enum")
                and tokens[self.at + 1][0] == NAME
                and (start == 0 or text[start - 1] == "\n")
                and start > self.reached
            ):
                return
            self.at += 1

    def item(self) -> Item:
        """`item = directive | [STRING] ("model" model | "enum" enum)`"""
        kind, text, start = self.tokens[self.at]
        self.reached = start
        if kind == DIRECTIVE:
            return self.directive()
        description = self.description()
        kind, text, _ = self.tokens[self.at]
        if kind == NAME and text == "model":
            return self.model(description, start)
        if kind == NAME and text == "enum":
            return self.enum(description, start)
        hint = _KEYWORD_HINTS.get(text) or _near_keyword(text)
        raise self.unexpected("`model`, `enum` or a directive", hint=hint)

    def description(self) -> StringValue | None:
        """`description = STRING`"""
        token = self.tokens[self.at]
        if token[0] != STRING:
            return None
        return self.string(token)

    def model(self, description: StringValue | None, start: int) -> ModelNode:
        """`model = "model" NAME directive* "{" (field | directive)* "}"`"""
        self.at += 1
        name, name_start = self.name("the model's name")
        directives = self.directives()
        opening = self.opening(f"model `{name}`")
        members: list[FieldNode | Directive] = []
        tokens = self.tokens
        while True:
            kind, text, _ = tokens[self.at]
            if kind == DIRECTIVE:
                members.append(self.directive())
            elif kind in (NAME, STRING):
                if (text in {"model", "enum"}) and self.begins_declaration():
                    raise self.unclosed("{", opening)
                members.append(self.field())
            elif kind == MARK and text == "}":
                break
            else:
                raise self.expected_in("{", opening, "a field, a directive or `}`")
        end = tokens[self.at][2] + 1
        self.at += 1
        return ModelNode(
            name, name_start, directives, tuple(members), description, start, opening, end
        )

    def begins_declaration(self) -> bool:
        """Is this `model Name {`, because the model before it was never closed?"""
        kind, name, _ = self.tokens[self.at + 1]
        return kind == NAME and name not in ("", ":") and self.tokens[self.at + 2][1] != ":"

    def field(self) -> FieldNode:
        """`field = [description] NAME ":" type directive*`"""
        start = self.tokens[self.at][2]
        description = self.description()
        name, name_start = self.name("a field's name")
        if self.tokens[self.at][1] != ":":
            kind, text, _ = self.tokens[self.at]
            hint = f"write `{name}: {text}`" if kind == NAME else f"write `{name}: Type`"
            raise self.unexpected(f"`:` after the field `{name}`", hint=hint)
        self.at += 1
        type_ = self.type()
        end = type_.end
        if self.tokens[self.at][1] == "[" and self.tokens[self.at + 1][1] == "]":
            hint = f"a list is written `[{type_.name}!]!`"
            raise self.unexpected("a directive or the next field", hint=hint)
        directives: tuple[Directive, ...] = ()
        if self.tokens[self.at][0] == DIRECTIVE:
            directives = self.field_directives(end)
            if directives:
                end = directives[-1].end
        return FieldNode(name, name_start, type_, directives, description, start, end)

    def type(self) -> TypeNode:
        """`type = (NAME | "[" NAME ["!" | "?"] "]") ["!" | "?"]`"""
        tokens = self.tokens
        kind, text, start = tokens[self.at]
        if kind == NAME:
            self.at += 1
            mark = self.type_mark()
            end = tokens[self.at - 1][2] + len(tokens[self.at - 1][1])
            return TypeNode(text, start, False, mark, "", start, end)
        if text != "[" or kind != MARK:
            raise self.unexpected("a type", hint="write a type like `String!` or `[Post!]!`")
        self.at += 1
        name, name_start = self.name("the type of the list's elements")
        inner = self.type_mark()
        if tokens[self.at][1] != "]":
            raise self.expected_in("[", start, "`]`")
        self.at += 1
        mark = self.type_mark()
        end = tokens[self.at - 1][2] + 1
        return TypeNode(name, name_start, True, mark, inner, start, end)

    def type_mark(self) -> str:
        kind, text, _ = self.tokens[self.at]
        if kind == MARK and (text in {"!", "?"}):
            self.at += 1
            return text
        return ""

    def field_directives(self, end: int) -> tuple[Directive, ...]:
        """`directive*`, as far as they belong to the field that ends at `end`."""
        found: list[Directive] = []
        text = self.source.text
        while self.tokens[self.at][0] == DIRECTIVE:
            mark = self.at
            item = self.directive()
            if not belongs_to_field(item, own_line="\n" in text[end : item.start]):
                self.at = mark
                break
            found.append(item)
            end = item.end
        return tuple(found)

    def enum(self, description: StringValue | None, start: int) -> EnumNode:
        """`enum = "enum" NAME directive* "{" value* "}"`"""
        self.at += 1
        name, name_start = self.name("the enum's name")
        directives = self.directives()
        opening = self.opening(f"enum `{name}`")
        values: list[EnumValueNode] = []
        while self.tokens[self.at][1] != "}":
            kind, text, _ = self.tokens[self.at]
            if kind not in (NAME, STRING):
                raise self.expected_in("{", opening, "a value's name or `}`")
            if (text in {"model", "enum"}) and self.tokens[self.at + 2][1] == "{":
                raise self.unclosed("{", opening)
            values.append(self.enum_value())
        end = self.tokens[self.at][2] + 1
        self.at += 1
        return EnumNode(
            name, name_start, directives, tuple(values), description, start, opening, end
        )

    def enum_value(self) -> EnumValueNode:
        """`value = [description] NAME directive*`"""
        start = self.tokens[self.at][2]
        description = self.description()
        name, name_start = self.name("a value's name")
        directives = self.directives()
        end = directives[-1].end if directives else name_start + len(name)
        return EnumValueNode(name, name_start, directives, description, start, end)

    def directives(self) -> tuple[Directive, ...]:
        """`directive*`"""
        found: list[Directive] = []
        while self.tokens[self.at][0] == DIRECTIVE:
            found.append(self.directive())
        return tuple(found)

    def directive(self) -> Directive:
        """`directive = ("@" | "@@") NAME ["(" argument* ")"]`"""
        tokens = self.tokens
        _, text, start = tokens[self.at]
        self.at += 1
        doubled = text[1] == "@"
        end = start + len(text)
        arguments: tuple[Argument, ...] = ()
        if tokens[self.at][1] == "(":
            arguments = self.arguments()
            end = tokens[self.at - 1][2] + 1
        return Directive(text[2:] if doubled else text[1:], arguments, start, end, doubled)

    def arguments(self) -> tuple[Argument, ...]:
        """`arguments = "(" argument* ")"`"""
        tokens = self.tokens
        opening = tokens[self.at][2]
        self.at += 1
        found: list[Argument] = []
        while tokens[self.at][1] != ")":
            if self.closes():
                raise self.unclosed("(", opening)
            found.append(self.argument())
        self.at += 1
        return tuple(found)

    def argument(self) -> Argument:
        """`argument = NAME ":" value | value`"""
        kind, text, start = self.tokens[self.at]
        if kind == NAME and self.tokens[self.at + 1][1] == ":":
            self.at += 2
            return Argument(text, self.value(), start)
        return Argument(None, self.value(), start)

    def opening(self, what: str) -> int:
        """The place of the `{` that must stand here."""
        kind, text, start = self.tokens[self.at]
        if kind != MARK or text != "{":
            raise self.unexpected(f"`{{` after {what}")
        self.at += 1
        return start
