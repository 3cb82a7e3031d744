"""Names of PostgreSQL in their one canonical spelling, which is the server's own."""

from __future__ import annotations

import re

from okra.dialects.postgres.expressions.keywords import QUOTED
from okra.dialects.postgres.quoting import split_name
from okra.relational.sqltext import ascii_lower, is_quoted_name, name_of

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


def identifier(name: str) -> str:
    """`name` as an identifier, quoted only where the server quotes it."""
    if is_plain(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def is_plain(name: str) -> bool:
    """Whether `name` is an identifier as it stands."""
    return _PLAIN.fullmatch(name) is not None and name not in QUOTED


def path(name: str) -> str:
    """A table, type or function: `schema.name` is two identifiers, as in the model."""
    schema, own = split_name(name)
    return identifier(own) if schema is None else f"{identifier(schema)}.{identifier(own)}"


def folded(token: str) -> str:
    """The name that a quoted or bare identifier of SQL text stands for."""
    return name_of(token) if is_quoted_name(token) else ascii_lower(token)
