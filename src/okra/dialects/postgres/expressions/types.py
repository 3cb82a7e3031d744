"""What type an expression has, as far as that can be told without the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.tree import Kind, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
"""The type of a text without a cast: whatever stands around it decides."""

STRINGS = frozenset({"text", "character varying", "character", "bpchar", "name"})
INTEGERS = frozenset({"smallint", "integer", "bigint"})
NUMBERS = INTEGERS | {"numeric", "real", "double precision"}
_RANKS = {"smallint": 0, "integer": 1, "bigint": 2, "numeric": 3, "real": 4, "double precision": 5}

TEXT_FUNCTIONS = frozenset(
    [
        "lower",
        "upper",
        "initcap",
        "btrim",
        "ltrim",
        "rtrim",
        "lpad",
        "rpad",
        "repeat",
        "replace",
        "reverse",
        "translate",
        "split_part",
        "regexp_replace",
        "regexp_substr",
        "substr",
        "to_char",
        "md5",
        "chr",
        "to_hex",
        "quote_ident",
        "unistr",
    ]
) | {'"left"', '"right"'}
"""Functions of texts that are a text, and that have no other form for which a cast would matter."""

_TEXTS = TEXT_FUNCTIONS | {"concat", "concat_ws", "encode", "format", "quote_literal"}

_RESULTS = {
    "length": "integer",
    "char_length": "integer",
    "character_length": "integer",
    "octet_length": "integer",
    "bit_length": "integer",
    "strpos": "integer",
    "ascii": "integer",
    "array_length": "integer",
    "cardinality": "integer",
    "jsonb_array_length": "integer",
    "json_array_length": "integer",
    "to_tsvector": "tsvector",
    "setweight": "tsvector",
    "to_tsquery": "tsquery",
    "plainto_tsquery": "tsquery",
    "jsonb_typeof": "text",
    "json_typeof": "text",
    "gen_random_uuid": "uuid",
    "now": "timestamp with time zone",
    "random": "double precision",
    "date_part": "double precision",
    "starts_with": "boolean",
    "to_number": "numeric",
}
_WORDS = {
    "true": "boolean",
    "false": "boolean",
    "CURRENT_DATE": "date",
    "CURRENT_TIMESTAMP": "timestamp with time zone",
    "LOCALTIMESTAMP": "timestamp without time zone",
    "CURRENT_TIME": "time with time zone",
    "LOCALTIME": "time without time zone",
    "CURRENT_USER": "name",
    "SESSION_USER": "name",
    "USER": "name",
}
_INT = 2**31
_BIG = 2**63


def base(kind: str) -> str:
    """A type without its length or digits: `numeric(10,2)` is `numeric`."""
    if "(" not in kind:
        return kind
    match = _SIZED.fullmatch(kind)
    return kind if match is None else (match[1].rstrip() + match[2])


_SIZED = re.compile(r"""((?:"(?:[^"]|"")*"|[^("])*)\([^()]*\)(.*)""", re.DOTALL)


def number_type(text: str) -> str:
    """The type that the server gives to a bare number."""
    if not text.lstrip("-").isdigit():
        return "numeric"
    value = int(text)
    if -_INT <= value < _INT:
        return "integer"
    return "bigint" if -_BIG <= value < _BIG else "numeric"


def type_of_node(node: Node, types: Mapping[str, str]) -> str | None:
    """The type of `node` without length, None where it can't be told.

    types  the columns, spelled as in expressions, with their types
    """
    match node.kind:
        case Kind.STRING:
            return UNKNOWN
        case Kind.NUMBER:
            return number_type(node.text)
        case Kind.NAME:
            found = types.get(node.text)
            return None if found is None else base(found)
        case Kind.CAST:
            return base(node.text)
        case Kind.WORD:
            return _WORDS.get(node.text.partition("(")[0])
        case Kind.COLLATE | Kind.PREFIX if node.text not in _OTHER_PREFIXES:
            return type_of_node(node.parts[0], types)
        case _:
            return "boolean" if node.kind in _TRUTHS else _of_compound(node, types)


_OTHER_PREFIXES = ("~", "@", "|/", "||/")
_TRUTHS = frozenset(
    {
        Kind.AND,
        Kind.BETWEEN,
        Kind.DISTINCT,
        Kind.EACH,
        Kind.IN,
        Kind.IS,
        Kind.LIKE,
        Kind.NOT,
        Kind.OR,
    }
)


def _of_compound(node: Node, types: Mapping[str, str]) -> str | None:
    match node.kind:
        case Kind.CALL:
            return _call(node, types)
        case Kind.INFIX:
            return _infix(node, types)
        case Kind.SYNTAX:
            return _syntax(node, types)
        case Kind.CASE:
            return common(node.parts[2:-1:2] + node.parts[-1:], types)
        case _:
            return None


def common(parts: tuple[Node, ...], types: Mapping[str, str]) -> str | None:
    """The one type of all `parts` that have one."""
    found = {type_of_node(part, types) for part in parts if part.kind is not Kind.MISSING}
    found -= {UNKNOWN}
    return found.pop() if len(found) == 1 else None


def _call(node: Node, types: Mapping[str, str]) -> str | None:
    if node.text in _TEXTS:
        return "text"
    if node.text in ("COALESCE", "NULLIF", "GREATEST", "LEAST"):
        return common(node.parts, types)
    if node.text in ("abs", "round", "floor", "ceil", "trunc") and node.parts:
        found = type_of_node(node.parts[0], types)
        return found if found in NUMBERS else None
    return _RESULTS.get(node.text)


def _infix(node: Node, types: Mapping[str, str]) -> str | None:
    if node.text in ("->>", "#>>"):
        return "text"
    left, right = (type_of_node(part, types) for part in node.parts)
    if node.text in ("->", "#>"):
        return left
    if node.text in (
        "=",
        "<>",
        "<",
        ">",
        "<=",
        ">=",
        "~",
        "~*",
        "!~",
        "!~*",
        "@>",
        "<@",
        "?",
        "&&",
    ):
        return "boolean"
    if node.text == "||":
        texts = {left, right} - {UNKNOWN}
        return "text" if texts and texts <= STRINGS else left if left == right else None
    if left is None or right is None or node.text not in ("+", "-", "*", "/", "%"):
        return None
    if left in _RANKS and right in _RANKS:
        if {left, right} == {"numeric", "real"}:
            return "double precision"
        return max(left, right, key=_RANKS.__getitem__)
    return None


def _syntax(node: Node, types: Mapping[str, str]) -> str | None:
    if node.text.startswith("EXTRACT"):
        return "numeric"
    if node.text.startswith("POSITION"):
        return "integer"
    if node.text.startswith("SUBSTRING"):
        kind = type_of_node(node.parts[0], types)
        return "text" if kind in STRINGS or kind == UNKNOWN else None
    return "text" if node.text.startswith("TRIM") else None
