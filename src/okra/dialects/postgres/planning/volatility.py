"""Which defaults are one value for a whole statement, so that adding them to a table writes no row anew."""

from __future__ import annotations

from functools import lru_cache

from okra.relational.sqltext import ascii_lower, is_quoted_name, is_string, is_word, significant

# Functions that come with the server and are not volatile. Source: pg_proc.provolatile on 15 and 18.
_STABLE = frozenset(
    [
        "abs",
        "ceil",
        "coalesce",
        "concat",
        "cardinality",
        "current_date",
        "current_schema",
        "current_setting",
        "current_time",
        "current_timestamp",
        "current_user",
        "date_part",
        "date_trunc",
        "decode",
        "encode",
        "extract",
        "floor",
        "format",
        "greatest",
        "initcap",
        "json_build_array",
        "json_build_object",
        "jsonb_build_array",
        "jsonb_build_object",
        "least",
        "left",
        "length",
        "localtime",
        "localtimestamp",
        "lower",
        "lpad",
        "ltrim",
        "make_date",
        "make_interval",
        "make_time",
        "make_timestamp",
        "md5",
        "mod",
        "now",
        "nullif",
        "power",
        "repeat",
        "replace",
        "reverse",
        "right",
        "round",
        "row",
        "rpad",
        "rtrim",
        "session_user",
        "sign",
        "sqrt",
        "statement_timestamp",
        "substr",
        "substring",
        "timezone",
        "to_char",
        "to_date",
        "to_json",
        "to_jsonb",
        "to_number",
        "to_timestamp",
        "transaction_timestamp",
        "translate",
        "trim",
        "trunc",
        "upper",
        "user",
        "array",
        "numeric",
        "decimal",
        "varchar",
        "char",
        "character",
        "varying",
        "timestamp",
        "time",
        "interval",
        "bit",
        "in",
        "any",
    ]
)


@lru_cache(maxsize=1024)
def is_stable(expression: str) -> bool:
    """Whether every function in `expression` is known to give one value for a whole statement."""
    found = significant(expression)
    for token, following in zip(found, [*found[1:], ""], strict=True):
        if is_string(token) or following != "(":
            continue
        if is_quoted_name(token) or (is_word(token) and ascii_lower(token) not in _STABLE):
            return False
    return True
