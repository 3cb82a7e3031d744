"""Syntax trees → SchemaDefinition, with all errors of all files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.errors import Diagnostic, SchemaError
from okra.language.arguments import bind
from okra.language.definition import (
    Enum,
    EnumValue,
    Field,
    Index,
    Model,
    SchemaDefinition,
    Unique,
)
from okra.language.directives import Place
from okra.language.drafts import SCALARS, EnumDraft, FieldDraft, ModelDraft, Schema
from okra.language.indexes import check_indexes
from okra.language.lexer import drawable
from okra.language.models import add_index, find_id, read_enum, read_model, read_schema_name
from okra.language.names import check_names
from okra.language.parse_values import shown
from okra.language.parser import parse_document
from okra.language.places import Places
from okra.language.reach import check_reach
from okra.language.relations import find_relations
from okra.language.renames import check_renames, read_rename_comments
from okra.language.report import Report, in_order
from okra.language.syntax import Directive, EnumNode, ModelNode
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.arguments import Arguments
    from okra.language.syntax import Document, EnumValueNode, StringValue
    from okra.source import Source

_LONGEST_NAME = 255


class ParsedSchema(msgspec.Struct, frozen=True, kw_only=True):
    """What the files mean, where it is written, and what is doubtful about it."""

    definition: SchemaDefinition
    places: Places
    warnings: tuple[Diagnostic, ...] = ()


def parse_schema(sources: Sequence[Source], *, providers: Sequence[str] = ()) -> ParsedSchema:
    """The schema that all files make together.

    providers  those that the project is configured for, to check texts that are given per provider
    Raises     SchemaError with every error of every file
    """
    documents: list[Document] = []
    errors: list[Diagnostic] = []
    for source in sources:
        document, found = parse_document(source)
        documents.append(document)
        errors += found
    schema = Schema(Report(errors), tuple(providers))
    _understand(documents, schema)
    report = schema.report
    if report.errors:
        raise SchemaError(in_order(report.errors, sources), drawable(sources))
    return ParsedSchema(
        definition=_definition(schema),
        places=Places(documents),
        warnings=tuple(in_order(report.warnings, sources)),
    )


def _understand(documents: list[Document], schema: Schema) -> None:
    """Work out what everything means; what is wrong goes to the report."""
    report = schema.report
    top_level = _declare(documents, schema)
    for enum in schema.enums.values():
        read_enum(enum, report)
    models = schema.models.values()
    for model in models:
        read_model(model, schema)
    files = _read_top_level(top_level, schema)
    for model in models:
        find_id(model, report)
        check_indexes(model, report)
    find_relations(schema)
    for document in documents:
        read_rename_comments(document, schema)
    check_renames(schema)
    check_names(schema)
    check_reach(schema, files)


def _declare(documents: list[Document], schema: Schema) -> list[tuple[Directive, str]]:
    """Enter the models and enums by name; returns the directives at top level, with their files."""
    report = schema.report
    schema.models = {}
    schema.enums = {}
    directives: list[tuple[Directive, str]] = []
    for document in documents:
        file = document.source.name
        for item in document.items:
            if isinstance(item, Directive):
                directives.append((item, file))
                continue
            name = item.name
            span = Span(file, item.name_start, item.name_start + len(name))
            longest = max((name, *_names(item)), key=len)
            if len(longest) > _LONGEST_NAME:
                report.error(
                    "OKR100",
                    f"`{shown(longest)}` has more than {_LONGEST_NAME} characters",
                    span,
                    "choose a shorter name",
                )
                report.incomplete = True
            elif name in SCALARS:
                report.error("OKR103", f"`{name}` is a built-in type", span, "choose another name")
            elif name in schema.models or name in schema.enums:
                report.error(
                    "OKR101", f"`{name}` is declared twice", span, "rename or remove one of them"
                )
            elif isinstance(item, ModelNode):
                schema.models[name] = ModelDraft(item, file)
            else:
                schema.enums[name] = EnumDraft(item, file)
    return directives


def _names(item: ModelNode | EnumNode) -> list[str]:
    members = item.members if isinstance(item, ModelNode) else item.values
    return [member.name for member in members]


def _read_top_level(directives: list[tuple[Directive, str]], schema: Schema) -> list[Arguments]:
    """`@okra(…)` of each file, which it returns, and the indexes that name their model."""
    found: list[Arguments] = []
    said: dict[str, Arguments] = {}
    files: set[str] = set()
    for directive, file in directives:
        bound = bind(directive, Place.FILE, file, schema.report)
        if bound is None:
            continue
        if directive.name == "okra":
            if file in files:
                schema.report.error(
                    "OKR111", "`@okra` is given twice in this file", bound.span, "keep one of them"
                )
            files.add(file)
            found.append(bound)
            _okra(bound, said, schema)
            if "schema" in bound.values:
                _default_schema(read_schema_name("schema", bound), file, schema)
        else:
            _index(bound, schema)
    return found


def _okra(bound: Arguments, said: dict[str, Arguments], schema: Schema) -> None:
    for name in bound.values:
        text = None if name == "schema" else bound.text(name)
        if text is None:
            continue
        first = said.setdefault(name, bound)
        if first is bound:
            setattr(schema, name, text)
        elif text != getattr(schema, name):
            _contradiction(name, text, bound, first, schema)


def _default_schema(name: str | None, file: str, schema: Schema) -> None:
    """Give `name` to the models and enums of `file` that don't say where they are."""
    owners: list[ModelDraft | EnumDraft] = [*schema.models.values(), *schema.enums.values()]
    for owner in owners:
        if owner.file == file and "schema" not in owner.bound:
            owner.schema = name


