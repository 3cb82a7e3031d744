"""Whether two expressions differ in nothing that counts: casts of texts, digits, older spellings of one function.

This is for comparing only. What servers print depends on their version, on how often a table went through a
dump, and on casts that somebody wrote out; none of it is a change to make.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.canonical import tree_of
from okra.dialects.postgres.expressions.literals import canonical_literal
from okra.dialects.postgres.expressions.tree import Kind, Node
from okra.dialects.postgres.expressions.types import NUMBERS, base, number_type, type_of_node
from okra.dialects.postgres.natives.spelling import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.dialects.postgres.expressions.canonical import Types

_TEXTS = frozenset({"text", "character varying"})
_LISTS = frozenset({"text[]", "character varying[]"})
_LITERALS = (Kind.STRING, Kind.NUMBER, Kind.ARRAY, Kind.WORD)
_CONSTANTS = frozenset({"NULL", "true", "false"})
_COMPARING = frozenset({"=", "<>", "<", ">", "<=", ">="})
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
    if first is None or second is None:
        return False
    columns = {identifier(name): kind for name, kind in types}
    return _same(first, second, columns, exact=False)


def _tree(text: str, types: Types, native: str | None) -> Node | None:
    node = tree_of(text, types)
    if node is None:
        return None
    if native is not None:
        node = canonical_literal(node, native)
        if node.kind is Kind.CAST and node.parts[0].kind in _LITERALS:
            node = node.parts[0] if node.text in _VALUES else node
        if node.kind is Kind.STRING and base(native) in NUMBERS and _NUMBER.fullmatch(node.text):
            node = Node(Kind.NUMBER, node.text.strip().lstrip("+"))
    return _plain(node)


_VALUES = frozenset({*NUMBERS, "bpchar", *_TEXTS})
_NUMBER = re.compile(r"\s*[+-]?[0-9]+(?:\.[0-9]*)?\s*")


def _same(one: Node, other: Node, types: Mapping[str, str], *, exact: bool) -> bool:
    """Whether both mean the same.

    exact  what they are part of takes `2` and `2.0` for different things, as divisions and functions do
    """
    if one == other:
        return True
    if (one.kind is Kind.CAST) != (other.kind is Kind.CAST):
        cast, bare = (one, other) if one.kind is Kind.CAST else (other, one)
        free = _is_free(cast, types, exact=exact)
        return free and _same(cast.parts[0], bare, types, exact=exact)
    if one.kind is Kind.CAST and one.text != other.text:
        alike = any({one.text, other.text} <= kinds for kinds in (_TEXTS, _LISTS))
        return alike and _same(one.parts[0], other.parts[0], types, exact=exact)
    if one.kind is not other.kind or one.text != other.text:
        return _is_one_number(one, other, exact=exact)
    if len(one.parts) != len(other.parts):
        return False
    exact = _is_exact(one, exact=exact)
    pairs = zip(one.parts, other.parts, strict=True)
    return bool(one.parts) and all(_same(left, right, types, exact=exact) for left, right in pairs)


def _is_exact(node: Node, *, exact: bool) -> bool:
    match node.kind:
        case Kind.CALL | Kind.SYNTAX | Kind.PREFIX:
            return True
        case Kind.INFIX:
            return node.text not in _COMPARING
        case Kind.AND | Kind.OR | Kind.NOT | Kind.EACH | Kind.DISTINCT:
            return False
        case _:
            return exact


def _is_free(cast: Node, types: Mapping[str, str], *, exact: bool) -> bool:
    """Whether a cast changes nothing: of a literal to its type, of one kind of text to another; none that cuts."""
    inner = cast.parts[0]
    match inner.kind:
        case _ if "(" in cast.text:
            return False
        case Kind.STRING | Kind.ARRAY:
            return True
        case Kind.NUMBER:
            return not exact or number_type(inner.text) == cast.text
        case Kind.WORD if inner.text in _CONSTANTS:
            return True
        case _:
            known = type_of_node(inner, types)
            return (cast.text in _TEXTS and known in _TEXTS) or (
                cast.text in _LISTS and known in _LISTS
            )


def _is_one_number(one: Node, other: Node, *, exact: bool) -> bool:
    """Whether both are one number, be one of them in quotes."""
    kinds = {one.kind, other.kind}
    if kinds == {Kind.NUMBER}:
        return not exact and Decimal(one.text) == Decimal(other.text)
    return kinds == {Kind.NUMBER, Kind.STRING} and one.text == other.text


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
    return node.parts[0] if node.kind is Kind.CAST and node.text in _TEXTS else node
