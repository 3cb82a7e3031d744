"""Text → tree: the expressions that MySQL and MariaDB take in a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions import nodes as tree
from okra.dialects.mysql.expressions.cursor import Cursor
from okra.dialects.mysql.expressions.keywords import BARE_CALLS, NO_COLUMN, UNITS
from okra.dialects.mysql.expressions.lexer import Kind, bytes_of, is_bits, name_of, text_of
from okra.dialects.mysql.expressions.nodes import Node, Odd
from okra.dialects.mysql.natives.spelling import number
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.mysql.expressions.lexer import Token

_MOMENTS = frozenset({"date", "time", "timestamp"})
_JSON_ARROWS = frozenset({"->", "->>"})
_INTRODUCER = re.compile(r"_(?:utf8|utf8mb3|utf8mb4|latin1|ascii)")
_BITS = tree.LEVELS["|"]
_EXTRA_TESTS = frozenset({"true", "false", "unknown", "null"})


def parse(text: str) -> Node:
    """The tree of `text`.

    Raises  Odd
    """
    return _Parser(text).whole()


class _Parser:
    __slots__ = ("at",)

    def __init__(self, text: str) -> None:
        self.at = Cursor(text)

    def whole(self) -> Node:
        node = self.expression()
        if not self.at.is_at_end:
            raise Odd
        return node

    def expression(self) -> Node:
        return self._joined(
            "or", lambda: self._joined("xor", lambda: self._joined("and", self._not))
        )

    # AND, OR, NOT, comparisons

    def _joined(self, op: str, operand: Callable[[], Node]) -> Node:
        args = [operand()]
        while self.at.take(op):
            args.append(operand())
        return args[0] if len(args) == 1 else Node(op, tuple(args))

    def _not(self) -> Node:
        return Node(tree.NOT, (self._not(),)) if self.at.take("not") else self._comparison()

    def _comparison(self) -> Node:
        node = self._predicate()
        while True:
            op = self.at.peek()
            if op in tree.COMPARISONS:
                self.at.skip()
                node = Node(op, (node, self._predicate()))
            elif op == "is":
                self.at.skip()
                test = tree.IS_NOT if self.at.take("not") else tree.IS
                word = self.at.peek()
                if word not in _EXTRA_TESTS:
                    raise Odd
                self.at.skip()
                node = Node(test, (node,), "null" if word == "unknown" else word)
            else:
                return node

    def _predicate(self) -> Node:
        node = self._bits(_BITS)
        if self.at.peek() == "not":
            if self.at.peek(1) not in ("in", "between", "like", "regexp"):
                raise Odd
            self.at.skip()
            return self._tested(node, "not ")
        if self.at.peek() == "sounds":
            self.at.skip()
            self.at.expect("like")
            sounds = [Node(tree.CALL, (each,), "soundex") for each in (node, self._bits(_BITS))]
            return Node("=", tuple(sounds))
        if self.at.peek() == "member":
            self.at.skip()
            self.at.take("of")
            self.at.expect("(")
            other = self.expression()
            self.at.expect(")")
            return Node(tree.MEMBER, (node, other))
        return self._tested(node, "")

    def _tested(self, node: Node, negation: str) -> Node:
        word = self.at.peek()
        match word:
            case "in":
                self.at.skip()
                self.at.expect("(")
                args = (node, *self._list())
            case "between":
                self.at.skip()
                low = self._bits(_BITS)
                self.at.expect("and")
                args = (node, low, self._predicate())
            case "like":
                self.at.skip()
                args = (node, self._bits(_BITS))
                if self.at.take("escape"):
                    args = (*args, self._unary())
            case "regexp":
                self.at.skip()
                args = (node, self._bits(_BITS))
            case _:
                return node
        return Node(negation + word, args)

    # arithmetic

    def _bits(self, level: int) -> Node:
        """Operators that bind at least as tightly as `level`, from left to right."""
        node = self._unary()
        while True:
            op = self.at.peek()
            own = tree.LEVELS[op] if op in tree.ARITHMETIC else 0
            if own < level or not own:
                return node
            self.at.skip()
            if op in ("+", "-") and self.at.peek() == "interval" and self.at.peek(1) != "(":
                node = Node(op, (node, self._interval()))
            elif op in ("+", "-") and self.at.peek() == "interval":
                node = Node(op, (node, self._interval_or_call(own)))
            else:
                node = Node(op, (node, self._bits(own + 1)))

    def _interval(self) -> Node:
        self.at.expect("interval")
        amount = self.expression()
        return Node(tree.INTERVAL, (amount,), self._unit())

    def _interval_or_call(self, level: int) -> Node:
        """`interval (1) day` is one; `interval(a, 1, 2)` is a function."""
        start = self.at.place
        try:
            return self._interval()
        except Odd:
            self.at.place = start
            return self._bits(level + 1)

    def _unit(self) -> str:
        word = self.at.peek()
        if word not in UNITS:
            raise Odd
        self.at.skip()
        return word

    def _unary(self) -> Node:
        word = self.at.peek()
        match word:
            case "-":
                self.at.skip()
                return Node(tree.NEGATIVE, (self._unary(),))
            case "+":
                self.at.skip()
                return self._unary()
            case "~":
                self.at.skip()
                return Node(tree.INVERTED, (self._unary(),))
            case "!":
                self.at.skip()
                return Node(tree.NOT, (self._unary(),))
            case "binary":
                self.at.skip()
                return Node(tree.CAST, (self._unary(),), "binary")
            case _:
                return self._suffixed(self._primary())

    def _suffixed(self, node: Node) -> Node:
        while True:
            word = self.at.peek()
            if word == "collate":
                self.at.skip()
                token = self.at.next()
                name = text_of(token.text) if token.kind is Kind.TEXT else name_of(token.text)
                node = Node(tree.COLLATE, (node,), ascii_lower(name))
            elif word in _JSON_ARROWS:
                self.at.skip()
                node = Node(tree.CALL, (node, self._primary()), "json_extract")
                if word == "->>":
                    node = Node(tree.CALL, (node,), "json_unquote")
            else:
                return node

    # what stands by itself

    def _primary(self) -> Node:
        token = self.at.next()
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
        while self.at.peek() == "TEXT":
            parts.append(text_of(self.at.next().text))
        return Node(tree.TEXT, text="".join(parts))

    def _list(self) -> tuple[Node, ...]:
        """Expressions with commas between, up to the closing parenthesis; none at all is odd."""
        args = [self.expression()]
        while self.at.take(","):
            args.append(self.expression())
        self.at.expect(")")
        return tuple(args)

    def _column(self, name: str) -> Node:
        """The last of `schema.table.column`: a table's expressions are about the table itself."""
        while self.at.take("."):
            token = self.at.next()
            if token.kind not in (Kind.NAME, Kind.WORD):
                raise Odd
            name = name_of(token.text)
        return Node(tree.COLUMN, text=name)

    def _word(self, written: str) -> Node:
        word = ascii_lower(written)
        following = self.at.peek()
        if following == "(" and (word not in NO_COLUMN or word in ("mod", "interval")):
            self.at.skip()
            return self._call(word)
        if word in ("null", "true", "false"):
            return Node(tree.WORD, text=word) if word == "null" else _truth(word)
        if word == "case":
            return self._case()
        if word in _MOMENTS and following == "TEXT":
            return Node(tree.MOMENT, (Node(tree.TEXT, text=text_of(self.at.next().text)),), word)
        if _INTRODUCER.fullmatch(word) and following == "TEXT":
            return self._text(self.at.next())
        if word in BARE_CALLS:
            return Node(tree.CALL, text=word)
        if word in NO_COLUMN or (word[0] in "_@" and following in ("TEXT", "BYTES")):
            raise Odd
        return self._column(written)

    def _case(self) -> Node:
        args: list[Node] = []
        value = Node(tree.WORD) if self.at.peek() == "when" else self.expression()
        args.append(value)
        while self.at.take("when"):
            args.append(self.expression())
            self.at.expect("then")
            args.append(self.expression())
        if len(args) == 1:
            raise Odd
        if self.at.take("else"):
            args.append(Node(tree.ELSE, (self.expression(),)))
        self.at.expect("end")
        return Node(tree.CASE, tuple(args))

    # calls: the parenthesis is open

    def _call(self, name: str) -> Node:
        match name:
            case "cast":
                value = self.expression()
                self.at.expect("as")
                return self._typed(value)
            case "convert":
                return self._convert()
            case "extract":
                part = self._unit()
                self.at.expect("from")
                return Node(tree.EXTRACT, self._list(), part)
            case "trim":
                return self._trim()
            case "timestampadd" | "timestampdiff":
                unit = Node(tree.UNIT, text=self._unit())
                self.at.expect(",")
                return Node(tree.CALL, (unit, *self._list()), name)
            case "date_add" | "date_sub" | "adddate" | "subdate":
                return self._moved(name)
            case "position":
                needle = self._bits(_BITS)
                self.at.expect("in")
                return Node(tree.CALL, (needle, *self._list()), "locate")
            case _ if self.at.take(")"):
                return Node(tree.CALL, text=name)
            case _:
                return self._plain_call(name)

    def _plain_call(self, name: str) -> Node:
        """Commas, or the `from … for …` of substring and the `using …` of char."""
        args = [self.expression()]
        while not self.at.take(")"):
            if self.at.take("using"):
                args.append(Node(tree.USING, text=ascii_lower(name_of(self.at.next().text))))
            elif self.at.take(",") or self.at.take("from") or self.at.take("for"):
                args.append(self.expression())
            else:
                raise Odd
        return Node(tree.CALL, tuple(args), name)

    def _typed(self, value: Node) -> Node:
        start = self.at.place
        depth = 0
        while depth or self.at.peek() != ")":
            token = self.at.next()
            depth += (token.text == "(") - (token.text == ")")
        words = " ".join(token.text for token in self.at.found[start : self.at.place])
        self.at.expect(")")
        return Node(tree.CAST, (value,), words)

    def _convert(self) -> Node:
        value = self.expression()
        if self.at.take("using"):
            charset = ascii_lower(name_of(self.at.next().text))
            self.at.expect(")")
            return Node(tree.CALL, (value, Node(tree.USING, text=charset)), "convert")
        self.at.expect(",")
        return self._typed(value)

    def _trim(self) -> Node:
        side = self.at.peek()
        if side not in ("both", "leading", "trailing"):
            first = self.expression()
            if not self.at.take("from"):
                self.at.expect(")")
                return Node(tree.CALL, (first,), "trim")
            return Node(tree.TRIM, (first, *self._list()), "both")
        self.at.skip()
        if self.at.take("from"):
            plain = {"both": "trim", "leading": "ltrim", "trailing": "rtrim"}[side]
            return Node(tree.CALL, self._list(), plain)
        first = self.expression()
        self.at.expect("from")
        return Node(tree.TRIM, (first, *self._list()), side)

    def _moved(self, name: str) -> Node:
        """`date_add(d, interval 1 day)` is `d + interval 1 day`, and so is `adddate(d, 1)`."""
        value = self.expression()
        self.at.expect(",")
        op = "-" if "sub" in name else "+"
        if self.at.peek() == "interval":
            amount = self._interval()
            self.at.expect(")")
        else:
            (days,) = self._list()
            amount = Node(tree.INTERVAL, (days,), "day")
        return Node(op, (value, amount))


def _truth(word: str) -> Node:
    return Node(tree.NUMBER, text="1" if word == "true" else "0")


def _bytes(token: str) -> Node:
    """Hexadecimal in two ways: `0x1f` may be a number, `x'1f'` may not. Bits are the former."""
    digits = bytes_of(token).hex()
    if is_bits(token) or token[0] == "0":
        return Node(tree.BYTES, text=f"0x{digits}")
    return Node(tree.BYTES, text=f"x'{digits}'")
