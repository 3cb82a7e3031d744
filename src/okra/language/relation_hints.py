"""What to write where a relation lacks something: field names and types as a user would choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.naming import plural, snake_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.drafts import FieldDraft, ModelDraft
    from okra.language.relations import Side


def missing_help(side: Side) -> str:
    """The field to add to the other model, so that `side` has an opposite."""
    model, target = side.model, side.target
    name = "" if side.name is None else f'name: "{side.name}"'
    if side.list:
        key = f"{_camel(model.name)}Id"
        relation = ", ".join(part for part in (name, f'fields: ["{key}"]') if part)
        return (
            f"add to `{target.name}`: `{_camel(model.name)}: {model.name}! @relation({relation})` "
            f"and `{key}: {_id_type(model)}!`\n"
            f"or, for a join table: `{_many(model.name)}: [{model.name}!]!"
            f"{f' @relation({name})' if name else ''}`"
        )
    relation = f" @relation({name})" if name else ""
    if side.fields is None or not _unique_key(side):
        return f"add to `{target.name}`: `{_many(model.name)}: [{model.name}!]!{relation}`"
    return f"add to `{target.name}`: `{_camel(model.name)}: {model.name}?{relation}`"


def _unique_key(side: Side) -> bool:
    names = frozenset(word.text for word in side.fields or ())
    return names in side.model.unique_keys()


def same_name_help(first: Side, second: Side) -> str:
    """How to give two sides one name."""
    if second.name is None and first.name is not None:
        return f'write `@relation(name: "{first.name}")` on `{second.label}`'
    if first.name is None and second.name is not None:
        return f'write `name: "{second.name}"` in the `@relation` of `{first.label}`'
    return f'give both the same name: `name: "{first.name}"`'


def ambiguous_help(sides: Sequence[Side]) -> str:
    """How to tell several relations between two models apart."""
    side = sides[0]
    example = f"{side.model.name}{side.field.name[:1].upper()}{side.field.name[1:]}"
    return (
        "give the two sides of each relation a name of their own: "
        f'`@relation(name: "{example}", …)`'
    )


def fields_help(holder: Side) -> str:
    """Which fields could hold the key."""
    key = f"{holder.field.name}Id"
    if key in holder.model.by_name:
        return f'add `@relation(fields: ["{key}"])`'
    mark = "!" if holder.field.type.required else "?"
    return (
        f'add `@relation(fields: ["{key}"])` and the field `{key}: {_id_type(holder.target)}{mark}`'
    )


def key_field_help(holder: Side, name: str) -> str:
    """The field that is to hold the key, where there is none like it."""
    mark = "!" if holder.field.type.required else "?"
    return f"add the field `{name}: {_referenced_type(holder)}{mark}`"


def _referenced_type(holder: Side) -> str:
    words = holder.references or ()
    field: FieldDraft | None = None
    if len(words) == 1:
        field = holder.target.by_name.get(words[0].text)
    return _id_type(holder.target) if field is None else field.type.name


def _id_type(model: ModelDraft) -> str:
    if len(model.ids) == 1:
        return model.by_name[model.ids[0]].type.name
    return "ID"


def _camel(name: str) -> str:
    """`BlogPost` → `blogPost`"""
    first, *rest = snake_case(name).split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _many(name: str) -> str:
    """`BlogPost` → `blogPosts`"""
    return _camel(plural(snake_case(name)))
