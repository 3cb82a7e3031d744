"""The indexes that foreign keys bring along: a table has them although its model does not list them.

MySQL makes such an index by itself where no other one begins with the columns of the key, names it like
the key, and may drop it by itself later. OKRA writes it out, so that it is always known which ones there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.model import ForeignKey, Index, IndexPart, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_OTHER_KINDS = ("fulltext", "spatial")


def implicit_indexes(table: Table) -> tuple[Index, ...]:
    """The indexes of `table` that are there for its foreign keys alone, by name."""
    known = [*_plain_prefixes(table)]
    found = []
    for key in sorted(table.foreign_keys, key=lambda key: key.name or ""):
        if not covered(key.columns, known):
            known.append(key.columns)
            found.append(implicit_index(key))
    return tuple(found)


def without_implicit(table: Table) -> Table:
    """`table` without the indexes that it has in any case: what `implicit_indexes` gives back."""
    for key in table.foreign_keys:
        index = implicit_index(key)
        if index in table.indexes:
            rest = replace(table, indexes=tuple(each for each in table.indexes if each != index))
            if index in implicit_indexes(rest):
                table = rest
    return table


def implicit_index(key: ForeignKey) -> Index:
    """The index that the server makes for `key` where there is none."""
    parts = tuple(IndexPart(column=column) for column in key.columns)
    return Index(name=key.name or key.columns[0], parts=parts)


def covered(columns: Sequence[str], prefixes: Sequence[Sequence[str]]) -> bool:
    """Whether one of `prefixes` begins with `columns`."""
    return any(tuple(prefix[: len(columns)]) == tuple(columns) for prefix in prefixes)


def _plain_prefixes(table: Table) -> list[tuple[str, ...]]:
    """The whole columns with which the keys and indexes of `table` begin."""
    key = table.primary_key
    plain = [index for index in table.indexes if (index.method or "").lower() not in _OTHER_KINDS]
    return [*([] if key is None else [key.columns]), *(_leading(index) for index in plain)]


def _leading(index: Index) -> tuple[str, ...]:
    names = []
    for part in index.parts:
        if part.column is None or part.length is not None:
            break
        names.append(part.column)
    return tuple(names)
