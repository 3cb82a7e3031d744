"""Trees that mean the same → one tree: what the servers rewrite, and what they call by several names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.expressions.nodes import (
    CALL,
    CAST,
    COMPARISONS,
    INTERVAL,
    IS,
    IS_NOT,
    MOMENT,
    NEGATIVE,
    NOT,
    NUMBER,
    PREDICATES,
    TEXT,
    WORD,
    Node,
)
from okra.dialects.mysql.natives.typenames import canonical_type
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Mapping

# The name that is the most common in schemas stands for all of them; servers print one or another.
_NAMES = {
    "lcase": "lower",
    "ucase": "upper",
    "octet_length": "length",
    "character_length": "char_length",
    "substr": "substring",
    "mid": "substring",
    "ceiling": "ceil",
    "power": "pow",
    "dayofmonth": "day",
    "curdate": "current_date",
    "curtime": "current_time",
    "now": "current_timestamp",
    "localtime": "current_timestamp",
    "localtimestamp": "current_timestamp",
    "schema": "database",
    "session_user": "user",
    "system_user": "user",
    "std": "stddev_pop",
    "sha": "sha1",
    "st_geometryfromtext": "st_geomfromtext",
    "json_length_of": "json_length",
}
_OPPOSITE = {
    "=": "<>",
    "<>": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
    "between": "not between",
    "not between": "between",
    "like": "not like",
    "not like": "like",
    "regexp": "not regexp",
    "not regexp": "regexp",
    IS: IS_NOT,
    IS_NOT: IS,
}
_JUNCTIONS = frozenset({"and", "or", "xor"})
_TRUTHS = COMPARISONS | PREDICATES | _JUNCTIONS | {NOT, IS, IS_NOT}
_TRUE_CALLS = frozenset(
    [
        "json_valid",
        "json_contains",
        "json_contains_path",
        "json_overlaps",
        "json_exists",
        "json_equals",
        "regexp_like",
        "is_uuid",
        "is_ipv4",
        "is_ipv6",
        "is_ipv4_compat",
        "is_ipv4_mapped",
        "json_schema_valid",
    ]
)
_ZERO = Node(NUMBER, text="0")


def simplified(node: Node, columns: Mapping[str, str]) -> Node:
    """`node` in the form that all equal expressions share.

    columns  lower-case name → the column's own
    """
    args = tuple(simplified(each, columns) for each in node.args)
    node = node._replace(args=args)
    match node.op:
        case "column":
            return node._replace(text=columns.get(ascii_lower(node.text), node.text))
        case "and" | "or" | "xor":
            return _joined(node)
        case "not":
            return _negated(args[0])
        case "in" | "not in" if len(args) == 2:  # noqa: PLR2004
            return _compared("=" if node.op == "in" else "<>", args)
        case "=" | "<>":
            return _compared(node.op, args)
        case "cast":
            return node._replace(text=_cast_type(node.text))
        case "moment":
            return _moment(node)
        case "negative":
            return _negative(node)
        case "call":
            return _call(node)
        case _:
            return node


def _compared(op: str, args: tuple[Node, ...]) -> Node:
    """A comparison with 0 has it on the right: MySQL writes it on the left where it has put it there itself."""
    return Node(op, (args[1], args[0]) if args[0] == _ZERO and args[1] != _ZERO else args)


def _joined(node: Node) -> Node:
    """AND, OR and XOR without the parentheses between equals; a value that must be true or false is compared."""
    args: list[Node] = []
    for each in node.args:
        part = _truth(each)
        args += part.args if part.op == node.op else (part,)
    return Node(node.op, tuple(args))


def _truth(node: Node) -> Node:
    """`node` where true or false is asked for: a number is compared with 0, as servers do."""
    if node.op in _TRUTHS or (node.op == CALL and _is_true_call(node.text)):
        return node
    if node.op in (NUMBER, WORD):
        return node
    return Node("<>", (node, _ZERO))


def _is_true_call(name: str) -> bool:
    return name in _TRUE_CALLS or name.startswith(("st_", "mbr"))


def _negated(node: Node) -> Node:
    if node.op in _OPPOSITE:
        return node._replace(op=_OPPOSITE[node.op])
    if node.op in ("and", "or"):
        op = "or" if node.op == "and" else "and"
        return _joined(Node(op, tuple(_negated(each) for each in node.args)))
    if node.op == "xor":
        return Node("xor", (_negated(node.args[0]), *node.args[1:]))
    if node.op == NOT:
        return _truth(node.args[0])
    if node.op in _TRUTHS or (node.op == CALL and _is_true_call(node.text)):
        return Node(NOT, (node,))
    if node.op == NUMBER and node.text in ("0", "1"):
        return Node(NUMBER, text="1" if node.text == "0" else "0")
    return Node("=", (node, _ZERO))


def _negative(node: Node) -> Node:
    inner = node.args[0]
    if inner.op == NEGATIVE:
        return inner.args[0]
    if inner.op == NUMBER:
        text = inner.text
        if text.startswith("-") or text == "0":
            return Node(NUMBER, text=text.removeprefix("-"))
        return Node(NUMBER, text=f"-{text}")
    return node


def _cast_type(words: str) -> str:
    """The type of a CAST; utf8mb4 goes without saying, as does `integer`."""
    lower = " ".join(ascii_lower(words).replace("(", " ( ").replace(")", " ) ").split())
    head = lower.split(" ", 1)[0]
    if head in ("signed", "unsigned"):
        return f"{head} array" if lower.endswith("array") else head
    if head in ("integer", "int"):
        return "signed"
    array = " array" if lower.endswith(" array") else ""
    lower = lower.removesuffix(" array")
    if head in ("char", "character", "nchar", "binary"):
        return _char_type(lower) + array
    return canonical_type(words).type + array


def _char_type(words: str) -> str:
    words = words.replace("character set", "charset").replace("character", "char")
    base, _, charset = words.partition(" charset ")
    plain = base.replace(" ( ", "(").replace(" )", ")").replace("nchar", "char")
    if charset == "binary":
        return plain.replace("char", "binary")
    if not charset or charset == "utf8mb4":
        return plain
    return f"{plain} charset {'utf8mb3' if charset == 'utf8' else charset}"


def _moment(node: Node) -> Node:
    """`time '10:00'` with its seconds, as servers write it."""
    text = node.args[0].text
    if node.text == "time" and text.count(":") == 1:
        text += ":00"
    return Node(MOMENT, (Node(TEXT, text=text),), node.text)


def _call(node: Node) -> Node:
    name = _NAMES.get(node.text, node.text)
    args = node.args
    match name, len(args):
        case "mod", 2:
            return Node("%", args)
        case "isnull", 1:
            return Node(IS, args, "null")
        case "regexp_like", 2:
            return Node("regexp", args)
        case "instr", 2:
            return Node(CALL, (args[1], args[0]), "locate")
        case "date", 1:
            return Node(CAST, args, "date")
        case "weekofyear", 1:
            return Node(CALL, (*args, Node(NUMBER, text="3")), "week")
        case "datediff", 2:
            return Node("-", tuple(Node(CALL, (each,), "to_days") for each in args))
        case "timestampadd", 3:
            return Node("+", (args[2], Node(INTERVAL, (args[1],), args[0].text)))
        case _:
            return Node(CALL, args, name)
