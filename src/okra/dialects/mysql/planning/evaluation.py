"""Whether a check holds for a value, as far as that can be told without a server."""

from __future__ import annotations

import operator
import unicodedata
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.mysql.expressions.nodes import COMPARISONS, NUMBER, TEXT, Node, Odd
from okra.dialects.mysql.expressions.parser import parse
from okra.dialects.mysql.expressions.rules import simplified

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = Decimal | str | None

_COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COMPUTED: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "div": operator.floordiv,
}
_TEXT_CALLS: dict[str, Callable[[str], Value]] = {
    "lower": str.lower,
    "upper": str.upper,
    "trim": str.strip,
    "ltrim": str.lstrip,
    "rtrim": str.rstrip,
    "char_length": lambda text: Decimal(len(text)),
    "length": lambda text: Decimal(len(text.encode())),
}


def candidates(expression: str) -> tuple[str | Decimal, ...]:
    """The values that `expression` speaks of, and their neighbours: what it asks for is often among them."""
    try:
        tree = simplified(parse(expression), {})
    except (Odd, RecursionError):
        return ()
    found: dict[str | Decimal, None] = {}
    for node in _leaves(tree):
        if node.op == TEXT:
            found[node.text] = None
        elif node.op == NUMBER:
            number = Decimal(node.text)
            for near in (number, number + 1, number - 1):
                found[near] = None
            if 0 <= number < 256:  # noqa: PLR2004
                found["x" * (int(number) + 1)] = None
                found["x" * int(number)] = None
    return tuple(found)


def holds(expression: str, column: str, value: str | Decimal) -> bool:
    """Whether `expression` is certainly true or NULL where `column` is `value` and nothing else matters."""
    try:
        found = _value(simplified(parse(expression), {}), column, value)
    except (Odd, RecursionError, InvalidOperation, DivisionByZero):
        return False
    return found is None or (isinstance(found, Decimal) and bool(found))


def _leaves(node: Node) -> list[Node]:
    if not node.args:
        return [node]
    return [leaf for each in node.args for leaf in _leaves(each)]


def _value(node: Node, column: str, value: str | Decimal) -> Value:
    """What `node` is; Odd where only a server knows."""
    op = node.op
    if op == "column":
        if node.text.lower() != column.lower():
            raise Odd
        return value
    if op == NUMBER:
        return Decimal(node.text)
    if op == TEXT:
        return node.text
    if op == "word":
        return None
    args = [_value(each, column, value) for each in node.args]
    return _combined(node, args)


def _combined(node: Node, args: list[Value]) -> Value:
    op = node.op
    match op:
        case "and" | "or":
            return _junction(op, args)
        case "not":
            return None if args[0] is None else _truth(not _is_true(args[0]))
        case "is" | "is not" if node.text == "null":
            return _truth((args[0] is None) == (op == "is"))
        case "in" | "not in":
            found = any(_compared("=", args[0], each) for each in args[1:])
            return _truth(found == (op == "in"))
        case "between" | "not between":
            low = _compared(">=", args[0], args[1])
            return _truth((low and _compared("<=", args[0], args[2])) == (op == "between"))
        case "call" if node.text in _TEXT_CALLS and isinstance(args[0], str):
            return _TEXT_CALLS[node.text](args[0])
        case _ if op in COMPARISONS and op in _COMPARED:
            return _truth(_compared(op, args[0], args[1]))
        case _ if op in _COMPUTED:
            return _computed(op, args)
        case _:
            raise Odd


def _junction(op: str, args: list[Value]) -> Value:
    truths = [each is not None and _is_true(each) for each in args]
    return _truth(all(truths) if op == "and" else any(truths))


def _is_true(value: Value) -> bool:
    if not isinstance(value, Decimal):
        raise Odd
    return bool(value)


def _truth(value: bool) -> Decimal:
    return Decimal(int(value))


def folded(text: str) -> str:
    """`text` as the most forgiving collation sees it: texts that differ here differ everywhere."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if part.isalnum() and not unicodedata.combining(part))


def _compared(op: str, one: Value, other: Value) -> bool:
    """A comparison that comes out the same in every collation; a number with a text only a server can compare."""
    if isinstance(one, str) and isinstance(other, str):
        return _compared_texts(op, one, other)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return bool(_COMPARED[op](one, other))
    raise Odd


def _compared_texts(op: str, one: str, other: str) -> bool:
    found = bool(_COMPARED[op](one, other))
    if one == other:
        return found
    if folded(one) == folded(other) or found != _COMPARED[op](folded(one), folded(other)):
        raise Odd
    if op not in ("=", "<>") and not (one + other).isascii():
        raise Odd
    return found


def _computed(op: str, args: list[Value]) -> Value:
    numbers = [each for each in args if isinstance(each, Decimal)]
    if len(numbers) != 2:  # noqa: PLR2004
        raise Odd
    return _COMPUTED[op](*numbers)
