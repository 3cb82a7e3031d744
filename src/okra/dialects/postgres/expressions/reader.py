"""The text of an expression → a tree, by PostgreSQL's grammar.

Parentheses that only group leave no trace. Subqueries, aggregates and window calls have no place in a table:
they raise Odd, as does everything that this reader does not know.

Source  PostgreSQL manual, "Value Expressions" and "Operator Precedence"
"""

from __future__ import annotations

from okra.dialects.postgres.expressions.keywords import RESERVED
from okra.dialects.postgres.expressions.lexer import END, Odd, Token, tokens
from okra.dialects.postgres.expressions.lexer import Kind as Lexeme
from okra.dialects.postgres.expressions.operators import behind
from okra.dialects.postgres.expressions.syntax import SPECIAL, read_special
from okra.dialects.postgres.expressions.tree import (
    MISSING,
    Kind,
    Level,
    Node,
)
from okra.dialects.postgres.natives.spelling import identifier
from okra.dialects.postgres.natives.typenames import type_of

VALUES = frozenset(
    {
        "current_catalog",
        "current_date",
        "current_role",
        "current_schema",
        "current_time",
        "current_timestamp",
        "current_user",
        "false",
        "localtime",
        "localtimestamp",
        "null",
        "session_user",
        "system_user",
        "true",
        "user",
    }
)
_TIMED = frozenset({"current_time", "current_timestamp", "localtime", "localtimestamp"})
_UPPER_CALLS = frozenset({"coalesce", "nullif", "greatest", "least"})
_TYPE_WORDS = frozenset(
    [
        "bigint",
        "bit",
        "boolean",
        "char",
        "character",
        "date",
        "dec",
        "decimal",
        "double",
        "float",
        "int",
        "integer",
        "interval",
        "json",
        "jsonb",
        "nchar",
        "numeric",
        "real",
        "smallint",
        "text",
        "time",
        "timestamp",
        "timestamptz",
        "timetz",
        "uuid",
        "varchar",
        "bytea",
        "inet",
        "cidr",
        "money",
        "name",
        "oid",
        "regclass",
        "regconfig",
        "xml",
        "bool",
        "int2",
        "int4",
        "int8",
        "float4",
        "float8",
        "macaddr",
        "point",
        "box",
    ]
)
_MOST_NESTED = 200


