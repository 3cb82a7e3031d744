"""Logical indexes → what MySQL has of them, or the reason why it can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.typenames import base_of
from okra.dialects.mysql.quoting import quote
from okra.dialects.resolving import refused
from okra.relational.model import Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from okra.relational.model import Column

_OWN_KINDS = ("fulltext", "spatial")
_PLAIN = ("btree", "hash")
_UNSIZED = re.compile(r"(?:tiny|medium|long)?(?:text|blob)|json")
_TEXTS = re.compile(r"(?:var)?(?:char|binary)\(([0-9]+)\)")


def resolve_index(
    index: Index,
    table: str,
    columns: Mapping[str, Column],
    expression: Callable[[str, str, str], str],
    *,
    engine: str,
) -> tuple[Index, list[str]]:
    """The native form of `index`, and what of it is left out.

    columns     the table's columns in native form, by name
    expression  gives the canonical spelling of an expression; takes its place and what it is for

    Raises  UnsupportedChange
    """
    place = f"{table}.{index.name}"
    quote(index.name)
    _refuse(index, place)
    method = _method(index.method, engine)
    parts = tuple(_part(part, index, columns, expression, place) for part in index.parts)
    native = Index(
        name=index.name,
        parts=parts,
        unique=index.unique,
        method=method,
        options=index.options,
        visible=index.visible,
    )
    return native, [f"index `{index.name}`: {text}" for text in _left_out(index)]


def plain_length(part: IndexPart, native: str) -> int | None:
    """The length of a prefix, where it is one: as long as the column is the column itself."""
    size = _TEXTS.fullmatch(native)
    if part.length is None or (size is not None and part.length >= int(size[1])):
        return None
    return part.length


def usual_method(method: str | None, engine: str) -> str | None:
    """The kind of an index, where it is not what the engine makes by itself."""
    if method in _OWN_KINDS:
        return method
    return "btree" if method == "btree" and engine == "MEMORY" else None


def _refuse(index: Index, place: str) -> None:
    if index.unique and index.where is not None:
        raise refused(
            "OKR243",
            "MySQL has no unique index for some of the rows only",
            place,
            "leave `where` out for MySQL (`where: {postgres: …, sqlite: …}`), or make a computed field"
            " unique that is NULL in the other rows",
        )
    if not index.nulls_distinct:
        raise refused(
            "OKR244",
            "MySQL takes NULLs in a unique index for different values",
            place,
            "take `nulls: NOT_DISTINCT` away, or make the fields required",
        )


def _method(method: str | None, engine: str) -> str | None:
    return usual_method(None if method is None else method.lower(), engine)


def _part(
    part: IndexPart,
    index: Index,
    columns: Mapping[str, Column],
    expression: Callable[[str, str, str], str],
    place: str,
) -> IndexPart:
    if part.expression is not None:
        text = expression(part.expression, place, "an index expression")
        return IndexPart(expression=text, descending=part.descending)
    column = columns.get(part.column or "")
    native = "" if column is None else str(column.type)
    own_kind = (index.method or "").lower() in _OWN_KINDS
    length = None if own_kind else plain_length(part, native)
    if length is None and not own_kind and not index.unique and _UNSIZED.fullmatch(base_of(native)):
        raise refused(
            "OKR245",
            f"MySQL indexes only the beginning of `{part.column}`, which is `{native}`",
            place,
            f'say how much of it: `fields: [{{field: "{part.column}", length: 100}}]`',
        )
    return IndexPart(column=part.column, descending=part.descending and not own_kind, length=length)


def _left_out(index: Index) -> list[str]:
    method = (index.method or "").lower()
    found = []
    if method and method not in (*_OWN_KINDS, *_PLAIN):
        found.append(f"MySQL has no `{method}`, it gets a B-tree")
    if index.where is not None:
        found.append("MySQL indexes all rows, `where` is left out")
    if index.include:
        found.append("MySQL has no covering columns, they are left out")
    if index.deferrable:
        found.append("MySQL checks a key at once, `deferrable` is left out")
    found += (
        f"MySQL has no `{word}`, it is left out"
        for word, name in (("nulls", "nulls"), ("ops", "ops"), ("collate", "collation"))
        if any(getattr(part, name) is not None for part in index.parts)
    )
    return found
