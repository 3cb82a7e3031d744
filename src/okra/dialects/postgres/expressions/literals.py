"""Values as defaults: one spelling for all that are the same value of a column's type."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from uuid import UUID

from okra.dialects.postgres.expressions.tree import Kind, Node
from okra.dialects.postgres.expressions.types import base

MOST_DIGITS = 3000
"""Numbers with more are left as they stand: `1e999999999` written out would take a gigabyte."""


def is_short(number: str) -> bool:
    """Whether a decimal number written out has not too many digits."""
    try:
        return abs(Decimal(number).adjusted()) <= MOST_DIGITS
    except InvalidOperation:  # an exponent that no computer counts to
        return False


def canonical_literal(node: Node, native: str) -> Node:
    """`node`, the default of a column of the type `native`, without the cast that the server adds to a text."""
    kind = base(native)
    if node.kind is Kind.CAST and node.parts[0].kind is Kind.STRING:
        cast = node.text
        if cast == kind or (cast, kind) in _ALIKE:
            node = node.parts[0]
    if node.kind is Kind.STRING:
        return _value(node, kind)
    return node


_ALIKE = {("bpchar", "character"), ('"bit"', "bit")}


def _value(node: Node, kind: str) -> Node:
    """A text that the server turns into a number or a truth value at once."""
    text = node.text.strip()
    if kind == "boolean" and text.lower() in BOOLEANS:
        return Node(Kind.WORD, BOOLEANS[text.lower()])
    if len(text) > MOST_DIGITS and kind in ("integer", "numeric"):
        return node
    if kind == "integer" and text.lstrip("+-").isdigit():
        return Node(Kind.NUMBER, str(int(text)))
    if kind in _MOMENTS:
        return Node(Kind.STRING, _moment(text, kind) or node.text)
    if kind == "uuid" and _UUID.fullmatch(text):
        return Node(Kind.STRING, str(UUID(text)))
    if kind == "jsonb":
        found = jsonb(node.text)
        return node if found is None else Node(Kind.STRING, found)
    if kind == "numeric" and _FRACTION.fullmatch(text):
        return Node(Kind.NUMBER, f"{Decimal(text):f}")
    return node


_FRACTION = re.compile(r"[+-]?[0-9]+\.[0-9]+")
BOOLEANS = {
    **dict.fromkeys(("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"), "true"),
    **dict.fromkeys(("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"), "false"),
}

_UUID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\}?")
_MOMENTS = frozenset(
    {
        "time without time zone",
        "timestamp without time zone",
        "timestamp with time zone",
    }
)
_CLOCK = r"([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
_TIME = re.compile(_CLOCK)
_TIMESTAMP = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[T ]{_CLOCK})?(Z|[+]00(?::00)?)?")


def _moment(text: str, kind: str) -> str | None:
    """A time in ISO 8601 as the server prints it, in sessions whose time zone is UTC."""
    if kind.startswith("time "):
        match = _TIME.fullmatch(text)
        return None if match is None else _clock(*match.groups())
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    day, hour, second, fraction, zone = match.groups()
    if kind.endswith(" with time zone"):
        return None if zone is None else f"{day} {_clock(hour, second, fraction)}+00"
    return f"{day} {_clock(hour, second, fraction)}"


def _clock(hour: str | None, second: str | None, fraction: str | None) -> str:
    digits = (fraction or "").rstrip("0")
    return f"{hour or '00:00'}:{second or '00'}{'.' if digits else ''}{digits}"


def jsonb(text: str) -> str | None:
    """JSON as `jsonb` prints it: the shortest keys first, a space behind each mark; None for what is no JSON.

    Source  PostgreSQL manual, "JSON Types": jsonb keeps neither white space nor the order of keys
    """
    try:
        tree = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        return _printed(tree)
    except (ValueError, RecursionError, InvalidOperation):
        return None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _printed(tree: object) -> str:
    match tree:
        case dict():
            keys = sorted(tree, key=lambda key: (len(key.encode()), key.encode()))
            pairs = (f"{_printed(key)}: {_printed(tree[key])}" for key in keys)
            return "{" + ", ".join(pairs) + "}"
        case list():
            return f"[{', '.join(_printed(item) for item in tree)}]"
        case Decimal() if abs(tree.adjusted()) > MOST_DIGITS:
            raise ValueError
        case Decimal():
            return f"{tree:f}"
        case _:
            return json.dumps(tree, ensure_ascii=False)
