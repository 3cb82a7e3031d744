"""Column types in their one canonical spelling: COLUMN_TYPE in lower case, without display widths."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from okra.dialects.mysql.expressions.lexer import Kind, Token, name_of, text_of, tokens
from okra.dialects.mysql.natives.collations import (
    binary_collation,
    charset_of,
    collation_name,
    default_collation,
)
from okra.dialects.mysql.quoting import literal
from okra.relational.sqltext import ascii_lower


class TypeName(NamedTuple):
    """A type, and the collation that its text said it has."""

    type: str
    collation: str | None = None


INTEGERS = ("tinyint", "smallint", "mediumint", "int", "bigint")
_SYNONYMS = {
    "integer": "int",
    "int1": "tinyint",
    "int2": "smallint",
    "int3": "mediumint",
    "middleint": "mediumint",
    "int4": "int",
    "int8": "bigint",
    "bool": "tinyint(1)",
    "boolean": "tinyint(1)",
    "dec": "decimal",
    "numeric": "decimal",
    "number": "decimal",
    "fixed": "decimal",
    "real": "double",
    "double precision": "double",
    "float4": "float",
    "float8": "double",
    "character": "char",
    "nchar": "char",
    "national char": "char",
    "national character": "char",
    "character varying": "varchar",
    "char varying": "varchar",
    "varcharacter": "varchar",
    "varchar2": "varchar",
    "nvarchar": "varchar",
    "national varchar": "varchar",
    "national character varying": "varchar",
    "national char varying": "varchar",
    "national varcharacter": "varchar",
    "nchar varchar": "varchar",
    "nchar varying": "varchar",
    "long": "mediumtext",
    "long varchar": "mediumtext",
    "long char varying": "mediumtext",
    "long character varying": "mediumtext",
    "long varbinary": "mediumblob",
    "raw": "varbinary",
    "char byte": "binary",
    "clob": "longtext",
    "geomcollection": "geometrycollection",
    "sql_tsi_year": "year",
}
_ONE = ("char", "binary", "bit")  # what has one character, byte or bit where nothing is said
_FRACTIONS = ("time", "datetime", "timestamp")
_SIZED_TEXTS = (("tiny", 255), ("", 65_535), ("medium", 16_777_215), ("long", 4_294_967_295))
_FLOAT_BITS = 24
_NUMBERS = (*INTEGERS, "decimal", "float", "double")
# The server runs what stands in `/*! */`; inside a text it is no comment.
_EXECUTED = re.compile(r"('(?:[^'\\]|\\.|'')*')|/\*M?![0-9]*(.*?)\*/", re.DOTALL)
_ATTRIBUTES = ("compressed", "invisible")  # what a type carries along that belongs to the column
_NATIONAL = re.compile(r"n(?:ational|char|varchar)\b")


@lru_cache(maxsize=1 << 14)
def canonical_type(text: str) -> TypeName:
    """The type that `text` says, as it stands in a column definition or in the catalogue.

    A type that is not known comes back in lower case, with single spaces.
    """
    found = tokens(_EXECUTED.sub(_executed, text) if "/*" in text else text)
    words, at = _words(found)
    base, sizes = _synonym(words), ""
    if at < len(found) and found[at].text == "(":
        close = next((n for n in range(at, len(found)) if found[n].text == ")"), len(found) - 1)
        sizes = _sizes(found[at + 1 : close])
        at = close + 1
    attributes = [ascii_lower(token.text) for token in found[at:]]
    if "(" in base:  # a synonym that says its width
        base, _, sizes = base[:-1].partition("(")
    collation = _collation(found[at:])
    if collation is None and _NATIONAL.match(words):
        collation = "utf8mb3_general_ci"
    if base in ("char", "varchar") and (attributes[:1] == ["byte"] or collation == "binary"):
        base, collation = base.replace("char", "binary"), None
    return TypeName(_spelled(base, sizes, attributes), collation)


def _words(found: list[Token]) -> tuple[str, int]:
    """The words that name the type, as far as they belong together."""
    words: list[str] = []
    for token in found:
        word = ascii_lower(token.text)
        if token.kind is not Kind.WORD or (words and f"{' '.join(words)} {word}" not in _PREFIXES):
            break
        words.append(word)
    return " ".join(words), len(words)


def _synonym(words: str) -> str:
    return _SYNONYMS.get(words, words)


_PREFIXES = frozenset(
    " ".join(name.split()[:count])
    for name in _SYNONYMS
    for count in range(2, len(name.split()) + 1)
)


def _sizes(found: list[Token]) -> str:
    """What stands in the parentheses: numbers, or the values of an enum or set, which end with no space."""
    parts = []
    for token in found:
        if token.kind is Kind.TEXT:
            parts.append(literal(text_of(token.text).rstrip(" ")))
        elif token.kind is Kind.NUMBER or token.kind is Kind.WORD:
            parts.append(str(int(token.text)) if token.text.isdigit() else ascii_lower(token.text))
    return ",".join(parts)


def _spelled(base: str, sizes: str, attributes: list[str]) -> str:
    zerofill = "zerofill" in attributes
    unsigned = zerofill or "unsigned" in attributes
    rest = [word for word in _ATTRIBUTES if word in attributes]
    if base == "serial":
        return "bigint unsigned"
    if base in INTEGERS:
        kept = zerofill or (base == "tinyint" and sizes == "1" and not unsigned)
        size = f"({sizes})" if kept and sizes else ""
    elif base == "decimal":
        total, _, scale = sizes.partition(",")
        size = f"({total or 10},{scale or 0})"
    elif base in ("float", "double"):
        if base == "float" and sizes.isdigit():
            base, sizes = ("double" if int(sizes) > _FLOAT_BITS else "float"), ""
        size = f"({sizes})" if sizes else ""
    elif base in _ONE:
        size = f"({sizes or 1})"
    elif base == "year" or (base in _FRACTIONS and sizes == "0"):
        size = ""
    elif base in ("text", "blob") and sizes.isdigit():
        base, size = _sized(base, int(sizes)), ""
    else:
        size = f"({sizes})" if sizes else ""
    if base in _NUMBERS:
        rest = ["unsigned"] * unsigned + ["zerofill"] * zerofill + rest
    return " ".join([base + size, *rest])


def _sized(base: str, size: int) -> str:
    """`text(300)` is the smallest type that holds 300 characters; of a blob, bytes."""
    bytes_each = 4 if base == "text" else 1
    for prefix, most in _SIZED_TEXTS:
        if size * bytes_each <= most:
            return prefix + base
    return f"long{base}"


def _collation(found: list[Token]) -> str | None:
    """What `character set latin1 collate latin1_bin`, `ascii` and the like say."""
    charset = collation = None
    binary = False
    for number, token in enumerate(found):
        word = ascii_lower(token.text)
        following = found[number + 1] if number + 1 < len(found) else None
        if word in ("charset", "set") and following is not None:
            charset = _plain(following)
        elif word == "collate" and following is not None:
            collation = collation_name(_plain(following))
        elif word in ("ascii", "unicode") and (
            not number or found[number - 1].text.lower() not in _NAMERS
        ):
            charset = {"ascii": "latin1", "unicode": "ucs2"}[word]
        elif word == "binary" and (not number or found[number - 1].text.lower() not in _NAMERS):
            binary = True
    if collation is not None:
        return collation
    if binary:
        return binary_collation(charset or charset_of("utf8mb4_bin"))
    return (
        None
        if charset is None
        else default_collation(charset) or f"{ascii_lower(charset)}_general_ci"
    )


_NAMERS = ("set", "charset", "collate")


def _plain(token: Token) -> str:
    return text_of(token.text) if token.kind is Kind.TEXT else name_of(token.text)


def base_of(native: str) -> str:
    """The word with which a canonical type begins."""
    return native.partition("(")[0].partition(" ")[0]


def _executed(match: re.Match[str]) -> str:
    return match[1] or f" {match[2]} "