def _contradiction(
    name: str, text: str, bound: Arguments, first: Arguments, schema: Schema
) -> None:
    known = getattr(schema, name)
    message = f'this file says `{name}: "{text}"`, and `{first.file}` says `"{known}"`'
    if name == "database":
        schema.report.error(
            "OKR117", message, bound.span_of(name), "files that are read together belong to one"
        )
    else:
        schema.report.warning("OKR191", message, bound.span_of(name), "the first one counts")


def _index(bound: Arguments, schema: Schema) -> None:
    """`@index(model: …)` or `@unique(model: …)`."""
    name = bound.word("model")
    model = schema.models.get(name or "")
    if model is not None:
        add_index(model, bound)
    elif name is not None and not schema.report.incomplete:
        schema.report.error(
            "OKR104",
            f"`@{bound.directive.name}` refers to the unknown model `{name}`",
            bound.span_of("model"),
            schema.report.nearest(name, schema.models),
        )


def _definition(schema: Schema) -> SchemaDefinition:
    return SchemaDefinition(
        models=tuple(_model(model) for model in schema.models.values()),
        enums=tuple(_enum(enum) for enum in schema.enums.values()),
        namespace=schema.namespace,
        version=schema.version,
        database=schema.database,
    )


def _model(draft: ModelDraft) -> Model:
    return Model(
        name=draft.name,
        fields=tuple([_field(field) for field in draft.fields]),
        description=_text(draft.node.description),
        schema=draft.schema,
        table=draft.table,
        strict=draft.strict,
        without_rowid=draft.without_rowid,
        unlogged=draft.unlogged,
        engine=draft.engine,
        collation=draft.collation,
        row_format=draft.row_format,
        options=draft.options,
        database=draft.database,
        id_fields=draft.id_fields,
        id_name=draft.id_name,
        indexes=tuple(item.value for item in draft.indexes if isinstance(item.value, Index)),
        uniques=tuple(item.value for item in draft.uniques if isinstance(item.value, Unique)),
        checks=tuple(item.value for item in draft.checks),
        keyless=draft.keyless,
        unmanaged=draft.unmanaged,
        renamed_from=draft.renamed_from,
    )


def _field(draft: FieldDraft) -> Field:
    if not draft.bound and draft.relation is None:  # half of all fields, and the rest takes time
        return Field(
            name=draft.node.name,
            type=draft.type,
            description=_text(draft.node.description),
            id=draft.id,
            renamed_from=draft.renamed_from,
        )
    unique = None if draft.unique is None else draft.unique.value
    index = None if draft.index is None else draft.index.value
    return Field(
        name=draft.node.name,
        type=draft.type,
        description=_text(draft.node.description),
        id=draft.id,
        unique=unique if isinstance(unique, Unique) else None,
        index=index if isinstance(index, Index) else None,
        default=draft.default,
        sequence=draft.sequence,
        updated_at=draft.updated_at,
        column=draft.column,
        db_type=draft.db_type,
        length=draft.length,
        precision=draft.precision,
        checks=tuple(item.value for item in draft.checks) if draft.checks else (),
        computed=draft.computed,
        collate=draft.collate,
        relation=draft.relation,
        renamed_from=draft.renamed_from,
    )


def _enum(draft: EnumDraft) -> Enum:
    return Enum(
        name=draft.name,
        values=tuple(_value(draft, node) for node in draft.node.values),
        description=_text(draft.node.description),
        schema=draft.schema,
        type=draft.type,
        renamed_from=draft.renamed_from,
    )


def _value(draft: EnumDraft, node: EnumValueNode) -> EnumValue:
    return EnumValue(
        name=node.name,
        stored=draft.stored[node.name],
        description=_text(node.description),
        renamed_from=draft.values_renamed.get(node.name),
    )


def _text(description: StringValue | None) -> str | None:
    return description.text if description is not None and description.text else None
