"""The lower half of the parser: values, names, and what is said when something else stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.errors import Diagnostic
from okra.language.lexer import END, MARK, NAME, NUMBER, STRAY, STRING, Token
from okra.language.strings import BadEscape, string_text
from okra.language.syntax import (
    Argument,
    BooleanValue,
    CallValue,
    Entry,
    ListValue,
    NameValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    Value,
)
from okra.source import Span

if TYPE_CHECKING:
    from okra.source import Source

MAX_NESTING = 256
_SHOWN = 40

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_CLOSERS = frozenset(")]}")
_CLOSING = {"[": "]", "{": "}", "(": ")"}


class Stop(Exception):
    """The item can't be read any further."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Open:
    """A list, object or call whose end is not yet read."""

    __slots__ = ("bracket", "key", "keys", "members", "name", "start")

    def __init__(self, bracket: str, start: int, name: str = "") -> None:
        self.bracket = bracket
        self.start = start
        self.name = name
        self.key: Token | None = None
        self.members: list[Value] = []
        self.keys: list[Token | None] = []

    def add(self, value: Value) -> None:
        self.members.append(value)
        self.keys.append(self.key)

    def close(self, end: int) -> Value:
        if self.bracket == "[":
            return ListValue(tuple(self.members), self.start, end)
        pairs = zip(self.keys, self.members, strict=True)
        if self.bracket == "(":
            arguments = tuple(
                Argument(None, value, value.start)
                if key is None
                else Argument(key[1], value, key[2])
                for key, value in pairs
            )
            return CallValue(self.name, arguments, self.start, end)
        entries = tuple(_entry(key, value) for key, value in pairs if key is not None)
        return ObjectValue(entries, self.start, end)


def _entry(key: Token, value: Value) -> Entry:
    kind, text, start = key
    if kind == STRING:
        return Entry(string_text(text), value, start, quoted=True)
    return Entry(text, value, start)


