"""A model's directives and its id; enums; and what stands at top level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.arguments import bind
from okra.language.definition import Check, Scalar
from okra.language.directives import Place
from okra.language.drafts import CheckDraft
from okra.language.fields import read_field
from okra.language.indexes import known_fields, model_index
from okra.language.parse_values import shown
from okra.language.report import listed
from okra.language.syntax import Directive
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from okra.language.arguments import Arguments
    from okra.language.drafts import EnumDraft, FieldDraft, ModelDraft, Schema
    from okra.language.report import Report


def read_model(model: ModelDraft, schema: Schema) -> None:
    """Fill in the model's fields and what its own directives say."""
    report = schema.report
    members = model.node.members
    own = [item for item in members if isinstance(item, Directive)]
    _read_directives(model, (*model.node.directives, *own), report)
    fields: list[FieldDraft] = []
    by_name: dict[str, FieldDraft] = {}
    for node in members:
        if isinstance(node, Directive):
            continue
        field = read_field(node, model, schema)
        if node.name in by_name:
            report.error(
                "OKR102",
                f"`{model.name}` has two fields `{node.name}`",
                field.span,
                "rename or remove one of them",
            )
            continue
        by_name[node.name] = field
        fields.append(field)
    model.fields = fields
    model.by_name = by_name
    if not fields:
        report.error(
            "OKR114",
            f"model `{model.name}` has no fields",
            model.span,
            "add one: `id: ID! @default(uuid)`",
        )


def _read_directives(model: ModelDraft, directives: Iterable[Directive], report: Report) -> None:
    model.bound = {}
    model.indexes, model.uniques, model.checks = [], [], []
    for directive in directives:
        bound = bind(directive, Place.MODEL, model.file, report)
        if bound is None:
            continue
        if directive.name in model.bound:
            report.error(
                "OKR111",
                f"`@{directive.name}` is given twice to `{model.name}`",
                bound.span,
                "keep one of them",
            )
            continue
        if not bound.rule.repeatable:
            model.bound[directive.name] = bound
        _READERS[directive.name](model, bound)


def _table(model: ModelDraft, bound: Arguments) -> None:
    model.table = bound.text("name")
    model.strict = bound.flag("strict") or False
    model.without_rowid = bound.flag("withoutRowid") or False
    model.unlogged = bound.flag("unlogged") or False
    model.engine = bound.plain_word("engine")
    model.collation = bound.plain_word("collation")
    row_format = bound.plain_word("rowFormat")
    model.row_format = None if row_format is None else row_format.lower()
    model.options = bound.options("with")


def _schema(owner: ModelDraft | EnumDraft, bound: Arguments) -> None:
    owner.schema = read_schema_name("name", bound)


def read_schema_name(argument: str, bound: Arguments) -> str | None:
    """The name of an SQL schema, if it can be one."""
    name = bound.text(argument)
    if name is None:
        return None
    if "." in name:
        why = "a point stands between a schema and a table"
    elif name.lower().startswith(("pg_", "_okra")) or name.lower() == "information_schema":
        why = "it is the server's own, or OKRA's"
    else:
        return name
    bound.report.error(
        "OKR155",
        f"`{shown(name)}` can't be the name of a schema: {why}",
        bound.span_of(argument),
        "choose another name",
    )
    return None


def _database(model: ModelDraft, bound: Arguments) -> None:
    model.database = bound.text("name")


def add_index(model: ModelDraft, bound: Arguments) -> None:
    """Add an `@index` or `@unique` of the model, wherever it is written."""
    draft = model_index(bound)
    if draft is not None:
        (model.uniques if bound.directive.name == "unique" else model.indexes).append(draft)


def _check(model: ModelDraft, bound: Arguments) -> None:
    expr = bound.sql("expr")
    if expr is not None:
        model.checks.append(CheckDraft(Check(expr=expr, name=bound.text("name")), bound))


def _renamed(model: ModelDraft, bound: Arguments) -> None:
    model.renamed_from = bound.text("from")


def _keyless(model: ModelDraft, _: Arguments) -> None:
    model.keyless = True


def _unmanaged(model: ModelDraft, _: Arguments) -> None:
    model.unmanaged = True


def _id(model: ModelDraft, bound: Arguments) -> None:
    """Its fields are read when they are known."""
    model.id_name = bound.text("name")


_READERS: dict[str, Callable[[ModelDraft, Arguments], None]] = {
    "table": _table,
    "schema": _schema,
    "database": _database,
    "id": _id,
    "index": add_index,
    "unique": add_index,
    "check": _check,
    "renamed": _renamed,
    "keyless": _keyless,
    "unmanaged": _unmanaged,
}


def find_id(model: ModelDraft, report: Report) -> None:
    """Set `ids`, and `id` on the field that is the id."""
    marked = [field for field in model.fields if field.id]
    composite = model.bound.get("id")
    if len(marked) + (composite is not None) > 1:
        _several_ids(model, marked, composite, report)
        return
    if model.keyless:
        _check_keyless(model, marked, composite, report)
        return
    if composite is not None:
        _composite_id(model, composite, report)
        return
    if not marked:
        field = model.by_name.get("id")
        if field is not None and _is_id_by_itself(field):
            field.id = True
            model.ids = ("id",)
        elif not model.unmanaged and model.fields:
            _no_id(model, field, report)
        return
    if _can_be_id(marked[0], marked[0].span_of("id"), report):
        model.ids = (marked[0].name,)
        model.id_name = marked[0].bound["id"].text("name")


