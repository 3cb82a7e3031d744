"""What the generated types have: the fields that have a column, and lists of ids for relations of many to many.

A relation to one appears as its foreign key, which is a field already; a list that is the other side of a
relation to one does not appear, nor does a list of models whose key has several fields.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.codegen.names import Problems
from okra.language.definition import Check, CounterKind, Scalar
from okra.naming import singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from okra.language.definition import Enum, Field, Model, SchemaDefinition

Type: TypeAlias = "Scalar | Enum"


class Given(StrEnum):
    """Who gives the value of a new row."""

    ALWAYS = "always"
    """whoever inserts it"""
    MAYBE = "maybe"
    """the database, if whoever inserts it does not"""
    NEVER = "never"
    """the database"""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a generated type.

    name      as in the schema, and in JSON
    type      of the value, or of each element of a list
    required  whether it is never null
    given     who gives its value when a row is inserted
    key       whether it is the primary key, or part of it
    changes   whether an update may give it another value: it is neither part of the key nor the database's to give
    length    of a String, in characters
    checks    what `@check` at the field says
    """

    name: str
    type: Type
    list: bool = False
    required: bool = True
    given: Given = Given.ALWAYS
    key: bool = False
    changes: bool = True
    description: str | None = None
    length: int | None = None
    precision: tuple[int, int] | None = None
    checks: tuple[Check, ...] = ()


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """One generated type: a model's."""

    name: str
    members: tuple[Member, ...]
    description: str | None = None
    checks: tuple[Check, ...] = ()


def shapes(schema: SchemaDefinition) -> tuple[Shape, ...]:
    """The types of all models, in the schema's order.

    Raises  CannotGenerate where two members of one would have the same name
    """
    enums = {enum.name: enum for enum in schema.enums}
    models = {model.name: model for model in schema.models}
    found = tuple(
        Shape(
            name=model.name,
            members=tuple(_members(model, models, enums)),
            description=model.description,
            checks=model.checks,
        )
        for model in schema.models
    )
    _check_members(found)
    return found


def _check_members(found: Iterable[Shape]) -> None:
    problems = Problems("JSON")
    for shape in found:
        for name, times in Counter(member.name for member in shape.members).items():
            if times > 1:
                problems.add(
                    f"{shape.name}.{name}",
                    f"`{shape.name}` has a field `{name}` and a relation whose ids would be `{name}` too",
                    "give one of them another name; `@column` keeps what it is called in the database",
                )
    problems.check()


def _members(
    model: Model, models: Mapping[str, Model], enums: Mapping[str, Enum]
) -> Iterator[Member]:
    for field in model.fields:
        if field.relation is None:
            yield _member(model, field, enums)
        elif is_shown(field):
            keys = _keys(models[field.relation.model])
            if len(keys) == 1:
                yield _ids(field, keys[0], enums)


def is_shown(field: Field) -> bool:
    """Whether the generated type has the field."""
    return field.relation is None or field.relation.many_to_many


def _member(model: Model, field: Field, enums: Mapping[str, Enum]) -> Member:
    key = field.id or field.name in model.id_fields
    given = _given(field)
    return Member(
        name=field.name,
        type=_type(field.type.name, enums),
        list=field.type.list,
        required=field.type.required,
        given=given,
        key=key,
        changes=not key and given is not Given.NEVER,
        description=field.description,
        length=field.length,
        precision=field.precision,
        checks=field.checks,
    )


def _given(field: Field) -> Given:
    counted = field.sequence is not None and field.sequence.kind is CounterKind.ALWAYS
    if field.computed is not None or counted:
        return Given.NEVER
    if field.default is not None or field.updated_at or not field.type.required:
        return Given.MAYBE
    return Given.ALWAYS


def _ids(field: Field, key: Field, enums: Mapping[str, Enum]) -> Member:
    """`tags: [Tag!]!` is `tagIds`: a list of what the key of a tag is."""
    return Member(
        name=f"{_singular(field.name)}Ids",
        type=_type(key.type.name, enums),
        list=True,
        given=Given.MAYBE,
        description=field.description,
    )


def _singular(name: str) -> str:
    """`blogPosts` → `blogPost`."""
    start = max((at for at, letter in enumerate(name) if letter.isupper()), default=0)
    return name[: start + 1] + singular(name[start:].lower())[1:]


def _keys(model: Model) -> tuple[Field, ...]:
    return tuple(item for item in model.fields if item.id or item.name in model.id_fields)


def _type(name: str, enums: Mapping[str, Enum]) -> Type:
    return enums[name] if name in enums else Scalar(name)
