"""Names and numbers of SQLite in their one canonical spelling."""

from __future__ import annotations

import re

from okra.dialects.sqlite.expressions.keywords import FUNCTION_WORDS, KEYWORDS
from okra.dialects.sqlite.quoting import quote
from okra.relational.sqltext import ascii_lower, ascii_upper

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_PLAIN_UPPER = re.compile(r"[A-Z_][A-Z0-9_]*")
_NUMBER = re.compile(r"([0-9]*)(?:(\.)([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_MAX_INTEGER = (1 << 63) - 1
_MAX_POSITIONAL = 17  # digits in front of the point before a float is written with an exponent
_MIN_POINT = -3  # 0.0001 is easier to read than 1.0e-4


def identifier(name: str) -> str:
    """`name` as an identifier: quoted only where it must be."""
    if _PLAIN.fullmatch(name) and name.upper() not in KEYWORDS:
        return name
    return quote(name) if name else '""'


def collation(name: str) -> str:
    """A collation's name in upper case, quoted where it must be."""
    upper = ascii_upper(name)
    return upper if _PLAIN_UPPER.fullmatch(upper) and upper not in KEYWORDS else quote(upper)


def function(name: str) -> str:
    lower = ascii_lower(name)
    return lower if ascii_upper(name) in FUNCTION_WORDS else identifier(lower)


def number(text: str) -> str | None:
    """A number in one spelling, None if it is none; integers stay integers, no digit is rounded."""
    plain = text.replace("_", "")
    if plain[:2] in ("0x", "0X"):
        value = int(plain, 16)
        return str(value) if value <= _MAX_INTEGER else f"0x{value:x}"
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    whole, point, fraction, exponent = match.groups()
    if point is None and exponent is None:
        return whole.lstrip("0") or "0"
    digits = (whole + (fraction or "")).lstrip("0")
    places = int(exponent or 0) - len(fraction or "")
    return _float(digits.rstrip("0"), places + len(digits) - len(digits.rstrip("0")))


def _float(digits: str, places: int) -> str:
    """`digits` times ten to the power of `places`."""
    if not digits:
        return "0.0"
    point = len(digits) + places  # how many digits stand in front of the decimal point
    if 0 < point <= _MAX_POSITIONAL:
        return f"{digits[:point].ljust(point, '0')}.{digits[point:] or '0'}"
    if _MIN_POINT <= point <= 0:
        return f"0.{'0' * -point}{digits}"
    return f"{digits[0]}.{digits[1:] or '0'}e{point - 1:+d}"
