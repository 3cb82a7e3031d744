"""A definition written into a file that says most of it already: order, comments, free lines and words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.errors import SchemaError
from okra.language.define import parse_schema
from okra.language.definition import DEFAULT_SCHEMA
from okra.language.edits import Edits
from okra.language.format import format_source
from okra.language.merge_items import Merger
from okra.language.parser import parse
from okra.language.syntax import Directive, EnumNode, ModelNode, NameValue, StringValue
from okra.language.write import enum_text, model_text, write_schema
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okra.language.definition import Enum, Model, SchemaDefinition
    from okra.language.syntax import Document, Item


def merged(source: Source, after: SchemaDefinition, *, providers: Sequence[str] = ()) -> str:
    """The text of `source`, changed as little as can be so that it means `after`.

    Hints of renames stay as they are written. A file in OKRA's layout stays in it.

    Raises  SchemaError where `source` is no schema by itself
    """
    before = parse_schema([source], providers=providers).definition
    after = _with_hints(_in_schemas(after, before, parse(source)), before)
    if not _changed(before, after):
        return source.text
    rewritten: set[str] = set()
    while True:
        text = _Merge(source, before, after, rewritten).text()
        wrong = _wrong(text, after, providers)
        if wrong is None:  # no schema: nobody can tell which of those that changed is at fault
            wrong = _changed(before, after)
        if not wrong:
            return text
        if wrong <= rewritten:
            return _anew(source, after)
        rewritten |= wrong


def _changed(before: SchemaDefinition, after: SchemaDefinition) -> set[str]:
    known, wanted = _meanings(before), _meanings(after)
    return {name for name in {*known, *wanted} if known.get(name) != wanted.get(name)}


def _anew(source: Source, after: SchemaDefinition) -> str:
    """Where merging leads nowhere: what is to be said, under all comments of the file."""
    comments = "".join(f"{comment.text.rstrip()}\n" for comment in parse(source).comments)
    return comments + ("\n" if comments else "") + write_schema(after)


class _Merge:
    """One file, with every model and enum merged but for those of the names in `rewritten`."""

    def __init__(
        self,
        source: Source,
        before: SchemaDefinition,
        after: SchemaDefinition,
        rewritten: Collection[str],
    ) -> None:
        self._source = source
        self._document = parse(source)
        self._edits = Edits(self._document)
        self._rewritten = rewritten
        self._models = {model.name: model for model in before.models}
        self._enums = {enum.name: enum for enum in before.enums}
        self._after = after

    def text(self) -> str:
        models = {model.name: model for model in self._after.models}
        enums = {enum.name: enum for enum in self._after.enums}
        top_level = _top_level(self._document)
        for item in self._document.items:
            if isinstance(item, ModelNode):
                self._model(item, top_level.get(item.name, []), models.get(item.name))
            elif isinstance(item, EnumNode):
                self._enum(item, enums.get(item.name))
        added = [enum_text(enum) for enum in self._after.enums if enum.name not in self._enums]
        added += (model_text(m) for m in self._after.models if m.name not in self._models)
        pieces = [self._edits.applied().rstrip("\n"), *(f"\n{_formatted(text)}" for text in added)]
        text = "\n".join(pieces).lstrip("\n")
        text = f"{text}\n" if text else ""
        if format_source(self._source) == self._source.text:
            return format_source(Source(self._source.name, text))
        return text

    def _model(self, node: ModelNode, top_level: list[Directive], after: Model | None) -> None:
        before = self._models[node.name]
        if after == before:
            return
        if after is not None and node.name not in self._rewritten:
            Merger(self._edits).model(node, top_level, before, after)
            return
        self._instead(node, None if after is None else model_text(after))
        for directive in top_level:
            self._edits.remove_lines(directive.start, directive.end)

    def _enum(self, node: EnumNode, after: Enum | None) -> None:
        before = self._enums[node.name]
        if after == before:
            return
        if after is not None and node.name not in self._rewritten:
            Merger(self._edits).enum(node, before, after)
        else:
            self._instead(node, None if after is None else enum_text(after))

    def _instead(self, node: ModelNode | EnumNode, text: str | None) -> None:
        if text is None:
            self._edits.remove_lines(node.start, node.end)
        else:
            comments = self._edits.comments(node.start, node.end)
            self._edits.replace(node.start, node.end, "\n".join([*comments, _formatted(text)]))


def _formatted(text: str) -> str:
    return format_source(Source("", text)).rstrip("\n")


def _top_level(document: Document) -> dict[str, list[Directive]]:
    """Model → its indexes at top level."""
    found: dict[str, list[Directive]] = {}
    for item in document.items:
        if not isinstance(item, Directive):
            continue
        for argument in item.arguments:
            value = argument.value
            if argument.name == "model" and isinstance(value, StringValue):
                found.setdefault(value.text, []).append(item)
            elif argument.name == "model" and isinstance(value, NameValue):
                found.setdefault(value.name, []).append(item)
    return found


def _wrong(text: str, after: SchemaDefinition, providers: Sequence[str]) -> set[str] | None:
    """The models and enums that `text` says otherwise; None where it is no schema."""
    try:
        found = parse_schema([Source("", text)], providers=providers).definition
    except SchemaError:
        return None
    return _changed(found, after)


def _in_schemas(
    after: SchemaDefinition, before: SchemaDefinition, document: Document
) -> SchemaDefinition:
    """`after` where what is new names the default schema, if the file names another one for all of its own."""
    if not any(_names_schema(item) for item in document.items):
        return after
    known = {model.name: model.schema for model in before.models}
    known |= {enum.name: enum.schema for enum in before.enums}

    def schema(name: str, given: str | None) -> str | None:
        return given or (known[name] and DEFAULT_SCHEMA if name in known else DEFAULT_SCHEMA)

    return replace(
        after,
        models=tuple(replace(m, schema=schema(m.name, m.schema)) for m in after.models),
        enums=tuple(replace(e, schema=schema(e.name, e.schema)) for e in after.enums),
    )


def _names_schema(item: Item) -> bool:
    return (
        isinstance(item, Directive)
        and item.name == "okra"
        and any(argument.name == "schema" for argument in item.arguments)
    )


def _meanings(definition: SchemaDefinition) -> dict[str, object]:
    """What can be compared: the order of fields and indexes means nothing, that of values does."""
    enums = {enum.name: enum for enum in definition.enums}
    return {model.name: _meaning(model) for model in definition.models} | enums


def _meaning(model: Model) -> object:
    return (
        replace(model, fields=(), indexes=(), uniques=(), checks=()),
        {field.name: (replace(field, checks=()), _sorted(field.checks)) for field in model.fields},
        *map(_sorted, (model.indexes, model.uniques, model.checks)),
    )


def _sorted(group: Iterable[msgspec.Struct]) -> list[bytes]:
    return sorted(msgspec.json.encode(each) for each in group)


def _with_hints(after: SchemaDefinition, before: SchemaDefinition) -> SchemaDefinition:
    """`after` with the hints of renames that `before` has."""
    models = {model.name: model for model in before.models}
    enums = {enum.name: enum for enum in before.enums}
    return replace(
        after,
        models=tuple(_hinted_model(model, models.get(model.name)) for model in after.models),
        enums=tuple(_hinted_enum(enum, enums.get(enum.name)) for enum in after.enums),
    )


def _hinted_model(model: Model, known: Model | None) -> Model:
    if known is None:
        return model
    hints = {field.name: field.renamed_from for field in known.fields}
    return replace(
        model,
        renamed_from=known.renamed_from,
        fields=tuple(
            replace(field, renamed_from=hints.get(field.name, field.renamed_from))
            for field in model.fields
        ),
    )


def _hinted_enum(enum: Enum, known: Enum | None) -> Enum:
    if known is None:
        return enum
    hints = {value.name: value.renamed_from for value in known.values}
    return replace(
        enum,
        renamed_from=known.renamed_from,
        values=tuple(
            replace(value, renamed_from=hints.get(value.name, value.renamed_from))
            for value in enum.values
        ),
    )
