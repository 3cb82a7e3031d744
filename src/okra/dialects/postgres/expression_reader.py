"""The text of an expression → a tree, by PostgreSQL's grammar.

Parentheses that only group leave no trace. Subqueries, aggregates and window calls have no place in a table:
they raise Odd, as does everything that this reader does not know.

Source  PostgreSQL manual, "Value Expressions" and "Operator Precedence"
"""

from __future__ import annotations

from okra.dialects.postgres.expression_lexer import END, Token, tokens
from okra.dialects.postgres.expression_lexer import Kind as Lexeme
from okra.dialects.postgres.expression_syntax import SPECIAL, read_special
from okra.dialects.postgres.expression_tree import (
    MISSING,
    Kind,
    Level,
    Node,
    infix_level,
)
from okra.dialects.postgres.keywords import RESERVED
from okra.dialects.postgres.spelling import identifier
from okra.dialects.postgres.typenames import type_of


class Odd(Exception):
    """The text is no expression that this reader knows."""


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
_MATCHES = ("like", "ilike", "similar", "between", "in")
_TESTS = frozenset({"null", "true", "false", "unknown", "document"})
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
            more = self._behind(node, least)
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
        if node.kind in (Kind.AND, Kind.OR):
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

    # -- behind an operand

    def _behind(self, left: Node, least: int) -> Node | None:
        """`left` with the next operator and what belongs to it, or None where none fits."""
        token = self.peek()
        if token.kind is Lexeme.SYMBOL:
            return self._mark(left, token.text, least)
        if token.kind is Lexeme.OPERATOR:
            operator = _ONE_SPELLING.get(token.text, token.text)
            if infix_level(operator) < least:
                return None
            self.at += 1
            return self._infix(left, operator)
        if token.kind is Lexeme.WORD:
            return self._operator_word(left, token.text, least)
        return None

    def _mark(self, left: Node, mark: str, least: int) -> Node | None:
        if mark == "::" and least <= Level.CAST:
            self.at += 1
            return Node(Kind.CAST, self.type_name(), (left,))
        if mark == "[" and least <= Level.SUBSCRIPT:
            self.at += 1
            low = MISSING if self.is_symbol(":") else self.expression()
            if self.take_symbol(":"):
                high = MISSING if self.is_symbol("]") else self.expression()
                self.expect("]")
                return Node(Kind.SUBSCRIPT, "[:", (left, low, high))
            self.expect("]")
            return Node(Kind.SUBSCRIPT, "[", (left, low))
        return None

    def _infix(self, left: Node, operator: str) -> Node:
        for word in ("any", "some", "all"):
            if self.is_word(word) and self.peek(1).text == "(":
                self.at += 2
                if self.is_word("select"):
                    raise Odd
                node = self.expression()
                self.expect(")")
                each = "ALL" if word == "all" else "ANY"
                return Node(Kind.EACH, f"{operator} {each}", (left, node))
        right = self.expression(infix_level(operator) + 1)
        return Node(Kind.INFIX, operator, (left, right))

    def _operator_word(self, left: Node, word: str, least: int) -> Node | None:
        match word:
            case "and" | "or":
                return self._junction(left, word, least)
            case "is" if least <= Level.IS:
                self.at += 1
                return self._is(left)
            case "isnull" | "notnull" if least <= Level.IS:
                self.at += 1
                return Node(Kind.IS, "IS NULL" if word == "isnull" else "IS NOT NULL", (left,))
            case "not" if least <= Level.LIKE and self.peek(1).text in _MATCHES:
                self.at += 1
                return self._match(left, negated="NOT ")
            case _ if word in _MATCHES and least <= Level.LIKE:
                return self._match(left, negated="")
            case "at" if least <= Level.ZONE:
                self.at += 1
                self.expect_words("time", "zone")
                return Node(Kind.ZONE, "", (left, self.expression(Level.ZONE + 1)))
            case "collate" if least <= Level.COLLATE:
                self.at += 1
                return Node(Kind.COLLATE, self._path(), (left,))
            case "operator" if least <= Level.OTHER:
                return self._qualified_operator(left)
            case _:
                return None

    def _junction(self, left: Node, word: str, least: int) -> Node | None:
        kind, level = (Kind.AND, Level.AND) if word == "and" else (Kind.OR, Level.OR)
        if level < least:
            return None
        self.at += 1
        right = self.expression(level + 1)
        known = left.parts if left.kind is kind else (left,)
        return Node(kind, "", (*known, right))

    def _is(self, left: Node) -> Node:
        negated = "NOT " if self.take("not") else ""
        if self.take("distinct", "from"):
            right = self.expression(Level.IS + 1)
            return Node(Kind.DISTINCT, f"IS {negated}DISTINCT FROM", (left, right))
        words = []
        while self.peek().kind is Lexeme.WORD and self.peek().text in _IS_WORDS:
            words.append(self.next().text.upper())
        if not words:
            raise Odd
        return Node(Kind.IS, f"IS {negated}{' '.join(words)}", (left,))

    def _match(self, left: Node, negated: str) -> Node:
        word = self.next().text
        if word == "in":
            self.expect("(")
            if self.is_word("select"):
                raise Odd
            return Node(Kind.IN, f"{negated}IN", (left, *self.list_of(")")))
        if word == "between":
            symmetric = " SYMMETRIC" if self.take("symmetric") else ""
            self.take("asymmetric")
            low = self.expression(Level.LIKE + 1)
            self.expect_words("and")
            high = self.expression(Level.LIKE + 1)
            return Node(Kind.BETWEEN, f"{negated}BETWEEN{symmetric}", (left, low, high))
        if word == "similar":
            self.expect_words("to")
            word = "similar to"
        parts = [left, self.expression(Level.LIKE + 1)]
        if self.take("escape"):
            parts.append(self.expression(Level.LIKE + 1))
        return Node(Kind.LIKE, f"{negated}{word.upper()}", tuple(parts))

    def _path(self) -> str:
        token = self.next()
        if token.kind not in (Lexeme.WORD, Lexeme.NAME):
            raise Odd
        names = [token.text]
        while self.take_symbol("."):
            names.append(self.next().text)
        if names[0] == "pg_catalog":
            names = names[1:]
        return ".".join(identifier(name) for name in names)

    def _qualified_operator(self, left: Node) -> Node:
        self.at += 1
        self.expect("(")
        names = []
        while self.peek().kind in (Lexeme.WORD, Lexeme.NAME):
            names.append(self.next().text)
            self.expect(".")
        operator = self.next()
        self.expect(")")
        if operator.kind is not Lexeme.OPERATOR:
            raise Odd
        text = operator.text
        if names and names != ["pg_catalog"]:
            text = f"OPERATOR({'.'.join(identifier(name) for name in names)}.{text})"
        return Node(Kind.INFIX, text, (left, self.expression(Level.OTHER + 1)))


_ONE_SPELLING = {"!=": "<>"}
_IS_WORDS = frozenset(
    [
        "null",
        "true",
        "false",
        "unknown",
        "document",
        "normalized",
        "nfc",
        "nfd",
        "nfkc",
        "nfkd",
        "json",
        "value",
        "array",
        "object",
        "scalar",
        "with",
        "without",
        "unique",
        "keys",
    ]
)
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "to"})
_LONGEST_TAIL = 4  # tokens like `(3) without time zone` that make a type whole again
