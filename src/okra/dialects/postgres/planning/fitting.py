"""Which values of a column `ALTER COLUMN … TYPE` would refuse, as a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.planning.casts import TypeName, cast, type_name
from okra.dialects.postgres.quoting import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_RANGES = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}
_TEXTS = ("text", "character varying", "character", "citext", "name")
_LENGTHS = ("character varying", "character")
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_TELLS_VALID = 160000  # pg_input_is_valid() came with 16
_SHAPES = {
    "smallint": r"^\s*[-+]?[0-9]{1,5}\s*$",
    "integer": r"^\s*[-+]?[0-9]{1,10}\s*$",
    "bigint": r"^\s*[-+]?[0-9]{1,19}\s*$",
    "uuid": r"^\s*\{?([0-9a-fA-F]{4}-?){8}\}?\s*$",
    "boolean": r"(?i)^\s*(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|0|1)\s*$",
    "numeric": r"(?i)^\s*([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|nan|[-+]?inf(inity)?)\s*$",
}


def unfit(
    column: str, before: str, after: str, *, values: Sequence[str] = (), server_version: str = ""
) -> str | None:
    """See `okra.dialects.fitting`; types as `format_type()` prints them."""
    old, new = type_name(before), type_name(after)
    how = cast(before, after)
    if not values and how.using is not None and "::text" in how.using:
        return _text(column, new, after, server_version)
    if old.array or new.array:
        return None
    if values:
        listed = ", ".join(literal(value) for value in values)
        return f"{column}::text NOT IN ({listed})"
    if how.doubt is None:
        return None
    if new.base in _LENGTHS:
        return f"length(rtrim({column}::text, ' ')) > {new.arguments[0] if new.arguments else 1}"
    if old.base in _NUMBERS:
        return _number(column, new)
    if old.base in _TEXTS:
        return _text(column, new, after, server_version)
    return None


def holding(column: str, native: str, values: int) -> str:
    """See `okra.dialects.fitting`."""
    marks = ", ".join("?" * values)
    if native.endswith("[]"):
        return f"EXISTS (SELECT 1 FROM unnest({column}::text[]) AS one(v) WHERE v IN ({marks}))"
    return f"{column}::text IN ({marks})"


def _number(column: str, new: TypeName) -> str | None:
    limit = _RANGES.get(new.base)
    if limit is not None:
        # Compared as text is not needed: numeric holds all of them, and NaN is larger than any number.
        return f"round({column}::numeric) NOT BETWEEN {-limit} AND {limit - 1}"
    if new.base == "numeric" and new.arguments:
        digits = new.arguments[0]
        scale = new.arguments[1] if len(new.arguments) > 1 else 0
        return f"abs(round({column}::numeric, {scale})) >= 1e{digits - scale}::numeric"
    return None


def _text(column: str, new: TypeName, after: str, server_version: str) -> str | None:
    if _number_of(server_version) >= _TELLS_VALID:
        return f"NOT pg_catalog.pg_input_is_valid({column}::text, {literal(after)})"
    shape = None if new.array else _SHAPES.get(new.base)
    return None if shape is None else f"{column}::text !~ {literal(shape)}"


def _number_of(version: str) -> int:
    """`16.2 (Debian …)` as 160000."""
    major = version.split(".", 1)[0].split(" ", 1)[0]
    return int(major) * 10000 if major.isdigit() else 0
