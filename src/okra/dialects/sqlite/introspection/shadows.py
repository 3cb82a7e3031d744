"""The tables in which virtual tables keep their data: SQLite knows them by their names, and so does OKRA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational.sqltext import ascii_lower, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Source: xShadowName of each module
_SUFFIXES = {
    "fts3": ("content", "docsize", "segdir", "segments", "stat"),
    "fts4": ("content", "docsize", "segdir", "segments", "stat"),
    "fts5": ("config", "content", "data", "docsize", "idx"),
    "rtree": ("node", "parent", "rowid"),
    "rtree_i32": ("node", "parent", "rowid"),
    "geopoly": ("node", "parent", "rowid"),
}


def shadow_tables(virtual: Mapping[str, str], tables: Collection[str]) -> frozenset[str]:
    """Those of `tables` that belong to one of the `virtual` tables, name → CREATE VIRTUAL TABLE text.

    A module that is not known here may own any table whose name begins with its own and a `_`.
    """
    found: set[str] = set()
    if not virtual:
        return frozenset()
    for name, sql in virtual.items():
        prefix = f"{ascii_lower(name)}_"
        suffixes = _SUFFIXES.get(_module(sql))
        for table in tables:
            lower = ascii_lower(table)
            if lower.startswith(prefix) and (suffixes is None or lower[len(prefix) :] in suffixes):
                found.add(table)
    return frozenset(found)


def _module(sql: str) -> str:
    """The module: the word behind USING in `CREATE VIRTUAL TABLE name USING module(…)`."""
    words = significant(sql)
    for number, word in enumerate(words[:-1]):
        if ascii_lower(word) == "using":
            return ascii_lower(name_of(words[number + 1]))
    return ""
