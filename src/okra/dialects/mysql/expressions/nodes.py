"""An expression as a tree, and how tightly its operators bind."""

from __future__ import annotations

from typing import NamedTuple

COLUMN = "column"
NUMBER = "number"
TEXT = "text"
BYTES = "bytes"
WORD = "word"
CALL = "call"
ROW = "row"
CASE = "case"
CAST = "cast"
USING = "using"
UNIT = "unit"
MOMENT = "moment"
INTERVAL = "interval"
COLLATE = "collate"
NEGATIVE = "negative"
INVERTED = "~"
NOT = "not"
TRIM = "trim"
EXTRACT = "extract"
IS = "is"
IS_NOT = "is not"
MEMBER = "member of"
ELSE = "else"

COMPARISONS = frozenset({"=", "<=>", ">=", ">", "<=", "<", "<>"})
PREDICATES = frozenset(
    {"in", "not in", "between", "not between", "like", "not like", "regexp", "not regexp", MEMBER}
)

# Source: MySQL manual, "Operator Precedence", and the grammar's bool_pri, predicate and bit_expr: IN, LIKE,
# BETWEEN and REGEXP bind tighter than a comparison. A higher number binds tighter.
LEVELS = {
    "or": 1,
    "xor": 2,
    "and": 3,
    NOT: 4,
    IS: 5,
    IS_NOT: 5,
    **dict.fromkeys(COMPARISONS, 6),
    **dict.fromkeys(PREDICATES, 7),
    "|": 8,
    "&": 9,
    "<<": 10,
    ">>": 10,
    "+": 11,
    "-": 11,
    "*": 12,
    "/": 12,
    "div": 12,
    "%": 12,
    "^": 13,
    NEGATIVE: 14,
    INVERTED: 14,
    COLLATE: 15,
}
ARITHMETIC = frozenset({"|", "&", "<<", ">>", "+", "-", "*", "/", "div", "%", "^"})
WHOLE = 16
"""What needs no parentheses anywhere."""


class Node(NamedTuple):
    """op: one of the names above, or an operator as it is written; text: what a leaf says, or a name."""

    op: str
    args: tuple[Node, ...] = ()
    text: str = ""


class Odd(Exception):
    """The text is no expression that a table may hold, or one that is not known here."""
