"""Tree → text: as few parentheses as are read without thinking."""

from __future__ import annotations

from okra.dialects.mysql.expressions.nodes import (
    COMPARISONS,
    ELSE,
    LEVELS,
    PREDICATES,
    WHOLE,
    Node,
)
from okra.dialects.mysql.natives.spelling import identifier
from okra.dialects.mysql.quoting import literal

_BITS = LEVELS["|"]
_UNARY = LEVELS["negative"]
_UPPER = frozenset({"and", "or", "xor", "not", "div"} | PREDICATES)


def printed(node: Node) -> str:
    """`node` as SQL."""
    if node.op in LEVELS:
        return _operator(node)
    return _whole(node.op, node.args, node.text)


def _whole(op: str, args: tuple[Node, ...], text: str) -> str:
    """What stands by itself: names, values, calls and the like."""
    match op:
        case "column":
            return identifier(text)
        case "text":
            return literal(text)
        case "word":
            return text.upper()
        case "call":
            return f"{text}({_arguments(args)})"
        case "row":
            return f"({_listed(args)})"
        case "case":
            return _case(args)
        case "cast":
            return f"cast({printed(args[0])} as {text})"
        case "moment":
            return f"{text.upper()} {printed(args[0])}"
        case "interval":
            return f"INTERVAL {_within(args[0], _UNARY)} {text.upper()}"
        case "trim" | "extract":
            return f"{op}({' '.join((text, *map(printed, args[:-1])))} from {printed(args[-1])})"
        case _:
            return text


def _operator(node: Node) -> str:
    op, args = node.op, node.args
    level = LEVELS[op]
    word = op.upper() if op in _UPPER else op
    match op:
        case "not":
            return f"NOT {_within(args[0], _BITS)}"
        case "is" | "is not":
            return f"{_within(args[0], _BITS)} {op.upper()} {node.text.upper()}"
        case "negative" | "~":
            return ("-" if op == "negative" else "~") + _within(args[0], level + 1)
        case "collate":
            return f"{_within(args[0], level)} COLLATE {node.text}"
        case "and" | "or" | "xor":
            return f" {word} ".join(_joined(each, op) for each in args)
        case _ if op in PREDICATES:
            return _predicate(word, args)
        case _ if op in COMPARISONS:
            return f"{_within(args[0], _BITS)} {word} {_within(args[1], _BITS)}"
        case _:
            return f"{_within(args[0], level)} {word} {_within(args[1], level + 1)}"


def _predicate(word: str, args: tuple[Node, ...]) -> str:
    first, *rest = (_within(each, _BITS) for each in args)
    match word:
        case "IN" | "NOT IN":
            return f"{first} {word} ({_listed(args[1:])})"
        case "BETWEEN" | "NOT BETWEEN":
            return f"{first} {word} {rest[0]} AND {rest[1]}"
        case "MEMBER OF":
            return f"{first} {word} ({printed(args[1])})"
        case _:
            return f"{first} {word} {' ESCAPE '.join(rest)}"


def _within(node: Node, level: int) -> str:
    """`node` as an operand of something that binds at `level`."""
    text = printed(node)
    own = LEVELS.get(node.op, WHOLE)
    if node.op == "number" and text.startswith("-"):
        own = _UNARY
    return text if own >= level else f"({text})"


def _joined(node: Node, op: str) -> str:
    """An operand of AND, OR or XOR; another of them stands in parentheses."""
    mixed = node.op in ("and", "or", "xor") and node.op != op
    return f"({printed(node)})" if mixed else printed(node)


def _listed(args: tuple[Node, ...]) -> str:
    return ", ".join(printed(each) for each in args)


def _arguments(args: tuple[Node, ...]) -> str:
    """Arguments with commas; `using utf8mb4` stands behind the last without one."""
    if args and args[-1].op == "using":
        return f"{_listed(args[:-1])} using {args[-1].text}"
    return _listed(args)


def _case(args: tuple[Node, ...]) -> str:
    value, *rest = args
    words = ["CASE"] if not value.text and value.op == "word" else ["CASE", printed(value)]
    otherwise = rest.pop() if rest[-1].op == ELSE else None
    for when, then in zip(rest[::2], rest[1::2], strict=True):
        words += ["WHEN", printed(when), "THEN", printed(then)]
    if otherwise is not None:
        words += ["ELSE", printed(otherwise.args[0])]
    return " ".join([*words, "END"])
