"""Text → tree: the expressions that MySQL and MariaDB take in a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql import expression_nodes as tree
from okra.dialects.mysql.expression_nodes import Node, Odd
from okra.dialects.mysql.lexer import Kind, bytes_of, is_bits, name_of, text_of, tokens
from okra.dialects.mysql.spelling import number
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.mysql.lexer import Token

UNITS = frozenset(
    [
        "microsecond",
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "second_microsecond",
        "minute_microsecond",
        "minute_second",
        "hour_microsecond",
        "hour_second",
        "hour_minute",
        "day_microsecond",
        "day_second",
        "day_minute",
        "day_hour",
        "year_month",
    ]
)
_MOMENTS = frozenset({"date", "time", "timestamp"})
_BARE_CALLS = frozenset(
    [
        "current_timestamp",
        "current_date",
        "current_time",
        "current_user",
        "localtime",
        "localtimestamp",
        "utc_date",
        "utc_time",
        "utc_timestamp",
    ]
)
_NO_COLUMN = frozenset(
    [
        "and",
        "or",
        "xor",
        "not",
        "between",
        "in",
        "like",
        "regexp",
        "rlike",
        "is",
        "select",
        "from",
        "where",
        "when",
        "then",
        "else",
        "end",
        "case",
        "as",
        "interval",
        "collate",
        "div",
        "mod",
        "escape",
        "using",
        "distinct",
        "exists",
        "all",
        "any",
        "some",
        "binary",
    ]
)
_SYNONYMS = {"!=": "<>", "&&": "and", "||": "or", "rlike": "regexp", "mod": "%"}
_JSON_ARROWS = frozenset({"->", "->>"})
_INTRODUCER = re.compile(r"_(?:utf8|utf8mb3|utf8mb4|latin1|ascii)")
_COMPARISON = tree.LEVELS["="]
_BITS = tree.LEVELS["|"]
_EXTRA_TESTS = frozenset({"true", "false", "unknown", "null"})
_END = ""


def parse(text: str) -> Node:
    """The tree of `text`.

    Raises  Odd
    """
    return _Parser(tokens(text)).whole()


class _Parser:
    __slots__ = ("at", "found")

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.at = 0

    def whole(self) -> Node:
        node = self.expression()
        if self.at < len(self.found):
            raise Odd
        return node

    def expression(self) -> Node:
        return self._joined(
            "or", lambda: self._joined("xor", lambda: self._joined("and", self._not))
        )

    # what comes next

    def _peek(self, ahead: int = 0) -> str:
        """The next token, lower case and with one name for synonyms; a quoted name or text is no keyword."""
        at = self.at + ahead
        if at >= len(self.found):
            return _END
        token = self.found[at]
        if token.kind in (Kind.WORD, Kind.SYMBOL):
            word = ascii_lower(token.text)
            return _SYNONYMS.get(word, word)
        return token.kind.name

    def _take(self, word: str) -> bool:
        if self._peek() != word:
            return False
        self.at += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise Odd

    def _next(self) -> Token:
        if self.at >= len(self.found):
            raise Odd
        self.at += 1
        return self.found[self.at - 1]

    # AND, OR, tree.NOT, comparisons

    def _joined(self, op: str, operand: Callable[[], Node]) -> Node:
        args = [operand()]
        while self._take(op):
            args.append(operand())
        return args[0] if len(args) == 1 else Node(op, tuple(args))

    def _not(self) -> Node:
        return Node(tree.NOT, (self._not(),)) if self._take("not") else self._comparison()

    def _comparison(self) -> Node:
        node = self._predicate()
        while True:
            op = self._peek()
            if op in tree.COMPARISONS:
                self.at += 1
                node = Node(op, (node, self._predicate()))
            elif op == "is":
                self.at += 1
                test = tree.IS_NOT if self._take("not") else tree.IS
                word = self._peek()
                if word not in _EXTRA_TESTS:
                    raise Odd
                self.at += 1
                node = Node(test, (node,), "null" if word == "unknown" else word)
            else:
                return node

    def _predicate(self) -> Node:
        node = self._bits(_BITS)
        if self._peek() == "not":
            if self._peek(1) not in ("in", "between", "like", "regexp"):
                raise Odd
            self.at += 1
            return self._tested(node, "not ")
        if self._peek() == "sounds":
            self.at += 1
            self._expect("like")
            sounds = [Node(tree.CALL, (each,), "soundex") for each in (node, self._bits(_BITS))]
            return Node("=", tuple(sounds))
        if self._peek() == "member":
            self.at += 1
            self._take("of")
            self._expect("(")
            other = self.expression()
            self._expect(")")
            return Node(tree.MEMBER, (node, other))
        return self._tested(node, "")

    def _tested(self, node: Node, negation: str) -> Node:
        word = self._peek()
        match word:
            case "in":
                self.at += 1
                self._expect("(")
                args = (node, *self._list())
            case "between":
                self.at += 1
                low = self._bits(_BITS)
                self._expect("and")
                args = (node, low, self._predicate())
            case "like":
                self.at += 1
                args = (node, self._bits(_BITS))
                if self._take("escape"):
                    args = (*args, self._unary())
            case "regexp":
                self.at += 1
                args = (node, self._bits(_BITS))
            case _:
                return node
        return Node(negation + word, args)

    # arithmetic

    def _bits(self, level: int) -> Node:
        """Operators that bind at least as tightly as `level`, from left to right."""
        node = self._unary()
        while True:
            op = self._peek()
            own = tree.LEVELS[op] if op in tree.ARITHMETIC else 0
            if own < level or not own:
                return node
            self.at += 1
            if op in ("+", "-") and self._peek() == "interval" and self._peek(1) != "(":
                node = Node(op, (node, self._interval()))
            elif op in ("+", "-") and self._peek() == "interval":
                node = Node(op, (node, self._interval_or_call(own)))
            else:
                node = Node(op, (node, self._bits(own + 1)))

    def _interval(self) -> Node:
        self._expect("interval")
        amount = self.expression()
        return Node(tree.INTERVAL, (amount,), self._unit())

    def _interval_or_call(self, level: int) -> Node:
        """`interval (1) day` is one; `interval(a, 1, 2)` is a function."""
        start = self.at
        try:
            return self._interval()
        except Odd:
            self.at = start
            return self._bits(level + 1)

    def _unit(self) -> str:
        word = self._peek()
        if word not in UNITS:
            raise Odd
        self.at += 1
        return word

    def _unary(self) -> Node:
        word = self._peek()
        match word:
            case "-":
                self.at += 1
                return _negative(self._unary())
            case "+":
                self.at += 1
                return self._unary()
            case "~":
                self.at += 1
                return Node(tree.INVERTED, (self._unary(),))
            case "!":
                self.at += 1
                return Node(tree.NOT, (self._unary(),))
            case "binary":
                self.at += 1
                return Node(tree.CAST, (self._unary(),), "binary")
            case _:
                return self._suffixed(self._primary())

    def _suffixed(self, node: Node) -> Node:
        while True:
            word = self._peek()
            if word == "collate":
                self.at += 1
                token = self._next()
                name = text_of(token.text) if token.kind is Kind.TEXT else name_of(token.text)
                node = Node(tree.COLLATE, (node,), ascii_lower(name))
            elif word in _JSON_ARROWS:
                self.at += 1
                node = Node(tree.CALL, (node, self._primary()), "json_extract")
                if word == "->>":
                    node = Node(tree.CALL, (node,), "json_unquote")
            else:
                return node

    # what stands by itself

    def _primary(self) -> Node:
        token = self._next()
        match token.kind:
            case Kind.NUMBER:
                return Node(tree.NUMBER, text=number(token.text))
            case Kind.TEXT:
                return self._text(token)
            case Kind.BYTES:
                return _bytes(token.text)
            case Kind.NAME:
                return self._column(name_of(token.text))
            case Kind.WORD:
                return self._word(token.text)
            case _ if token.text == "(":
                args = self._list()
                return args[0] if len(args) == 1 else Node(tree.ROW, args)
            case _:
                raise Odd

    def _text(self, token: Token) -> Node:
        parts = [text_of(token.text)]
        while self._peek() == "TEXT":
            parts.append(text_of(self._next().text))
        return Node(tree.TEXT, text="".join(parts))

    def _list(self) -> tuple[Node, ...]:
        """Expressions with commas between, up to the closing parenthesis; none at all is odd."""
        args = [self.expression()]
        while self._take(","):
            args.append(self.expression())
        self._expect(")")
        return tuple(args)

    def _column(self, name: str) -> Node:
        """The last of `schema.table.column`: a table's expressions are about the table itself."""
        while self._take("."):
            token = self._next()
            if token.kind not in (Kind.NAME, Kind.WORD):
                raise Odd
            name = name_of(token.text)
        return Node(tree.COLUMN, text=name)

    def _word(self, written: str) -> Node:
        word = ascii_lower(written)
        following = self._peek()
        if following == "(" and word not in ("and", "or", "not", "in"):
            self.at += 1
            return self._call(word)
        if word in ("null", "true", "false"):
            return Node(tree.WORD, text=word) if word == "null" else _truth(word)
        if word == "case":
            return self._case()
        if word in _MOMENTS and following == "TEXT":
            return Node(tree.MOMENT, (Node(tree.TEXT, text=text_of(self._next().text)),), word)
        if _INTRODUCER.fullmatch(word) and following == "TEXT":
            return self._text(self._next())
        if word in _BARE_CALLS:
            return Node(tree.CALL, text=word)
        if word in _NO_COLUMN or (word[0] in "_@" and following in ("TEXT", "BYTES")):
            raise Odd
        return self._column(written)

    def _case(self) -> Node:
        args: list[Node] = []
        value = Node(tree.WORD) if self._peek() == "when" else self.expression()
        args.append(value)
        while self._take("when"):
            args.append(self.expression())
            self._expect("then")
            args.append(self.expression())
        if len(args) == 1:
            raise Odd
        if self._take("else"):
            args.append(Node(tree.ELSE, (self.expression(),)))
        self._expect("end")
        return Node(tree.CASE, tuple(args))

    # calls: the parenthesis is open

    def _call(self, name: str) -> Node:
        match name:
            case "cast":
                value = self.expression()
                self._expect("as")
                return self._typed(value)
            case "convert":
                return self._convert()
            case "extract":
                part = self._unit()
                self._expect("from")
                return Node(tree.EXTRACT, self._list(), part)
            case "trim":
                return self._trim()
            case "timestampadd" | "timestampdiff":
                unit = Node(tree.UNIT, text=self._unit())
                self._expect(",")
                return Node(tree.CALL, (unit, *self._list()), name)
            case "date_add" | "date_sub" | "adddate" | "subdate":
                return self._moved(name)
            case "position":
                needle = self._bits(_BITS)
                self._expect("in")
                return Node(tree.CALL, (needle, *self._list()), "locate")
            case _ if self._take(")"):
                return Node(tree.CALL, text=name)
            case _:
                return self._plain_call(name)

    def _plain_call(self, name: str) -> Node:
        """Commas, or the `from … for …` of substring and the `using …` of char."""
        args = [self.expression()]
        while not self._take(")"):
            if self._take("using"):
                args.append(Node(tree.USING, text=ascii_lower(name_of(self._next().text))))
            elif self._take(",") or self._take("from") or self._take("for"):
                args.append(self.expression())
            else:
                raise Odd
        return Node(tree.CALL, tuple(args), name)

    def _typed(self, value: Node) -> Node:
        start = self.at
        depth = 0
        while depth or self._peek() != ")":
            token = self._next()
            depth += (token.text == "(") - (token.text == ")")
        words = " ".join(token.text for token in self.found[start : self.at])
        self._expect(")")
        return Node(tree.CAST, (value,), words)

    def _convert(self) -> Node:
        value = self.expression()
        if self._take("using"):
            charset = ascii_lower(name_of(self._next().text))
            self._expect(")")
            return Node(tree.CALL, (value, Node(tree.USING, text=charset)), "convert")
        self._expect(",")
        return self._typed(value)

    def _trim(self) -> Node:
        side = self._peek()
        if side not in ("both", "leading", "trailing"):
            first = self.expression()
            if not self._take("from"):
                self._expect(")")
                return Node(tree.CALL, (first,), "trim")
            return Node(tree.TRIM, (first, *self._list()), "both")
        self.at += 1
        if self._take("from"):
            plain = {"both": "trim", "leading": "ltrim", "trailing": "rtrim"}[side]
            return Node(tree.CALL, self._list(), plain)
        first = self.expression()
        self._expect("from")
        return Node(tree.TRIM, (first, *self._list()), side)

    def _moved(self, name: str) -> Node:
        """`date_add(d, interval 1 day)` is `d + interval 1 day`, and so is `adddate(d, 1)`."""
        value = self.expression()
        self._expect(",")
        op = "-" if "sub" in name else "+"
        if self._peek() == "interval":
            amount = self._interval()
            self._expect(")")
        else:
            (days,) = self._list()
            amount = Node(tree.INTERVAL, (days,), "day")
        return Node(op, (value, amount))


def _negative(node: Node) -> Node:
    if node.op == tree.NUMBER and not node.text.startswith("-"):
        return Node(tree.NUMBER, text=f"-{node.text}")
    return Node(tree.NEGATIVE, (node,))


def _truth(word: str) -> Node:
    return Node(tree.NUMBER, text="1" if word == "true" else "0")


def _bytes(token: str) -> Node:
    """Hexadecimal in two ways: `0x1f` may be a number, `x'1f'` may not. Bits are the former."""
    digits = bytes_of(token).hex()
    if is_bits(token) or token[0] == "0":
        return Node(tree.BYTES, text=f"0x{digits}")
    return Node(tree.BYTES, text=f"x'{digits}'")