class ValueParser:
    """A place in a file's tokens. `reached` is where the current item began."""

    __slots__ = ("at", "errors", "reached", "source", "tokens")

    def __init__(self, source: Source, tokens: list[Token], errors: dict[int, Diagnostic]) -> None:
        self.source = source
        self.tokens = tokens
        self.errors = errors
        self.at = 0
        self.reached = 0

    def closes(self) -> bool:
        """Is this the end of the file or of some bracket?"""
        kind, text, _ = self.tokens[self.at]
        return kind == END or (kind == MARK and text in _CLOSERS)

    def value(self) -> Value:
        """`value = STRING | NUMBER | "true" | "false" | "null" | NAME | list | object | call`"""
        opened = self.opened()
        return self.simple() if opened is None else self.compound(opened)

    def simple(self) -> Value:
        """A value without parts."""
        token = self.tokens[self.at]
        kind, text, start = token
        if kind == STRING:
            return self.string(token)
        if kind == NAME:
            self.at += 1
            end = start + len(text)
            if text in {"true", "false"}:
                return BooleanValue(text == "true", start, end)
            return NullValue(start, end) if text == "null" else NameValue(text, start, end)
        if kind == NUMBER:
            return self.number(token)
        raise self.unexpected("a value")

    def compound(self, opened: _Open) -> Value:
        """`list = "[" value* "]"`, `object = "{" (NAME ":" value)* "}"`, `call = NAME "(" argument* ")"`.

        A loop, because the depth is the user's.
        """
        stack = [opened]
        while True:
            top = stack[-1]
            kind, text, start = self.tokens[self.at]
            if kind == MARK and text == _CLOSING[top.bracket]:
                self.at += 1
                done = top.close(start + 1)
                stack.pop()
                if not stack:
                    return done
                stack[-1].add(done)
                continue
            if self.closes():
                raise self.unclosed(top.bracket, top.start + len(top.name))
            top.key = self.key(top)
            inner = self.opened()
            if inner is None:
                top.add(self.simple())
            elif len(stack) == MAX_NESTING:
                raise self.too_deep(inner.start)
            else:
                stack.append(inner)

    def opened(self) -> _Open | None:
        """The list, object or call that begins here, if one does."""
        kind, text, start = self.tokens[self.at]
        if kind == MARK and (text in {"[", "{"}):
            self.at += 1
            return _Open(text, start)
        if kind == NAME and self.tokens[self.at + 1][1] == "(":
            self.at += 2
            return _Open("(", start, text)
        return None

    def key(self, top: _Open) -> Token | None:
        """The `name:` in front of a value: an object needs one, a call may have one, a list has none."""
        token = self.tokens[self.at]
        if top.bracket == "[":
            return None
        named = self.tokens[self.at + 1][1] == ":" and token[0] in (NAME, STRING)
        if named and (token[0] == NAME or top.bracket == "{"):
            self.at += 2
            if token[0] == STRING:
                self.check_string(token)
            return token
        if top.bracket == "{":
            raise self.unexpected("`name: value`", hint="an object is written `{name: value}`")
        return None

    def string(self, token: Token) -> StringValue:
        """The STRING token that stands here."""
        _, raw, start = token
        self.at += 1
        end = start + len(raw)
        if "\\" not in raw and raw[:3] != '"""':
            return StringValue(raw[1:-1], start, end)
        return StringValue(self.check_string(token), start, end, block=raw.startswith('"""'))

    def check_string(self, token: Token) -> str:
        _, raw, start = token
        try:
            return string_text(raw)
        except BadEscape as bad:
            at = start + bad.at
            raise Stop(
                Diagnostic(
                    code="OKR006",
                    message=bad.message,
                    span=Span(self.source.name, at, at + bad.width),
                    help='escapes are `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, '
                    "`\\u00e9` and `\\u{1f600}`",
                )
            ) from bad

    def number(self, token: Token) -> NumberValue:
        """The NUMBER token that stands here."""
        _, text, start = token
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise Stop(
                Diagnostic(
                    code="OKR007",
                    message=f"`{shown(text)}` is not a number",
                    span=Span(self.source.name, start, start + len(text)),
                    help="numbers are written like `7`, `-1`, `2.50` and `1.5e3`; text stands in quotes",
                )
            )
        self.at += 1
        return NumberValue(text, match[1] is None and match[2] is None, start, start + len(text))

    def name(self, what: str) -> tuple[str, int]:
        """The name that must stand here, and its place."""
        kind, text, start = self.tokens[self.at]
        if kind != NAME:
            raise self.unexpected(what)
        self.at += 1
        return text, start

    def unexpected(self, wanted: str, *, hint: str | None = None) -> Stop:
        """Say that `wanted` should stand here. A token that can't be read says so itself."""
        kind, text, start = self.tokens[self.at]
        if kind == STRAY:
            return Stop(self.errors[start])
        found = "the end of the file" if kind == END else f"`{shown(text)}`"
        return Stop(
            Diagnostic(
                code="OKR004",
                message=f"expected {wanted}, found {found}",
                span=Span(self.source.name, start, start + len(text)),
                help=hint,
            )
        )

    def expected_in(self, bracket: str, opening: int, wanted: str) -> Stop:
        """The same inside a bracket: at the end of the file it's the bracket that is wrong."""
        if self.tokens[self.at][0] == END:
            return self.unclosed(bracket, opening)
        return self.unexpected(wanted)

    def unclosed(self, bracket: str, opening: int) -> Stop:
        return Stop(
            Diagnostic(
                code="OKR005",
                message=f"this `{bracket}` is not closed",
                span=Span(self.source.name, opening, opening + 1),
                help=f"add the `{_CLOSING[bracket]}` that belongs to it",
            )
        )

    def too_deep(self, start: int) -> Stop:
        return Stop(
            Diagnostic(
                code="OKR008",
                message=f"values are nested deeper than {MAX_NESTING} levels",
                span=Span(self.source.name, start, start + 1),
                help="make the value flatter, or give it as text",
            )
        )


def shown(text: str) -> str:
    """`text` as it fits into a sentence."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= _SHOWN and line == text else f"{line[:_SHOWN]}…"
