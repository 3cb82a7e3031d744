"""Relations: which two fields are the two sides of one, and what each of them means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.language.arguments import ACTIONS, DEFERRALS, Arguments, Word
from okra.language.definition import Action, Deferral, Relation
from okra.language.drafts import FieldDraft, ModelDraft
from okra.language.relation_hints import ambiguous_help, missing_help, same_name_help
from okra.language.relation_keys import check_key
from okra.language.report import listed

if TYPE_CHECKING:
    from okra.language.drafts import Schema
    from okra.language.report import Report
    from okra.source import Span

_BOTH = 2  # a relation has two sides
_KEY_ARGUMENTS = ("fields", "references", "onDelete", "onUpdate", "constraint", "deferrable")


class Side(msgspec.Struct):
    """One field whose type is a model, with what its `@relation` says."""

    model: ModelDraft
    field: FieldDraft
    target: ModelDraft
    bound: Arguments | None
    name: str | None = None
    fields: tuple[Word, ...] | None = None
    references: tuple[Word, ...] | None = None
    on_delete: Action | None = None
    on_update: Action | None = None
    constraint: str | None = None
    deferrable: Deferral | None = None
    clear: bool = True

    @property
    def list(self) -> bool:
        return self.field.type.list

    @property
    def label(self) -> str:
        return f"{self.model.name}.{self.field.name}"

    def span(self, argument: str | None = None) -> Span:
        """The argument's value, or the field's name."""
        if argument is None or self.bound is None:
            return self.field.span
        return self.bound.span_of(argument)

    def relation(self, opposite: str, *, many: bool = False) -> Relation:
        """What this side says, without a key."""
        return Relation(
            model=self.target.name, opposite=opposite, name=self.name, many_to_many=many
        )


def read_side(field: FieldDraft, model: ModelDraft, target: ModelDraft) -> Side:
    """The side that `field` is."""
    bound = field.bound.get("relation")
    side = Side(model, field, target, bound)
    if bound is not None:
        before = len(bound.report.errors)
        side.name = bound.text("name")
        side.fields = bound.words("fields")
        side.references = bound.words("references")
        side.on_delete = bound.choice("onDelete", ACTIONS)
        side.on_update = bound.choice("onUpdate", ACTIONS)
        side.constraint = bound.text("constraint")
        side.deferrable = bound.choice("deferrable", DEFERRALS)
        side.clear = bound.clear and len(bound.report.errors) == before
    return side


def find_relations(schema: Schema) -> None:
    """Pair all sides, check them, and set `relation` on their fields."""
    groups: dict[tuple[str, str, str | None], list[Side]] = {}
    for model in schema.models.values():
        for field in model.fields:
            if field.target is None:
                continue
            target = schema.models[field.target]
            side = read_side(field, model, target)
            one, other = model.name, target.name
            key = (one, other, side.name) if one < other else (other, one, side.name)
            groups.setdefault(key, []).append(side)
    lonely: dict[tuple[str, str], list[Side]] = {}
    unclear = {(one, other) for (one, other, _), sides in groups.items() if not _clear(sides)}
    for (one, other, _), sides in groups.items():
        if len(sides) == _BOTH and (one == other or sides[0].model is not sides[1].model):
            _pair(sides[0], sides[1], schema)
        elif (one, other) in unclear:
            continue
        elif len(sides) == 1 or (one != other and len({side.model.name for side in sides}) == 1):
            lonely.setdefault((one, other), []).extend(sides)
        else:
            _ambiguous(sides, schema.report)
    for sides in lonely.values():
        _missing(sides, schema.report)


def _clear(sides: list[Side]) -> bool:
    """Is everything known that tells which sides belong together?"""
    return all(side.clear and not side.target.unclear for side in sides)


def _ambiguous(sides: list[Side], report: Report) -> None:
    first, second = sides[0], sides[1]
    for side in sides[1:]:
        if side.model is first.model:
            second = side
            break
    both = listed(side.label for side in sides)
    what = "no name tells them apart" if first.name is None else f"all are named `{first.name}`"
    report.error(
        "OKR141",
        f"it isn't clear which of {both} belong together: {what}",
        second.span(),
        ambiguous_help(sides),
    )


def _missing(sides: list[Side], report: Report) -> None:
    """Sides between two models that nothing answers."""
    by_model: dict[str, list[Side]] = {}
    for side in sides:
        by_model.setdefault(side.model.name, []).append(side)
    if _look_alike(sides):
        first, second = sides
        if second.bound is not None and (first.bound is None or "fields" in second.bound.values):
            first, second = second, first
        report.error(
            "OKR140",
            f"`{first.label}` and `{second.label}` look like one relation, but "
            f"{_different_names(first, second)}",
            first.span("name"),
            same_name_help(first, second),
        )
        return
    for side in sides:
        named = "" if side.name is None else f" in the relation `{side.name}`"
        report.error(
            "OKR140",
            f"`{side.label}` has no opposite field in `{side.target.name}`{named}",
            side.span(),
            missing_help(side),
        )


def _look_alike(sides: list[Side]) -> bool:
    """Are these two sides of one relation that only lack a common name?"""
    if len(sides) != _BOTH:
        return False
    first, second = sides
    return second.model is first.target and (first.fields is None or second.fields is None)


def _different_names(first: Side, second: Side) -> str:
    if first.name is None or second.name is None:
        return "only one of them has a name"
    return "their names differ"


def _pair(one: Side, other: Side, schema: Schema) -> None:
    """Make `one` and `other` the two sides of a relation."""
    one.field.relation = one.relation(other.field.name, many=one.list and other.list)
    other.field.relation = other.relation(one.field.name, many=one.list and other.list)
    report = schema.report
    if _across_databases(one, other, schema):
        return
    if one.list and other.list:
        _many_to_many(one, other, report)
    elif one.list or other.list:
        holder, opposite = (other, one) if one.list else (one, other)
        _no_key(opposite, report, f"the key belongs on `{holder.label}`")
        _hold(holder, opposite, report)
    else:
        _one_to_one(one, other, report)


def _across_databases(one: Side, other: Side, schema: Schema) -> bool:
    first = one.model.database or schema.database
    second = other.model.database or schema.database
    if first == second:
        return False
    schema.report.error(
        "OKR150",
        f"`{one.label}` goes from one database to another: `{one.model.name}` belongs to "
        f"`{first}`, `{other.model.name}` to `{second}`",
        one.field.type_span,
        "a foreign key can't leave its database: keep the id in a field, without a relation",
    )
    return True


def _many_to_many(one: Side, other: Side, report: Report) -> None:
    for side in (one, other):
        _no_key(side, report, "the join table of a relation between two lists has its own keys")
        if not side.target.ids and (side.target.keyless or side.target.unmanaged):
            report.error(
                "OKR151",
                f"`{side.label}` needs a join table, and `{side.target.name}` has no id to refer to",
                side.field.type_span,
                f"give `{side.target.name}` an id, or write the join table as a model",
            )


def _one_to_one(one: Side, other: Side, report: Report) -> None:
    holders = [side for side in (one, other) if side.fields is not None]
    if len(holders) == _BOTH:
        first, second = sorted(holders, key=lambda side: (side.field.type.required, side.label))
        report.error(
            "OKR142",
            f"both `{one.label}` and `{other.label}` have `fields`: only one side holds the key",
            first.span("fields"),
            f"take `fields` and `references` out of `{first.label}`; `{second.label}` has the key",
        )
        return
    holder = holders[0] if holders else one if one.field.type.required else other
    opposite = other if holder is one else one
    if holders:
        _no_key(opposite, report, f"the key belongs on `{holder.label}`")
        if opposite.field.type.required:
            report.warning(
                "OKR192",
                f"nothing makes sure that each `{opposite.model.name}` has a "
                f"`{opposite.field.name}`: the key is in `{holder.model.name}`",
                opposite.field.type_span,
                f"write `{opposite.field.type.name}?`",
            )
    _hold(holder, opposite, report)


def _no_key(side: Side, report: Report, why: str) -> None:
    """Refuse what only the side with the key may say."""
    if side.bound is None:
        return
    for name in _KEY_ARGUMENTS:
        if name in side.bound.values:
            report.error(
                "OKR142",
                f"`{name}` can't stand on `{side.label}`",
                side.span(name),
                f"take it out: {why}",
            )


def _hold(holder: Side, opposite: Side, report: Report) -> None:
    """Work out the foreign key of `holder`."""
    key = check_key(holder, opposite, report)
    if key is None:
        return
    fields, references = key
    nullable = all(not field.type.required and not field.id for field in fields)
    optional = not holder.field.type.required and nullable
    holder.field.relation = Relation(
        model=holder.target.name,
        opposite=opposite.field.name,
        name=holder.name,
        fields=tuple(field.name for field in fields),
        references=tuple(field.name for field in references),
        on_delete=holder.on_delete or (Action.SET_NULL if optional else Action.RESTRICT),
        on_update=holder.on_update or Action.CASCADE,
        constraint=holder.constraint,
        deferrable=holder.deferrable,
    )
