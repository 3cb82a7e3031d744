"""Names and numbers of MySQL in their one canonical spelling."""

from __future__ import annotations

import re

from okra.dialects.mysql.expressions.keywords import RESERVED, UNCLEAR
from okra.dialects.mysql.quoting import quote
from okra.relational.sqltext import ascii_upper

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"([0-9]*)(?:(\.)([0-9]*))?(?:[eE]([+-]?[0-9]+))?")


def identifier(name: str) -> str:
    """`name` as an identifier: quoted only where it must be."""
    word = ascii_upper(name)
    plain = _PLAIN.fullmatch(name) is not None and not name.startswith("_")
    if plain and word not in RESERVED and word not in UNCLEAR:
        return name
    return quote(name)


def number(text: str) -> str:
    """A number in one spelling; no digit behind the point is lost, for it says how exact the number is."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    whole, point, fraction, exponent = match.groups()
    plain = whole.lstrip("0") or "0"
    if point is not None and fraction:
        plain += f".{fraction}"
    return plain if exponent is None else f"{plain}e{int(exponent)}"
