"""The only place where PostgreSQL names and literals become SQL."""

from __future__ import annotations

import re
from itertools import count
from math import isfinite

from okra.errors import UnsupportedChange
from okra.relational.sqltext import ascii_lower, is_quoted_name, name_of

MAX_NAME_BYTES = 63

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def quote(name: str) -> str:
    """`name` as an identifier.

    Raises  UnsupportedChange for an empty name, one that PostgreSQL can't hold, and one that it would cut
    """
    bad = _fault(name)
    if bad is not None:
        raise UnsupportedChange(
            f"{_shown(name)} can't be a name in PostgreSQL: it has {bad}",
            code="OKR403",
            help="use another name",
        )
    return '"' + name.replace('"', '""') + '"'


def quote_token(token: str) -> str:
    """A name as it stands in a statement, as an identifier."""
    return quote(name_of(token) if is_quoted_name(token) else ascii_lower(token))


def quote_table(name: str) -> str:
    """The name of a table or type as an identifier; `schema.name` for one outside the default schema."""
    return ".".join(quote(part) for part in name.split(".", 1))


def quote_beside(table: str, name: str) -> str:
    """`name` as an identifier in the schema of `table`: of an index, a sequence, a function or a type."""
    return quote_in(split_name(table)[0], name)


def quote_in(schema: str | None, name: str) -> str:
    """`name` as an identifier in `schema`; None is the default one."""
    return quote(name) if schema is None else f"{quote(schema)}.{quote(name)}"


def split_name(name: str) -> tuple[str | None, str]:
    """The schema (None: the default one) and the name within it of a table or type."""
    schema, dot, rest = name.partition(".")
    return (schema, rest) if dot else (None, name)


def dollar_quoted(body: str) -> str:
    """`body` as it stands behind DO and AS, between marks that it does not have itself."""
    mark = next(mark for n in count() if (mark := f"$okra{n or ''}$") not in body)
    return f"{mark}\n{body}\n{mark}"


def _shown(name: str) -> str:
    return f"`{name}`" if name.isprintable() and name else f"{name!a}"


def literal(value: bool | float | str | bytes | None) -> str:
    """`value` as an SQL literal, for sessions with `standard_conforming_strings`.

    Raises  UnsupportedChange for a text that PostgreSQL can't hold
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    if isinstance(value, (int, float)):
        if not isfinite(value):
            return f"'{value}'"
        return repr(value)
    if _UNWRITABLE.search(value):
        raise UnsupportedChange(
            f"{value!a} can't be written in PostgreSQL: it has a NUL, or half of a character",
            code="OKR403",
            help="use another value",
        )
    return "'" + value.replace("'", "''") + "'"


def _fault(name: str) -> str | None:
    if not name:
        return "no character at all"
    if _UNWRITABLE.search(name):
        return "a NUL, or half of a character"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"more than {MAX_NAME_BYTES} bytes"
    return None
