"""The foreign key behind a relation: which fields hold it, what they refer to, and whether that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.definition import Action
from okra.language.indexes import known_fields
from okra.language.relation_hints import fields_help, key_field_help
from okra.language.report import listed
from okra.source import Span

if TYPE_CHECKING:
    from okra.language.drafts import FieldDraft
    from okra.language.relations import Side
    from okra.language.report import Report


def check_key(
    holder: Side, opposite: Side, report: Report
) -> tuple[list[FieldDraft], list[FieldDraft]] | None:
    """The fields of the key and those they refer to, or None if they are not clear. Reports what is wrong."""
    fields = _fields(holder, report)
    references = _references(holder, report)
    if fields is None or references is None:
        return None
    if len(fields) != len(references):
        report.error(
            "OKR143",
            f"`{holder.label}` has {_fields_text(len(fields))}, and "
            f"{_fields_text(len(references))} in `{holder.target.name}` to refer to",
            holder.span("references" if holder.references is not None else "fields"),
            f"name as many `fields` as `references`: {listed(field.name for field in references)}",
        )
        return None
    for field, reference in zip(fields, references, strict=True):
        _check_types(holder, field, reference, report)
    if holder.references is not None:
        _check_referenced(holder, references, report)
    _check_required(holder, fields, report)
    _check_actions(holder, fields, report)
    if not opposite.list:
        _check_unique(holder, fields, report)
    return fields, references


def _fields_text(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"


def _fields(holder: Side, report: Report) -> list[FieldDraft] | None:
    """The fields that hold the key."""
    words = holder.fields
    if words is None:
        if holder.clear and (holder.bound is None or "fields" not in holder.bound.values):
            report.error(
                "OKR142",
                f"`{holder.label}` doesn't say which field holds its key",
                holder.span(),
                fields_help(holder),
            )
        return None
    if not words:
        report.error(
            "OKR114",
            f"`fields` of `{holder.label}` is empty",
            holder.span("fields"),
            fields_help(holder),
        )
        return None
    missing = [word for word in words if word.text not in holder.model.by_name]
    if len(words) == 1 and missing:
        word = words[0]
        report.error(
            "OKR105",
            f"`{holder.model.name}` has no field `{word.text}`",
            Span(word.file, word.start, word.end),
            report.nearest(word.text, holder.model.by_name, key_field_help(holder, word.text)),
        )
        return None
    return _columns(known_fields(words, holder.model, report), holder, "fields", report)


def _references(holder: Side, report: Report) -> list[FieldDraft] | None:
    """The fields of the other model that the key refers to: its id where nothing is written."""
    if (
        holder.bound is not None
        and holder.references is None
        and "references" in holder.bound.values
    ):
        return None
    target = holder.target
    if holder.references is None:
        if target.keyless or (target.unmanaged and not target.ids):
            report.error(
                "OKR145",
                f"`{holder.label}` refers to `{target.name}`, which has no id",
                holder.field.type_span,
                'name the unique fields that it refers to: `references: ["…"]`',
            )
        return [target.by_name[name] for name in target.ids] or None
    if not holder.references:
        report.error(
            "OKR114",
            f"`references` of `{holder.label}` is empty",
            holder.span("references"),
            f"leave it out to refer to the id of `{target.name}`",
        )
        return None
    return _columns(known_fields(holder.references, target, report), holder, "references", report)


def _columns(
    fields: list[FieldDraft] | None, holder: Side, argument: str, report: Report
) -> list[FieldDraft] | None:
    """`fields`, if each of them is one value."""
    if fields is None:
        return None
    for field in fields:
        if field.type.list:
            report.error(
                "OKR149",
                f"`{field.name}` is a list and can't be part of a key",
                holder.span(argument),
                "a key is made of fields with one value",
            )
            return None
    return fields


def _check_types(holder: Side, field: FieldDraft, reference: FieldDraft, report: Report) -> None:
    if field.type.name == reference.type.name or None in (
        field.scalar or field.enum,
        reference.scalar or reference.enum,
    ):
        return
    report.error(
        "OKR144",
        f"`{holder.model.name}.{field.name}` is `{field.type.name}`, but it refers to "
        f"`{holder.target.name}.{reference.name}`, which is `{reference.type.name}`",
        field.type_span,
        f"write `{field.name}: {reference.type.name}{field.node.type.mark}`",
    )


def _check_referenced(holder: Side, references: list[FieldDraft], report: Report) -> None:
    """A foreign key refers to an id or to a unique key."""
    names = [field.name for field in references]
    target = holder.target
    id_unknown = not target.ids and not target.keyless and not target.unmanaged
    if id_unknown or frozenset(names) in target.unique_keys():
        return
    if len(names) == 1:
        hint = f"add `@unique` to `{holder.target.name}.{names[0]}`"
    else:
        hint = f"add `@unique(fields: [{_quoted(names)}])` to `{holder.target.name}`"
    if holder.target.ids:
        hint += f", or refer to its id: {listed(holder.target.ids)}"
    report.error(
        "OKR145",
        f"`{holder.label}` refers to {listed(names)} of `{holder.target.name}`, which is no key",
        holder.span("references"),
        hint,
    )


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _check_required(holder: Side, fields: list[FieldDraft], report: Report) -> None:
    """Relation and key must agree on whether there may be none."""
    nullable = [field for field in fields if not field.type.required and not field.id]
    relation = holder.field
    type_name = relation.type.name
    if relation.type.required and nullable:
        field = nullable[0]
        report.error(
            "OKR147",
            f"`{holder.label}` is required, but its key `{field.name}` may be null",
            field.type_span,
            f"write `{field.name}: {field.type.name}!`, or `{relation.name}: {type_name}?`",
        )
    elif not relation.type.required and not nullable:
        field = fields[0]
        report.error(
            "OKR147",
            f"`{holder.label}` is optional, but its key {listed(item.name for item in fields)} "
            "is required",
            relation.type_span,
            f"write `{relation.name}: {type_name}!`, or `{field.name}: {field.type.name}?`",
        )


def _check_actions(holder: Side, fields: list[FieldDraft], report: Report) -> None:
    """SET NULL needs fields that may be null, SET DEFAULT ones with a default."""
    for argument, action in (("onDelete", holder.on_delete), ("onUpdate", holder.on_update)):
        for field in fields:
            required = field.type.required or field.id
            if action is Action.SET_NULL and required:
                _no_action(
                    holder, argument, f"SET_NULL can't work: `{field.name}` is required", report
                )
                break
            if action is Action.SET_DEFAULT and required and "default" not in field.bound:
                why = f"SET_DEFAULT can't work: `{field.name}` is required and has no default"
                _no_action(holder, argument, why, report)
                break


def _no_action(holder: Side, argument: str, message: str, report: Report) -> None:
    report.error(
        "OKR148",
        message,
        holder.span(argument),
        "use CASCADE, RESTRICT or NO_ACTION, or make the field nullable",
    )


def _check_unique(holder: Side, fields: list[FieldDraft], report: Report) -> None:
    """One-to-one: no two rows may hold the same key."""
    names = [field.name for field in fields]
    if frozenset(names) in holder.model.unique_keys():
        return
    one = len(names) == 1
    report.error(
        "OKR146",
        f"`{holder.label}` is one-to-one, so its key {listed(names)} must be unique",
        fields[0].span,
        f"add `@unique` to `{names[0]}`"
        if one
        else f"add `@unique(fields: [{_quoted(names)}])` to `{holder.model.name}`",
    )
