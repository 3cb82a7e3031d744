"""`@index` and `@unique`: their parts, on a field, in a model and at top level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.language.arguments import DEFERRALS, NULLS, NULLS_DISTINCT, SORTS, Arguments, Word
from okra.language.definition import Index, IndexField, Sort, SqlText, Unique
from okra.language.directives import PART_KEYS, Rule
from okra.language.drafts import IndexDraft
from okra.language.parse_values import shown
from okra.language.report import listed
from okra.language.syntax import Argument, Directive, ListValue, NameValue, ObjectValue, StringValue
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.drafts import FieldDraft, ModelDraft
    from okra.language.report import Report
    from okra.language.syntax import Value

_PART = Rule(arguments=PART_KEYS)


def field_index(name: str, bound: Arguments) -> IndexDraft:
    """`@index` on the field `name`."""
    if not bound.values:
        return IndexDraft(Index(fields=(IndexField(field=name),)), bound)
    return _index((_with_options(IndexField(field=name), bound),), bound, ())


def field_unique(name: str, bound: Arguments) -> IndexDraft:
    """`@unique` on the field `name`."""
    if not bound.values:
        return IndexDraft(Unique(fields=(IndexField(field=name),)), bound)
    part = _with_options(IndexField(field=name), bound, nulls=False)
    return _unique((part,), bound, ())


def model_index(bound: Arguments) -> IndexDraft | None:
    """`@index(fields: …)` or `@unique(fields: …)`, or None where its parts can't be read."""
    read = _parts(bound)
    if read is None:
        return None
    parts, words = read
    if bound.directive.name == "unique":
        return _unique(parts, bound, words)
    return _index(parts, bound, words)


def _index(parts: tuple[IndexField, ...], bound: Arguments, words: tuple[Word, ...]) -> IndexDraft:
    include = bound.words("include") or ()
    index = Index(
        fields=parts,
        name=bound.text("name"),
        type=_method(bound),
        where=bound.sql("where"),
        include=tuple(word.text for word in include),
        options=bound.options("with"),
        comment=bound.text("comment"),
        visible=bound.flag("visible") is not False,
        only=bound.providers("only"),
    )
    return IndexDraft(index, bound, words, include)


def _method(bound: Arguments) -> str | None:
    kind = bound.plain_word("type")
    return None if kind is None else kind.lower()


def _unique(parts: tuple[IndexField, ...], bound: Arguments, words: tuple[Word, ...]) -> IndexDraft:
    include = bound.words("include") or ()
    unique = Unique(
        fields=parts,
        name=bound.text("name"),
        type=_method(bound),
        where=bound.sql("where"),
        include=tuple(word.text for word in include),
        nulls_distinct=bound.choice("nulls", NULLS_DISTINCT) is not False,
        constraint=bound.flag("constraint"),
        deferrable=bound.choice("deferrable", DEFERRALS),
        options=bound.options("with"),
        comment=bound.text("comment"),
        visible=bound.flag("visible") is not False,
        only=bound.providers("only"),
    )
    if unique.deferrable is not None:
        _check_deferrable(unique, bound)
    return IndexDraft(unique, bound, words, include)


def _check_deferrable(unique: Unique, bound: Arguments) -> None:
    """Only a constraint can wait, and a constraint is about all rows and about columns."""
    if unique.constraint is False:
        why = "`constraint: false` makes it an index"
    elif unique.where is not None:
        why = "one with `where` is an index"
    elif any(part.expr is not None for part in unique.fields):
        why = "one over an expression is an index"
    else:
        return
    bound.report.error(
        "OKR154",
        f"only a constraint can be checked later, and {why}",
        bound.span_of("deferrable"),
        "take `deferrable` out",
    )


def _with_options(part: IndexField, bound: Arguments, *, nulls: bool = True) -> IndexField:
    """`part` with the options that stand beside it."""
    if not bound.values:
        return part
    return msgspec.structs.replace(
        part,
        sort=bound.choice("sort", SORTS) or Sort.ASC,
        nulls=bound.choice("nulls", NULLS) if nulls else None,
        length=bound.number("length", least=1),
        ops=bound.text("ops"),
        collate=_collation(bound),
    )


def _collation(bound: Arguments) -> str | SqlText | None:
    sql = bound.sql("collate")
    return sql if sql is None or sql.per_provider else sql.default


def _parts(bound: Arguments) -> tuple[tuple[IndexField, ...], tuple[Word, ...]] | None:
    value = bound.values["fields"]
    if not isinstance(value, ListValue):
        bound.wrong("fields", value)
        return None
    if not value.items:
        bound.report.error(
            "OKR114",
            f"`@{bound.directive.name}` names no field",
            bound.span_of("fields"),
            'list the fields: `["a", "b"]`',
        )
        return None
    parts = []
    words = []
    for item in value.items:
        if isinstance(item, StringValue):
            word = Word(item.text, bound.file, item.start, item.end)
            part: IndexField | None = IndexField(field=item.text)
        elif isinstance(item, NameValue):
            word = Word(item.name, bound.file, item.start, item.end)
            part = IndexField(field=item.name)
        elif isinstance(item, ObjectValue):
            part, found = _object_part(item, bound)
            word = found or Word("", bound.file, item.start, item.end)
        else:
            bound.wrong("fields", item)
            return None
        if part is None:
            return None
        parts.append(part)
        if part.field is not None:
            words.append(word)
    return tuple(parts), tuple(words)


