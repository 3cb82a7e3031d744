"""Character sets and collations: names in one spelling, and what follows from what."""

from __future__ import annotations

from okra.relational.sqltext import ascii_lower

TABLE_COLLATION = "utf8mb4_unicode_ci"
"""What OKRA gives its tables: always written out, so that every server makes the same table."""

# A character set stands for its default collation. That of utf8mb4 differs between servers and versions.
_DEFAULTS = {
    "utf8mb4": TABLE_COLLATION,
    "utf8mb3": "utf8mb3_general_ci",
    "utf8": "utf8mb3_general_ci",
    "latin1": "latin1_swedish_ci",
    "latin2": "latin2_general_ci",
    "latin5": "latin5_turkish_ci",
    "latin7": "latin7_general_ci",
    "binary": "binary",
    "ucs2": "ucs2_general_ci",
    "cp850": "cp850_general_ci",
    "cp1250": "cp1250_general_ci",
    "cp1251": "cp1251_general_ci",
    "cp1256": "cp1256_general_ci",
    "cp1257": "cp1257_general_ci",
    "ascii": "ascii_general_ci",
    "utf16": "utf16_general_ci",
    "utf16le": "utf16le_general_ci",
    "utf32": "utf32_general_ci",
    "big5": "big5_chinese_ci",
    "gbk": "gbk_chinese_ci",
    "gb2312": "gb2312_chinese_ci",
    "gb18030": "gb18030_chinese_ci",
    "sjis": "sjis_japanese_ci",
    "cp932": "cp932_japanese_ci",
    "ujis": "ujis_japanese_ci",
    "eucjpms": "eucjpms_japanese_ci",
    "euckr": "euckr_korean_ci",
    "tis620": "tis620_thai_ci",
    "hebrew": "hebrew_general_ci",
    "greek": "greek_general_ci",
    "koi8r": "koi8r_general_ci",
    "koi8u": "koi8u_general_ci",
    "armscii8": "armscii8_general_ci",
    "geostd8": "geostd8_general_ci",
    "macce": "macce_general_ci",
    "macroman": "macroman_general_ci",
    "keybcs2": "keybcs2_general_ci",
    "dec8": "dec8_swedish_ci",
    "hp8": "hp8_english_ci",
    "swe7": "swe7_swedish_ci",
    "cp852": "cp852_general_ci",
    "cp866": "cp866_general_ci",
}


def collation_name(name: str) -> str:
    """A collation in its one spelling: lower case, with its character set, and utf8mb3 for what was called utf8.

    Source  MariaDB documentation, "Supported Character Sets and Collations": several sets share `uca1400_…`
    """
    lower = ascii_lower(name)
    if lower.startswith("uca1400_"):
        return f"utf8mb4_{lower}"
    return f"utf8mb3{lower[4:]}" if lower.startswith("utf8_") else lower


def charset_name(name: str) -> str:
    lower = ascii_lower(name)
    return "utf8mb3" if lower == "utf8" else lower


def charset_of(collation: str) -> str:
    """The character set that a collation belongs to."""
    return charset_name(collation.partition("_")[0])


def default_collation(charset: str) -> str | None:
    """The collation that `charset` stands for, None for an unknown one."""
    return _DEFAULTS.get(ascii_lower(charset))


def binary_collation(charset: str) -> str:
    """The collation of `charset` that compares codes."""
    name = charset_name(charset)
    return "binary" if name == "binary" else f"{name}_bin"
