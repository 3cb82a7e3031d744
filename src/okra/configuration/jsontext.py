"""JSON that people write, comments and trailing commas included, read into values that know their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from okra.errors import ConfigError, Diagnostic
from okra.source import Span

if TYPE_CHECKING:
    from okra.source import Source

MAX_DEPTH = 32

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


class Node(NamedTuple):
    """One value. `items` are the elements of an array, `members` those of an object, `plain` the rest."""

    start: int
    end: int
    plain: str | int | float | bool | None = None
    items: list[Node] | None = None
    members: dict[str, Member] | None = None


class Member(NamedTuple):
    """One member of an object: where its key stands, and its value."""

    start: int
    end: int
    value: Node


def read_json(source: Source) -> Node:
    """The one value of `source`.

    Raises  ConfigError with the place, for anything that is not JSON
    """
    return _Reader(source).document()


def plain(node: Node) -> Plain:
    """`node` as ordinary lists, dicts and scalars."""
    if node.members is not None:
        return {key: plain(member.value) for key, member in node.members.items()}
    if node.items is not None:
        return [plain(item) for item in node.items]
    return node.plain


_TOKEN = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*|/\*(?s:.*?)\*/)
    | (?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")
    | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>[{}\[\],:])
    """,
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False, "null": None}
_END = "the end of the file"


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Reader:
    """A reader for one text, one token ahead."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0
        self._depth = 0
        self._next = self._read()

    def document(self) -> Node:
        """The grammar rule: document = value."""
        node = self._value()
        if self._next.kind != "end":
            raise self._error(f"expected {_END} and found {self._shown()}")
        return node

    def _value(self) -> Node:
        """The grammar rule: value = object | array | STRING | NUMBER | "true" | "false" | "null"."""
        token = self._next
        if token.kind == "mark" and token.text in "{[":
            return self._nested(token)
        self._advance()
        if token.kind == "string":
            return Node(token.start, token.end, plain=self._string(token))
        if token.kind == "number":
            return Node(token.start, token.end, plain=self._number(token))
        if token.kind == "word" and token.text in _WORDS:
            return Node(token.start, token.end, plain=_WORDS[token.text])
        raise self._error(f"expected a value and found {_shown(token)}", token)

    def _nested(self, token: _Token) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"values are nested more than {MAX_DEPTH} deep", token)
        node = self._object() if token.text == "{" else self._array()
        self._depth -= 1
        return node

    def _object(self) -> Node:
        """The grammar rule: object = "{" [ STRING ":" value { "," STRING ":" value } [ "," ] ] "}"."""
        start = self._advance().start
        members: dict[str, Member] = {}
        while not self._closes("}"):
            token = self._next
            if token.kind != "string":
                raise self._error(
                    f"expected a key in double quotes or `}}` and found {self._shown()}"
                )
            key = self._string(self._advance())
            if key in members:
                raise self._error(f"the key `{key}` is there twice", token)
            if self._next.text != ":":
                raise self._error(f"expected `:` behind the key `{key}` and found {self._shown()}")
            self._advance()
            members[key] = Member(token.start, token.end, self._value())
            self._comma("}")
        return Node(start, self._advance().end, members=members)

    def _array(self) -> Node:
        """The grammar rule: array = "[" [ value { "," value } [ "," ] ] "]"."""
        start = self._advance().start
        items: list[Node] = []
        while not self._closes("]"):
            items.append(self._value())
            self._comma("]")
        return Node(start, self._advance().end, items=items)

    def _comma(self, closing: str) -> None:
        if self._next.kind == "mark" and self._next.text == ",":
            self._advance()
        elif not self._closes(closing):
            raise self._error(f"expected `,` or `{closing}` and found {self._shown()}")

    def _closes(self, mark: str) -> bool:
        return self._next.kind == "mark" and self._next.text == mark

    def _string(self, token: _Token) -> str:
        try:
            return msgspec.json.decode(token.text, type=str)
        except (msgspec.DecodeError, UnicodeError) as cause:
            raise self._error("this text has an escape that JSON does not know", token) from cause

    def _number(self, token: _Token) -> int | float:
        try:
            return msgspec.json.decode(token.text, type=int | float)
        except msgspec.DecodeError as cause:
            raise self._error("this number is too large", token) from cause

    def _advance(self) -> _Token:
        token = self._next
        self._next = self._read()
        return token

    def _read(self) -> _Token:
        text = self._source.text
        while self._at < len(text):
            match = _TOKEN.match(text, self._at)
            if match is None:
                raise self._broken(text[self._at])
            start, self._at = self._at, match.end()
            if match.lastgroup != "space":
                return _Token(match.lastgroup or "mark", match.group(), start, self._at)
        return _Token("end", "", len(text), len(text))

    def _broken(self, character: str) -> ConfigError:
        what = {
            '"': "this text has no closing quote on its line",
            "/": "this comment has no end",
            "'": "texts stand in double quotes",
        }.get(character, f"the character `{character}` has no meaning here")
        return self._error(what, _Token("broken", character, self._at, self._at + 1))

    def _shown(self) -> str:
        return _shown(self._next)

    def _error(self, message: str, token: _Token | None = None) -> ConfigError:
        where = token or self._next
        span = Span(file=self._source.name, start=where.start, end=max(where.end, where.start + 1))
        found = Diagnostic(
            code="OKR606",
            message=message,
            span=span,
            help="the file is JSON; comments and trailing commas are allowed",
        )
        return ConfigError([found], {self._source.name: self._source})


def _shown(token: _Token) -> str:
    return _END if token.kind == "end" else f"`{token.text[:40]}`"