def _object_part(item: ObjectValue, bound: Arguments) -> tuple[IndexField | None, Word | None]:
    """`{field: "name", sort: DESC}` or `{expr: "lower(email)"}`."""
    entries = tuple(Argument(entry.name, entry.value, entry.start) for entry in item.entries)
    directive = Directive(bound.directive.name, entries, item.start, item.end)
    own = Arguments(directive, _PART, bound.file, bound.report)
    before = len(bound.report.errors)
    for entry in entries:
        _take(own, entry.name or "", entry.value, entry.start)
    field = own.word("field")
    expr = own.sql("expr")
    part = _with_options(IndexField(field=field, expr=expr), own)
    if len(bound.report.errors) > before:
        return None, None
    if (field is None) == (expr is None):
        bound.report.error(
            "OKR109",
            f"a part of `@{bound.directive.name}` needs `field` or `expr`, one of the two",
            Span(bound.file, item.start, item.end),
            'write `{field: "name", sort: DESC}` or `{expr: "lower(email)"}`',
        )
        return None, None
    value = own.values.get("field")
    return part, Word(field, bound.file, value.start, value.end) if field and value else None


def _take(own: Arguments, name: str, value: Value, start: int) -> None:
    span = Span(own.file, start, start + len(name))
    if name not in PART_KEYS:
        own.report.error(
            "OKR108",
            f"a part of `@{own.directive.name}` has no `{name}`",
            span,
            own.report.nearest(name, PART_KEYS, f"it takes {listed(PART_KEYS)}"),
        )
    elif name in own.values:
        own.report.error("OKR110", f"`{name}` is given twice", span, "keep one of them")
    else:
        own.values[name] = value


def check_indexes(model: ModelDraft, report: Report) -> None:
    """Do the indexes of `model` name fields that it has, each once, and is no index there twice?"""
    own: list[IndexDraft] = []
    for field in model.fields:
        for index in (field.unique, field.index):
            if index is not None:
                own.append(index)
                if index.include:
                    known_fields(index.include, model, report, (field.name,))
    for item in (*model.uniques, *model.indexes):
        parts = tuple(word.text for word in item.words)
        if known_fields(item.words, model, report) is not None and item.include:
            known_fields(item.include, model, report, parts)
    own += model.uniques
    own += model.indexes
    if len(own) > 1:
        _check_twice(own, model, report)
    for field in model.fields:
        if field.unique is not None and model.ids == (field.name,):
            report.warning(
                "OKR160",
                f"`@unique` on `{field.name}` makes a second index: an id is unique by itself",
                field.unique.bound.span,
                "take it out",
            )


def _check_twice(own: list[IndexDraft], model: ModelDraft, report: Report) -> None:
    seen: dict[Index | Unique, IndexDraft] = {}
    for item in own:
        plain = item.value
        if plain.name is not None:
            plain = msgspec.structs.replace(plain, name=None)
        first = seen.setdefault(plain, item)
        if first is item:
            continue
        message = f"`{model.name}` has this `@{item.bound.directive.name}` twice"
        if first.value.name != item.value.name:
            report.warning("OKR160", message, item.bound.span, "keep one of them")
        else:
            report.error("OKR160", message, item.bound.span, "keep one of them")


def known_fields(
    words: Sequence[Word], model: ModelDraft, report: Report, taken: Sequence[str] = ()
) -> list[FieldDraft] | None:
    """The fields of `model` that `words` name, or None if something about them was reported.

    taken  fields that may not be named again
    """
    found = []
    seen = set(taken)
    for word in words:
        field = model.by_name.get(word.text)
        span = Span(word.file, word.start, word.end)
        if field is None:
            _unknown_field(word, model, report)
        elif field.target is not None:
            _relation_named(field, span, model, report)
        elif field.name in seen:
            report.error("OKR162", f"`{field.name}` is named twice", span, "name each field once")
        else:
            seen.add(field.name)
            found.append(field)
    return found if len(found) == len(words) else None


def _unknown_field(word: Word, model: ModelDraft, report: Report) -> None:
    text = word.text
    report.error(
        "OKR105",
        f"`{model.name}` has no field `{shown(text)}`",
        Span(word.file, word.start, word.end),
        report.nearest(text, model.by_name, f"its fields are {listed(model.by_name)}")
        if text.isidentifier()
        else f'an expression is written `{{expr: "{shown(text)}"}}`',
    )


def _relation_named(field: FieldDraft, span: Span, model: ModelDraft, report: Report) -> None:
    relation = field.bound.get("relation")
    keys = relation.words("fields") if relation is not None else None
    report.error(
        "OKR161",
        f"`{model.name}.{field.name}` is a relation and has no column",
        span,
        f"name the field that holds its key: `{keys[0].text}`"
        if keys
        else "name fields that have a column",
    )
