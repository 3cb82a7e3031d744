"""Casts that the server adds by itself, taken away where it is certain that it would add them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.tree import Kind, Node
from okra.dialects.postgres.expressions.types import (
    INTEGERS,
    STRINGS,
    UNKNOWN,
    number_type,
    type_of_node,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def of_type(node: Node, kind: str | None) -> Node:
    """A text without its cast to `kind`, which what stands beside it has."""
    return node if kind is None else without_cast(node, kind)


def is_text(node: Node, types: Mapping[str, str]) -> bool:
    """Whether `node` is a text for certain."""
    return type_of_node(node, types) in STRINGS


def pair(left: Node, right: Node, types: Mapping[str, str]) -> tuple[Node, Node]:
    """Both operands of a comparison or a calculation without the casts that the server adds."""
    left = freed(left, right, types)
    return left, freed(right, left, types)


def freed(node: Node, other: Node, types: Mapping[str, str]) -> Node:
    """`node` without the cast that comparing it with `other` brings about by itself."""
    if node.kind is not Kind.CAST:
        return node
    inner = node.parts[0]
    beside = _plain_type(other, types)
    if inner.kind is Kind.STRING:
        if beside in _AS_TEXT:
            return inner if node.text == "text" else node
        return inner if beside is not None and _same(node.text, beside) else node
    own = type_of_node(inner, types)
    if node.text == "text":
        constant = inner.kind is Kind.CAST and inner.parts[0].kind is Kind.STRING
        plain = own == "character varying" and not constant
        return inner if plain and _compares_as_text(other, types) else node
    if node.text == "numeric" and own in INTEGERS:
        return inner if beside == "numeric" else node
    if node.text == "double precision" and own in INTEGERS | {"numeric"}:
        return inner if beside in ("double precision", "real") else node
    return node


_AS_TEXT = ("text", "character varying", "name")


def _plain_type(node: Node, types: Mapping[str, str]) -> str | None:
    """The type of `node`, of what is in it where it was cast from a text of some length."""
    if node.kind is Kind.CAST and node.text == "text":
        inner = type_of_node(node.parts[0], types)
        return inner if inner in STRINGS else "text"
    return type_of_node(node, types)


def _same(kind: str, beside: str) -> bool:
    return kind == beside or (kind == "bpchar" and beside == "character")


def _compares_as_text(node: Node, types: Mapping[str, str]) -> bool:
    kind = type_of_node(node, types)
    return kind in ("text", "character varying", UNKNOWN)


def with_first(
    parts: tuple[Node, ...], types: Mapping[str, str], *, together: bool
) -> tuple[Node, ...]:
    """A value and what it is compared with, without the casts that the server adds.

    together  all are brought to one type, as in a list; else the value is compared with each by itself
    """
    first, *others = parts
    compared = tuple(freed(other, first, types) for other in others)
    if first.kind is not Kind.CAST or first.parts[0].kind is Kind.STRING:
        return first, *compared
    bare = [freed(first, other, types) is not first for other in others]
    return first.parts[0] if (any(bare) if together else all(bare)) else first, *compared


def as_text(
    node: Node, types: Mapping[str, str], kinds: Collection[str] = frozenset({"character varying"})
) -> Node:
    """`node` without a cast to text, where it stands for a text anyhow.

    kinds  the types that the server takes for texts there, and adds the cast
    """
    if node.kind is not Kind.CAST or node.text != "text":
        return node
    inner = node.parts[0]
    if inner.kind is Kind.STRING:
        return inner
    constant = inner.kind is Kind.CAST and inner.parts[0].kind is Kind.STRING
    return inner if type_of_node(inner, types) in kinds and not constant else node


def bare_text(node: Node) -> Node:
    """`'x'::text` as `'x'`."""
    return without_cast(node, "text")


def without_cast(node: Node, kind: str) -> Node:
    if node.kind is Kind.CAST and node.text == kind and node.parts[0].kind is Kind.STRING:
        return node.parts[0]
    return node


def varying(node: Node, types: Mapping[str, str]) -> bool:
    return (
        node.kind is Kind.CAST
        and node.text == "text"
        and type_of_node(node.parts[0], types) == "character varying"
    )


def uncast(node: Node, types: Mapping[str, str]) -> Node:
    """A `character varying` without the cast to text that a list of texts brings about."""
    if node.kind is Kind.COLLATE:
        bare = uncast(node.parts[0], types)
        return node if bare is node.parts[0] else node._replace(parts=(bare,))
    return node.parts[0] if varying(node, types) else node


def is_cast_of_text(node: Node, kind: str) -> bool:
    return node.kind is Kind.CAST and node.text == kind and node.parts[0].kind is Kind.STRING


def freed_item(item: Node, kind: str | None) -> Node:
    if item.kind is Kind.CAST and kind is not None and _same(item.text, kind):
        return item.parts[0]
    return item


def alternatives(parts: tuple[Node, ...], types: Mapping[str, str]) -> tuple[Node, ...]:
    """Alternatives without casts of texts, where another one says what type all have."""
    known = {
        type_of_node(part, types)
        for part in parts
        if part.kind is not Kind.CAST and part.kind is not Kind.STRING
    }
    if len(known) != 1 or None in known:
        texts = all(is_cast_of_text(part, "text") or part.kind is Kind.STRING for part in parts)
        return tuple(bare_text(part) for part in parts) if texts else parts
    [kind] = known
    return tuple(
        part.parts[0]
        if part.kind is Kind.CAST
        and (part.parts[0].kind is Kind.STRING or _grows(part.parts[0], str(kind)))
        and _same(part.text, str(kind))
        else part
        for part in parts
    )


def _grows(node: Node, kind: str) -> bool:
    """Whether a whole number becomes a `kind` by itself, beside one."""
    return node.kind is Kind.NUMBER and number_type(node.text) == "integer" and kind in _WIDER


_WIDER = frozenset({"bigint", "numeric", "real", "double precision"})
