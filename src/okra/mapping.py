"""Where the models, fields, enums and many-to-many relations of a schema end up: their names in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.language.definition import DEFAULT_SCHEMA
from okra.naming import column_name, join_table_name, shortened, snake_case, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.language import definition as schema
    from okra.language.definition import SchemaDefinition


_WITH_SCHEMAS = ("postgres",)


class Names:
    """Where each model, field and enum of a definition ends up in the database.

    tables  model → table, with its SQL schema where the provider has those
    types   enum → type, likewise
    """

    def __init__(self, definition: SchemaDefinition, provider: str = "") -> None:
        self.provider = provider
        self.models = {model.name: model for model in definition.models}
        self.enums = {enum.name: enum for enum in definition.enums}
        self.tables = {
            model.name: qualified(table_of(model), model.schema, provider)
            for model in definition.models
        }
        self.types = {
            enum.name: qualified(type_of(enum), enum.schema, provider) for enum in definition.enums
        }
        self._columns: dict[str, dict[str, str]] = {}

    def columns(self, model: str, fields: Iterable[str]) -> tuple[str, ...]:
        """The columns of `fields` of `model`, in order."""
        known = self.columns_of(model)
        return tuple(known[field] for field in fields)

    def columns_of(self, model: str) -> dict[str, str]:
        """Field → column, for all fields of `model` that have one."""
        known = self._columns.get(model)
        if known is None:
            known = {
                field.name: field.column or column_name(field.name)
                for field in self.models[model].fields
                if field.relation is None
            }
            self._columns[model] = known
        return known

    def id_fields(self, model: str) -> tuple[schema.Field, ...]:
        """The fields of the primary key of `model`; empty where it has none."""
        found = self.models[model]
        if found.id_fields:
            by_name = {field.name: field for field in found.fields}
            return tuple(by_name[name] for name in found.id_fields)
        return tuple(field for field in found.fields if field.id)


def table_of(model: schema.Model) -> str:
    """The table of `model`, without its SQL schema."""
    return model.table or table_name(model.name)


def type_of(enum: schema.Enum) -> str:
    """The type of `enum`, without its SQL schema."""
    return enum.type or enum_name(enum.name)


def enum_name(name: str) -> str:
    """The type of an enum that names none."""
    return shortened(snake_case(name))


def qualified(name: str, schema_name: str | None, provider: str) -> str:
    """`name` as the model of a database has it: `billing.invoices` outside the default schema of PostgreSQL."""
    if provider not in _WITH_SCHEMAS or schema_name in (None, DEFAULT_SCHEMA):
        return name
    return f"{schema_name}.{name}"


def unqualified(name: str, provider: str) -> str:
    """`name` without its SQL schema."""
    return name.partition(".")[2] or name if provider in _WITH_SCHEMAS else name


def schema_of(name: str, provider: str) -> str | None:
    """The SQL schema that `name` says, or None for the default one."""
    schema_name, point, _ = name.partition(".")
    return schema_name if point and provider in _WITH_SCHEMAS else None


class JoinSide(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a many-to-many relation; `field` is the list on `model`, None if it is not written."""

    model: str
    field: str | None


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """One many-to-many relation: its table, its sides, and the columns that refer to each side's id.

    The table is in the SQL schema of the first side's.
    """

    table: str
    sides: tuple[JoinSide, JoinSide]
    columns: tuple[tuple[str, ...], tuple[str, ...]]


def join_tables(definition: SchemaDefinition, provider: str = "") -> tuple[Join, ...]:
    """The join table of every many-to-many relation, once each, in the order of the models."""
    names = Names(definition, provider)
    found: dict[frozenset[tuple[str, str | None]], Join] = {}
    for model in definition.models:
        for field in model.fields:
            relation = field.relation
            if relation is None or not relation.many_to_many:
                continue
            here = JoinSide(model=model.name, field=field.name)
            there = JoinSide(model=relation.model, field=relation.opposite)
            key = frozenset({(here.model, here.field), (there.model, there.field)})
            if key not in found:
                found[key] = _join(here, there, relation.name, names)
    return tuple(found.values())


def _join(here: JoinSide, there: JoinSide, name: str | None, names: Names) -> Join:
    first, second = sorted((here, there), key=lambda side: (side.model, side.field or ""))
    one, other = (
        ("a", "b")
        if first.model == second.model
        else (snake_case(first.model), snake_case(second.model))
    )
    table = join_table_name(name, first.model, second.model)
    return Join(
        table=qualified(table, names.models[first.model].schema, names.provider),
        sides=(first, second),
        columns=(_side_columns(first, one, names), _side_columns(second, other, names)),
    )


def _side_columns(side: JoinSide, prefix: str, names: Names) -> tuple[str, ...]:
    fields = names.id_fields(side.model)
    if len(fields) == 1:
        return (shortened(f"{prefix}_id"),)
    columns = names.columns(side.model, (field.name for field in fields))
    return tuple(shortened(f"{prefix}_{column}") for column in columns)
