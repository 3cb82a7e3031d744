"""What may stand behind an operand: operators, words like BETWEEN and IS, casts, subscripts.

Source  PostgreSQL manual, "Operator Precedence"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.lexer import Kind as Lexeme
from okra.dialects.postgres.expressions.lexer import Odd
from okra.dialects.postgres.expressions.tree import MISSING, Kind, Level, Node, infix_level
from okra.dialects.postgres.natives.spelling import identifier

if TYPE_CHECKING:
    from okra.dialects.postgres.expressions.reader import Reader

_MATCHES = ("like", "ilike", "similar", "between", "in")
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


def behind(reader: Reader, left: Node, least: int) -> Node | None:
    """`left` with the next operator and what belongs to it, or None where none fits."""
    token = reader.peek()
    if token.kind is Lexeme.SYMBOL:
        return _mark(reader, left, token.text, least)
    if token.kind is Lexeme.OPERATOR:
        operator = _ONE_SPELLING.get(token.text, token.text)
        if infix_level(operator) < least:
            return None
        reader.at += 1
        return _infix(reader, left, operator)
    if token.kind is Lexeme.WORD:
        return _operator_word(reader, left, token.text, least)
    return None


def _mark(reader: Reader, left: Node, mark: str, least: int) -> Node | None:
    if mark == "::" and least <= Level.CAST:
        reader.at += 1
        return Node(Kind.CAST, reader.type_name(), (left,))
    if mark == "[" and least <= Level.SUBSCRIPT:
        reader.at += 1
        low = MISSING if reader.is_symbol(":") else reader.expression()
        if reader.take_symbol(":"):
            high = MISSING if reader.is_symbol("]") else reader.expression()
            reader.expect("]")
            return Node(Kind.SUBSCRIPT, "[:", (left, low, high))
        reader.expect("]")
        return Node(Kind.SUBSCRIPT, "[", (left, low))
    return None


def _infix(reader: Reader, left: Node, operator: str) -> Node:
    for word in ("any", "some", "all"):
        if reader.is_word(word) and reader.peek(1).text == "(":
            reader.at += 2
            if reader.is_word("select"):
                raise Odd
            node = reader.expression()
            reader.expect(")")
            each = "ALL" if word == "all" else "ANY"
            return Node(Kind.EACH, f"{operator} {each}", (left, node))
    right = reader.expression(infix_level(operator) + 1)
    return Node(Kind.INFIX, operator, (left, right))


def _operator_word(reader: Reader, left: Node, word: str, least: int) -> Node | None:
    match word:
        case "and" | "or":
            return _junction(reader, left, word, least)
        case "is" if least <= Level.IS:
            reader.at += 1
            return _is(reader, left)
        case "isnull" | "notnull" if least <= Level.IS:
            reader.at += 1
            return Node(Kind.IS, "IS NULL" if word == "isnull" else "IS NOT NULL", (left,))
        case "not" if least <= Level.LIKE and reader.peek(1).text in _MATCHES:
            reader.at += 1
            return _match(reader, left, negated="NOT ")
        case _ if word in _MATCHES and least <= Level.LIKE:
            return _match(reader, left, negated="")
        case "at" if least <= Level.ZONE:
            reader.at += 1
            reader.expect_words("time", "zone")
            return Node(Kind.ZONE, "", (left, reader.expression(Level.ZONE + 1)))
        case "collate" if least <= Level.COLLATE:
            reader.at += 1
            return Node(Kind.COLLATE, _path(reader), (left,))
        case "operator" if least <= Level.OTHER:
            return _qualified_operator(reader, left)
        case _:
            return None


def _junction(reader: Reader, left: Node, word: str, least: int) -> Node | None:
    kind, level = (Kind.AND, Level.AND) if word == "and" else (Kind.OR, Level.OR)
    if level < least:
        return None
    reader.at += 1
    right = reader.expression(level + 1)
    known = left.parts if left.kind is kind else (left,)
    return Node(kind, "", (*known, right))


def _is(reader: Reader, left: Node) -> Node:
    negated = "NOT " if reader.take("not") else ""
    if reader.take("distinct", "from"):
        right = reader.expression(Level.IS + 1)
        return Node(Kind.DISTINCT, f"IS {negated}DISTINCT FROM", (left, right))
    words = []
    while reader.peek().kind is Lexeme.WORD and reader.peek().text in _IS_WORDS:
        words.append(reader.next().text.upper())
    if not words:
        raise Odd
    return Node(Kind.IS, f"IS {negated}{' '.join(words)}", (left,))


def _match(reader: Reader, left: Node, negated: str) -> Node:
    word = reader.next().text
    if word == "in":
        reader.expect("(")
        if reader.is_word("select"):
            raise Odd
        return Node(Kind.IN, f"{negated}IN", (left, *reader.list_of(")")))
    if word == "between":
        symmetric = " SYMMETRIC" if reader.take("symmetric") else ""
        reader.take("asymmetric")
        low = reader.expression(Level.LIKE + 1)
        reader.expect_words("and")
        high = reader.expression(Level.LIKE + 1)
        return Node(Kind.BETWEEN, f"{negated}BETWEEN{symmetric}", (left, low, high))
    if word == "similar":
        reader.expect_words("to")
        word = "similar to"
    parts = [left, reader.expression(Level.LIKE + 1)]
    if reader.take("escape"):
        parts.append(reader.expression(Level.LIKE + 1))
    return Node(Kind.LIKE, f"{negated}{word.upper()}", tuple(parts))


def _path(reader: Reader) -> str:
    token = reader.next()
    if token.kind not in (Lexeme.WORD, Lexeme.NAME):
        raise Odd
    names = [token.text]
    while reader.take_symbol("."):
        names.append(reader.next().text)
    if names[0] == "pg_catalog":
        names = names[1:]
    return ".".join(identifier(name) for name in names)


def _qualified_operator(reader: Reader, left: Node) -> Node:
    reader.at += 1
    reader.expect("(")
    names = []
    while reader.peek().kind in (Lexeme.WORD, Lexeme.NAME):
        names.append(reader.next().text)
        reader.expect(".")
    operator = reader.next()
    reader.expect(")")
    if operator.kind is not Lexeme.OPERATOR:
        raise Odd
    text = operator.text
    if names and names != ["pg_catalog"]:
        text = f"OPERATOR({'.'.join(identifier(name) for name in names)}.{text})"
    return Node(Kind.INFIX, text, (left, reader.expression(Level.OTHER + 1)))
