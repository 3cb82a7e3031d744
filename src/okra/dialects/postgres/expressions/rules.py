"""What the server does to an expression when it keeps it, undone: one tree for all that it prints alike.

The result means the same, and a server that is given it prints what it printed before. A cast that the
server added is taken away only where it is certain that it would be added again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.casts import (
    alternatives,
    as_text,
    bare_text,
    freed,
    freed_item,
    is_cast_of_text,
    is_text,
    of_type,
    pair,
    uncast,
    varying,
    with_first,
    without_cast,
)
from okra.dialects.postgres.expressions.lexer import Odd
from okra.dialects.postgres.expressions.literals import MOST_DIGITS, is_short
from okra.dialects.postgres.expressions.tree import MISSING, NULL, Kind, Node
from okra.dialects.postgres.expressions.types import (
    INTEGERS,
    STRINGS,
    TEXT_FUNCTIONS,
    number_type,
    type_of_node,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMPARING = frozenset(
    {"=", "<>", "<", ">", "<=", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"}
)
_CALCULATING = frozenset({"+", "-", "*", "/", "%"})
_MATCHING = frozenset({"~", "~*", "!~", "!~*"})
_LIKES = {"~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE"}
_JSON = frozenset({"->", "->>", "?"})
_CONTAINING = frozenset({"@>", "<@", "&&"})
_JSON_PATHS = frozenset({"#>", "#>>", "#-", "?|", "?&"})
_BOOLEANS = {
    **dict.fromkeys(("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"), "true"),
    **dict.fromkeys(("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"), "false"),
}
_TEXTS_FIRST = frozenset({"date_trunc", "date_part", "timezone"})
_SEARCHES = frozenset({"to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery"})
_SETTLING = frozenset({"COALESCE", "NULLIF", "GREATEST", "LEAST"})


def simplified(node: Node, types: Mapping[str, str]) -> Node:
    """`node` and all that is in it, brought to the one form.

    types  the columns, spelled as in expressions, with their types
    """
    if node.kind is Kind.MISSING:
        return node
    if node.parts:
        node = Node(node.kind, node.text, tuple(simplified(part, types) for part in node.parts))
    rule = _RULES.get(node.kind)
    return node if rule is None else rule(node, types)


def _number(node: Node, _: Mapping[str, str]) -> Node:
    """A number as the server keeps it: no digit is lost, and none is needless."""
    plain = node.text.replace("_", "").lower()
    if len(plain) > MOST_DIGITS:
        raise Odd
    if plain[:2] in ("0x", "0o", "0b"):
        return _whole(int(plain, 0))
    if not is_short(plain):
        raise Odd
    if plain.lstrip("-").isdigit():
        return _whole(int(plain))
    found = f"{Decimal(plain):f}"
    if "." in found:
        return Node(Kind.NUMBER, found)
    return Node(Kind.CAST, "numeric", (Node(Kind.STRING, found),))


def _whole(value: int) -> Node:
    text = str(value)
    if number_type(text) == "numeric":
        return Node(Kind.CAST, "numeric", (Node(Kind.STRING, text),))
    return Node(Kind.NUMBER, text)


def _bits(node: Node, _: Mapping[str, str]) -> Node:
    digits = node.text[2:-1]
    if node.text[0] == "x":
        digits = "".join(f"{int(digit, 16):04b}" for digit in digits)
    return Node(Kind.CAST, '"bit"', (Node(Kind.STRING, digits),))


def _group(node: Node, _: Mapping[str, str]) -> Node:
    """`(a[1:2])[1]` is a part of a part; without parentheses it would be one of two dimensions."""
    inner = node.parts[0]
    return node if inner.kind is Kind.SUBSCRIPT else inner


def _prefix(node: Node, _: Mapping[str, str]) -> Node:
    """`-` in front of a number that is cast: a bare number would take the sign for its own."""
    inner = node.parts[0]
    if node.text != "-" or inner.kind is not Kind.NUMBER:
        return node
    text = Node(Kind.STRING, inner.text)
    return Node(Kind.PREFIX, "-", (Node(Kind.CAST, number_type(inner.text), (text,)),))


def _distinct(node: Node, types: Mapping[str, str]) -> Node:
    left, right = node.parts
    return node._replace(parts=pair(left, right, types))


def _not(node: Node, _: Mapping[str, str]) -> Node:
    inner = node.parts[0]
    if inner.kind is not Kind.DISTINCT or inner.text != "IS DISTINCT FROM":
        return node
    return inner._replace(text="IS NOT DISTINCT FROM")


def _range(node: Node, types: Mapping[str, str]) -> Node:
    return node._replace(parts=with_first(node.parts, types, together=False))


def _texts(node: Node, types: Mapping[str, str]) -> Node:
    return node._replace(parts=tuple(as_text(part, types) for part in node.parts))


def _zone(node: Node, _: Mapping[str, str]) -> Node:
    moment, zone = node.parts
    return node._replace(parts=(moment, bare_text(zone)))


def _syntax(node: Node, _: Mapping[str, str]) -> Node:
    """These show no casts that the server adds but to constants."""
    if node.text.startswith("EXTRACT"):
        return node
    return node._replace(parts=tuple(bare_text(part) for part in node.parts))


def _array(node: Node, _: Mapping[str, str]) -> Node:
    return node._replace(parts=tuple(bare_text(part) for part in node.parts))


def _name(node: Node, types: Mapping[str, str]) -> Node:
    """A column without the name of its table."""
    own = node.text.rpartition(".")[2]
    if own != node.text and own in types and node.text not in types:
        return Node(Kind.NAME, own)
    return node


def _cast(node: Node, types: Mapping[str, str]) -> Node:
    kind, inner = node.text, node.parts[0]
    if inner.kind is Kind.STRING:
        return _literal(kind, inner.text) or node
    if inner.kind is Kind.NUMBER and number_type(inner.text) == kind:
        return inner
    if inner.kind is Kind.WORD and kind == "boolean" and inner.text in ("true", "false"):
        return inner
    if inner.kind is Kind.CAST and inner.text == kind:
        return inner
    if inner.kind is Kind.NAME and types.get(inner.text) == kind:
        return inner
    return node


def _literal(kind: str, text: str) -> Node | None:
    """A text with a cast as the number or truth value that it is; None where it stays a text."""
    if kind == "boolean":
        word = _BOOLEANS.get(text.strip().lower())
        return None if word is None else Node(Kind.WORD, word)
    digits = text.strip().lstrip("+")
    if not digits.lstrip("-").replace(".", "", 1).isdigit() or digits.count("-") > 1:
        return None
    if len(digits) > MOST_DIGITS:
        return None
    if kind in INTEGERS and "." not in digits:
        plain = str(int(digits))
        return Node(Kind.NUMBER, plain) if number_type(plain) == kind else None
    if kind == "numeric" and "." in digits and digits[-1] != ".":
        return Node(Kind.NUMBER, f"{Decimal(digits):f}")
    return None


def _infix(node: Node, types: Mapping[str, str]) -> Node:
    left, right = node.parts
    operator = node.text
    if operator in _LIKES:
        return _like(_LIKES[operator], left, right, types)
    if operator in _COMPARING or operator in _CALCULATING:
        return node._replace(parts=pair(left, right, types))
    if operator in _MATCHING:
        if right.kind is Kind.CALL and right.text == "similar_to_escape":
            return _similar(operator, left, right, types)
        return node._replace(parts=(as_text(left, types), as_text(right, types)))
    if operator in _JSON:
        return node._replace(parts=(left, bare_text(right)))
    if operator in _JSON_PATHS:
        return node._replace(parts=(left, without_cast(right, "text[]")))
    if operator == "||":
        return node._replace(parts=_joined(left, right, types))
    if operator in _CONTAINING:
        return node._replace(parts=(left, of_type(right, type_of_node(left, types))))
    return node


def _like(word: str, left: Node, right: Node, types: Mapping[str, str]) -> Node:
    parts = [as_text(left, types)]
    if right.kind is Kind.CALL and right.text == "like_escape":
        parts += (as_text(part, types) for part in right.parts)
    else:
        parts.append(as_text(right, types))
    return Node(Kind.LIKE, word, tuple(parts))


def _similar(operator: str, left: Node, right: Node, types: Mapping[str, str]) -> Node:
    word = "SIMILAR TO" if operator == "~" else "NOT SIMILAR TO"
    parts = tuple(as_text(part, types) for part in (left, *right.parts))
    return Node(Kind.LIKE, word, parts)


def _joined(left: Node, right: Node, types: Mapping[str, str]) -> tuple[Node, Node]:
    """Both sides of `||` without casts to text, where both are texts for certain."""
    if is_text(left, types) and is_text(right, types):
        return as_text(left, types), as_text(right, types)
    return left, right


def _junction(node: Node, _: Mapping[str, str]) -> Node:
    """`c >= 1 AND c <= 5` is a BETWEEN; so are its opposites and the symmetric ones."""
    first, *others = node.parts
    if first.kind is node.kind:  # the server's parser flattens what stands on the left
        node = node._replace(parts=(*first.parts, *others))
    if len(node.parts) != _TWO:
        return node
    return _between(node) or _symmetric(node) or node


_TWO = 2
_RANGES = {
    (Kind.AND, ">=", "<="): "BETWEEN",
    (Kind.OR, "<", ">"): "NOT BETWEEN",
}
_SYMMETRIC = {
    (Kind.OR, "BETWEEN"): "BETWEEN SYMMETRIC",
    (Kind.AND, "NOT BETWEEN"): "NOT BETWEEN SYMMETRIC",
}


def _between(node: Node) -> Node | None:
    low, high = node.parts
    if low.kind is not Kind.INFIX or high.kind is not Kind.INFIX or low.parts[0] != high.parts[0]:
        return None
    word = _RANGES.get((node.kind, low.text, high.text))
    if word is None:
        return None
    return Node(Kind.BETWEEN, word, (low.parts[0], low.parts[1], high.parts[1]))


def _symmetric(node: Node) -> Node | None:
    one, other = node.parts
    if one.kind is not Kind.BETWEEN or other.kind is not Kind.BETWEEN or one.text != other.text:
        return None
    word = _SYMMETRIC.get((node.kind, one.text))
    value, low, high = one.parts
    if word is None or other.parts != (value, high, low):
        return None
    return Node(Kind.BETWEEN, word, one.parts)


def _in(node: Node, types: Mapping[str, str]) -> Node:
    """A list of one is a comparison."""
    value, *items = node.parts
    if any(part.kind is Kind.ROW for part in node.parts):
        return node
    operator = "=" if node.text == "IN" else "<>"
    if len(items) == 1:
        return Node(Kind.INFIX, operator, pair(value, items[0], types))
    if any(_has_column(item) for item in items):
        return node
    return node._replace(parts=with_first(node.parts, types, together=True))


def _has_column(node: Node) -> bool:
    return node.kind is Kind.NAME or any(_has_column(part) for part in node.parts)


def _each(node: Node, types: Mapping[str, str]) -> Node:
    """`= ANY (ARRAY[…])` is an IN where the server would print that IN so."""
    value, array = node.parts
    word = {"= ANY": "IN", "<> ALL": "NOT IN"}.get(node.text)
    if array.kind is Kind.CAST and array.text == "text[]" and array.parts[0].kind is Kind.ARRAY:
        inner = array.parts[0]
        casts = all(is_cast_of_text(item, "character varying") for item in inner.parts)
        freed_value = uncast(value, types)
        if word and casts and len(inner.parts) > 1 and freed_value is not value:
            texts = tuple(item.parts[0] for item in inner.parts)
            return Node(Kind.IN, word, (freed_value, *texts))
    if array.kind is Kind.STRING or array.kind is not Kind.ARRAY:
        return node
    kind = type_of_node(value, types)
    plain = tuple(freed_item(item, kind) for item in array.parts)
    constant = not any(_has_column(item) for item in plain)
    bare = all(item.kind is not Kind.CAST for item in plain)
    known = kind not in (None, "character varying") and _fits(plain, str(kind))
    several = constant and bare and len(plain) > 1
    if word and known and several and not varying(value, types):
        return Node(Kind.IN, word, with_first((value, *plain), types, together=True))
    bared = as_text(value, types) if varying(value, types) and bare else value
    return node._replace(parts=(bared, array))


def _fits(items: tuple[Node, ...], kind: str) -> bool:
    """Whether an IN of these would be printed as the array that they come from."""
    if kind in INTEGERS:
        return all(item.kind is Kind.NUMBER for item in items)
    return True


def _call(node: Node, types: Mapping[str, str]) -> Node:
    name, parts = node.text, node.parts
    if name in _SETTLING or name == "CASE":
        return node._replace(parts=alternatives(parts, types))
    if name in TEXT_FUNCTIONS:
        return node._replace(parts=tuple(as_text(part, types, STRINGS) for part in parts))
    if name in _LENGTHS:
        return node._replace(parts=tuple(as_text(part, types) for part in parts))
    if name in _TEXTS_FIRST and parts:
        return node._replace(parts=(bare_text(parts[0]), *parts[1:]))
    if name in _SEARCHES and len(parts) > 1:
        first = without_cast(parts[0], "regconfig")
        return node._replace(parts=(first, *(as_text(part, types) for part in parts[1:])))
    if name in _SEARCHES and parts and type_of_node(parts[0], types) == "text":
        return node._replace(parts=(as_text(parts[0], types),))
    if name == "setweight" and len(parts) > 1:
        return node._replace(parts=(parts[0], without_cast(parts[1], '"char"')))
    return node


_LENGTHS = frozenset(
    {"length", "char_length", "character_length", "strpos", "ascii", "starts_with"}
)


def _case(node: Node, types: Mapping[str, str]) -> Node:
    operand, *branches, otherwise = node.parts
    if otherwise == NULL or (otherwise.kind is Kind.CAST and otherwise.parts[0] == NULL):
        otherwise = MISSING
    conditions, results = branches[::2], branches[1::2]
    if operand is not MISSING:
        conditions = [freed(condition, operand, types) for condition in conditions]
    wanted = (*results, *(() if otherwise is MISSING else (otherwise,)))
    chosen = alternatives(tuple(wanted), types)
    ordered: list[Node] = [operand]
    for condition, result in zip(conditions, chosen, strict=False):
        ordered += (condition, result)
    ordered.append(MISSING if otherwise is MISSING else chosen[-1])
    return node._replace(parts=tuple(ordered))


_RULES: dict[Kind, Callable[[Node, Mapping[str, str]], Node]] = {
    Kind.AND: _junction,
    Kind.ARRAY: _array,
    Kind.BETWEEN: _range,
    Kind.BITS: _bits,
    Kind.CALL: _call,
    Kind.CASE: _case,
    Kind.CAST: _cast,
    Kind.DISTINCT: _distinct,
    Kind.EACH: _each,
    Kind.GROUP: _group,
    Kind.IN: _in,
    Kind.INFIX: _infix,
    Kind.LIKE: _texts,
    Kind.NAME: _name,
    Kind.NOT: _not,
    Kind.NUMBER: _number,
    Kind.OR: _junction,
    Kind.PREFIX: _prefix,
    Kind.SYNTAX: _syntax,
    Kind.ZONE: _zone,
}
