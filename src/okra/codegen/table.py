"""What each type of the schema is in each language where nothing is configured: for whoever speaks of them."""

from __future__ import annotations

from okra.language.definition import Scalar

LANGUAGES = ("Go", "TypeScript", "Python")

_TYPES = {
    Scalar.ID: ("string", "string", "str"),
    Scalar.STRING: ("string", "string", "str"),
    Scalar.INT: ("int32", "number", "int"),
    Scalar.BIG_INT: ("int64", "string", "int"),
    Scalar.FLOAT: ("float64", "number", "float"),
    Scalar.DECIMAL: ("string", "string", "Decimal"),
    Scalar.BOOLEAN: ("bool", "boolean", "bool"),
    Scalar.DATE_TIME: ("string", "string", "str"),
    Scalar.DATE: ("string", "string", "str"),
    Scalar.TIME: ("string", "string", "str"),
    Scalar.JSON: ("json.RawMessage", "unknown", "Any"),
    Scalar.BYTES: ("Bytes", "string", "bytes"),
    Scalar.NATIVE: ("string", "string", "str"),
}
_SCALARS = frozenset(Scalar)

FORMS = frozenset({Scalar.DATE_TIME, Scalar.DATE, Scalar.TIME})
"""The types that are texts in every language, of which not every text will do."""


def language_types(name: str, *, listed: bool = False) -> tuple[str, ...]:
    """What a type is in each of `LANGUAGES`.

    name    of a scalar or an enum, which is called the same everywhere
    listed  whether it is a list of them
    """
    found = _TYPES[Scalar(name)] if name in _SCALARS else (name, name, name)
    if not listed:
        return found
    go, typescript, python = found
    return (
        "BigInts" if name == Scalar.BIG_INT else f"List[{go}]",
        f"{typescript}[]",
        f"list[{python}]",
    )
