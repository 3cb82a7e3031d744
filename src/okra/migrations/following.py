"""Schemas rewritten as if what one of them renamed had always had the new name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec.structs import replace

from okra.language.definition import EnumDefault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okra.language.definition import (
        Enum,
        EnumValue,
        Field,
        Index,
        IndexField,
        Model,
        Relation,
        SchemaDefinition,
        Unique,
    )

_Named: TypeAlias = "Model | Enum | Field | EnumValue"


class _Names(NamedTuple):
    """Old names → new ones. The keys of `fields` and `values` are new names of models and enums."""

    models: Mapping[str, str]
    enums: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]

    def model(self, name: str) -> str:
        return self.models.get(name, name)

    def type(self, name: str) -> str:
        return self.models.get(name) or self.enums.get(name, name)

    def field(self, model: str, name: str) -> str:
        """The field `name` of the model that is called `model` now."""
        return self.fields.get(model, {}).get(name, name)

    def value(self, enum: str, name: str) -> str:
        return self.values.get(enum, {}).get(name, name)


def followed(
    base: SchemaDefinition, renamer: SchemaDefinition, *others: SchemaDefinition
) -> tuple[SchemaDefinition, ...]:
    """`base` and `others` under the names that `renamer` gave to what `base` has."""
    models = _renamed(base.models, renamer.models)
    enums = _renamed(base.enums, renamer.enums)
    old_models = {models.get(each.name, each.name): each for each in base.models}
    old_enums = {enums.get(each.name, each.name): each for each in base.enums}
    fields = {
        each.name: _renamed(old_models[each.name].fields, each.fields)
        for each in renamer.models
        if each.name in old_models
    }
    values = {
        each.name: _renamed(old_enums[each.name].values, each.values)
        for each in renamer.enums
        if each.name in old_enums
    }
    names = _Names(models, enums, fields, values)
    if not (models or enums or any(fields.values()) or any(values.values())):
        return (base, *others)
    return tuple(_rewritten(each, names) for each in (base, *others))


def _renamed(before: Iterable[_Named], after: Iterable[_Named]) -> dict[str, str]:
    """What is called otherwise now, as far as `@renamed` says so."""
    old = {each.name for each in before}
    new = {each.name for each in after}
    return {
        each.renamed_from: each.name
        for each in after
        if each.renamed_from in old - new and each.name not in old and each.renamed_from is not None
    }


def _rewritten(definition: SchemaDefinition, names: _Names) -> SchemaDefinition:
    return replace(
        definition,
        models=tuple(_model(each, names) for each in definition.models),
        enums=tuple(_enum(each, names) for each in definition.enums),
    )


def _enum(enum: Enum, names: _Names) -> Enum:
    name = names.enums.get(enum.name, enum.name)
    values = tuple(replace(each, name=names.value(name, each.name)) for each in enum.values)
    return replace(enum, name=name, values=values)


def _model(model: Model, names: _Names) -> Model:
    name = names.model(model.name)
    return replace(
        model,
        name=name,
        fields=tuple(_field(each, name, names) for each in model.fields),
        id_fields=tuple(names.field(name, each) for each in model.id_fields),
        indexes=tuple(_index(each, name, names) for each in model.indexes),
        uniques=tuple(_unique(each, name, names) for each in model.uniques),
    )


def _field(field: Field, model: str, names: _Names) -> Field:
    kind = names.type(field.type.name)
    default = field.default
    if isinstance(default, EnumDefault):
        told = default.value
        default = EnumDefault(
            names.value(kind, told)
            if isinstance(told, str)
            else tuple(names.value(kind, each) for each in told)
        )
    return replace(
        field,
        name=names.field(model, field.name),
        type=replace(field.type, name=kind),
        default=default,
        relation=field.relation and _relation(field.relation, model, names),
        index=field.index and _index(field.index, model, names),
        unique=field.unique and _unique(field.unique, model, names),
    )


def _relation(relation: Relation, model: str, names: _Names) -> Relation:
    other = names.model(relation.model)
    opposite = relation.opposite
    return replace(
        relation,
        model=other,
        opposite=opposite and names.field(other, opposite),
        fields=tuple(names.field(model, each) for each in relation.fields),
        references=tuple(names.field(other, each) for each in relation.references),
    )


def _index(index: Index, model: str, names: _Names) -> Index:
    return replace(
        index,
        fields=_parts(index.fields, model, names),
        include=tuple(names.field(model, each) for each in index.include),
    )


def _unique(unique: Unique, model: str, names: _Names) -> Unique:
    return replace(
        unique,
        fields=_parts(unique.fields, model, names),
        include=tuple(names.field(model, each) for each in unique.include),
    )


def _parts(parts: Iterable[IndexField], model: str, names: _Names) -> tuple[IndexField, ...]:
    return tuple(
        replace(each, field=each.field and names.field(model, each.field)) for each in parts
    )
