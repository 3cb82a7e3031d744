"""What older servers lack: PostgreSQL 13 is the oldest that OKRA knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.postgres.expressions.types import base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.model import Column, Database, Index, Table

OLDEST = 13
_MULTIRANGES = 14
_NULLS_NOT_DISTINCT = 15
_VIRTUAL = 18
_INCLUDE_IN_SPGIST = 14
_FREE_SCALE = 15
_BRIN_CLASSES = 14

_FUNCTIONS = {
    "date_bin": 14,
    "trim_array": 14,
    "bit_count": 14,
    "bit_xor": 14,
    "unistr": 14,
    "regexp_count": 15,
    "regexp_instr": 15,
    "regexp_like": 15,
    "regexp_substr": 15,
    "array_sample": 16,
    "array_shuffle": 16,
    "date_add": 16,
    "date_subtract": 16,
    "erf": 16,
    "erfc": 16,
    "random_normal": 16,
    "pg_input_is_valid": 16,
    "system_user": 16,
    "to_bin": 17,
    "to_oct": 17,
    "to_regtypemod": 17,
    "unicode_assigned": 17,
    "unicode_version": 17,
    "uuid_extract_timestamp": 17,
    "uuid_extract_version": 17,
    "json_scalar": 17,
    "json_value": 17,
    "json_query": 17,
    "json_exists": 17,
    "xmltext": 17,
    "array_reverse": 18,
    "array_sort": 18,
    "casefold": 18,
    "uuidv4": 18,
    "uuidv7": 18,
    "crc32": 18,
    "crc32c": 18,
    "gamma": 18,
    "lgamma": 18,
    "reverse_bytes": 18,
}
"""Functions that came later than PostgreSQL 13, and with which version.

Source  PostgreSQL release notes, 14 to 18
"""

_LATE_CLASSES = ("_bloom_ops", "_minmax_multi_ops")
_CALL = re.compile(r"([a-z_][a-z0-9_]*)\(")
_NUMERIC = re.compile(r"numeric\(([0-9]+),(-?[0-9]+)\)")
_DIGITS = re.compile(r"[0-9]+")


def lacking(database: Database, server_version: str) -> tuple[str, ...]:
    """What `database` needs that a server of this version hasn't, as sentences with both versions."""
    match = _DIGITS.search(server_version)
    version = OLDEST if match is None else int(match.group())
    found = [
        (what, needed)
        for table in database.tables
        for what, needed in _needs(table)
        if needed > version
    ]
    said = (
        f"{what}: PostgreSQL has that from version {needed} on, and the server is {version}"
        for what, needed in found
    )
    return tuple(dict.fromkeys(said))


def _needs(table: Table) -> Iterable[tuple[str, int]]:
    """What in `table` needs which version at least."""
    for column in table.columns:
        yield from _column_needs(column, table.name)
    for index in table.indexes:
        yield from _index_needs(index, table.name)
    for check in table.checks:
        yield from _function_needs(check.expression, f"check `{check.name}` of `{table.name}`")


def _column_needs(column: Column, table: str) -> Iterable[tuple[str, int]]:
    place = f"column `{table}.{column.name}`"
    if column.generated is not None:
        if not column.generated.stored:
            yield f"{place} is computed and not stored", _VIRTUAL
        yield from _function_needs(column.generated.expression, place)
    if column.default is not None:
        yield from _function_needs(str(column.default), place)
    if base(str(column.type)).removesuffix("[]").endswith("multirange"):
        yield f"{place} has the type `{column.type}`", _MULTIRANGES
    digits = _NUMERIC.match(str(column.type))
    if digits is not None and not 0 <= int(digits[2]) <= int(digits[1]):
        yield f"{place} has the type `{column.type}`", _FREE_SCALE


def _index_needs(index: Index, table: str) -> Iterable[tuple[str, int]]:
    place = f"index `{index.name}` of `{table}`"
    if not index.nulls_distinct:
        yield f"{place} has NULLS NOT DISTINCT", _NULLS_NOT_DISTINCT
    if index.method == "spgist" and index.include:
        yield f"{place} is of the type SP-GiST and has INCLUDE", _INCLUDE_IN_SPGIST
    for part in index.parts:
        if part.ops is not None and part.ops.partition("(")[0].endswith(_LATE_CLASSES):
            yield f"{place} has the operator class {part.ops}", _BRIN_CLASSES
    texts = [index.where, *(part.expression for part in index.parts)]
    for text in texts:
        if text is not None:
            yield from _function_needs(text, place)


def _function_needs(text: str, place: str) -> Iterable[tuple[str, int]]:
    for name in _CALL.findall(text):
        if name in _FUNCTIONS:
            yield f"{place} calls {name}()", _FUNCTIONS[name]
