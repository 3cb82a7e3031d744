"""The tokens of an expression, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions.lexer import Kind, tokens
from okra.dialects.mysql.expressions.nodes import Odd
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from okra.dialects.mysql.expressions.lexer import Token

_SYNONYMS = {"!=": "<>", "&&": "and", "||": "or", "rlike": "regexp", "mod": "%"}
_END = ""


class Cursor:
    """A place in the tokens of a text, which moves forward as they are taken."""

    __slots__ = ("found", "place")

    def __init__(self, text: str) -> None:
        self.found = tokens(text)
        self.place = 0

    @property
    def is_at_end(self) -> bool:
        return self.place >= len(self.found)

    def peek(self, ahead: int = 0) -> str:
        """The next token, lower case and with one name for synonyms; a quoted name or text is no keyword."""
        at = self.place + ahead
        if at >= len(self.found):
            return _END
        token = self.found[at]
        if token.kind in (Kind.WORD, Kind.SYMBOL):
            word = ascii_lower(token.text)
            return _SYNONYMS.get(word, word)
        return token.kind.name

    def skip(self) -> None:
        self.place += 1

    def take(self, word: str) -> bool:
        """Whether the next token is `word`; then it is taken."""
        if self.peek() != word:
            return False
        self.place += 1
        return True

    def expect(self, word: str) -> None:
        """Take the next token, which must be `word`.

        Raises  Odd
        """
        if not self.take(word):
            raise Odd

    def next(self) -> Token:
        """Take the next token.

        Raises  Odd at the end
        """
        if self.is_at_end:
            raise Odd
        self.place += 1
        return self.found[self.place - 1]
