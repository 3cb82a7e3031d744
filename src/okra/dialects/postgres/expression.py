"""Expressions and defaults of PostgreSQL in their one canonical spelling."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def canonical(text: str, types: tuple[tuple[str, str], ...] = ()) -> str:
    """`text`, an SQL expression, in the spelling that equal spellings share.

    types  the columns of the table it belongs to, with their types
    """
    return text.strip()


@lru_cache(maxsize=1 << 16)
def canonical_default(
    text: str, native: str, types: tuple[tuple[str, str], ...] = ()
) -> str | None:
    """A default of a column of the type `native`; None for none and for NULL."""
    return text.strip()
