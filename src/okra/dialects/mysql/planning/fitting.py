"""Which values of a column MODIFY would refuse under strict mode, as a condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.introspection.temporary import execute
from okra.dialects.mysql.planning.columns import enum_values
from okra.dialects.mysql.planning.conversions import conversion, family
from okra.dialects.session import REFUSED, REFUSED_ROWS
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session

_BITS = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "bigint": 64}
_BYTES = {"tinytext": 255, "text": 65_535, "mediumtext": 16_777_215}
_MOMENTS = {"date": "DATE", "time": "TIME", "datetime": "DATETIME", "timestamp": "DATETIME"}
_TYPE = re.compile(r"(?P<base>[a-z]+)(?:\((?P<size>\d+)(?:,(?P<scale>\d+))?\))?(?P<tail>[a-z ]*)")
_NUMBER = "'^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?[[:space:]]*$'"
_TRIAL = "_okra_trial"
_WHOLE = "'^[[:space:]]*[-+]?[0-9]+([.]0*)?[[:space:]]*$'"


def unfit(
    column: str, before: str, after: str, *, values: Sequence[str] = (), server_version: str = ""
) -> str | None:
    """See `okra.dialects.fitting`; types as the catalogue has them."""
    del values, server_version  # an enum's values are in its type, and all versions are alike
    if conversion(before, after).doubt is None:
        return None
    listed = enum_values(after)
    if listed is not None:
        wanted = ", ".join(f"'{value}'" for value in listed)
        return f"concat({column}) NOT IN ({wanted})"
    match = _TYPE.fullmatch(after)
    if match is None:
        return None
    base, size = match["base"], match["size"]
    if base in ("char", "varchar"):
        return f"char_length({column}) > {size or 1}"
    if base in _BYTES:
        return f"length({column}) > {_BYTES[base]}"
    if base == "json":
        return f"NOT json_valid({column})"
    if base in _MOMENTS and family(before) in ("text", "number"):
        return f"CAST({column} AS {_MOMENTS[base]}) IS NULL"
    if family(before) == "json":
        return f"JSON_TYPE({column}) IN ('OBJECT', 'ARRAY')" if family(after) == "number" else None
    if base in _BITS:
        return _whole(column, before, _BITS[base], unsigned="unsigned" in match["tail"])
    if base == "decimal":
        return _digits(column, before, int(size or 10), int(match["scale"] or 0))
    if base in ("float", "double") and family(before) == "text":
        return f"{column} NOT REGEXP {_NUMBER}"
    return None


def _digits(column: str, before: str, digits: int, scale: int) -> str | None:
    limit = 10 ** (digits - scale)
    if family(before) == "number":  # abs() has no value for the smallest whole number
        rounded = f"round({column}, {scale})"
        return f"({rounded} >= {limit} OR {rounded} <= {-limit})"
    if family(before) == "text":
        number = f"CAST({column} AS DECIMAL(65, 30))"
        return f"({column} NOT REGEXP {_NUMBER} OR abs(round({number}, {scale})) >= {limit})"
    return None


def refused(session: Session, table: str, column: str, before: str, after: str) -> int:
    """See `okra.dialects.fitting`: the values are put into a temporary table of the type after."""
    if conversion(before, after).doubt is None:
        return 0
    values = f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
    execute(session, f"DROP TEMPORARY TABLE IF EXISTS {_TRIAL}")
    execute(session, f"CREATE TEMPORARY TABLE {_TRIAL} (v {after} NULL) DEFAULT CHARSET=utf8mb4")
    try:
        execute(session, f"INSERT INTO {_TRIAL} {values}")
    except DatabaseError as error:
        if error.code not in (REFUSED, REFUSED_ROWS):
            raise
        execute(session, f"INSERT IGNORE INTO {_TRIAL} {values}")
        return max(1, int(session.query("SELECT @@warning_count")[0][0] or 0))
    finally:
        execute(session, f"DROP TEMPORARY TABLE IF EXISTS {_TRIAL}")
    return 0


def _whole(column: str, before: str, bits: int, *, unsigned: bool) -> str | None:
    low, high = (0, 2**bits - 1) if unsigned else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    within = f"NOT BETWEEN {low} AND {high}"
    if family(before) == "number":
        return f"round({column}) {within}"
    if family(before) in ("text", "bytes"):
        return f"({column} NOT REGEXP {_WHOLE} OR CAST({column} AS DECIMAL(65)) {within})"
    if family(before) in _MOMENTS:
        return f"({column} + 0) {within}"
    return None