def _is_id_by_itself(field: FieldDraft) -> bool:
    return (
        field.scalar is Scalar.ID
        and field.type.required
        and not field.type.list
        and field.computed is None
    )


def _can_be_id(field: FieldDraft, span: Span, report: Report) -> bool:
    if field.target is not None:
        return False
    if field.type.list:
        why, hint = "is a list", "an id is one value"
    elif not field.type.required:
        mark = f"{field.name}: {field.type.name}!"
        why, hint = "may be null", f"write `{mark}`"
    else:
        return True
    report.error("OKR122", f"`{field.name}` {why} and can't be an id", span, hint)
    return False


def _composite_id(model: ModelDraft, bound: Arguments, report: Report) -> None:
    words = bound.words("fields")
    if words is None:
        return
    if not words:
        report.error(
            "OKR114",
            "`@id` names no field",
            bound.span_of("fields"),
            'list the fields: `["a", "b"]`',
        )
        return
    fields = known_fields(words, model, report)
    if fields is None:
        return
    spans = [Span(word.file, word.start, word.end) for word in words]
    good = [_can_be_id(field, span, report) for field, span in zip(fields, spans, strict=True)]
    if all(good):
        model.ids = model.id_fields = tuple(field.name for field in fields)


def _several_ids(
    model: ModelDraft, marked: list[FieldDraft], composite: Arguments | None, report: Report
) -> None:
    names = [field.name for field in marked]
    if composite is not None:
        report.error(
            "OKR121",
            f"`{model.name}` has both `@id(fields: …)` and `@id` on {listed(names)}",
            marked[0].span_of("id"),
            "keep one of them",
        )
        return
    quoted = ", ".join(f'"{name}"' for name in names)
    report.error(
        "OKR121",
        f"`{model.name}` has several ids: {listed(names)}",
        marked[1].span_of("id"),
        f"for one id of several fields write `@id(fields: [{quoted}])` in the model",
    )


def _check_keyless(
    model: ModelDraft, marked: list[FieldDraft], composite: Arguments | None, report: Report
) -> None:
    if marked or composite is not None:
        report.error(
            "OKR116",
            f"`{model.name}` is `@keyless` and has an id",
            model.bound["keyless"].span,
            "take `@keyless` or the id out",
        )
    elif model.without_rowid:
        report.error(
            "OKR116",
            f"`{model.name}` can't be both `@keyless` and `withoutRowid`",
            model.bound["table"].span_of("withoutRowid"),
            "a table without rowid needs a primary key",
        )


def _no_id(model: ModelDraft, field: FieldDraft | None, report: Report) -> None:
    if field is None:
        hint = "add `id: ID! @default(uuid)`, mark a field with `@id`, or the model with `@keyless`"
    elif field.scalar is Scalar.ID and not field.type.list:
        hint = "write `id: ID!`, because an id is never null"
    else:
        hint = "mark `id` with `@id`: only `id: ID!` is the id by itself"
    report.error("OKR120", f"`{model.name}` has no id", model.span, hint)


def _enum_type(enum: EnumDraft, bound: Arguments) -> None:
    enum.type = bound.text("name")


def _enum_renamed(enum: EnumDraft, bound: Arguments) -> None:
    enum.renamed_from = bound.text("from")


_ENUM_READERS: dict[str, Callable[[EnumDraft, Arguments], None]] = {
    "schema": _schema,
    "type": _enum_type,
    "renamed": _enum_renamed,
}


def read_enum(enum: EnumDraft, report: Report) -> None:
    """Fill in the enum's values and what its directives say."""
    node = enum.node
    enum.bound = {}
    for directive in node.directives:
        bound = bind(directive, Place.ENUM, enum.file, report)
        if bound is None:
            continue
        if directive.name in enum.bound:
            report.error(
                "OKR111",
                f"`@{directive.name}` is given twice to `{enum.name}`",
                bound.span,
                "keep one of them",
            )
            continue
        enum.bound[directive.name] = bound
        _ENUM_READERS[directive.name](enum, bound)
    _read_values(enum, report)


def _read_values(enum: EnumDraft, report: Report) -> None:
    node = enum.node
    enum.stored = {}
    enum.values_renamed = {}
    texts: dict[str, str] = {}
    enum.texts = texts
    for value in node.values:
        span = Span(enum.file, value.name_start, value.name_start + len(value.name))
        if value.name in enum.stored:
            report.error(
                "OKR102", f"`{enum.name}` has two values `{value.name}`", span, "remove one of them"
            )
            continue
        enum.stored[value.name] = None
        for directive in value.directives:
            bound = bind(directive, Place.VALUE, enum.file, report)
            if bound is not None and directive.name == "value":
                stored = bound.text("text")
                enum.stored[value.name] = None if stored == value.name else stored
            elif bound is not None:
                renamed = bound.text("from")
                if renamed is not None:
                    enum.values_renamed[value.name] = renamed
        text = enum.stored[value.name] or value.name
        if text in texts:
            report.error(
                "OKR173",
                f"`{value.name}` and `{texts[text]}` of `{enum.name}` are stored as the same text",
                span,
                'give each its own with `@value("text")`',
            )
        texts.setdefault(text, value.name)
    if not node.values:
        report.error("OKR114", f"enum `{enum.name}` has no values", enum.span, "add one: `DRAFT`")
