"""Types of PostgreSQL as the server's `format_type` spells them."""

from __future__ import annotations

from functools import lru_cache

from okra.dialects.postgres.expressions.keywords import TYPES
from okra.dialects.postgres.expressions.lexer import Kind, Token, Unreadable, tokens
from okra.dialects.postgres.expressions.types import base
from okra.dialects.postgres.natives.spelling import identifier

SERIALS = {
    "smallserial": "smallint",
    "serial2": "smallint",
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
}
_ALIASES = {
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "float4": "real",
    "float8": "double precision",
    "dec": "numeric",
    "decimal": "numeric",
    "varchar": "character varying",
    "char varying": "character varying",
    "nchar varying": "character varying",
    "national character varying": "character varying",
    "national char varying": "character varying",
    "varbit": "bit varying",
    "char": "character",
    "nchar": "character",
    "national character": "character",
    "national char": "character",
}
_MOMENTS = {
    "time": ("time", "without"),
    "timetz": ("time", "with"),
    "timestamp": ("timestamp", "without"),
    "timestamptz": ("timestamp", "with"),
}
_KEYWORDS = frozenset(
    [
        "integer",
        "smallint",
        "bigint",
        "boolean",
        "real",
        "numeric",
        "bit",
        "character",
        "interval",
        "json",
    ]
) | {"double precision", "character varying", "bit varying"}
_OF_ONE = frozenset({"character", "bit"})  # `char` is `char(1)`
_REAL_DIGITS = 24  # bits of a `float(n)` that fit into 4 bytes
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "to"})
_ZONES = {(): None, ("with", "time", "zone"): "with", ("without", "time", "zone"): "without"}
_ARGUMENTS = (Kind.NUMBER, Kind.STRING, Kind.WORD)
_NAMES = (Kind.WORD, Kind.NAME)


def canonical_type(text: str) -> str:
    """A type in the server's own spelling; what is no type comes back as it is."""
    found = readable_type(text)
    return text.strip() if found is None else found


@lru_cache(maxsize=1 << 14)
def readable_type(text: str) -> str | None:
    """A type in the server's own spelling; None for what is no type, or more than one.

    Dimensions of arrays are left out but for one `[]`: the server does not keep them.
    """
    try:
        return type_of(tokens(text))
    except Unreadable:
        return None


def is_builtin(native: str) -> bool:
    """Whether a type in the server's spelling came with the server; elements of arrays don't count."""
    name = base(native.removesuffix("[]"))
    if name.startswith('"'):
        return name == '"char"'
    return name in _KEYWORDS | TYPES or " " in name or name.startswith("pg_")


def type_of(lexemes: list[Token]) -> str | None:
    """The type that `lexemes` name, None if they name none."""
    scalar, is_array = _array(lexemes)
    found = _scalar(scalar) if scalar else None
    return f"{found}[]" if found is not None and is_array else found


def _array(lexemes: list[Token]) -> tuple[list[Token], bool]:
    """`lexemes` without the brackets and ARRAY at their end, and whether there were any."""
    end, found = len(lexemes), False
    while end and lexemes[end - 1].text == "]":
        start = end - 2 if end > 1 and lexemes[end - 2].text == "[" else end - 3
        if start < 0 or lexemes[start].text != "[":
            break
        end, found = start, True
    if end and lexemes[end - 1] == Token(Kind.WORD, "array"):
        end, found = end - 1, True
    return lexemes[:end], found


def _scalar(lexemes: list[Token]) -> str | None:
    at = 0
    while at < len(lexemes) and lexemes[at].kind is Kind.WORD:
        at += 1
    words = [token.text for token in lexemes[:at]]
    if not words or (at < len(lexemes) and lexemes[at].text == "."):
        return _qualified(lexemes)
    found = _arguments(lexemes[at:])
    if found is None:
        return None
    arguments, rest = found
    tail = [token.text for token in rest]
    if words[0] in _MOMENTS:
        return _moment(words, arguments, tail)
    if tail:
        return None
    if words[0] == "interval":
        return " ".join(words) + arguments if _FIELDS.issuperset(words[1:]) else None
    return _named(" ".join(words), arguments)


def _arguments(lexemes: list[Token]) -> tuple[str, list[Token]] | None:
    """`(10,2)` at the beginning of `lexemes`, and what stands behind it; None where it is not closed."""
    if not lexemes or lexemes[0].text != "(":
        return "", lexemes
    parts: list[str] = []
    for number, token in enumerate(lexemes):
        text = token.text
        if token.kind is Kind.STRING:
            text = "'" + text.replace("'", "''") + "'"
        if text not in ("(", ")", ",", "-") and token.kind not in _ARGUMENTS:
            return None
        parts.append(text)
        if text == ")":
            return "".join(parts), lexemes[number + 1 :]
    return None


def _named(name: str, arguments: str) -> str | None:
    if name == "float":
        digits = arguments[1:-1]
        short = digits.isdigit() and int(digits) <= _REAL_DIGITS
        return "real" if short else "double precision"
    name = _ALIASES.get(name, name)
    if name not in _KEYWORDS:
        return None if " " in name else identifier(name) + arguments
    if name in _OF_ONE and not arguments:
        arguments = "(1)"
    if name == "numeric" and arguments and "," not in arguments:
        arguments = f"{arguments[:-1]},0)"
    return name + arguments


def _moment(words: list[str], arguments: str, tail: list[str]) -> str | None:
    """`time` and `timestamp`, with digits and with or without time zone."""
    name, zone = _MOMENTS[words[0]]
    said = (*words[1:], *tail)
    if said not in _ZONES:
        return None
    return f"{name}{arguments} {_ZONES[said] or zone} time zone"


def _qualified(lexemes: list[Token]) -> str | None:
    """A quoted type, or one of another schema: `"Mood"`, `audit.kind(3)`."""
    names: list[Token] = []
    at = 0
    while at < len(lexemes) and lexemes[at].kind in _NAMES:
        names.append(lexemes[at])
        at += 1
        if at == len(lexemes) or lexemes[at].text != ".":
            break
        at += 1
    found = _arguments(lexemes[at:])
    if not names or found is None or found[1]:
        return None
    if len(names) > 1 and names[0].text == "pg_catalog":
        names = names[1:]
        if names[0].text != "char" and len(names) == 1:
            return _named(names[0].text, found[0])
    return ".".join(identifier(name.text) for name in names) + found[0]
