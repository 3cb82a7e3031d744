"""Whether two expressions differ in nothing that counts: casts of texts, digits, older spellings of one function.

This is for comparing only. What servers print depends on their version, on how often a table went through a
dump, and on casts that somebody wrote out; none of it is a change to make.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.canonical import tree_of
from okra.dialects.postgres.expressions.literals import canonical_literal
from okra.dialects.postgres.expressions.tree import Kind, Node
from okra.dialects.postgres.expressions.types import base

if TYPE_CHECKING:
    from okra.dialects.postgres.expressions.canonical import Types

_TEXTS = frozenset(
    {"text", "character varying", "bpchar", "character", "text[]", "character varying[]"}
)
_LITERALS = (Kind.STRING, Kind.NUMBER, Kind.ARRAY, Kind.WORD)
_CALLS = {
    "now": Node(Kind.WORD, "CURRENT_TIMESTAMP"),
    "transaction_timestamp": Node(Kind.WORD, "CURRENT_TIMESTAMP"),
}


def loosely_equal(one: str, other: str, types: Types, native: str | None = None) -> bool:
    """Whether both expressions mean the same, as far as that can be told from their form.

    types   the columns with their types
    native  the type of the column that both are defaults of, if they are
    """
    first, second = _tree(one, types, native), _tree(other, types, native)
    return first is not None and second is not None and _same(first, second)


def _tree(text: str, types: Types, native: str | None) -> Node | None:
    node = tree_of(text, types)
    if node is None:
        return None
    if native is not None:
        node = canonical_literal(node, native)
        if node.kind is Kind.CAST and node.parts[0].kind in _LITERALS:
            node = node.parts[0] if base(node.text) in _VALUES else node
    return _plain(node)


_VALUES = frozenset(
    {
        "bigint",
        "bpchar",
        "character varying",
        "double precision",
        "integer",
        "numeric",
        "real",
        "smallint",
        "text",
    }
)


def _same(one: Node, other: Node) -> bool:
    if one == other:
        return True
    if (one.kind is Kind.CAST) != (other.kind is Kind.CAST):
        cast, bare = (one, other) if one.kind is Kind.CAST else (other, one)
        free = base(cast.text) in _TEXTS or cast.parts[0].kind in _LITERALS
        return free and _same(cast.parts[0], bare)
    if one.kind is Kind.CAST and one.text != other.text:
        alike = base(one.text) in _TEXTS and base(other.text) in _TEXTS
        return alike and _same(one.parts[0], other.parts[0])
    if one.kind is not other.kind or one.text != other.text:
        return _value(one) is not None and _value(one) == _value(other)
    if len(one.parts) != len(other.parts):
        return False
    return all(map(_same, one.parts, other.parts)) and bool(one.parts)


def _value(node: Node) -> Decimal | None:
    """The number that `node` is, whether it stands in quotes or not."""
    digits = node.text.strip()
    plain = digits.lstrip("+-").replace(".", "", 1)
    if node.kind not in (Kind.NUMBER, Kind.STRING) or not (plain.isascii() and plain.isdigit()):
        return None
    return Decimal(digits) if digits.count("-") + digits.count("+") <= 1 else None


def _plain(node: Node) -> Node:
    """`node` in the one form that is compared: ranges and lists taken apart, one name for each function."""
    parts = tuple(_plain(part) for part in node.parts)
    node = node._replace(parts=parts)
    match node.kind:
        case Kind.BETWEEN if "SYMMETRIC" not in node.text:
            return _range(node)
        case Kind.AND | Kind.OR:
            flat = (part.parts if part.kind is node.kind else (part,) for part in parts)
            return node._replace(parts=tuple(item for items in flat for item in items))
        case Kind.IN:
            return _list(node)
        case Kind.CALL:
            return _call(node)
        case Kind.SYNTAX:
            return _syntax(node)
        case _:
            return node


def _range(node: Node) -> Node:
    value, low, high = node.parts
    first, second, kind = (
        ("<", ">", Kind.OR) if node.text.startswith("NOT") else (">=", "<=", Kind.AND)
    )
    return Node(
        kind,
        "",
        (Node(Kind.INFIX, first, (value, low)), Node(Kind.INFIX, second, (value, high))),
    )


def _list(node: Node) -> Node:
    value, *items = node.parts
    word = "= ANY" if node.text == "IN" else "<> ALL"
    return Node(Kind.EACH, word, (value, Node(Kind.ARRAY, "", tuple(items))))


def _call(node: Node) -> Node:
    parts = node.parts
    if not parts:
        return _CALLS.get(node.text, node)
    if node.text == "timezone" and len(parts) == _TWO:
        return Node(Kind.ZONE, "", (parts[1], _bare(parts[0])))
    if node.text == "date_part" and len(parts) == _TWO and _bare(parts[0]).kind is Kind.STRING:
        return Node(Kind.CALL, f"EXTRACT {_bare(parts[0]).text}", parts[1:])
    return node


_TWO = 2
_NAMES = {"SUBSTRING": '"substring"', "OVERLAY": '"overlay"', "NORMALIZE": '"normalize"'}
_TRIMS = {"BOTH": "btrim", "LEADING": "ltrim", "TRAILING": "rtrim"}


def _syntax(node: Node) -> Node:
    """The same as a plain call, as servers before PostgreSQL 14 print it."""
    head = node.text.partition("(")[0]
    if head == "EXTRACT":
        field = node.text[len("EXTRACT(") :].partition(" ")[0].strip('"')
        return Node(Kind.CALL, f"EXTRACT {field}", node.parts)
    if head == "TRIM":
        name = _TRIMS[node.text[len("TRIM(") :].partition(" ")[0]]
        return Node(Kind.CALL, name, tuple(reversed(node.parts)))
    if head == "POSITION":
        return Node(Kind.CALL, '"position"', tuple(reversed(node.parts)))
    if head in _NAMES and "FOR" not in node.text.replace("FROM {} FOR", ""):
        return Node(Kind.CALL, _NAMES[head], node.parts)
    return node


def _bare(node: Node) -> Node:
    return node.parts[0] if node.kind is Kind.CAST and base(node.text) in _TEXTS else node