class Reader:
    """Reads one expression."""

    def __init__(self, text: str) -> None:
        self.tokens = [*tokens(text), END]
        self.at = 0
        self.depth = 0

    def read(self) -> Node:
        """The tree of the whole text.

        Raises  Odd; Unreadable
        """
        node = self.expression()
        if self.peek() is not END:
            raise Odd
        return node

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else END

    def next(self) -> Token:
        """The next token, which is behind us then; END comes again and again."""
        token = self.tokens[self.at]
        if token is not END:
            self.at += 1
        return token

    def is_word(self, *words: str) -> bool:
        """Whether the next tokens are these keywords."""
        at = self.at
        for word in words:
            token = self.tokens[at]  # END comes last and is no word
            if token.text != word or token.kind is not Lexeme.WORD:
                return False
            at += 1
        return True

    def take(self, *words: str) -> bool:
        """Go past these keywords, if they come next."""
        if not self.is_word(*words):
            return False
        self.at += len(words)
        return True

    def is_symbol(self, mark: str) -> bool:
        token = self.tokens[self.at]
        return token.text == mark and token.kind is Lexeme.SYMBOL

    def take_symbol(self, mark: str) -> bool:
        if not self.is_symbol(mark):
            return False
        self.at += 1
        return True

    def expect(self, mark: str) -> None:
        if not self.take_symbol(mark):
            raise Odd

    def expect_words(self, *words: str) -> None:
        if not self.take(*words):
            raise Odd

    def expression(self, least: int = Level.OR) -> Node:
        """One operand and all operators behind it that bind at least as tightly as `least`."""
        self.depth += 1
        if self.depth > _MOST_NESTED:
            raise Odd
        node = self._prefixed()
        while True:
            more = behind(self, node, least)
            if more is None:
                self.depth -= 1
                return node
            node = more

    def list_of(self, closing: str) -> tuple[Node, ...]:
        """Expressions up to the closing mark, which is taken too."""
        if self.take_symbol(closing):
            return ()
        found = [self.expression()]
        while self.take_symbol(","):
            found.append(self.expression())
        self.expect(closing)
        return tuple(found)

    # -- in front of an operand

    def _prefixed(self) -> Node:
        token = self.peek()
        if token.kind is Lexeme.OPERATOR:
            self.at += 1
            level = Level.SIGN if token.text in ("-", "+") else Level.OTHER
            return self._signed(token.text, self.expression(level + 1))
        if self.take("not"):
            return Node(Kind.NOT, "", (self.expression(Level.NOT),))
        return self._operand()

    def _signed(self, operator: str, operand: Node) -> Node:
        """A number keeps its sign itself, as in the server's parser."""
        if operand.kind is Kind.NUMBER and operator == "-":
            text = operand.text
            return Node(Kind.NUMBER, text[1:] if text[0] == "-" else f"-{text}")
        return Node(Kind.PREFIX, operator, (operand,))

    # -- operands

    def _operand(self) -> Node:
        token = self.next()
        match token.kind:
            case Lexeme.STRING:
                return Node(Kind.STRING, token.text)
            case Lexeme.NUMBER:
                return Node(Kind.NUMBER, token.text)
            case Lexeme.BITS:
                return Node(Kind.BITS, token.text)
            case Lexeme.SYMBOL if token.text == "(":
                return self._parenthesis()
            case Lexeme.NAME:
                return self._name(token)
            case Lexeme.WORD:
                return self._word(token)
            case _:
                raise Odd

    def _parenthesis(self) -> Node:
        if self.is_word("select") or self.is_word("with") or self.is_word("values"):
            raise Odd
        parts = self.list_of(")")
        if len(parts) != 1:
            return Node(Kind.ROW, "", parts)
        node = parts[0]
        if node.kind in (Kind.AND, Kind.OR) or (
            node.kind is Kind.SUBSCRIPT and self.is_symbol("[")
        ):
            return Node(Kind.GROUP, "", (node,))
        while self.is_symbol(".") and self.peek(1).kind in (Lexeme.WORD, Lexeme.NAME):
            self.at += 1
            node = Node(Kind.FIELD, "." + identifier(self.next().text), (node,))
        return node

    def _word(self, token: Token) -> Node:
        word = token.text
        opens = self.is_symbol("(")
        if word == "case":
            return self._case()
        if word == "cast" and opens:
            return self._cast()
        if word == "array" and self.take_symbol("["):
            return self._array()
        if word == "row" and self.take_symbol("("):
            return Node(Kind.ROW, "", self.list_of(")"))
        if word in VALUES:
            return self._value(word)
        if word in SPECIAL and opens:
            node = read_special(self, word)
            if node is not None:
                return node
        typed = self._typed_literal(token)
        if typed is not None:
            return typed
        if word in RESERVED:
            raise Odd
        return self._name(token)

    def _array(self) -> Node:
        parts: list[Node] = []
        while not self.take_symbol("]"):
            nested = self.take_symbol("[")
            parts.append(self._array() if nested else self.expression())
            if not self.is_symbol("]"):
                self.expect(",")
        return Node(Kind.ARRAY, "", tuple(parts))

    def _value(self, word: str) -> Node:
        text = word if word in ("true", "false") else word.upper()
        if word in _TIMED and self.take_symbol("("):
            text += f"({self.next().text})"
            self.expect(")")
        return Node(Kind.WORD, text)

    def _case(self) -> Node:
        parts = [MISSING if self.is_word("when") else self.expression()]
        while self.take("when"):
            parts.append(self.expression())
            self.expect_words("then")
            parts.append(self.expression())
        parts.append(self.expression() if self.take("else") else MISSING)
        self.expect_words("end")
        return Node(Kind.CASE, "", tuple(parts))

    def _cast(self) -> Node:
        self.expect("(")
        node = self.expression()
        self.expect_words("as")
        kind = self.type_name()
        self.expect(")")
        return Node(Kind.CAST, kind, (node,))

    def _typed_literal(self, token: Token) -> Node | None:
        """`DATE '2024-01-01'`, `interval(3) '1 day'`, `interval '1' day`: a type in front of a text."""
        start = self.at
        self.at -= 1
        end = start
        while self.tokens[end].kind in (Lexeme.WORD, Lexeme.NAME) or self.tokens[end].text == ".":
            end += 1
        if self.tokens[end].text == "(" and token.text in _TYPE_WORDS:
            while self.tokens[end].kind is not Lexeme.END and self.tokens[end - 1].text != ")":
                end += 1
        if self.tokens[end].kind is not Lexeme.STRING:
            self.at = start
            return None
        kind = type_of(self.tokens[self.at : end])
        if kind is None:
            self.at = start
            return None
        self.at = end + 1
        text = Node(Kind.STRING, self.tokens[end].text)
        if kind == "interval":
            fields = self._fields()
            kind = f"interval {fields}" if fields else kind
        return Node(Kind.CAST, kind, (text,))

    def _fields(self) -> str:
        words = []
        while self.peek().kind is Lexeme.WORD and self.peek().text in _FIELDS:
            words.append(self.next().text)
        return " ".join(words)

    def type_name(self) -> str:
        """The longest type that begins here."""
        start = self.at
        best: tuple[str, int] | None = None
        for end in range(start + 1, len(self.tokens)):
            if self.tokens[end - 1].kind in (Lexeme.STRING, Lexeme.OPERATOR):
                break
            kind = type_of(self.tokens[start:end])
            if kind is not None:
                best = (kind, end)
            elif best is not None and end > best[1] + _LONGEST_TAIL:
                break
        if best is None:
            raise Odd
        self.at = best[1]
        return best[0]

    def _name(self, token: Token) -> Node:
        """A column, or a call: `lower(email)`, `audit.stamp()`."""
        names = [token.text]
        while self.is_symbol(".") and self.peek(1).kind in (Lexeme.WORD, Lexeme.NAME):
            self.at += 1
            names.append(self.next().text)
        if self.take_symbol("("):
            return self._call(names)
        if token.kind is Lexeme.WORD and len(names) == 1 and token.text in RESERVED:
            raise Odd
        return Node(Kind.NAME, ".".join(identifier(name) for name in names))

    def _call(self, names: list[str]) -> Node:
        if names[0] == "pg_catalog" and len(names) > 1:
            names = names[1:]
        name = ".".join(identifier(each) for each in names)
        if names[0] in _UPPER_CALLS and len(names) == 1:
            name = names[0].upper()
        parts: list[Node] = []
        while not self.take_symbol(")"):
            parts.append(self._argument())
            if not self.is_symbol(")"):
                self.expect(",")
        for word in ("filter", "over", "within"):
            if self.is_word(word):
                raise Odd
        return Node(Kind.CALL, name, tuple(parts))

    def _argument(self) -> Node:
        if self.take("variadic"):
            return Node(Kind.NAMED, "VARIADIC", (self.expression(),))
        arrow = self.peek(1)
        if arrow.text in ("=>", ":=") and self.peek().kind in (Lexeme.WORD, Lexeme.NAME):
            name = identifier(self.next().text)
            self.at += 1
            return Node(Kind.NAMED, f"{name} =>", (self.expression(),))
        return self.expression()


_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "to"})
_LONGEST_TAIL = 4  # tokens like `(3) without time zone` that make a type whole again
