"""An expression of PostgreSQL as a tree, and the tree as text again."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from okra.dialects.postgres.quoting import literal


class Kind(Enum):
    """What a node is. `text` and `parts` mean something else for each."""

    STRING = auto()  # text: what stands between the quotes
    NUMBER = auto()  # text: digits, perhaps with a sign
    BITS = auto()  # text: b'101'
    WORD = auto()  # text: TRUE, NULL, CURRENT_DATE, *
    NAME = auto()  # text: a column, quoted where it must be; parts: none
    FIELD = auto()  # text: .field behind parts[0]
    CALL = auto()  # text: the function; parts: its arguments
    CAST = auto()  # text: the type
    INFIX = auto()  # text: the operator between two parts
    PREFIX = auto()  # text: the operator before one part
    AND = auto()
    OR = auto()
    NOT = auto()
    IS = auto()  # text: IS NULL, IS NOT TRUE … behind one part
    DISTINCT = auto()  # text: IS DISTINCT FROM, IS NOT DISTINCT FROM between two parts
    BETWEEN = auto()  # text: BETWEEN, NOT BETWEEN …; parts: value, low, high
    IN = auto()  # text: IN, NOT IN; parts: value, then the list
    EACH = auto()  # text: `= ANY`, `<> ALL`; parts: value, array
    LIKE = auto()  # text: LIKE, NOT ILIKE …; parts: value, pattern, perhaps escape
    ZONE = auto()  # parts: moment, zone
    COLLATE = auto()  # text: the collation, quoted where it must be
    ARRAY = auto()
    ROW = auto()
    SUBSCRIPT = auto()  # text: `[` or `[:`; parts: array, index or (low, high)
    GROUP = auto()  # parentheses around AND, OR or a subscript, as far as they count
    MISSING = auto()  # a bound of a slice that is not there
    CASE = auto()  # parts: operand or MISSING, conditions and results, ELSE or MISSING
    SYNTAX = (
        auto()
    )  # a function with words between its arguments; text has {} for each of the parts
    NAMED = auto()  # text: `name => ` in front of an argument, or VARIADIC


class Node(NamedTuple):
    kind: Kind
    text: str = ""
    parts: tuple[Node, ...] = ()


MISSING = Node(Kind.MISSING)
NULL = Node(Kind.WORD, "NULL")


class Level:
    """How tightly operators bind, from OR to `::`.

    Source  PostgreSQL manual, "Operator Precedence"
    """

    OR = 1
    AND = 2
    NOT = 3
    IS = 4
    COMPARISON = 5
    LIKE = 6  # and BETWEEN, IN
    OTHER = 7
    SUM = 8
    PRODUCT = 9
    POWER = 10
    ZONE = 11
    COLLATE = 12
    SIGN = 13
    SUBSCRIPT = 14
    CAST = 15
    WHOLE = 16


_INFIX = {
    **dict.fromkeys(("<", ">", "=", "<=", ">=", "<>"), Level.COMPARISON),
    **dict.fromkeys(("+", "-"), Level.SUM),
    **dict.fromkeys(("*", "/", "%"), Level.PRODUCT),
    "^": Level.POWER,
}
_LEVELS = {
    Kind.OR: Level.OR,
    Kind.AND: Level.AND,
    Kind.NOT: Level.NOT,
    Kind.IS: Level.IS,
    Kind.DISTINCT: Level.IS,
    Kind.BETWEEN: Level.LIKE,
    Kind.IN: Level.LIKE,
    Kind.LIKE: Level.LIKE,
    Kind.ZONE: Level.ZONE,
    Kind.COLLATE: Level.COLLATE,
    Kind.SUBSCRIPT: Level.SUBSCRIPT,
    Kind.CAST: Level.CAST,
}


def names_in(node: Node) -> list[str]:
    """The columns that `node` uses, as they are spelled in it."""
    found = [node.text] if node.kind is Kind.NAME else []
    for part in node.parts:
        found += names_in(part)
    return found


def infix_level(operator: str) -> int:
    """How tightly a binary operator binds."""
    return _INFIX.get(operator, Level.OTHER)


def level(node: Node) -> int:
    """How tightly the outermost operator of `node` binds."""
    if node.kind in (Kind.INFIX, Kind.EACH):
        return infix_level(node.text.partition(" ")[0])
    if node.kind is Kind.PREFIX:
        return Level.SIGN if node.text in ("-", "+") else Level.OTHER
    if node.kind is Kind.NUMBER and node.text[0] == "-":
        return Level.SIGN
    return _LEVELS.get(node.kind, Level.WHOLE)


_BRACKETS = {Kind.ARRAY: ("ARRAY[", "]"), Kind.ROW: ("ROW(", ")")}


def text_of(node: Node) -> str:
    """`node` as SQL, with as many parentheses as it needs."""
    parts = node.parts
    match node.kind:
        case Kind.STRING:
            return literal(node.text)
        case Kind.NUMBER | Kind.BITS | Kind.WORD | Kind.NAME:
            return node.text
        case Kind.MISSING:
            return ""
        case Kind.CALL | Kind.ARRAY | Kind.ROW | Kind.GROUP:
            opening, closing = _BRACKETS.get(node.kind, (f"{node.text}(", ")"))
            return f"{opening}{', '.join(text_of(part) for part in parts)}{closing}"
        case Kind.NAMED:
            return f"{node.text} {text_of(parts[0])}"
        case Kind.SYNTAX:
            return node.text.format(*(text_of(part) for part in parts))
        case Kind.CASE:
            return _case(node)
        case Kind.CAST:
            return f"{_within(parts[0], Level.CAST)}::{node.text}"
        case Kind.FIELD:
            return f"({text_of(parts[0])}){node.text}"
        case Kind.SUBSCRIPT:
            return _subscript(node)
        case _:
            return _operation(node)


def _operation(node: Node) -> str:
    parts = node.parts
    own = level(node)
    match node.kind:
        case Kind.AND | Kind.OR:
            return f" {node.kind.name} ".join(_within(part, own + 1) for part in parts)
        case Kind.NOT:
            return f"NOT {_within(parts[0], Level.NOT)}"
        case Kind.IS:
            return f"{_within(parts[0], own + 1)} {node.text}"
        case Kind.PREFIX:
            inner = _within(parts[0], own + 1)
            return f"{node.text}{'' if inner[0] not in '-+~!@#%^&|`?*/<>=' else ' '}{inner}"
        case Kind.IN:
            return f"{_within(parts[0], own + 1)} {node.text} ({_listed(parts[1:])})"
        case Kind.EACH:
            return f"{_within(parts[0], own + 1)} {node.text} ({text_of(parts[1])})"
        case Kind.BETWEEN:
            value, low, high = (_within(part, own + 1) for part in parts)
            return f"{value} {node.text} {low} AND {high}"
        case Kind.LIKE:
            words = [_within(parts[0], own + 1), node.text, _within(parts[1], own + 1)]
            if len(parts) > _WITHOUT_ESCAPE:
                words += ["ESCAPE", _within(parts[2], own + 1)]
            return " ".join(words)
        case Kind.ZONE:
            return f"{_within(parts[0], own)} AT TIME ZONE {_within(parts[1], own + 1)}"
        case Kind.COLLATE:
            return f"{_within(parts[0], own)} COLLATE {node.text}"
        case _:
            left, right = parts
            loose = own in (Level.COMPARISON, Level.IS)  # these do not chain
            return f"{_within(left, own + loose)} {node.text} {_within(right, own + 1)}"


_WITHOUT_ESCAPE = 2


def _within(node: Node, least: int) -> str:
    """`node` as an operand: in parentheses unless it binds at least so tightly."""
    text = text_of(node)
    return text if level(node) >= least else f"({text})"


def _listed(parts: tuple[Node, ...]) -> str:
    return ", ".join(text_of(part) for part in parts)


def _case(node: Node) -> str:
    operand, *branches, otherwise = node.parts
    words = ["CASE"]
    if operand is not MISSING:
        words.append(text_of(operand))
    for condition, result in zip(branches[::2], branches[1::2], strict=True):
        words.append(f"WHEN {text_of(condition)} THEN {text_of(result)}")
    if otherwise is not MISSING:
        words.append(f"ELSE {text_of(otherwise)}")
    return " ".join([*words, "END"])


def _subscript(node: Node) -> str:
    array, *bounds = node.parts
    inner = text_of(array)
    if array.kind not in (Kind.NAME, Kind.SUBSCRIPT, Kind.GROUP):
        inner = f"({inner})"
    return f"{inner}[{':'.join(text_of(bound) for bound in bounds)}]"
