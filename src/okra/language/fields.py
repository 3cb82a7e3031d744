"""A field's type and directives: what they say, and whether they go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.arguments import COUNTINGS, bind
from okra.language.defaults import read_default
from okra.language.definition import (
    Check,
    Computed,
    Counter,
    DefaultFunction,
    FunctionDefault,
    Scalar,
    TypeRef,
)
from okra.language.directives import Place
from okra.language.drafts import SCALARS, CheckDraft, FieldDraft
from okra.language.indexes import field_index, field_unique
from okra.language.report import listed
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.language.arguments import Arguments
    from okra.language.drafts import ModelDraft, Schema
    from okra.language.report import Report
    from okra.language.syntax import FieldNode

_MOST_DIGITS = 1_000
_LEAST_COUNT, _MOST_COUNT = -(2**63), 2**63 - 1
_TEXTS = frozenset({Scalar.ID, Scalar.STRING, Scalar.NATIVE})
# The types that a directive is for; a directive that isn't here goes with every type.
_FITS = {
    "length": frozenset({Scalar.STRING}),
    "precision": frozenset({Scalar.DECIMAL}),
    "updatedAt": frozenset({Scalar.DATE_TIME}),
    "collate": _TEXTS,
}
_ON_RELATIONS = frozenset({"relation", "renamed"})
_FAMILIAR = {
    "integer": "Int",
    "smallint": "Int",
    "long": "BigInt",
    "bigserial": "BigInt",
    "text": "String",
    "varchar": "String",
    "char": "String",
    "str": "String",
    "uuid": "ID",
    "guid": "ID",
    "bool": "Boolean",
    "double": "Float",
    "real": "Float",
    "number": "Float",
    "numeric": "Decimal",
    "money": "Decimal",
    "timestamp": "DateTime",
    "timestamptz": "DateTime",
    "jsonb": "JSON",
    "object": "JSON",
    "blob": "Bytes",
    "binary": "Bytes",
    "bytea": "Bytes",
    "unsupported": "Native",
}


def read_field(node: FieldNode, model: ModelDraft, schema: Schema) -> FieldDraft:
    """The field with all that its own line says; relations to others come later."""
    written = node.type
    draft = FieldDraft(
        node,
        model.file,
        TypeRef(name=written.name, list=written.list, required=written.mark == "!"),
    )
    draft.scalar = SCALARS.get(written.name)
    if draft.scalar is None:
        _find_type(draft, model, schema)
    if written.list and written.inner_mark != "!" and draft.target is None:
        _nullable_elements(draft, schema.report)
    if node.directives:
        _read_directives(draft, schema)
    if draft.scalar is Scalar.NATIVE:
        _check_native(draft, schema)
    return draft


def _find_type(draft: FieldDraft, model: ModelDraft, schema: Schema) -> None:
    name = draft.type.name
    draft.enum = schema.enums.get(name)
    if draft.enum is not None:
        return
    if name in schema.models:
        draft.target = name
        return
    model.unclear = True
    if schema.report.incomplete:
        return
    start = draft.node.type.name_start
    related = any(item.name == "relation" for item in draft.node.directives)
    says = "refers to the unknown model" if related else "has the unknown type"
    familiar = _FAMILIAR.get(name.lower())
    schema.report.error(
        "OKR104",
        f"field `{draft.name}` of `{model.name}` {says} `{name}`",
        Span(draft.file, start, start + len(name)),
        f"did you mean `{familiar}`?"
        if familiar
        else schema.report.nearest(
            name,
            schema.type_names(),
            "write `model` or `enum` with this name, or use one of the built-in types",
        ),
    )


def _nullable_elements(draft: FieldDraft, report: Report) -> None:
    report.error(
        "OKR118",
        f"the elements of the list `{draft.name}` can't be null",
        draft.type_span,
        f"write `[{draft.type.name}!]{draft.node.type.mark}`",
    )


def _read_directives(draft: FieldDraft, schema: Schema) -> None:
    report = schema.report
    draft.bound = {}
    for directive in draft.node.directives:
        bound = bind(directive, Place.FIELD, draft.file, report)
        if bound is None:
            continue
        name = directive.name
        if name in draft.bound and not bound.rule.repeatable:
            report.error(
                "OKR111",
                f"`@{name}` is given twice to `{draft.name}`",
                bound.span,
                "keep one of them",
            )
            continue
        if draft.target is not None and name not in _ON_RELATIONS:
            _not_on_relation(draft, bound, report)
            continue
        if name == "relation" and draft.target is None:
            if _typed(draft):
                _no_relation(draft, bound, report)
            continue
        fits = _FITS.get(name)
        if fits is not None and draft.scalar not in fits and _typed(draft):
            _does_not_fit(draft, bound, report)
            continue
        draft.bound[name] = bound
        reader = _READERS.get(name)
        if reader is not None:
            reader(draft, bound)
    if "default" in draft.bound:
        draft.default = read_default(draft, draft.bound["default"], report)
    _check_together(draft, report)


def _typed(draft: FieldDraft) -> bool:
    return draft.scalar is not None or draft.enum is not None or draft.target is not None


def _does_not_fit(draft: FieldDraft, bound: Arguments, report: Report) -> None:
    name = bound.directive.name
    types = listed(sorted(_FITS[name]), "or")
    report.error(
        "OKR115",
        f"`@{name}` is for {types}, and `{draft.name}` is `{draft.type.name}`",
        bound.span,
        "take it out, or change the type",
    )


def _not_on_relation(draft: FieldDraft, bound: Arguments, report: Report) -> None:
    name = bound.directive.name
    relation = next((item for item in draft.node.directives if item.name == "relation"), None)
    holds = relation is not None and any(item.name == "fields" for item in relation.arguments)
    report.error(
        "OKR152",
        f"`@{name}` can't stand on `{draft.name}`: a relation has no column of its own",
        bound.span,
        f"put `@{name}` on the field that holds the key"
        if holds
        else f"put `@{name}` on a field with a column",
    )


def _no_relation(draft: FieldDraft, bound: Arguments, report: Report) -> None:
    report.error(
        "OKR115",
        f"`@relation` is for a field whose type is a model, and `{draft.name}` is "
        f"`{draft.type.name}`",
        bound.span,
        "put it on the field that stands for the other model: `author: User! @relation(…)`",
    )


def _id(draft: FieldDraft, _: Arguments) -> None:
    draft.id = True


def _unique(draft: FieldDraft, bound: Arguments) -> None:
    draft.unique = field_unique(draft.name, bound)


def _index(draft: FieldDraft, bound: Arguments) -> None:
    draft.index = field_index(draft.name, bound)


def _sequence(draft: FieldDraft, bound: Arguments) -> None:
    draft.sequence = Counter(
        kind=bound.choice("kind", COUNTINGS),
        start=bound.number("start", _LEAST_COUNT, _MOST_COUNT),
        increment=bound.number("increment", _LEAST_COUNT, _MOST_COUNT),
        minimum=bound.number("min", _LEAST_COUNT, _MOST_COUNT),
        maximum=bound.number("max", _LEAST_COUNT, _MOST_COUNT),
        cache=bound.number("cache", 1, _MOST_COUNT),
        cycle=bound.flag("cycle") or False,
    )
    if draft.sequence.increment == 0:
        bound.report.error(
            "OKR112",
            "`increment` of `@sequence` can't be 0",
            bound.span_of("increment"),
            "write how far it is from one number to the next",
        )


def _updated_at(draft: FieldDraft, bound: Arguments) -> None:
    draft.updated_at = True
    if draft.type.list:
        bound.report.error(
            "OKR115",
            f"`@updatedAt` is for one `DateTime`, and `{draft.name}` is a list",
            bound.span,
            "take it out, or change the type",
        )


def _column(draft: FieldDraft, bound: Arguments) -> None:
    draft.column = bound.text("name")


def _db(draft: FieldDraft, bound: Arguments) -> None:
    draft.db_type = bound.sql("type")


def _length(draft: FieldDraft, bound: Arguments) -> None:
    draft.length = bound.number("max", least=1)


def _precision(draft: FieldDraft, bound: Arguments) -> None:
    total = bound.number("total", least=1)
    scale = bound.number("scale") if "scale" in bound.values else 0
    if total is None or scale is None:
        return
    if total > _MOST_DIGITS or scale > total:
        bound.report.error(
            "OKR112",
            f"`{draft.name}` can't have {total} digits, {scale} of them behind the point",
            bound.span,
            "`total` counts all digits, 1,000 at most; `scale` those behind the point",
        )
        return
    draft.precision = (total, scale)


def _check(draft: FieldDraft, bound: Arguments) -> None:
    expr = bound.sql("expr")
    if expr is not None:
        check = Check(expr=expr, name=bound.text("name"))
        draft.checks = (*draft.checks, CheckDraft(check, bound))


def _computed(draft: FieldDraft, bound: Arguments) -> None:
    expr = bound.sql("expr")
    if expr is not None:
        stored = bound.flag("stored")
        draft.computed = Computed(expr=expr, stored=stored is not False)


def _collate(draft: FieldDraft, bound: Arguments) -> None:
    draft.collate = bound.sql("name")


def _renamed(draft: FieldDraft, bound: Arguments) -> None:
    draft.renamed_from = bound.text("from")


_READERS: dict[str, Callable[[FieldDraft, Arguments], None]] = {
    "id": _id,
    "unique": _unique,
    "index": _index,
    "sequence": _sequence,
    "updatedAt": _updated_at,
    "column": _column,
    "db": _db,
    "length": _length,
    "precision": _precision,
    "check": _check,
    "computed": _computed,
    "collate": _collate,
    "renamed": _renamed,
}

_NOT_COMPUTED = ("default", "updatedAt", "id", "sequence")
_COUNTED = FunctionDefault(DefaultFunction.AUTOINCREMENT)


def _check_together(draft: FieldDraft, report: Report) -> None:
    if "computed" in draft.bound:
        for name in _NOT_COMPUTED:
            if name in draft.bound:
                report.error(
                    "OKR116",
                    f"`{draft.name}` is computed, so it can't have `@{name}`",
                    draft.bound[name].span,
                    f"take `@{name}` or `@computed` out",
                )
    elif "sequence" in draft.bound and draft.default != _COUNTED:
        report.error(
            "OKR153",
            f"`@sequence` says how `{draft.name}` is counted up, and it is not",
            draft.bound["sequence"].span,
            "add `@default(autoincrement)`, or take `@sequence` out",
        )


def _check_native(draft: FieldDraft, schema: Schema) -> None:
    """`Native` says nothing by itself: each provider needs its type."""
    texts = draft.db_type
    if texts is None:
        if "db" not in draft.bound:
            schema.report.error(
                "OKR119",
                f"`{draft.name}` is `Native`, and nothing says which type of the server that is",
                draft.type_span,
                'add `@db(type: "tsvector")`, with the type that it shall have',
            )
        return
    missing = [name for name in schema.providers if texts.for_provider(name) is None]
    if missing:
        schema.report.error(
            "OKR119",
            f"`{draft.name}` is `Native`, and its type is not given for {listed(missing)}",
            draft.bound["db"].span,
            f'add `{missing[0]}: "…"` to `@db`, or `type:` for all providers',
        )
