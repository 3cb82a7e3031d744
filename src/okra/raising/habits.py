"""What a kind of server keeps of a schema, as far as raising must know it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """One provider.

    quote                how it writes a column in an expression
    comments             it keeps the comments of tables and columns: they are the descriptions
    enum_types           enums are types with names of their own, used or not
    own_collations       its collations mean nothing to other providers
    constraint_names     it keeps the names of unique constraints
    prefers_constraints  a unique key of plain columns is a constraint where nothing is said
    """

    provider: str
    quote: Callable[[str], str]
    comments: bool = False
    enum_types: bool = False
    own_collations: bool = False
    constraint_names: bool = False
    prefers_constraints: bool = False


def habits(provider: str, quote: Callable[[str], str]) -> Habits:
    """Those of `provider`."""
    server = provider in ("postgres", "mysql")
    types = provider == "postgres"
    return Habits(
        provider=provider,
        quote=quote,
        comments=server,
        enum_types=types,
        own_collations=server,
        constraint_names=server,
        prefers_constraints=types,
    )
