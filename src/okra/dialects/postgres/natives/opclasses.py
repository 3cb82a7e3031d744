"""The operator classes that an index has where it names none.

Source  pg_opclass of PostgreSQL 15 and 18, column opcdefault
"""

from __future__ import annotations

import re

_SHORT = [
    "array",
    "aclitem",
    "bit",
    "bool",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "citext",
    "cube",
    "date",
    "enum",
    "float4",
    "float8",
    "hstore",
    "inet",
    "int2",
    "int4",
    "int8",
    "interval",
    "isn",
    "jsonb",
    "ltree",
    "macaddr",
    "macaddr8",
    "money",
    "multirange",
    "name",
    "numeric",
    "oid",
    "oidvector",
    "pg_lsn",
    "range",
    "record",
    "seg",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "tsquery",
    "tsvector",
    "uuid",
    "varbit",
    "xid",
    "xid8",
]
_INCLUDING = ("box", "inet", "range")
_MINMAX = frozenset(_SHORT) - {"array", "bool", "enum", "jsonb", "inet", "range"}

_DEFAULTS = {
    "btree": frozenset(f"{name}_ops" for name in _SHORT),
    "hash": frozenset(f"{name}_ops" for name in _SHORT),
    "brin": frozenset(f"{name}_minmax_ops" for name in _MINMAX)
    | {f"{name}_inclusion_ops" for name in _INCLUDING},
    "gin": frozenset({"array_ops", "jsonb_ops", "tsvector_ops", "gin_hstore_ops"}),
    "gist": frozenset(
        {
            "box_ops",
            "circle_ops",
            "gist_cube_ops",
            "gist_geometry_ops_2d",
            "gist_hstore_ops",
            "gist_ltree_ops",
            "gist_seg_ops",
            "multirange_ops",
            "point_ops",
            "poly_ops",
            "range_ops",
            "tsquery_ops",
            "tsvector_ops",
        }
    ),
    "spgist": frozenset(
        {"box_ops", "inet_ops", "poly_ops", "quad_point_ops", "range_ops", "text_ops"}
    ),
}
_NONE: frozenset[str] = frozenset()


def is_default_class(name: str, method: str) -> bool:
    """Whether an index of this method has the operator class `name` by itself, on the type that it is for."""
    return name in _DEFAULTS.get(method, _NONE)


def canonical_class(text: str) -> str:
    """An operator class as the catalogue gives it: `gist_trgm_ops(siglen=32)`."""
    return text.partition("(")[0].strip() + parameters_of(text)


_OWN_NAME = r'(?:[a-zA-Z_][\w$]*|"(?:[^"]|"")+")'
_PAIR = r"\s*\w+\s*=\s*(?:'[\w.+-]+'|[\w.+-]+)\s*"
_CLASS = re.compile(rf"\s*{_OWN_NAME}(?:\.{_OWN_NAME})?\s*(?:\({_PAIR}(?:,{_PAIR})*\)\s*)?")


def is_class(text: str) -> bool:
    """Whether `text` names one operator class, with its parameters, and goes no further."""
    return _CLASS.fullmatch(text) is not None


_PARAMETERS = re.compile(r"\(([^()]*)\)")
_QUOTED_VALUE = re.compile(r"'([\w.+-]+)'")


def parameters_of(text: str) -> str:
    """The parameters of an operator class in `text`: `(siglen=32)` for `( siglen = '32' )`, or nothing."""
    match = _PARAMETERS.search(text)
    if match is None:
        return ""
    pairs = [pair.partition("=") for pair in match[1].split(",")]
    bare = [(name.strip(), _QUOTED_VALUE.sub(r"\1", value.strip())) for name, _, value in pairs]
    return f"({', '.join(f'{name}={value}' for name, value in bare)})"
