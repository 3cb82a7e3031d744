"""What the same schema means to one kind of server and not to another: said once, not for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.language.definition import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.language.definition import Field, Model, SchemaDefinition

TITLES = {"postgres": "PostgreSQL", "mysql": "MySQL", "sqlite": "SQLite"}


class _Difference(NamedTuple):
    """Something that means different things.

    what       in the words of the schema
    found      whether a field has it on a provider; `@db` gives a column a meaning of its own
    by_server  provider → what it is there
    """

    what: str
    found: Callable[[Field, Model, frozenset[str]], bool]
    by_server: dict[str, str]


def _typed(kind: Scalar) -> Callable[[Field, Model, frozenset[str]], bool]:
    return lambda field, _, __: field.type.name == kind and not field.type.list


def _list(field: Field, _: Model, __: frozenset[str]) -> bool:
    return field.type.list and field.relation is None


def _enum(field: Field, _: Model, enums: frozenset[str]) -> bool:
    return field.type.name in enums and not field.type.list


def _long_text(field: Field, _: Model, __: frozenset[str]) -> bool:
    return field.type.name == Scalar.STRING and field.length is None and not field.type.list


def _limited_text(field: Field, _: Model, __: frozenset[str]) -> bool:
    return field.length is not None


def _compared_text(field: Field, model: Model, _: frozenset[str]) -> bool:
    """Texts that a key compares, with no collation that says how."""
    if field.type.name != Scalar.STRING or field.type.list or field.collate is not None:
        return False
    keys = (*model.uniques, *([] if field.unique is None else [field.unique]))
    compared = any(part.field == field.name for key in keys for part in key.fields)
    return model.collation is None and (field.id or field.name in model.id_fields or compared)


def _deferrable(field: Field, _: Model, __: frozenset[str]) -> bool:
    relation = field.relation
    unique = field.unique
    return (relation is not None and relation.deferrable is not None) or (
        unique is not None and unique.deferrable is not None
    )


_DIFFERENCES = (
    _Difference(
        "`ID`",
        _typed(Scalar.ID),
        {
            "postgres": "a UUID and nothing else",
            "mysql": "any text of up to 36 characters",
            "sqlite": "any text",
        },
    ),
    _Difference(
        "`String` without `@length`",
        _long_text,
        {
            "postgres": "as long as you like",
            "mysql": "`varchar(255)`",
            "sqlite": "as long as you like",
        },
    ),
    _Difference(
        "`@length`",
        _limited_text,
        {"postgres": "kept to", "mysql": "kept to", "sqlite": "not kept to"},
    ),
    _Difference(
        "a text in a key",
        _compared_text,
        {
            "postgres": "told apart from every other",
            "mysql": "the same in upper and lower case, with accents and without",
            "sqlite": "told apart from every other",
        },
    ),
    _Difference(
        "an enum",
        _enum,
        {
            "postgres": "in the order of its values",
            "mysql": "in the order of its values",
            "sqlite": "text with a CHECK, in the order of the alphabet",
        },
    ),
    _Difference(
        "`DateTime`",
        _typed(Scalar.DATE_TIME),
        {
            "postgres": "without a zone, with six digits of a second",
            "mysql": "without a zone, in whole seconds",
            "sqlite": "text as ISO 8601 has it, unchecked",
        },
    ),
    _Difference(
        "`JSON`",
        _typed(Scalar.JSON),
        {
            "postgres": "checked, without spaces and the order of keys",
            "mysql": "checked",
            "sqlite": "text, unchecked",
        },
    ),
    _Difference(
        "`Decimal`",
        _typed(Scalar.DECIMAL),
        {
            "postgres": "exact",
            "mysql": "exact",
            "sqlite": "exact to 15 digits, and not rounded to `@precision`",
        },
    ),
    _Difference(
        "a list",
        _list,
        {"postgres": "an array", "mysql": "a `json` column", "sqlite": "JSON as text"},
    ),
    _Difference(
        "`deferrable`",
        _deferrable,
        {
            "postgres": "checked when it says",
            "mysql": "left out: every statement is checked by itself",
            "sqlite": "checked when it says for relations, at once for `@unique`",
        },
    ),
)


def differences(definition: SchemaDefinition, providers: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each thing in `definition` that means something else to one of `providers` than to another."""
    enums = frozenset(enum.name for enum in definition.enums)
    fields = [
        (field, model)
        for model in definition.models
        if not model.unmanaged
        for field in model.fields
    ]
    found = []
    for difference in _DIFFERENCES:
        meant = {
            provider: difference.by_server[provider]
            for provider in dict.fromkeys(providers)
            if provider in difference.by_server
            and any(
                difference.found(field, model, enums)
                for field, model in fields
                if field.db_type is None or field.db_type.for_provider(provider) is None
            )
        }
        if len(set(meant.values())) > 1:
            found.append(f"{difference.what}: {_told(meant)}")
    return tuple(found)


def _told(meant: dict[str, str]) -> str:
    """`in PostgreSQL and MySQL exact; in SQLite …`"""
    together: dict[str, list[str]] = {}
    for provider, text in meant.items():
        together.setdefault(text, []).append(TITLES[provider])
    return "; ".join(f"in {' and '.join(names)} {text}" for text, names in together.items())
